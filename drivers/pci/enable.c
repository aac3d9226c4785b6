/* SPDX-License-Identifier: MIT */
/* Switching a device on and off: decoding, bus mastering, INTx, power. */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/pci.h>

static void change_command(struct pci_dev *dev, u16 clear, u16 set)
{
	u16 old, new;

	pci_read_config_word(dev, PCI_COMMAND, &old);
	new = (old & ~clear) | set;
	if (new != old)
		pci_write_config_word(dev, PCI_COMMAND, new);
}

/**
 * pci_set_power_state - put a device into D0-D3hot
 *
 * Context: process; from D3hot it takes 10 ms. Return: 0; -EIO it has no power management,
 * which is no error for D0.
 */
int pci_set_power_state(struct pci_dev *dev, pci_power_t state)
{
	u16 ctrl;
	bool from_d3;

	if (!dev->pm_cap)
		return state == PCI_D0 ? 0 : -EIO;
	pci_read_config_word(dev, dev->pm_cap + PCI_PM_CTRL, &ctrl);
	if ((ctrl & PCI_PM_CTRL_STATE_MASK) != state) {
		from_d3 = (ctrl & PCI_PM_CTRL_STATE_MASK) == PCI_D3hot;
		pci_write_config_word(dev, dev->pm_cap + PCI_PM_CTRL,
				      (ctrl & ~PCI_PM_CTRL_STATE_MASK) | (u16)state);
		/* PCI Power Management, "Transition delay". */
		if (from_d3)
			msleep(10);
	}
	dev->current_state = state;
	return 0;
}
EXPORT_SYMBOL(pci_set_power_state);

/** pci_save_state, pci_restore_state - there is no sleep from which to come back */
int pci_save_state(struct pci_dev *dev)
{
	return 0;
}
EXPORT_SYMBOL(pci_save_state);

void pci_restore_state(struct pci_dev *dev)
{
	pci_set_power_state(dev, PCI_D0);
}
EXPORT_SYMBOL(pci_restore_state);

/* Find out where INTx arrives. A device without a route still has MSI, or polling. */
static void map_intx(struct pci_dev *dev)
{
	int irq;

	if (!dev->pin || dev->irq_mapped || pci_dev_msi_enabled(dev))
		return;
	irq = pcibios_map_irq(dev, dev->pin);
	if (irq < 0) {
		pci_warn(dev, "INT%c: no route (error %d)\n", 'A' + dev->pin - 1, irq);
		dev->irq = 0;
		return;
	}
	dev->irq = irq;
	dev->irq_mapped = 1;
	pci_info(dev, "INT%c is IRQ %d\n", 'A' + dev->pin - 1, irq);
}

static int enable_ranges(struct pci_dev *dev, unsigned long kinds)
{
	u16 command = 0;
	int i;

	for (i = 0; i < PCI_STD_NUM_BARS; i++) {
		struct resource *res = &dev->resource[i];

		if (!(res->flags & kinds))
			continue;
		if (res->flags & IORESOURCE_UNSET) {
			pci_err(dev, "BAR %d has no address\n", i);
			return -EINVAL;
		}
		command |= res->flags & IORESOURCE_IO ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY;
	}
	change_command(dev, 0, command);
	return 0;
}

static int enable_device(struct pci_dev *dev, unsigned long kinds)
{
	int err;

	if (atomic_inc_return(&dev->enable_cnt) > 1)
		return 0;
	if (dev->bus->self) {
		err = pci_enable_device(dev->bus->self);
		if (err)
			goto undo_count;
		pci_set_master(dev->bus->self);
	}
	pci_set_power_state(dev, PCI_D0);
	err = enable_ranges(dev, kinds);
	if (err)
		goto undo_bridge;
	map_intx(dev);
	return 0;

undo_bridge:
	if (dev->bus->self)
		pci_disable_device(dev->bus->self);
undo_count:
	atomic_dec(&dev->enable_cnt);
	return err;
}

/**
 * pci_enable_device - wake a device, let it answer at its BARs, find its INTx line
 *
 * After this dev->irq is the line for request_irq(). Counted: the last
 * pci_disable_device() undoes it.
 *
 * Context: process. Return: 0; -EINVAL a BAR has no address.
 */
int pci_enable_device(struct pci_dev *dev)
{
	return enable_device(dev, IORESOURCE_MEM | IORESOURCE_IO);
}
EXPORT_SYMBOL(pci_enable_device);

