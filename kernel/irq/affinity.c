/* SPDX-License-Identifier: MIT */
/*
 * Which CPUs a line interrupts: what was asked for (affinity), what the controller made of it
 * (effective affinity), the default, and who is told of changes.
 */
#define pr_fmt(fmt) "genirq: " fmt

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kref.h>
#include <linux/smp.h>
#include <linux/workqueue.h>
#include "internals.h"

/* Where lines go that nobody steers; /proc/irq/default_smp_affinity changes it. */
cpumask_var_t irq_default_affinity;
EXPORT_SYMBOL_GPL(irq_default_affinity);

/* The boot CPU is always in: it is the one that is surely there when lines open. */
static int __init irq_affinity_setup(char *str)
{
	if (cpulist_parse(str, irq_default_affinity))
		pr_warn("irqaffinity=%s: not a list of CPUs\n", str);
	cpumask_set_cpu(raw_smp_processor_id(), irq_default_affinity);
	return 1;
}
__setup("irqaffinity=", irq_affinity_setup);

static bool desc_can_set_affinity(struct irq_desc *desc)
{
	return desc && desc->irq_data.chip->irq_set_affinity &&
	       !irq_state_has(desc, IRQD_PER_CPU | IRQD_NO_BALANCING);
}

/** irq_can_set_affinity - may the line be steered? 1 or 0 */
int irq_can_set_affinity(unsigned int irq)
{
	return desc_can_set_affinity(irq_to_desc(irq));
}

/* By user space: not a line whose place the kernel manages. */
bool irq_can_set_affinity_usr(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc_can_set_affinity(desc) && !irqd_affinity_is_managed(&desc->irq_data);
}

/**
 * irq_do_set_affinity - have the controller steer a line now
 * @data: outermost controller's data; the line's lock is held
 * @mask: CPUs; those that are online are used
 * @force: use the offline ones too
 *
 * Return: 0; -EINVAL no CPU of @mask is online, or the chip can't; -EBUSY a move is under way;
 * what the chip said.
 */
int irq_do_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	struct irq_desc *desc = irq_data_to_desc(data);
	struct irq_chip *chip = data->chip;
	struct cpumask online;
	int ret;

	lockdep_assert_held(&desc->lock);
	if (!chip->irq_set_affinity)
		return -EINVAL;
	if (force)
		ret = chip->irq_set_affinity(data, mask, true);
	else if (cpumask_and(&online, mask, cpu_online_mask))
		ret = chip->irq_set_affinity(data, &online, false);
	else
		return -EINVAL;

	switch (ret) {
	case IRQ_SET_MASK_OK:
	case IRQ_SET_MASK_OK_DONE:
		irq_data_update_affinity(data, mask);
		fallthrough;
	case IRQ_SET_MASK_OK_NOCOPY:
		if (cpumask_empty(irq_data_get_effective_affinity_mask(data)))
			pr_warn_once("irq_chip %s did not update eff. affinity mask of irq %u\n",
				     chip->name, data->irq);
		irq_set_thread_affinity(desc);
		ret = 0;
	}
	return ret;
}

/**
 * irq_setup_affinity - steer a line that opens: where it was put, else by default
 * @desc: the line, its lock held
 *
 * Return: as irq_do_set_affinity(); 0 also for a line that can't be steered.
 */
int irq_setup_affinity(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;
	const struct cpumask *set = irq_default_affinity;
	struct cpumask mask;

	if (!desc_can_set_affinity(desc))
		return 0;
	if (irqd_affinity_is_managed(d) || irqd_affinity_was_set(d)) {
		if (cpumask_intersects(irq_data_get_affinity_mask(d), cpu_online_mask))
			set = irq_data_get_affinity_mask(d);
		else
			irqd_clear(d, IRQD_AFFINITY_SET);
	}
	if (!cpumask_and(&mask, cpu_online_mask, set))
		cpumask_copy(&mask, cpu_online_mask);
	return irq_do_set_affinity(d, &mask, false);
}

/* The controller can move the line only while it interrupts: remember where to. */
static void irq_set_affinity_pending(struct irq_data *data, const struct cpumask *dest)
{
	irqd_set(data, IRQD_SETAFFINITY_PENDING);
	cpumask_copy(irq_data_to_desc(data)->pending_mask, dest);
}

static int irq_set_affinity_active(struct irq_data *data, const struct cpumask *mask, bool force)
{
	int ret;

	if (irqd_can_move_in_process_context(data) && !irqd_is_setaffinity_pending(data)) {
		ret = irq_do_set_affinity(data, mask, force);
		if (ret != -EBUSY || force)
			return ret;
	}
	irq_set_affinity_pending(data, mask);
	return 0;
}

static void irq_affinity_changed(struct irq_desc *desc)
{
	struct irq_affinity_notify *notify = desc->affinity_notify;

	if (!notify)
		return;
	kref_get(&notify->kref);
	/* Queued already: that run has a reference and will see the newest mask. */
	if (!schedule_work(&notify->work))
		kref_put(&notify->kref, notify->release);
}

