/* SPDX-License-Identifier: MIT */
/*
 * PCI: enumeration, configuration space, BARs, drivers, the interrupt pin. By QEMU's edu.
 */
#include <linux/device.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/pci.h>
#include <linux/string.h>
#include "edu.h"
#include "test.h"

static struct pci_dev *find_edu(void)
{
	return pci_get_device(EDU_VENDOR, EDU_DEVICE, NULL);
}

TEST(pci, scan, "G5", "the scan finds a host bridge first, and each function once")
{
	struct pci_dev *dev = NULL, *other;
	int n = 0;

	for_each_pci_dev(dev) {
		if (n++ == 0)
			expect_eq(dev->class >> 8, PCI_CLASS_BRIDGE_HOST);
		other = pci_get_domain_bus_and_slot(0, dev->bus->number, dev->devfn);
		expect(other == dev);
		pci_dev_put(other);
	}
	test_note("%d functions", n);
	expect(n >= 3);
	expect(!pci_get_device(EDU_VENDOR, 0xfffe, NULL));
}

TEST(pci, header, "G5", "class, numbers, BAR and pin of the device are what its header says")
{
	struct pci_dev *dev = find_edu();

	need(dev, "no edu device");
	expect_eq(dev->class, 0x00ff00);
	expect_eq(dev->revision, 0x10);
	expect_eq(dev->hdr_type, PCI_HEADER_TYPE_NORMAL);
	expect_eq(dev->pin, 1);
	expect_eq(pci_resource_len(dev, 0), 1 << 20);
	expect(pci_resource_flags(dev, 0) & IORESOURCE_MEM);
	expect_eq(pci_resource_start(dev, 0) & (pci_resource_len(dev, 0) - 1), 0);
	expect_eq(pci_resource_len(dev, 1), 0);
	pci_dev_put(dev);
}

TEST(pci, config, "G5", "configuration space by bytes, words and long words is the same")
{
	struct pci_dev *dev = find_edu();
	u8 byte[4], line;
	u16 word;
	u32 all;
	int i;

	need(dev, "no edu device");
	for (i = 0; i < 4; i++)
		expect_eq(pci_read_config_byte(dev, PCI_VENDOR_ID + i, &byte[i]), 0);
	expect_eq(pci_read_config_dword(dev, PCI_VENDOR_ID, &all), 0);
	expect_eq(all, byte[0] | byte[1] << 8 | byte[2] << 16 | (u32)byte[3] << 24);
	expect_eq(all, EDU_DEVICE << 16 | EDU_VENDOR);
	expect_eq(pci_read_config_word(dev, PCI_DEVICE_ID, &word), 0);
	expect_eq(word, EDU_DEVICE);

	expect_eq(pci_read_config_word(dev, 1, &word), PCIBIOS_BAD_REGISTER_NUMBER);
	expect_eq(pci_read_config_dword(dev, 2, &all), PCIBIOS_BAD_REGISTER_NUMBER);

	pci_read_config_byte(dev, PCI_INTERRUPT_LINE, &line);
	pci_write_config_byte(dev, PCI_INTERRUPT_LINE, line ^ 0x55);
	pci_read_config_byte(dev, PCI_INTERRUPT_LINE, &byte[0]);
	expect_eq(byte[0], line ^ 0x55);
	pci_write_config_byte(dev, PCI_INTERRUPT_LINE, line);

	pci_bus_read_config_dword(dev->bus, PCI_DEVFN(29, 7), PCI_VENDOR_ID, &all);
	expect_eq(all, 0xffffffffu);
	pci_dev_put(dev);
}

TEST(pci, capabilities, "G5", "capabilities are found by number, and only those that are there")
{
	struct pci_dev *dev = find_edu();
	u8 pos, id;

	need(dev, "no edu device");
	pos = pci_find_capability(dev, PCI_CAP_ID_MSI);
	require(pos >= 0x40);
	pci_read_config_byte(dev, pos, &id);
	expect_eq(id, PCI_CAP_ID_MSI);
	expect_eq(pci_find_capability(dev, PCI_CAP_ID_MSIX), 0);
	expect_eq(pci_find_next_capability(dev, pos, PCI_CAP_ID_MSI), 0);
	expect_eq(pci_find_ext_capability(dev, PCI_EXT_CAP_ID_ERR), 0);
	pci_dev_put(dev);
}

