/* SPDX-License-Identifier: MIT */
/*
 * irq_work: a function called in hard-IRQ context as soon as interrupts allow, queued from
 * any context, an NMI's as well.
 *
 * A work is claimed by setting PENDING in its flags, then pushed on the lock-free list of a
 * CPU, which gets an IPI if the list was empty. BUSY is set and PENDING falls just before the
 * function is called, so that it can be queued again from then on; BUSY falls after it
 * returned. Lazy works have a list of their own and wait for the next tick.
 */
#include <linux/arch.h>
#include <linux/bug.h>
#include <linux/cpuhotplug.h>
#include <linux/debug_handler.h>
#include <linux/export.h>
#include <linux/init.h>
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

static __always_inline bool claim(struct irq_work *work)
{
	return !test_and_set_bit(IRQ_WORK_PENDING_BIT, &work->flags);
}

/**
 * irq_work_queue - run @work on this CPU
 *
 * Context: any, NMI included.
 * Return: false when it is queued already and has not begun to run.
 */
bool irq_work_queue(struct irq_work *work)
{
	unsigned long flags;

	if (!claim(work))
		return false;

	/* This also spares the IPI's sender to do it. */
	local_irq_save(flags);
	if (unlikely(work->flags & IRQ_WORK_LAZY)) {
		/* Where the tick has stopped, no tick is waited for. */
		if (llist_add(&work->llnode, this_cpu_ptr(&lazy_list)) && tick_nohz_tick_stopped())
			arch_irq_work_raise();
	} else if (llist_add(&work->llnode, this_cpu_ptr(&raised_list))) {
		arch_irq_work_raise();
	}
	local_irq_restore(flags);
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

static __always_inline void run_one(struct irq_work *work)
{
	struct handler_state before;

	set_bit(IRQ_WORK_BUSY_BIT, &work->flags);
	/* A full barrier. From here on it may be claimed anew; what was written before that is seen below. */
	(void)test_and_clear_bit(IRQ_WORK_PENDING_BIT, &work->flags);
	before = handler_begin();
	work->func(work);
	handler_end(&before, "irq_work", work->func);
	smp_mb__before_atomic();
	clear_bit(IRQ_WORK_BUSY_BIT, &work->flags);
}

static noinline void run_many(struct llist_node *newest)
{
	struct irq_work *work, *next;

	llist_for_each_entry_safe(work, next, llist_reverse_order(newest), llnode)
		run_one(work);
}

/* Of this CPU, interrupts off. */
static __always_inline void run_list(struct llist_head __percpu *list)
{
	struct llist_node *newest;

	if (!this_cpu_read(list->first))
		return;
	newest = this_cpu_xchg(list->first, NULL);
	if (likely(!newest->next))
		run_one(llist_entry(newest, struct irq_work, llnode));
	else
		run_many(newest);
}

/* The IPI's work. Hard-IRQ context. */
void irq_work_run(void)
{
	lockdep_assert_irqs_disabled();
	run_list(&raised_list);
	run_list(&lazy_list);
}
EXPORT_SYMBOL(irq_work_run);

bool irq_work_needs_cpu(void)
{
	return !llist_empty(this_cpu_ptr(&raised_list)) || !llist_empty(this_cpu_ptr(&lazy_list));
}

/* The tick's: the lazy ones, and all on a machine with no IPI to send itself. */
void irq_work_tick(void)
{
	run_list(&raised_list);
	run_list(&lazy_list);
}

/* A CPU is dead: what its works have queued there as they ran for the last time is run here. */
static int irq_work_cpu_dead(unsigned int cpu)
{
	struct llist_node *raised = llist_del_all(per_cpu_ptr(&raised_list, cpu));
	struct llist_node *lazy = llist_del_all(per_cpu_ptr(&lazy_list, cpu));

	local_irq_disable();
	if (raised)
		run_many(raised);
	if (lazy)
		run_many(lazy);
	local_irq_enable();
	return 0;
}

static int __init irq_work_hotplug_init(void)
{
	return cpuhp_setup_state_nocalls(CPUHP_SMPCFD_PREPARE, "irq_work:dead", NULL,
					 irq_work_cpu_dead);
}
early_initcall(irq_work_hotplug_init);

/**
 * irq_work_sync - wait until @work is neither queued nor running
 *
 * Context: process, interrupts on.
 */
void irq_work_sync(struct irq_work *work)
{
	lockdep_assert_irqs_enabled();
	might_sleep();
	smp_cond_load_acquire(&work->flags, !(VAL & IRQ_WORK_CLAIMED));
}
EXPORT_SYMBOL(irq_work_sync);