/**
 * irq_set_affinity_locked - steer a line, now or at its next interrupt
 * @data: outermost controller's data; the line's lock is held
 * @mask: CPUs
 * @force: offline ones too
 *
 * Return: 0; -EINVAL the chip can't, or no CPU of @mask is online; what the chip said.
 */
int irq_set_affinity_locked(struct irq_data *data, const struct cpumask *mask, bool force)
{
	struct irq_desc *desc = irq_data_to_desc(data);
	int ret = 0;

	lockdep_assert_held(&desc->lock);
	if (!data->chip->irq_set_affinity)
		return -EINVAL;
	/* Has no place at the controllers yet, and will be given one by this mask. */
	if (!irqd_is_activated(data) && irqd_affinity_on_activate(data)) {
		irq_data_update_affinity(data, mask);
		irq_data_update_effective_affinity(data, mask);
		irqd_set(data, IRQD_AFFINITY_SET);
		return 0;
	}
	ret = irq_set_affinity_active(data, mask, force);
	irq_affinity_changed(desc);
	irqd_set(data, IRQD_AFFINITY_SET);
	return ret;
}

static int set_affinity(unsigned int irq, const struct cpumask *mask, bool force)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_ANY, &flags);
	int ret;

	if (!desc)
		return -EINVAL;
	ret = irq_set_affinity_locked(&desc->irq_data, mask, force);
	irq_put_desc_unlock(desc, flags);
	return ret;
}

/**
 * irq_set_affinity - steer a line to a set of CPUs
 * @irq: the line
 * @cpumask: the CPUs; one of them at least must be online
 *
 * A controller that can move a line only while it interrupts does so at the next one.
 *
 * Context: any.
 * Return: 0; -EINVAL no such line, or it can't be steered, or no CPU is online.
 */
int irq_set_affinity(unsigned int irq, const struct cpumask *cpumask)
{
	return set_affinity(irq, cpumask, false);
}
EXPORT_SYMBOL_GPL(irq_set_affinity);

/**
 * irq_force_affinity - irq_set_affinity() for a CPU that is about to come online
 * Return: as irq_set_affinity().
 */
int irq_force_affinity(unsigned int irq, const struct cpumask *cpumask)
{
	return set_affinity(irq, cpumask, true);
}
EXPORT_SYMBOL_GPL(irq_force_affinity);

/**
 * __irq_apply_affinity_hint - tell user space where a line had best go
 * @irq: the line
 * @m: the CPUs, the driver's memory, shown in /proc/irq/N/affinity_hint; NULL takes it back
 * @setaffinity: move it there at once
 *
 * Context: any.
 * Return: 0; -EINVAL no such line.
 */
int __irq_apply_affinity_hint(unsigned int irq, const struct cpumask *m, bool setaffinity)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_NORMAL, &flags);

	if (!desc)
		return -EINVAL;
	desc->affinity_hint = m;
	irq_put_desc_unlock(desc, flags);
	if (m && setaffinity)
		set_affinity(irq, m, false);
	return 0;
}
EXPORT_SYMBOL_GPL(__irq_apply_affinity_hint);

/* -- Notifiers ------------------------------------------------------------------------------------------ */

static void irq_affinity_notify_work(struct work_struct *work)
{
	struct irq_affinity_notify *notify = container_of(work, struct irq_affinity_notify, work);
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(notify->irq, IRQ_DESC_ANY, &flags);
	struct cpumask mask;

	if (desc) {
		if (irqd_is_setaffinity_pending(&desc->irq_data))
			cpumask_copy(&mask, desc->pending_mask);
		else
			cpumask_copy(&mask, irq_data_get_affinity_mask(&desc->irq_data));
		irq_put_desc_unlock(desc, flags);
		notify->notify(notify, &mask);
	}
	kref_put(&notify->kref, notify->release);
}

/**
 * irq_set_affinity_notifier - be told when a line is steered elsewhere
 * @irq: the line
 * @notify: whose notify() and release() are set; NULL to be told no longer
 *
 * One at a time: a former one is released, after its last call.
 *
 * Context: process, may sleep. Before free_irq() it must be called with NULL.
 * Return: 0; -EINVAL no such line.
 */
int irq_set_affinity_notifier(unsigned int irq, struct irq_affinity_notify *notify)
{
	struct irq_affinity_notify *old;
	struct irq_desc *desc;
	unsigned long flags;

	might_sleep();
	if (notify) {
		notify->irq = irq;
		kref_init(&notify->kref);
		INIT_WORK(&notify->work, irq_affinity_notify_work);
	}
	desc = irq_get_desc_lock(irq, IRQ_DESC_ANY, &flags);
	if (!desc)
		return -EINVAL;
	old = desc->affinity_notify;
	desc->affinity_notify = notify;
	irq_put_desc_unlock(desc, flags);

	if (old) {
		if (cancel_work_sync(&old->work))
			kref_put(&old->kref, old->release);
		kref_put(&old->kref, old->release);
	}
	return 0;
}
EXPORT_SYMBOL_GPL(irq_set_affinity_notifier);