TEST(pci, registers, "G5", "the device's registers answer at its BAR")
{
	struct edu edu;

	need(edu_open(&edu, PCI_IRQ_ALL_TYPES), "no edu device");
	expect_eq(readl(edu.regs + EDU_ID) & 0xff, 0xed);
	writel(0x12345678, edu.regs + EDU_LIVENESS);
	expect_eq(readl(edu.regs + EDU_LIVENESS), ~0x12345678u);
	writel(5, edu.regs + EDU_FACTORIAL);
	wait_until(!(readl(edu.regs + EDU_STATUS) & EDU_STATUS_COMPUTING));
	expect_eq(readl(edu.regs + EDU_FACTORIAL), 120);
	edu_close(&edu);
}

TEST(pci, regions, "G5", "a BAR has one owner at a time")
{
	struct pci_dev *dev = find_edu();

	need(dev, "no edu device");
	require(pci_request_regions(dev, "one") == 0);
	expect_eq(pci_request_regions(dev, "two"), -EBUSY);
	expect_eq(pci_request_region(dev, 0, "two"), -EBUSY);
	expect_eq(pci_request_region(dev, 1, "two"), 0);	/* not there: nothing to own */
	pci_release_regions(dev);
	expect_eq(pci_request_region(dev, 0, "two"), 0);
	pci_release_region(dev, 0);
	pci_dev_put(dev);
}

TEST(pci, enable_count, "G5", "a device stays on until it was switched off as often as on")
{
	struct pci_dev *dev = find_edu();
	u16 command;

	need(dev, "no edu device");
	require(pci_enable_device(dev) == 0);
	expect_eq(pci_enable_device(dev), 0);
	pci_set_master(dev);
	pci_disable_device(dev);
	expect(pci_is_enabled(dev));
	pci_read_config_word(dev, PCI_COMMAND, &command);
	expect_eq(command & (PCI_COMMAND_MASTER | PCI_COMMAND_MEMORY),
		  PCI_COMMAND_MASTER | PCI_COMMAND_MEMORY);
	pci_disable_device(dev);
	expect(!pci_is_enabled(dev));
	pci_read_config_word(dev, PCI_COMMAND, &command);
	expect_eq(command & PCI_COMMAND_MASTER, 0);
	pci_dev_put(dev);
}

/* -- Drivers -------------------------------------------------------------------------------- */

static char story[16];
static int probe_result;

static void tell(char c)
{
	size_t n = strlen(story);

	if (n + 1 < sizeof(story)) {
		story[n] = c;
		story[n + 1] = '\0';
	}
}

static void tell_action(void *data)
{
	tell(*(char *)data);
}

static void tell_release(struct device *dev, void *res)
{
	tell(*(char *)res);
}

static int test_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	char *res = devres_alloc(tell_release, 1, GFP_KERNEL);

	tell('p');
	expect_eq(id->driver_data, 77);
	if (expect(res != NULL)) {
		*res = '1';
		devres_add(&dev->dev, res);
	}
	expect_eq(devm_add_action(&dev->dev, tell_action, "2"), 0);
	expect(devm_kzalloc(&dev->dev, 100, GFP_KERNEL) != NULL);
	if (!probe_result)
		pci_set_drvdata(dev, story);
	return probe_result;
}

static void test_remove(struct pci_dev *dev)
{
	tell('r');
	expect(pci_get_drvdata(dev) == story);
}

static const struct pci_device_id test_ids[] = {
	{ PCI_DEVICE(EDU_VENDOR, EDU_DEVICE), .driver_data = 77 },
	{ }
};

static const struct pci_device_id other_ids[] = {
	{ PCI_DEVICE(EDU_VENDOR, EDU_DEVICE + 1) },
	{ PCI_DEVICE_CLASS(0x123400, 0xffff00) },
	{ }
};