/** pci_enable_device_mem - the same for memory BARs only */
int pci_enable_device_mem(struct pci_dev *dev)
{
	return enable_device(dev, IORESOURCE_MEM);
}
EXPORT_SYMBOL(pci_enable_device_mem);

/** pci_enable_device_io - the same for I/O BARs only */
int pci_enable_device_io(struct pci_dev *dev)
{
	return enable_device(dev, IORESOURCE_IO);
}
EXPORT_SYMBOL(pci_enable_device_io);

/** pci_disable_device - undo pci_enable_device(): no more bus mastering. Context: process. */
void pci_disable_device(struct pci_dev *dev)
{
	if (WARN(atomic_read(&dev->enable_cnt) <= 0, "%s: disabled more often than enabled\n",
		 pci_name(dev)))
		return;
	if (atomic_dec_return(&dev->enable_cnt))
		return;
	pci_clear_master(dev);
	if (dev->bus->self)
		pci_disable_device(dev->bus->self);
}
EXPORT_SYMBOL(pci_disable_device);

/** pci_set_master - let the device do DMA and send MSI */
void pci_set_master(struct pci_dev *dev)
{
	change_command(dev, 0, PCI_COMMAND_MASTER);
	dev->is_busmaster = 1;
}
EXPORT_SYMBOL(pci_set_master);

/** pci_clear_master - stop its DMA */
void pci_clear_master(struct pci_dev *dev)
{
	change_command(dev, PCI_COMMAND_MASTER, 0);
	dev->is_busmaster = 0;
}
EXPORT_SYMBOL(pci_clear_master);

/** pci_try_set_mwi - let the device use Memory Write and Invalidate. Return: 0; -EINVAL. */
int pci_try_set_mwi(struct pci_dev *dev)
{
	u8 line;

	pci_read_config_byte(dev, PCI_CACHE_LINE_SIZE, &line);
	if (!line)
		return -EINVAL;
	change_command(dev, 0, PCI_COMMAND_INVALIDATE);
	return 0;
}
EXPORT_SYMBOL(pci_try_set_mwi);

/** pci_clear_mwi - undo pci_try_set_mwi() */
void pci_clear_mwi(struct pci_dev *dev)
{
	change_command(dev, PCI_COMMAND_INVALIDATE, 0);
}
EXPORT_SYMBOL(pci_clear_mwi);

/** pci_intx - let the device use its interrupt pin, or not */
void pci_intx(struct pci_dev *dev, int enable)
{
	if (enable)
		change_command(dev, PCI_COMMAND_INTX_DISABLE, 0);
	else
		change_command(dev, 0, PCI_COMMAND_INTX_DISABLE);
}
EXPORT_SYMBOL(pci_intx);

/* Change the pin's mask only if the device does (or does not) pull it just now. */
static bool mask_intx_if(struct pci_dev *dev, bool pending, bool mask)
{
	u16 status;

	pci_read_config_word(dev, PCI_STATUS, &status);
	if (!!(status & PCI_STATUS_INTERRUPT) != pending)
		return false;
	pci_intx(dev, !mask);
	return true;
}

/** pci_check_and_mask_intx - is it this device that interrupts? Then mask it. */
bool pci_check_and_mask_intx(struct pci_dev *dev)
{
	return mask_intx_if(dev, true, true);
}
EXPORT_SYMBOL(pci_check_and_mask_intx);

/** pci_check_and_unmask_intx - unmask unless it would interrupt at once */
bool pci_check_and_unmask_intx(struct pci_dev *dev)
{
	return mask_intx_if(dev, false, false);
}
EXPORT_SYMBOL(pci_check_and_unmask_intx);

/* -- Pins behind bridges ------------------------------------------------------------------------ */

/** pci_swizzle_interrupt_pin - the pin of the bridge that @pin of a device behind it becomes */
u8 pci_swizzle_interrupt_pin(const struct pci_dev *dev, u8 pin)
{
	return (((pin - 1) + PCI_SLOT(dev->devfn)) % 4) + 1;
}
EXPORT_SYMBOL(pci_swizzle_interrupt_pin);

/**
 * pci_common_swizzle - follow a pin up to the root bus
 * @pinp: the device's pin; becomes the pin there
 * Return: slot on the root bus.
 */
u8 pci_common_swizzle(struct pci_dev *dev, u8 *pinp)
{
	while (dev->bus->self) {
		*pinp = pci_swizzle_interrupt_pin(dev, *pinp);
		dev = dev->bus->self;
	}
	return PCI_SLOT(dev->devfn);
}
EXPORT_SYMBOL(pci_common_swizzle);
