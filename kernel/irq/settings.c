/* SPDX-License-Identifier: MIT */
/* Setting up a line, as controllers and machine code do: chip, flow, data, what it can do. */
#define pr_fmt(fmt) "genirq: " fmt

#include <linux/errno.h>
#include <linux/export.h>
#include "internals.h"

/* What a chained line has for an action: it is in use, but nobody's handler. */
static irqreturn_t chained_bad_action(int irq, void *dev_id)
{
	WARN_ONCE(1, "Chained irq %d should not call an action\n", irq);
	return IRQ_NONE;
}

struct irqaction chained_action = {
	.handler = chained_bad_action,
};

/**
 * irq_set_chip - give a line its controller
 * @irq: the line
 * @chip: NULL for none
 *
 * Context: any but the line's own handlers. Takes the line's lock.
 * Return: 0; -EINVAL no such line.
 */
int irq_set_chip(unsigned int irq, const struct irq_chip *chip)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_ANY, &flags);

	if (!desc)
		return -EINVAL;
	desc->irq_data.chip = (struct irq_chip *)(chip ? chip : &no_irq_chip);
	irq_put_desc_unlock(desc, flags);
	return 0;
}
EXPORT_SYMBOL(irq_set_chip);

/**
 * irq_set_handler_data - data for the line's flow handler
 * @irq: the line
 * @data: of a chained handler, its controller
 *
 * Return: 0; -EINVAL no such line.
 */
int irq_set_handler_data(unsigned int irq, void *data)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_ANY, &flags);

	if (!desc)
		return -EINVAL;
	desc->irq_common_data.handler_data = data;
	irq_put_desc_unlock(desc, flags);
	return 0;
}
EXPORT_SYMBOL(irq_set_handler_data);

/**
 * irq_set_chip_data - data for the line's chip
 * @irq: the line
 * @data: the chip's own
 *
 * Return: 0; -EINVAL no such line.
 */
int irq_set_chip_data(unsigned int irq, void *data)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_ANY, &flags);

	if (!desc)
		return -EINVAL;
	desc->irq_data.chip_data = data;
	irq_put_desc_unlock(desc, flags);
	return 0;
}
EXPORT_SYMBOL(irq_set_chip_data);

/**
 * irq_set_irq_type - set how a line is triggered
 * @irq: the line
 * @type: IRQ_TYPE_*
 *
 * Context: process when the chip sits behind a slow bus, else any.
 * Return: 0; -EINVAL no such line; what the chip said.
 */
int irq_set_irq_type(unsigned int irq, unsigned int type)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, IRQ_DESC_NORMAL, &flags);
	int ret;

	if (!desc)
		return -EINVAL;
	ret = __irq_set_trigger(desc, type);
	irq_put_desc_busunlock(desc, flags);
	return ret;
}
EXPORT_SYMBOL(irq_set_irq_type);

/**
 * irq_set_msi_desc_off - tie an MSI descriptor to line @irq_base + @irq_offset
 * @irq_base: first line of the device
 * @irq_offset: which of its lines
 * @entry: the descriptor, or NULL
 *
 * Return: 0; -EINVAL no such line.
 */
int irq_set_msi_desc_off(unsigned int irq_base, unsigned int irq_offset, struct msi_desc *entry)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq_base + irq_offset, IRQ_DESC_NORMAL, &flags);

	if (!desc)
		return -EINVAL;
	desc->irq_common_data.msi_desc = entry;
	irq_put_desc_unlock(desc, flags);
	return 0;
}

/** irq_set_msi_desc - irq_set_msi_desc_off() for a device's first line */
int irq_set_msi_desc(unsigned int irq, struct msi_desc *entry)
{
	return irq_set_msi_desc_off(irq, 0, entry);
}

/** irq_get_irq_data - the outermost controller's view of a line, or NULL */
struct irq_data *irq_get_irq_data(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? &desc->irq_data : NULL;
}
EXPORT_SYMBOL_GPL(irq_get_irq_data);

/* -- The flow handler --------------------------------------------------------------------------- */

/* Back to no handler: what is attached can't be called any more, so the line must be closed. */
static void irq_remove_flow(struct irq_desc *desc)
{
	if (desc->irq_data.chip != &no_irq_chip)
		mask_irq(desc);
	irqd_set(&desc->irq_data, IRQD_IRQ_DISABLED);
	if (irq_desc_is_chained(desc))
		desc->action = NULL;
	desc->istate &= ~IRQS_CHAINED;
	desc->depth = 1;
}

