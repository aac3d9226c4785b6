/* SPDX-License-Identifier: MIT */
/*
 * A line at its controller: mask and unmask, open and close.
 *
 * Two things keep a line quiet, and they are told apart: disabled (IRQD_IRQ_DISABLED, nobody
 * wants interrupts) and masked (IRQD_IRQ_MASKED, the controller holds them back). Disabling is
 * lazy: a chip without irq_disable() stays unmasked until an interrupt really comes, which
 * is then remembered and masked. Most disables last for a moment and so never reach the
 * hardware, and an edge that would be lost by masking is not.
 *
 * Everything here runs under the line's lock.
 */
#include <linux/export.h>
#include "internals.h"

static void irq_state_set_disabled(struct irq_desc *desc)
{
	irqd_set(&desc->irq_data, IRQD_IRQ_DISABLED);
}

static void irq_state_clr_disabled(struct irq_desc *desc)
{
	irqd_clear(&desc->irq_data, IRQD_IRQ_DISABLED);
}

static void irq_state_set_masked(struct irq_desc *desc)
{
	irqd_set(&desc->irq_data, IRQD_IRQ_MASKED);
}

static void irq_state_clr_masked(struct irq_desc *desc)
{
	irqd_clear(&desc->irq_data, IRQD_IRQ_MASKED);
}

void mask_irq(struct irq_desc *desc)
{
	lockdep_assert_held(&desc->lock);
	if (irqd_irq_masked(&desc->irq_data))
		return;
	if (desc->irq_data.chip->irq_mask) {
		desc->irq_data.chip->irq_mask(&desc->irq_data);
		irq_state_set_masked(desc);
	}
}

void mask_ack_irq(struct irq_desc *desc)
{
	lockdep_assert_held(&desc->lock);
	if (desc->irq_data.chip->irq_mask_ack) {
		desc->irq_data.chip->irq_mask_ack(&desc->irq_data);
		irq_state_set_masked(desc);
	} else {
		mask_irq(desc);
		if (desc->irq_data.chip->irq_ack)
			desc->irq_data.chip->irq_ack(&desc->irq_data);
	}
}

void unmask_irq(struct irq_desc *desc)
{
	lockdep_assert_held(&desc->lock);
	if (!irqd_irq_masked(&desc->irq_data))
		return;
	if (desc->irq_data.chip->irq_unmask) {
		desc->irq_data.chip->irq_unmask(&desc->irq_data);
		irq_state_clr_masked(desc);
	}
}

/* The last thread of a ONESHOT line is done; some chips want their EOI only now. */
void unmask_threaded_irq(struct irq_desc *desc)
{
	struct irq_chip *chip = desc->irq_data.chip;

	if (chip->flags & IRQCHIP_EOI_THREADED)
		chip->irq_eoi(&desc->irq_data);
	unmask_irq(desc);
}

static void __irq_disable(struct irq_desc *desc, bool mask)
{
	if (irqd_irq_disabled(&desc->irq_data)) {
		if (mask)
			mask_irq(desc);
		return;
	}
	irq_state_set_disabled(desc);
	if (desc->irq_data.chip->irq_disable) {
		desc->irq_data.chip->irq_disable(&desc->irq_data);
		irq_state_set_masked(desc);
	} else if (mask) {
		mask_irq(desc);
	}
}

/* Mark as unwanted; at the controller only if the chip or the line's settings insist. */
void irq_disable(struct irq_desc *desc)
{
	lockdep_assert_held(&desc->lock);
	__irq_disable(desc, irq_settings_has(desc, IRQ_DISABLE_UNLAZY));
}

void irq_enable(struct irq_desc *desc)
{
	lockdep_assert_held(&desc->lock);
	if (!irqd_irq_disabled(&desc->irq_data)) {
		unmask_irq(desc);
		return;
	}
	irq_state_clr_disabled(desc);
	if (desc->irq_data.chip->irq_enable) {
		desc->irq_data.chip->irq_enable(&desc->irq_data);
		irq_state_clr_masked(desc);
	} else {
		unmask_irq(desc);
	}
}

