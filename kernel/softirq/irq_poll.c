/* SPDX-License-Identifier: MIT */
/*
 * irq_poll: a driver's interrupt handler masks its device and calls irq_poll_sched(); the
 * softirq then polls the device, a bounded amount at a time, until it has nothing left and the
 * driver calls irq_poll_complete() and unmasks it.
 *
 * Devices that want more stand in line on the CPU where their interrupt came. One turn of the
 * softirq spends a budget, or what is left of the jiffy, and begins another if some are left.
 *
 *	IRQ_POLL_F_SCHED	clear	nobody's: the next irq_poll_sched() puts it on a list
 *				set	on a list, or being polled, or disabled
 *	irq_poll_complete()		off the list, clear
 *	irq_poll_disable()		DISABLE keeps new ones out; waits until SCHED is its own
 *	irq_poll_enable()		clear
 */
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/cpuhotplug.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq_poll.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/string.h>

#define IRQ_POLL_BUDGET	256	/* in all, for one turn */

static DEFINE_PER_CPU(struct list_head, poll_list);	/* that CPU, IRQs off */

/**
 * irq_poll_init - make @iop ready, enabled and not scheduled
 * @weight: what one call of @poll_fn may do at most
 * @poll_fn: runs in IRQ_POLL_SOFTIRQ; says how much it did. Did it do @weight it is called again,
 *	else it has called irq_poll_complete().
 */
void irq_poll_init(struct irq_poll *iop, int weight, irq_poll_fn *poll_fn)
{
	memset(iop, 0, sizeof(*iop));
	INIT_LIST_HEAD(&iop->list);
	iop->weight = weight;
	iop->poll = poll_fn;
}
EXPORT_SYMBOL(irq_poll_init);

/**
 * irq_poll_sched - have @iop polled on this CPU
 *
 * Without effect while it is scheduled already or disabled. Context: any but NMI, usually the
 * device's interrupt.
 */
void irq_poll_sched(struct irq_poll *iop)
{
	unsigned long flags;

	if (test_bit(IRQ_POLL_F_DISABLE, &iop->state) ||
	    test_and_set_bit(IRQ_POLL_F_SCHED, &iop->state))
		return;
	local_irq_save(flags);
	list_add_tail(&iop->list, this_cpu_ptr(&poll_list));
	raise_softirq_irqoff(IRQ_POLL_SOFTIRQ);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(irq_poll_sched);

/* IRQs off. From the release on it may be on another CPU's list. */
static void let_go(struct irq_poll *iop)
{
	list_del(&iop->list);
	clear_bit_unlock(IRQ_POLL_F_SCHED, &iop->state);
}

/**
 * irq_poll_complete - the device has no more work: stop polling it
 *
 * Before the device may interrupt again. Context: its poll function.
 */
void irq_poll_complete(struct irq_poll *iop)
{
	unsigned long flags;

	local_irq_save(flags);
	let_go(iop);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(irq_poll_complete);

/* Its call did all it might: next please, unless somebody waits for it. IRQs off. */
static void requeue(struct irq_poll *iop)
{
	if (test_bit(IRQ_POLL_F_DISABLE, &iop->state))
		let_go(iop);
	else
		list_move_tail(&iop->list, this_cpu_ptr(&poll_list));
}

static void irq_poll_softirq(struct softirq_action *unused)
{
	struct list_head *list = this_cpu_ptr(&poll_list);
	unsigned long begun = jiffies;
	int budget = IRQ_POLL_BUDGET;

	local_irq_disable();
	while (!list_empty(list)) {
		struct irq_poll *iop;
		int weight, work = 0;

		if (budget <= 0 || time_after(jiffies, begun)) {
			__raise_softirq_irqoff(IRQ_POLL_SOFTIRQ);
			break;
		}
		/* Interrupts only add at the tail: the first stays so without them off. */
		iop = list_first_entry(list, struct irq_poll, list);
		weight = iop->weight;
		local_irq_enable();
		if (likely(test_bit(IRQ_POLL_F_SCHED, &iop->state)))
			work = iop->poll(iop, weight);
		budget -= work;
		local_irq_disable();
		/* When it did less it is completed, and may be anywhere, or gone. */
		if (work >= weight)
			requeue(iop);
	}
	local_irq_enable();
}

/**
 * irq_poll_disable - wait until @iop is not polled, and keep it so
 *
 * Context: process, may sleep.
 */
void irq_poll_disable(struct irq_poll *iop)
{
	set_bit(IRQ_POLL_F_DISABLE, &iop->state);
	while (test_and_set_bit(IRQ_POLL_F_SCHED, &iop->state))
		msleep(1);
	clear_bit(IRQ_POLL_F_DISABLE, &iop->state);
}
EXPORT_SYMBOL(irq_poll_disable);

/** irq_poll_enable - undo irq_poll_disable(); what was scheduled meanwhile is forgotten */
void irq_poll_enable(struct irq_poll *iop)
{
	BUG_ON(!test_bit(IRQ_POLL_F_SCHED, &iop->state));
	clear_bit_unlock(IRQ_POLL_F_SCHED, &iop->state);
}
EXPORT_SYMBOL(irq_poll_enable);

/* What waited on a CPU that is gone is polled here. */
static int irq_poll_cpu_dead(unsigned int cpu)
{
	local_irq_disable();
	list_splice_init(per_cpu_ptr(&poll_list, cpu), this_cpu_ptr(&poll_list));
	raise_softirq_irqoff(IRQ_POLL_SOFTIRQ);
	local_irq_enable();
	return 0;
}

static int __init irq_poll_setup(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		INIT_LIST_HEAD(per_cpu_ptr(&poll_list, cpu));
	open_softirq(IRQ_POLL_SOFTIRQ, irq_poll_softirq);
	return cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "irq_poll:dead", NULL,
					 irq_poll_cpu_dead) < 0;
}
subsys_initcall(irq_poll_setup);