/* A chained line has nobody to request it: it opens now. */
static void irq_open_chained(struct irq_desc *desc, irq_flow_handler_t handle)
{
	unsigned int type = irqd_get_trigger_type(&desc->irq_data);

	/* Setting the trigger may choose another flow: the chained one is put back. */
	if (type != IRQ_TYPE_NONE) {
		__irq_set_trigger(desc, type);
		desc->handle_irq = handle;
	}
	desc->settings |= IRQ_NOPROBE | IRQ_NOREQUEST | IRQ_NOTHREAD;
	desc->istate |= IRQS_CHAINED;
	desc->action = &chained_action;
	irq_activate_and_startup(desc, IRQ_RESEND);
}

static void __irq_do_set_handler(struct irq_desc *desc, irq_flow_handler_t handle, bool is_chained,
				 const char *name)
{
	if (!handle)
		handle = handle_bad_irq;
	if (handle != handle_bad_irq && desc->irq_data.chip == &no_irq_chip) {
		/*
		 * With a hierarchy the outermost chip may come later; one of them must be there.
		 * A chained line opens now, and so needs the outermost.
		 */
		struct irq_data *d = &desc->irq_data;

		while (d && d->chip == &no_irq_chip)
			d = d->parent_data;
		if (WARN_ON(!d || (is_chained && d != &desc->irq_data)))
			return;
	}

	if (handle == handle_bad_irq)
		irq_remove_flow(desc);
	desc->handle_irq = handle;
	desc->name = name;
	if (handle != handle_bad_irq && is_chained)
		irq_open_chained(desc, handle);
}

/**
 * __irq_set_handler - give a line its flow handler
 * @irq: the line; its chip is set
 * @handle: one of handle_*_irq() or a controller's own; NULL for none
 * @is_chained: the line feeds another controller: open it now, let nobody request it
 * @name: of the flow, in /proc/interrupts
 *
 * Context: process when the chip sits behind a slow bus, else any.
 */
void __irq_set_handler(unsigned int irq, irq_flow_handler_t handle, int is_chained,
		       const char *name)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, IRQ_DESC_ANY, &flags);

	if (!desc)
		return;
	__irq_do_set_handler(desc, handle, is_chained, name);
	irq_put_desc_busunlock(desc, flags);
}
EXPORT_SYMBOL_GPL(__irq_set_handler);

/** irq_set_chained_handler_and_data - irq_set_chained_handler() with its data, in one step */
void irq_set_chained_handler_and_data(unsigned int irq, irq_flow_handler_t handle, void *data)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, IRQ_DESC_ANY, &flags);

	if (!desc)
		return;
	desc->irq_common_data.handler_data = data;
	__irq_do_set_handler(desc, handle, true, NULL);
	irq_put_desc_busunlock(desc, flags);
}
EXPORT_SYMBOL_GPL(irq_set_chained_handler_and_data);

/** irq_set_chip_and_handler_name - chip, flow and its name */
void irq_set_chip_and_handler_name(unsigned int irq, const struct irq_chip *chip,
				   irq_flow_handler_t handle, const char *name)
{
	irq_set_chip(irq, chip);
	__irq_set_handler(irq, handle, 0, name);
}
EXPORT_SYMBOL_GPL(irq_set_chip_and_handler_name);

/** irq_set_handler_locked - change the flow; the caller holds the line's lock */
void irq_set_handler_locked(struct irq_data *data, irq_flow_handler_t handler)
{
	struct irq_desc *desc = irq_data_to_desc(data);

	desc->handle_irq = handler;
}
EXPORT_SYMBOL_GPL(irq_set_handler_locked);

/** irq_set_chip_handler_name_locked - chip and flow; the caller holds the line's lock */
void irq_set_chip_handler_name_locked(struct irq_data *data, const struct irq_chip *chip,
				      irq_flow_handler_t handler, const char *name)
{
	struct irq_desc *desc = irq_data_to_desc(data);

	desc->handle_irq = handler;
	desc->name = name;
	data->chip = (struct irq_chip *)chip;
}
EXPORT_SYMBOL_GPL(irq_set_chip_handler_name_locked);

/* -- What the line can do ------------------------------------------------------------------------ */

/**
 * irq_modify_status - change what a line is and may be used for
 * @irq: the line
 * @clr: IRQ_* bits to clear
 * @set: IRQ_* bits to set
 *
 * Context: any. Takes the line's lock.
 */