static struct pci_driver test_driver = {
	.name = "pci-test",
	.probe = test_probe,
	.remove = test_remove,
};

static const char *register_story(const struct pci_device_id *ids, int result)
{
	story[0] = '\0';
	probe_result = result;
	test_driver.id_table = ids;
	if (expect_eq(pci_register_driver(&test_driver), 0)) {
		tell('|');
		pci_unregister_driver(&test_driver);
	}
	return story;
}

TEST(pci, driver, "G5", "a driver gets the device that it names, and what it acquired goes in reverse")
{
	struct pci_dev *dev = find_edu();

	need(dev, "no edu device");
	need(!dev->driver, "the device has a driver");
	expect_str(register_story(test_ids, 0), "p|r21");
	expect(!dev->driver && !pci_get_drvdata(dev));
	pci_dev_put(dev);
}

TEST(pci, driver_refuses, "G5", "a probe that fails leaves nothing behind")
{
	struct pci_dev *dev = find_edu();

	need(dev, "no edu device");
	need(!dev->driver, "the device has a driver");
	expect_str(register_story(test_ids, -ENODEV), "p21|");
	expect(!dev->driver);
	pci_dev_put(dev);
}

TEST(pci, driver_others, "G5", "a driver of other devices is not asked; a name is taken once")
{
	struct pci_driver twin = { .name = "pci-test", .id_table = other_ids };

	expect_str(register_story(other_ids, 0), "|");
	test_driver.id_table = other_ids;
	require(pci_register_driver(&test_driver) == 0);
	expect_eq(pci_register_driver(&twin), -EBUSY);
	pci_unregister_driver(&test_driver);
}

/* -- The pin --------------------------------------------------------------------------------- */

static struct edu pin_edu;
static atomic_t pin_count;

static irqreturn_t pin_handler(int irq, void *data)
{
	u32 status = readl(pin_edu.regs + EDU_IRQ_STATUS);

	if (!status)
		return IRQ_NONE;
	writel(status, pin_edu.regs + EDU_IRQ_ACK);
	atomic_inc(&pin_count);
	return IRQ_HANDLED;
}

TEST(pci, intx, "G5 A3", "the interrupt pin arrives at the line that pci_enable_device() found")
{
	int i;

	need(edu_open(&pin_edu, PCI_IRQ_LEGACY), "no edu device, or no route for its pin");
	test_note("INTA is IRQ %d", pin_edu.irq);
	atomic_set(&pin_count, 0);
	if (expect_eq(request_irq(pin_edu.irq, pin_handler, IRQF_SHARED, "pci-test", &pin_edu), 0)) {
		for (i = 1; i <= 100; i++) {
			writel(1, pin_edu.regs + EDU_IRQ_RAISE);
			if (!wait_until(atomic_read(&pin_count) == i))
				break;
		}
		free_irq(pin_edu.irq, &pin_edu);
	}
	edu_close(&pin_edu);
}

TEST(pci, intx_disable, "G5 A6", "a pin that the device may not use stays quiet, and asks when it may again")
{
	need(!strstr(saved_command_line, "irqpoll"), "handlers are asked on every tick");
	need(edu_open(&pin_edu, PCI_IRQ_LEGACY), "no edu device, or no route for its pin");
	atomic_set(&pin_count, 0);
	if (expect_eq(request_irq(pin_edu.irq, pin_handler, IRQF_SHARED, "pci-test", &pin_edu), 0)) {
		pci_intx(pin_edu.pdev, 0);
		writel(1, pin_edu.regs + EDU_IRQ_RAISE);
		msleep(20);
		expect_eq(atomic_read(&pin_count), 0);
		expect(pci_check_and_mask_intx(pin_edu.pdev));
		pci_intx(pin_edu.pdev, 1);
		wait_until(atomic_read(&pin_count) == 1);
		expect(!pci_check_and_mask_intx(pin_edu.pdev));
		free_irq(pin_edu.irq, &pin_edu);
	}
	edu_close(&pin_edu);
}
