/* SPDX-License-Identifier: MIT */
/*
 * irq_work: a function called in hard-IRQ context as soon as interrupts allow, queued from
 * any context, an NMI's as well.
 *
 * A work is claimed by setting PENDING and BUSY in its flags, then pushed on the lock-free
 * list of a CPU, which gets an IPI if the list was empty. PENDING falls just before the
 * function is called, so that it can be queued again from then on; BUSY falls after it
 * returned. Lazy works have a list of their own and wait for the next tick.
 */
#include <linux/arch.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/llist.h>
#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/tick.h>

static DEFINE_PER_CPU(struct llist_head, raised_list);
static DEFINE_PER_CPU(struct llist_head, lazy_list);

static bool claim(struct irq_work *work)
{
	return !(atomic_fetch_or(IRQ_WORK_CLAIMED, &work->flags) & IRQ_WORK_PENDING);
}

/**
 * irq_work_queue - run @work on this CPU
 *
 * Context: any, NMI included.
 * Return: false when it is queued already and has not begun to run.
 */
bool irq_work_queue(struct irq_work *work)
{
	if (!claim(work))
		return false;

	preempt_disable();
	if (atomic_read(&work->flags) & IRQ_WORK_LAZY) {
		/* Where the tick has stopped, no tick is waited for. */
		if (llist_add(&work->llnode, this_cpu_ptr(&lazy_list)) && tick_nohz_tick_stopped())
			arch_send_ipi_cpu((unsigned int)smp_processor_id(), IPI_IRQ_WORK);
	} else if (llist_add(&work->llnode, this_cpu_ptr(&raised_list))) {
		arch_send_ipi_cpu((unsigned int)smp_processor_id(), IPI_IRQ_WORK);
	}
	preempt_enable();
	return true;
}
EXPORT_SYMBOL(irq_work_queue);

/**
 * irq_work_queue_on - run @work on @cpu
 *
 * Context: any but NMI. @cpu is online and stays so. Return: as irq_work_queue().
 */
bool irq_work_queue_on(struct irq_work *work, int cpu)
{
	WARN_ON_ONCE(in_nmi());
	if (!claim(work))
		return false;

	/* Lazy is for the own CPU: another may be idle, and have no tick. */
	if (llist_add(&work->llnode, &per_cpu(raised_list, cpu)))
		arch_send_ipi_cpu((unsigned int)cpu, IPI_IRQ_WORK);
	return true;
}
EXPORT_SYMBOL(irq_work_queue_on);

static void run_one(struct irq_work *work)
{
	int flags = atomic_read(&work->flags) & ~IRQ_WORK_PENDING;

	/*
	 * Nobody else writes the flags while PENDING is set. After the store a queuer may
	 * claim it anew; what it wrote before is then seen by the call below.
	 */
	atomic_set(&work->flags, flags);
	smp_mb();
	work->func(work);
	/* Not when it was claimed again: BUSY is then the new claim's. */
	atomic_cmpxchg(&work->flags, flags, flags & ~IRQ_WORK_BUSY);
}

static void run_list(struct llist_head *list)
{
	struct llist_node *node;
	struct irq_work *work, *next;

	if (llist_empty(list))
		return;
	/* The list is newest first. */
	node = llist_reverse_order(llist_del_all(list));
	llist_for_each_entry_safe(work, next, node, llnode)
		run_one(work);
}

/* The IPI's work. Hard-IRQ context. */
void irq_work_run(void)
{
	lockdep_assert_irqs_disabled();
	run_list(this_cpu_ptr(&raised_list));
	run_list(this_cpu_ptr(&lazy_list));
}
EXPORT_SYMBOL(irq_work_run);

bool irq_work_needs_cpu(void)
{
	return !llist_empty(this_cpu_ptr(&raised_list)) || !llist_empty(this_cpu_ptr(&lazy_list));
}

/* The tick's: the lazy ones, and all on a machine with no IPI to send itself. */
void irq_work_tick(void)
{
	run_list(this_cpu_ptr(&raised_list));
	run_list(this_cpu_ptr(&lazy_list));
}

/**
 * irq_work_sync - wait until @work is neither queued nor running
 *
 * Context: process, interrupts on.
 */
void irq_work_sync(struct irq_work *work)
{
	lockdep_assert_irqs_enabled();
	might_sleep();
	atomic_cond_read_acquire(&work->flags, !(VAL & IRQ_WORK_BUSY));
}
EXPORT_SYMBOL(irq_work_sync);
