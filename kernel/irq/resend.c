/* SPDX-License-Identifier: MIT */
/*
 * Raising an interrupt again that could not be handled when it came: in hardware when the
 * controller can, else from a tasklet that calls the flow handler.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include "internals.h"

static DEFINE_RAW_SPINLOCK(resend_lock);	/* taken inside a line's lock, interrupts off */
static LIST_HEAD(resend_list);			/* under resend_lock */

static struct irq_desc *next_resend(void)
{
	struct irq_desc *desc;

	raw_spin_lock(&resend_lock);
	desc = list_first_entry_or_null(&resend_list, struct irq_desc, resend_link);
	if (desc) {
		list_del_init(&desc->resend_link);
		desc->resend_queued = false;
	}
	raw_spin_unlock(&resend_lock);
	return desc;
}

static void resend_irqs(struct tasklet_struct *unused)
{
	struct irq_desc *desc;

	local_irq_disable();
	while ((desc = next_resend())) {
		desc->handle_irq(desc);
		local_irq_enable();
		local_irq_disable();
	}
	local_irq_enable();
}
static DECLARE_TASKLET(resend_tasklet, resend_irqs);

static int irq_sw_resend(struct irq_desc *desc)
{
	/* Its flow handler needs to be in a real interrupt. */
	if (irqd_is_handle_enforce_irqctx(&desc->irq_data))
		return -EINVAL;
	/* Its handlers run in another line's thread: raise that one. */
	if (irq_settings_has(desc, IRQ_NESTED_THREAD)) {
		desc = desc->parent_irq ? irq_to_desc(desc->parent_irq) : NULL;
		if (!desc)
			return -EINVAL;
	}
	raw_spin_lock(&resend_lock);
	if (!desc->resend_queued) {
		desc->resend_queued = true;
		list_add_tail(&desc->resend_link, &resend_list);
	}
	raw_spin_unlock(&resend_lock);
	tasklet_schedule(&resend_tasklet);
	return 0;
}

/* The line was closed: nothing is owed to it any more. */
void clear_irq_resend(struct irq_desc *desc)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&resend_lock, flags);
	if (desc->resend_queued) {
		list_del_init(&desc->resend_link);
		desc->resend_queued = false;
	}
	raw_spin_unlock_irqrestore(&resend_lock, flags);
}

/* The line goes: nor may the tasklet hold it in its hands. May sleep. */
void forget_irq_resend(struct irq_desc *desc)
{
	clear_irq_resend(desc);
	tasklet_unlock_wait(&resend_tasklet);
}

static bool try_retrigger(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	return d->chip->irq_retrigger ? d->chip->irq_retrigger(d) : irq_chip_retrigger_hierarchy(d);
}

/**
 * check_irq_resend - raise again what came while the line was disabled
 * @desc: the line, its lock held
 * @inject: raise it even though nothing came
 *
 * Return: 0; -EINVAL a level line, which asks by itself, or one that can't be raised; -EBUSY
 * it is raised already.
 */
int check_irq_resend(struct irq_desc *desc, bool inject)
{
	int ret = 0;

	lockdep_assert_held(&desc->lock);
	if (irq_settings_has(desc, IRQ_LEVEL)) {
		desc->istate &= ~IRQS_PENDING;
		return -EINVAL;
	}
	if (desc->istate & IRQS_REPLAY)
		return -EBUSY;
	if (!(desc->istate & IRQS_PENDING) && !inject)
		return 0;

	desc->istate &= ~IRQS_PENDING;
	if (!try_retrigger(desc))
		ret = irq_sw_resend(desc);
	/* The flow handler clears it when the interrupt arrives. */
	if (!ret)
		desc->istate |= IRQS_REPLAY;
	return ret;
}

/**
 * irq_inject_interrupt - raise a line by software
 * @irq: the line, requested
 *
 * Context: any, when the chip is not behind a slow bus.
 * Return: 0; -EINVAL no such line, not active, or can't be raised; -EBUSY raised already.
 */
int irq_inject_interrupt(unsigned int irq)
{
	struct irq_desc *desc;
	unsigned long flags;
	int ret;

	if (!irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true))
		return 0;
	desc = irq_get_desc_buslock(irq, IRQ_DESC_ANY, &flags);
	if (!desc)
		return -EINVAL;
	ret = irqd_is_activated(&desc->irq_data) ? check_irq_resend(desc, true) : -EINVAL;
	irq_put_desc_busunlock(desc, flags);
	return ret;
}
EXPORT_SYMBOL_GPL(irq_inject_interrupt);
