/* SPDX-License-Identifier: MIT */
/*
 * Lines that every CPU has for itself (a CPU's own timer, its counters): one action with a
 * per-CPU dev_id, opened and closed by each CPU for itself.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "internals.h"

/**
 * irq_set_percpu_devid_partition - make a line per CPU
 * @irq: the line, fresh
 * @affinity: the CPUs that have it; NULL for all. Must stay
 *
 * Context: process, may sleep.
 * Return: 0; -EINVAL no such line, or done before; -ENOMEM.
 */
int irq_set_percpu_devid_partition(unsigned int irq, const struct cpumask *affinity)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc || desc->percpu_enabled)
		return -EINVAL;
	desc->percpu_enabled = kzalloc(sizeof(*desc->percpu_enabled), GFP_KERNEL);
	if (!desc->percpu_enabled)
		return -ENOMEM;
	desc->percpu_affinity = affinity ? affinity : cpu_possible_mask;
	irq_set_percpu_devid_flags(irq);
	return 0;
}

/** irq_set_percpu_devid - make a line per CPU, on all of them */
int irq_set_percpu_devid(unsigned int irq)
{
	return irq_set_percpu_devid_partition(irq, NULL);
}
EXPORT_SYMBOL_GPL(irq_set_percpu_devid);

/**
 * irq_get_percpu_devid_partition - the CPUs that have a per-CPU line
 * Return: 0; -EINVAL not such a line.
 */
int irq_get_percpu_devid_partition(unsigned int irq, struct cpumask *affinity)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc || !desc->percpu_enabled)
		return -EINVAL;
	cpumask_copy(affinity, desc->percpu_affinity);
	return 0;
}
EXPORT_SYMBOL_GPL(irq_get_percpu_devid_partition);

/**
 * __request_percpu_irq - attach a handler to a per-CPU line
 * @irq: the line
 * @handler: runs in hard-interrupt context with its CPU's copy of @dev_id
 * @flags: 0 or IRQF_TIMER
 * @devname: shown in /proc/interrupts; must outlive the request
 * @dev_id: per-CPU variable
 *
 * The line stays closed until each CPU calls enable_percpu_irq() for itself.
 *
 * Context: process, may sleep.
 * Return: 0; -EINVAL not such a line, no @dev_id, or other @flags; -EBUSY taken; -ENOMEM.
 */
int __request_percpu_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			 const char *devname, void __percpu *dev_id)
{
	struct irq_desc *desc = irq_get_desc(irq, IRQ_DESC_PERCPU_DEVID);
	struct irqaction *action;
	int ret;

	if (!dev_id || !desc || irq_settings_has(desc, IRQ_NOREQUEST))
		return -EINVAL;
	if (flags && flags != IRQF_TIMER)
		return -EINVAL;
	action = kzalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	action->handler = handler;
	action->flags = flags | IRQF_PERCPU | IRQF_NO_SUSPEND | IRQF_NO_AUTOEN;
	action->name = devname;
	action->percpu_dev_id = dev_id;
	ret = irq_setup_action(desc, action);
	if (ret)
		kfree(action);
	return ret;
}
EXPORT_SYMBOL_GPL(__request_percpu_irq);

static struct irqaction *detach_percpu_irq(unsigned int irq, void __percpu *dev_id)
{
	struct irq_desc *desc = irq_get_desc(irq, IRQ_DESC_PERCPU_DEVID);
	struct irqaction *action = NULL;
	unsigned long flags;

	WARN(in_interrupt(), "Trying to free IRQ %u from IRQ context!\n", irq);
	if (!desc)
		return NULL;
	raw_spin_lock_irqsave(&desc->lock, flags);
	if (!desc->action || desc->action->percpu_dev_id != dev_id) {
		WARN(1, "Trying to free already-free IRQ %u\n", irq);
	} else if (!cpumask_empty(desc->percpu_enabled)) {
		WARN(1, "percpu IRQ %u still enabled on CPU%u!\n", irq,
		     cpumask_first(desc->percpu_enabled));
	} else {
		action = desc->action;
		desc->action = NULL;
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	if (action) {
		unregister_handler_proc(irq, action);
		module_put(desc->owner);
	}
	return action;
}

/**
 * free_percpu_irq - detach the handler of a per-CPU line
 * @irq: the line, disabled on every CPU
 * @dev_id: the same as in the request
 *
 * Context: process, may sleep.
 */
void free_percpu_irq(unsigned int irq, void __percpu *dev_id)
{
	struct irq_desc *desc = irq_get_desc(irq, IRQ_DESC_PERCPU_DEVID);

	if (!desc)
		return;
	chip_bus_lock(desc);
	kfree(detach_percpu_irq(irq, dev_id));
	chip_bus_sync_unlock(desc);
}
EXPORT_SYMBOL_GPL(free_percpu_irq);

/**
 * enable_percpu_irq - open a per-CPU line on this CPU
 * @irq: the line
 * @type: trigger, IRQ_TYPE_*; IRQ_TYPE_NONE for what is set already
 *
 * Context: preemption off.
 */
void enable_percpu_irq(unsigned int irq, unsigned int type)
{
	unsigned int cpu = smp_processor_id();
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_PERCPU_DEVID, &flags);

	if (!desc)
		return;
	type &= IRQ_TYPE_SENSE_MASK;
	if (type == IRQ_TYPE_NONE)
		type = irqd_get_trigger_type(&desc->irq_data);
	if (type == IRQ_TYPE_NONE || !WARN(__irq_set_trigger(desc, type),
					   "failed to set type for IRQ%u\n", irq))
		irq_percpu_enable(desc, cpu);
	irq_put_desc_unlock(desc, flags);
}
EXPORT_SYMBOL_GPL(enable_percpu_irq);

/**
 * disable_percpu_irq - close a per-CPU line on this CPU
 * @irq: the line
 *
 * Context: preemption off.
 */
void disable_percpu_irq(unsigned int irq)
{
	unsigned int cpu = smp_processor_id();
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_PERCPU_DEVID, &flags);

	if (!desc)
		return;
	irq_percpu_disable(desc, cpu);
	irq_put_desc_unlock(desc, flags);
}
EXPORT_SYMBOL_GPL(disable_percpu_irq);

/** irq_percpu_is_enabled - is a per-CPU line open on this CPU? */
bool irq_percpu_is_enabled(unsigned int irq)
{
	unsigned int cpu = smp_processor_id();
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_PERCPU_DEVID, &flags);
	bool enabled;

	if (!desc)
		return false;
	enabled = cpumask_test_cpu(cpu, desc->percpu_enabled);
	irq_put_desc_unlock(desc, flags);
	return enabled;
}
EXPORT_SYMBOL_GPL(irq_percpu_is_enabled);