void irq_modify_status(unsigned int irq, unsigned long clr, unsigned long set)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_ANY, &flags);
	struct irq_data *d;
	unsigned int trigger;

	if (!desc)
		return;
	d = &desc->irq_data;
	/* NOAUTOEN on a line that is open already would be taken for "was never opened". */
	WARN_ON_ONCE(!desc->depth && (set & IRQ_NOAUTOEN));
	desc->settings = (desc->settings & ~(clr & IRQF_MODIFY_MASK)) | (set & IRQF_MODIFY_MASK);

	trigger = irqd_get_trigger_type(d);
	irqd_clear(d, IRQD_NO_BALANCING | IRQD_PER_CPU | IRQD_TRIGGER_MASK | IRQD_LEVEL |
		      IRQD_MOVE_PCNTXT);
	if (irq_settings_has(desc, IRQ_NO_BALANCING_MASK))
		irqd_set(d, IRQD_NO_BALANCING);
	if (irq_settings_has(desc, IRQ_PER_CPU))
		irqd_set(d, IRQD_PER_CPU);
	if (irq_settings_has(desc, IRQ_MOVE_PCNTXT))
		irqd_set(d, IRQD_MOVE_PCNTXT);
	if (irq_settings_has(desc, IRQ_LEVEL))
		irqd_set(d, IRQD_LEVEL);
	if (irq_settings_has(desc, IRQ_TYPE_SENSE_MASK))
		trigger = desc->settings & IRQ_TYPE_SENSE_MASK;
	irqd_set(d, trigger);
	irq_put_desc_unlock(desc, flags);
}
EXPORT_SYMBOL_GPL(irq_modify_status);

/* Nested lines name the line whose thread runs them: a software resend raises that one. */
int irq_set_parent(int irq, int parent_irq)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_ANY, &flags);

	if (!desc)
		return -EINVAL;
	desc->parent_irq = parent_irq;
	irq_put_desc_unlock(desc, flags);
	return 0;
}
EXPORT_SYMBOL_GPL(irq_set_parent);

static bool irq_has_setting(unsigned int irq, unsigned int bits)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc && irq_settings_has(desc, bits);
}

/** irq_check_status_bit - are any of these IRQ_* bits set? */
int irq_check_status_bit(unsigned int irq, unsigned int bitmask)
{
	return irq_has_setting(irq, bitmask);
}
EXPORT_SYMBOL_GPL(irq_check_status_bit);

bool irq_balancing_disabled(unsigned int irq)
{
	return irq_has_setting(irq, IRQ_NO_BALANCING_MASK);
}
EXPORT_SYMBOL_GPL(irq_balancing_disabled);

bool irq_is_percpu(unsigned int irq)
{
	return irq_has_setting(irq, IRQ_PER_CPU);
}
EXPORT_SYMBOL_GPL(irq_is_percpu);

bool irq_is_percpu_devid(unsigned int irq)
{
	return irq_has_setting(irq, IRQ_PER_CPU_DEVID);
}
EXPORT_SYMBOL_GPL(irq_is_percpu_devid);

/* -- The descriptor seen from outside -------------------------------------------------------------- */

struct irq_desc *irq_data_to_desc(struct irq_data *data)
{
	return container_of(data->common, struct irq_desc, irq_common_data);
}
EXPORT_SYMBOL_GPL(irq_data_to_desc);

struct irq_data *irq_desc_get_irq_data(struct irq_desc *desc)
{
	return &desc->irq_data;
}
EXPORT_SYMBOL_GPL(irq_desc_get_irq_data);

unsigned int irq_desc_get_irq(struct irq_desc *desc)
{
	return desc->irq_data.irq;
}
EXPORT_SYMBOL_GPL(irq_desc_get_irq);

struct irq_chip *irq_desc_get_chip(struct irq_desc *desc)
{
	return desc->irq_data.chip;
}
EXPORT_SYMBOL_GPL(irq_desc_get_chip);

void *irq_desc_get_chip_data(struct irq_desc *desc)
{
	return desc->irq_data.chip_data;
}
EXPORT_SYMBOL_GPL(irq_desc_get_chip_data);

void *irq_desc_get_handler_data(struct irq_desc *desc)
{
	return desc->irq_common_data.handler_data;
}
EXPORT_SYMBOL_GPL(irq_desc_get_handler_data);

bool irq_desc_has_action(struct irq_desc *desc)
{
	return desc && desc->action;
}
EXPORT_SYMBOL_GPL(irq_desc_has_action);

/** irq_has_action - is a handler attached to the line? */
bool irq_has_action(unsigned int irq)
{
	return irq_desc_has_action(irq_to_desc(irq));
}
EXPORT_SYMBOL_GPL(irq_has_action);
