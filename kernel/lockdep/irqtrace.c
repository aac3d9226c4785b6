/* SPDX-License-Identifier: MIT */
/*
 * Interrupts and softirqs turned on and off: what is held at that moment is now held with them
 * enabled, though it was perhaps taken with them off. And who did it last, for the reports.
 *
 * Called by local_irq_*() and local_bh_*(). What the machine does by itself, as it enters and
 * leaves an interrupt, does not come by: nothing taken before it changes by it.
 */
#include <linux/export.h>
#include <linux/irq_time.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

/* All that this context has taken becomes used with @usage's kind of interrupt on. IRQs off. */
static void mark_held(unsigned int usage)
{
	const struct task_lockdep *t = &current->lockdep;
	u8 context = irq_context_now();

	for (unsigned int i = 0; i < t->depth; i++) {
		const struct held_lock *h = &t->held[i];

		if (h->check && h->class_idx && h->irq_context == context &&
		    !mark_used_as(h, usage + (h->read ? USAGE_READ : 0)))
			return;
	}
}

/* An interrupt that turns them on breaks another rule, which is checked elsewhere. */
static bool worth_marking(void)
{
	return current->lockdep.depth && debug_locks && !in_hardirq();
}

/**
 * trace_hardirqs_on - the caller is about to enable interrupts
 *
 * Context: interrupts off. In an NMI nothing is noted.
 */
void trace_hardirqs_on(void)
{
	struct irqtrace_events *e = &current->lockdep.irqtrace;

	if (unlikely(in_nmi()) || !raw_irqs_disabled())
		return;
	irqs_off_end(_RET_IP_);
	e->hardirq_enable_ip = _RET_IP_;
	e->hardirq_enable_event = ++e->irq_events;
	if (likely(!worth_marking()) || !lockdep_enter())
		return;
	mark_held(ON_HARDIRQ);
	if (!softirq_count())
		mark_held(ON_SOFTIRQ);
	lockdep_leave();
}
EXPORT_SYMBOL(trace_hardirqs_on);

/** trace_hardirqs_off - the caller has just disabled interrupts, which were enabled */
void trace_hardirqs_off(void)
{
	struct irqtrace_events *e = &current->lockdep.irqtrace;

	if (unlikely(in_nmi()))
		return;
	irqs_off_begin(_RET_IP_);
	e->hardirq_disable_ip = _RET_IP_;
	e->hardirq_disable_event = ++e->irq_events;
}
EXPORT_SYMBOL(trace_hardirqs_off);

/** lockdep_softirqs_on - the outermost section that kept softirqs out has ended */
void lockdep_softirqs_on(unsigned long ip)
{
	struct irqtrace_events *e = &current->lockdep.irqtrace;
	unsigned long flags;

	raw_local_irq_save(flags);
	e->softirq_enable_ip = ip;
	e->softirq_enable_event = ++e->irq_events;
	if (!irqs_disabled_flags(flags) && worth_marking() && lockdep_enter()) {
		mark_held(ON_SOFTIRQ);
		lockdep_leave();
	}
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL(lockdep_softirqs_on);

/** lockdep_softirqs_off - a first section that keeps softirqs out has begun */
void lockdep_softirqs_off(unsigned long ip)
{
	struct irqtrace_events *e = &current->lockdep.irqtrace;
	unsigned long flags;

	raw_local_irq_save(flags);
	e->softirq_disable_ip = ip;
	e->softirq_disable_event = ++e->irq_events;
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL(lockdep_softirqs_off);

#endif