void irq_percpu_enable(struct irq_desc *desc, unsigned int cpu)
{
	struct irq_chip *chip = desc->irq_data.chip;

	if (chip->irq_enable)
		chip->irq_enable(&desc->irq_data);
	else
		chip->irq_unmask(&desc->irq_data);
	cpumask_set_cpu(cpu, desc->percpu_enabled);
}

void irq_percpu_disable(struct irq_desc *desc, unsigned int cpu)
{
	struct irq_chip *chip = desc->irq_data.chip;

	if (chip->irq_disable)
		chip->irq_disable(&desc->irq_data);
	else
		chip->irq_mask(&desc->irq_data);
	cpumask_clear_cpu(cpu, desc->percpu_enabled);
}

/* -- From closed to open and back ------------------------------------------------------------ */

static int __irq_startup(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;
	int ret = 0;

	WARN_ON_ONCE(!irqd_is_activated(d));
	if (d->chip->irq_startup) {
		ret = d->chip->irq_startup(d);
		irq_state_clr_disabled(desc);
		irq_state_clr_masked(desc);
	} else {
		irq_enable(desc);
	}
	irqd_set(d, IRQD_IRQ_STARTED);
	return ret;
}

/*
 * A managed line opens only while one of its CPUs is online, and goes there whatever user
 * space or the default affinity say.
 */
static bool irq_managed_has_cpu(struct irq_desc *desc, const struct cpumask *aff, bool force)
{
	struct irq_data *d = &desc->irq_data;

	irqd_clear(d, IRQD_MANAGED_SHUTDOWN);
	if (cpumask_intersects(aff, cpu_online_mask))
		return !WARN_ON_ONCE(irq_domain_activate_irq(d, false));
	/* Asking for it by name while no CPU is there is a mistake of the driver. */
	WARN_ON_ONCE(force);
	return false;
}

/**
 * irq_startup - open a line: enabled, unmasked, on its CPUs
 * @desc: the line
 * @resend: raise what came meanwhile again
 * @force: the driver asked for this line by name
 *
 * Return: what the chip's irq_startup() said.
 */
int irq_startup(struct irq_desc *desc, bool resend, bool force)
{
	struct irq_data *d = &desc->irq_data;
	const struct cpumask *aff = irq_data_get_affinity_mask(d);
	bool affinity_first = d->chip->flags & IRQCHIP_AFFINITY_PRE_STARTUP;
	int ret = 0;

	lockdep_assert_held(&desc->lock);
	desc->depth = 0;
	if (irqd_is_started(d)) {
		irq_enable(desc);
	} else if (irqd_affinity_is_managed(d)) {
		if (!irq_managed_has_cpu(desc, aff, force)) {
			irqd_set(d, IRQD_MANAGED_SHUTDOWN);
			return 0;
		}
		irq_do_set_affinity(d, aff, false);
		ret = __irq_startup(desc);
	} else {
		if (affinity_first)
			irq_setup_affinity(desc);
		ret = __irq_startup(desc);
		if (!affinity_first)
			irq_setup_affinity(desc);
	}
	if (resend)
		check_irq_resend(desc, false);
	return ret;
}

/* Give the line its place at the controllers. A managed one gets it when it starts. */
int irq_activate(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	return irqd_affinity_is_managed(d) ? 0 : irq_domain_activate_irq(d, false);
}

int irq_activate_and_startup(struct irq_desc *desc, bool resend)
{
	if (WARN_ON(irq_activate(desc)))
		return 0;
	return irq_startup(desc, resend, IRQ_START_FORCE);
}

/* Close at the controller, at once: nobody is attached any more. */
void irq_shutdown(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	lockdep_assert_held(&desc->lock);
	if (!irqd_is_started(d))
		return;
	clear_irq_resend(desc);
	desc->depth = 1;
	if (d->chip->irq_shutdown) {
		d->chip->irq_shutdown(d);
		irq_state_set_disabled(desc);
		irq_state_set_masked(desc);
	} else {
		__irq_disable(desc, true);
	}
	irqd_clear(d, IRQD_IRQ_STARTED);
}

void irq_shutdown_and_deactivate(struct irq_desc *desc)
{
	irq_shutdown(desc);
	/* Even if it never started: it may have been activated all the same. */
	irq_domain_deactivate_irq(&desc->irq_data);
}
