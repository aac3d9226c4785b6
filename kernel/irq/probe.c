/* SPDX-License-Identifier: MIT */
/*
 * Finding out which line an old device is on: open all lines that nobody uses, make the device
 * interrupt, see which line it was.
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/mutex.h>
#include "internals.h"

static DEFINE_MUTEX(probing_active);	/* from probe_irq_on() to probe_irq_off() */

static bool irq_can_probe(struct irq_desc *desc)
{
	return !desc->action && !irq_settings_has(desc, IRQ_NOPROBE);
}

/* Open every free line; what was pending from before shows, and is sorted out. */
static void probe_open_all(bool watch)
{
	struct irq_desc *desc;
	unsigned int i;

	irq_lock_sparse();
	for_each_irq_desc(i, desc) {
		raw_spin_lock_irq(&desc->lock);
		if (irq_can_probe(desc)) {
			if (watch) {
				desc->istate |= IRQS_AUTODETECT | IRQS_WAITING;
				if (irq_activate_and_startup(desc, IRQ_NORESEND))
					desc->istate |= IRQS_PENDING;
			} else {
				if (desc->irq_data.chip->irq_set_type)
					desc->irq_data.chip->irq_set_type(&desc->irq_data,
									  IRQ_TYPE_PROBE);
				irq_activate_and_startup(desc, IRQ_NORESEND);
			}
		}
		raw_spin_unlock_irq(&desc->lock);
	}
	irq_unlock_sparse();
}

/* Lines that interrupted before the device was told to are not the device's. */
static unsigned long probe_drop_spurious(void)
{
	struct irq_desc *desc;
	unsigned long mask = 0;
	unsigned int i;

	irq_lock_sparse();
	for_each_irq_desc(i, desc) {
		raw_spin_lock_irq(&desc->lock);
		if (desc->istate & IRQS_AUTODETECT) {
			if (!(desc->istate & IRQS_WAITING)) {
				desc->istate &= ~IRQS_AUTODETECT;
				irq_shutdown_and_deactivate(desc);
			} else if (i < 32) {
				mask |= 1UL << i;
			}
		}
		raw_spin_unlock_irq(&desc->lock);
	}
	irq_unlock_sparse();
	return mask;
}

/**
 * probe_irq_on - begin to look for the line of a device
 *
 * Then make the device interrupt, once, and call probe_irq_off().
 *
 * Context: process, may sleep.
 * Return: the lines below 32 that are watched, for probe_irq_off().
 */
unsigned long probe_irq_on(void)
{
	mutex_lock(&probing_active);
	probe_open_all(false);
	msleep(20);		/* what was left over from before comes now */
	probe_open_all(true);
	msleep(100);		/* what asks by itself shows */
	return probe_drop_spurious();
}
EXPORT_SYMBOL(probe_irq_on);

/* End the watch; how many lines interrupted, the first of them, and those below 16. */
static int probe_collect(unsigned int *first, unsigned int *low)
{
	struct irq_desc *desc;
	unsigned int i;
	int found = 0;

	*low = 0;
	irq_lock_sparse();
	for_each_irq_desc(i, desc) {
		raw_spin_lock_irq(&desc->lock);
		if (desc->istate & IRQS_AUTODETECT) {
			if (!(desc->istate & IRQS_WAITING)) {
				if (!found++)
					*first = i;
				if (i < 16)
					*low |= 1U << i;
			}
			desc->istate &= ~IRQS_AUTODETECT;
			irq_shutdown_and_deactivate(desc);
		}
		raw_spin_unlock_irq(&desc->lock);
	}
	irq_unlock_sparse();
	mutex_unlock(&probing_active);
	return found;
}

/**
 * probe_irq_mask - end of probing, for lines below 16
 * @val: those of interest
 *
 * Context: process, may sleep. Return: those of @val that interrupted.
 */
unsigned int probe_irq_mask(unsigned long val)
{
	unsigned int first, low;

	probe_collect(&first, &low);
	return low & val;
}
EXPORT_SYMBOL(probe_irq_mask);

/**
 * probe_irq_off - end of probing
 * @val: what probe_irq_on() returned
 *
 * Context: process, may sleep.
 * Return: the line; 0 when none interrupted; minus the first one when several did.
 */
int probe_irq_off(unsigned long val)
{
	unsigned int first = 0, low;
	int found = probe_collect(&first, &low);

	return found > 1 ? -(int)first : (int)first;
}
EXPORT_SYMBOL(probe_irq_off);
