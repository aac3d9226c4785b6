/* SPDX-License-Identifier: MIT */
/*
 * Lines of a CPU that goes off line move to others, whatever their affinity says; those whose place
 * the kernel manages close with the last of their CPUs, and open again when one is back.
 */
#define pr_fmt(fmt) "genirq: " fmt

#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irqnr.h>
#include <linux/ratelimit.h>
#include <linux/smp.h>
#include "internals.h"

/* Does the line interrupt this CPU, which is not online any more? */
static bool irq_needs_fixup(struct irq_data *d)
{
	const struct cpumask *effective = irq_data_get_effective_affinity_mask(d);
	unsigned int cpu = smp_processor_id();

	if (cpumask_empty(effective))
		effective = irq_data_get_affinity_mask(d);
	if (cpumask_any_but(effective, cpu) < nr_cpu_ids &&
	    !cpumask_intersects(effective, cpu_online_mask)) {
		pr_warn("Eff. affinity %*pbl of IRQ %u contains only offline CPUs after offlining CPU %u\n",
			cpumask_pr_args(effective), d->irq, cpu);
		return true;
	}
	return cpumask_test_cpu(cpu, effective);
}

/* Where the line is to go. *@broken: not where it was asked for. NULL: nowhere, it closes. */
static const struct cpumask *new_affinity(struct irq_desc *desc, bool *broken)
{
	struct irq_data *d = &desc->irq_data;
	const struct cpumask *wanted = irqd_is_setaffinity_pending(d) ?
				       desc->pending_mask : irq_data_get_affinity_mask(d);

	irqd_clear(d, IRQD_SETAFFINITY_PENDING);
	*broken = !cpumask_intersects(wanted, cpu_online_mask);
	if (!*broken)
		return wanted;
	if (!irqd_affinity_is_managed(d))
		return cpu_online_mask;
	irqd_set(d, IRQD_MANAGED_SHUTDOWN);
	return NULL;
}

/* Return: whether the line's affinity had to be broken. The line's lock is held. */
static bool migrate_one_irq(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;
	const struct cpumask *affinity;
	bool broken, mask;
	int err;

	if (!d->chip->irq_set_affinity) {
		pr_debug("IRQ %u: Unable to migrate away\n", d->irq);
		return false;
	}
	if (irqd_is_per_cpu(d) || !irqd_is_started(d) || !irq_needs_fixup(d))
		return false;
	affinity = new_affinity(desc, &broken);
	if (!affinity) {
		irq_shutdown_and_deactivate(desc);
		return false;
	}
	/* A line that can be moved only between two interrupts is masked, which is as good. */
	mask = !irqd_can_move_in_process_context(d) && !irqd_irq_masked(d) && d->chip->irq_mask;
	if (mask)
		d->chip->irq_mask(d);
	err = irq_do_set_affinity(d, affinity, false);
	if (err == -ENOSPC && !irqd_affinity_is_managed(d) && affinity != cpu_online_mask) {
		broken = true;
		err = irq_do_set_affinity(d, cpu_online_mask, false);
	}
	if (err) {
		pr_warn_ratelimited("IRQ%u: set affinity failed(%d).\n", d->irq, err);
		broken = false;
	}
	if (mask)
		d->chip->irq_unmask(d);
	return broken;
}

/**
 * irq_migrate_all_off_this_cpu - this CPU goes: move its lines to others
 *
 * Context: IRQs off, this CPU is not online any more, all others are stopped.
 */
void irq_migrate_all_off_this_cpu(void)
{
	unsigned int irq;

	for_each_active_irq(irq) {
		struct irq_desc *desc = irq_to_desc(irq);
		bool broken;

		raw_spin_lock(&desc->lock);
		broken = migrate_one_irq(desc);
		raw_spin_unlock(&desc->lock);
		if (broken)
			pr_debug_ratelimited("IRQ %u: no longer affine to CPU%u\n", irq,
					     smp_processor_id());
	}
}

/* @cpu has come up: is there a managed line that waits for it, or wants it too? */
static void restore_line(struct irq_desc *desc, unsigned int cpu)
{
	struct irq_data *d = &desc->irq_data;
	const struct cpumask *affinity = irq_data_get_affinity_mask(d);

	if (!irqd_affinity_is_managed(d) || !desc->action || !cpumask_test_cpu(cpu, affinity))
		return;
	if (irqd_is_managed_and_shutdown(d))
		irq_startup(desc, IRQ_RESEND, IRQ_START_COND);
	else if (!irqd_is_single_target(d))
		irq_set_affinity_locked(d, affinity, false);
}

/** irq_affinity_online_cpu - a step of a CPU's start: managed lines come back. Return: 0. */
int irq_affinity_online_cpu(unsigned int cpu)
{
	unsigned int irq;

	irq_lock_sparse();
	for_each_active_irq(irq) {
		struct irq_desc *desc = irq_to_desc(irq);

		raw_spin_lock_irq(&desc->lock);
		restore_line(desc, cpu);
		raw_spin_unlock_irq(&desc->lock);
	}
	irq_unlock_sparse();
	return 0;
}

static int __init irq_hotplug_init(void)
{
	return cpuhp_setup_state_nocalls(CPUHP_AP_IRQ_AFFINITY_ONLINE, "irq/affinity:online",
					 irq_affinity_online_cpu, NULL);
}
early_initcall(irq_hotplug_init);
