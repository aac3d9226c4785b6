/* SPDX-License-Identifier: MIT */
/*
 * The grace period: begun when somebody asks, ended when every CPU has been quiescent and
 * every reader that was preempted before has left.
 *
 *	rcu_request()	-> seq odd; all CPUs in `waiting`, each with rcu_owes set;
 *			   preempted readers go from `later` to `blocking`
 *	a CPU is quiescent: switches tasks, is interrupted by its tick where no reader can be,
 *			   is about to idle, or is found idle
 *			-> its bit leaves `waiting`; a reader that is switched away goes to
 *			   `blocking` while the bit is set, else to `later`
 *	a listed reader ends -> it leaves its list
 *	`waiting` and `blocking` empty
 *			-> seq even; CPUs whose callbacks are due are interrupted; the next begins
 *			   if it is wanted
 *
 * There is no thread: whoever makes one of these steps takes it. All take the one lock but for the
 * most frequent: a CPU that has no reader to list clears its bit and counts itself out with atomic
 * operations, and only the last goes on to the lock. (Ticks of many CPUs fall on the same moment,
 * and a queue of virtual CPUs before one lock can take seconds.)
 *
 * The order that the promise needs: the writer's removal comes before its request, that before the
 * beginning (the lock, or the number that was read), that before each CPU's count (fully
 * ordered, on what the beginning wrote), that before the end. So what a reader did before its CPU's
 * report comes before the end, and who reads after the report sees the removal. rcu_owes is only
 * the hint that makes a CPU report: it falls before the count and is set anew after the bit, so a
 * CPU whose bit is set has it set.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include "internals.h"

/*
 * How long after the beginning idle CPUs are looked at. At least one whole tick, see idle.c;
 * the others have had their tick by then.
 */
#define SCAN_TICKS	2

struct rcu_state rcu_state = {
	.lock = __RAW_SPIN_LOCK_UNLOCKED(rcu_state.lock),
	.seq = RCU_INITIAL_SEQ,
	.wanted = RCU_INITIAL_SEQ,
	.hurry = RCU_INITIAL_SEQ,
	.blocking = LIST_HEAD_INIT(rcu_state.blocking),
	.later = LIST_HEAD_INIT(rcu_state.later),
};

DEFINE_PER_CPU(bool, rcu_owes);

static DEFINE_PER_CPU(struct irq_work, poke_work);
static void scan_idle(struct timer_list *unused);
static DEFINE_TIMER(scan_timer, scan_idle);

bool rcu_gp_running(void)
{
	return READ_ONCE(rcu_state.seq) & 1;
}

/* ---- Interrupting CPUs ----------------------------------------------------------------------- */

/*
 * Interrupt @cpu, so that it reports, or looks after its callbacks. IRQs off. One that is not on
 * line any more reports as it dies, and gives its callbacks away.
 */
static void poke(unsigned int cpu)
{
	if (likely(cpu_online(cpu)))
		irq_work_queue_on(per_cpu_ptr(&poke_work, cpu), (int)cpu);
}

/*
 * Have @cpu run RCU_SOFTIRQ soon. IRQs off. Not by waking ksoftirqd: that takes locks which the
 * caller may hold.
 */
void rcu_raise_on(unsigned int cpu)
{
	if (cpu == (unsigned int)raw_smp_processor_id() && in_interrupt())
		__raise_softirq_irqoff(RCU_SOFTIRQ);
	else
		poke(cpu);
}

/* The interrupt's work: hard-IRQ context. */
static void poked(struct irq_work *unused)
{
	if (raw_cpu_read(rcu_owes))
		__rcu_sched_clock_irq(false);
	rcu_raise_if_due();
}

/* All that a grace period waits for. The lock is held. */
static void poke_waiting(void)
{
	unsigned int cpu;

	for_each_cpu(cpu, &rcu_state.waiting)
		if (cpu != (unsigned int)raw_smp_processor_id())
			poke(cpu);
}

/* ---- Steps, all with the lock held --------------------------------------------------------- */

static bool hurrying(void)
{
	return !rcu_seq_reached(rcu_state.seq, rcu_state.hurry);
}

static void begin(void)
{
	unsigned int cpu;

	WRITE_ONCE(rcu_state.seq, rcu_state.seq + 1);
	rcu_state.began = jiffies;
	rcu_state.began_time = ktime_get();
	list_splice_tail_init(&rcu_state.later, &rcu_state.blocking);
	atomic_set(&rcu_state.nr_waiting, (int)cpumask_weight(&rcu_state.cpus));
	/* From here on CPUs may count themselves out. */
	smp_wmb();
	for_each_cpu(cpu, &rcu_state.cpus) {
		cpumask_set_cpu(cpu, &rcu_state.waiting);
		WRITE_ONCE(per_cpu(rcu_owes, cpu), true);
	}
	rcu_stall_begin();
	if (hurrying())
		poke_waiting();
}

static void end(void)
{
	unsigned int cpu;

	rcu_stall_end();
	/* Whoever sees the new number sees what all readers did. Pairs with the polls of sync.c. */
	smp_store_release(&rcu_state.seq, rcu_state.seq + 1);
	for_each_cpu(cpu, &rcu_state.cpus)
		if (rcu_cpu_has_due(cpu, rcu_state.seq))
			rcu_raise_on(cpu);
}

/* After any change: end what can end, begin what is wanted. Return: whether one was begun. */
static bool advance(void)
{
	lockdep_assert_held(&rcu_state.lock);
	if (rcu_state.seq & 1) {
		if (atomic_read_acquire(&rcu_state.nr_waiting) || !list_empty(&rcu_state.blocking))
			return false;
		end();
	}
	if (rcu_seq_reached(rcu_state.seq, rcu_state.wanted))
		return false;
	begin();
	return true;
}

/*
 * @cpu is quiescent. Without the lock: for the running CPU, or one that can't have a reader.
 * Return: true if it was the last to be waited for.
 */
static bool count_out(unsigned int cpu)
{
	WRITE_ONCE(per_cpu(rcu_owes, cpu), false);
	return cpumask_test_and_clear_cpu(cpu, &rcu_state.waiting) &&
	       atomic_dec_and_test(&rcu_state.nr_waiting);
}

/* With the lock dropped again: a CPU alone reports by itself, among others some may be idle. */
static void watch_idle(bool begun)
{
	if (begun && num_online_cpus() > 1)
		mod_timer(&scan_timer, jiffies + SCAN_TICKS);
}

/* ---- Events ---------------------------------------------------------------------------------- */

/* Let grace periods go on until @target is reached. Any context but NMI. */
void rcu_request(unsigned long target)
{
	unsigned long flags;
	bool begun = false;

	raw_spin_lock_irqsave(&rcu_state.lock, flags);
	if (!rcu_seq_reached(rcu_state.wanted, target)) {
		WRITE_ONCE(rcu_state.wanted, target);
		begun = advance();
	}
	raw_spin_unlock(&rcu_state.lock);
	watch_idle(begun);
	local_irq_restore(flags);
}

/* Expedite all that is wanted by now: who is waited for is interrupted at once. */
void rcu_hurry(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&rcu_state.lock, flags);
	if ((rcu_state.seq & 1) && !hurrying())
		poke_waiting();
	rcu_state.hurry = rcu_state.wanted;
	if (rcu_state.seq & 1)
		rcu_stall_begin();
	raw_spin_unlock_irqrestore(&rcu_state.lock, flags);
}

/* List current, if it has become a preempted reader, or unlist it. The lock is held. */
static void note_reader(struct thread_info *ti)
{
	if (ti->rcu_depth > 0 && !ti->rcu_special) {
		ti->rcu_special = 1;
		list_add_tail(&current->rcu_node,
			      cpumask_test_cpu(raw_smp_processor_id(), &rcu_state.waiting) ?
			      &rcu_state.blocking : &rcu_state.later);
	} else if (!ti->rcu_depth && ti->rcu_special) {
		ti->rcu_special = 0;
		list_del(&current->rcu_node);
	}
}

/*
 * This CPU is where no reader can be that began before, but for the one that current may be
 * in, which is listed, or was. IRQs off, no lock held that a timer might want.
 */
void rcu_quiescent(void)
{
	unsigned int cpu = (unsigned int)raw_smp_processor_id();
	struct thread_info *ti = current_thread_info();
	bool changes = !ti->rcu_depth != !ti->rcu_special, begun;

	lockdep_assert_irqs_disabled();
	if (!changes && !count_out(cpu))
		return;
	raw_spin_lock(&rcu_state.lock);
	if (changes) {
		note_reader(ti);
		count_out(cpu);
	}
	begun = advance();
	raw_spin_unlock(&rcu_state.lock);
	watch_idle(begun);
}

/* The reader that current was in has ended. IRQs off. */
void rcu_unlist_reader(void)
{
	bool begun = false;

	raw_spin_lock(&rcu_state.lock);
	if (current_thread_info()->rcu_special) {
		current_thread_info()->rcu_special = 0;
		list_del(&current->rcu_node);
		begun = advance();
	}
	raw_spin_unlock(&rcu_state.lock);
	watch_idle(begun);
}

/* Some time after the beginning: idle CPUs do not report, they are looked at. */
static void scan_idle(struct timer_list *unused)
{
	bool begun = false, again;
	unsigned long flags;
	unsigned int cpu;

	raw_spin_lock_irqsave(&rcu_state.lock, flags);
	/* By the clock: jiffies stand still while all CPUs idle, and were old when it began. */
	if ((rcu_state.seq & 1) && ktime_sub(ktime_get(), rcu_state.began_time) >= TICK_NSEC) {
		for_each_cpu(cpu, &rcu_state.waiting)
			if (rcu_cpu_rests(cpu))
				count_out(cpu);	/* whether the last or not: */
		begun = advance();
	}
	again = (rcu_state.seq & 1) && atomic_read(&rcu_state.nr_waiting);
	raw_spin_unlock(&rcu_state.lock);
	if (begun || again)
		mod_timer(&scan_timer, jiffies + (begun ? SCAN_TICKS : 1));
	local_irq_restore(flags);
}

/* ---- CPUs that come and go -------------------------------------------------------------------- */

/**
 * rcu_cpu_starting - from here on a CPU can have readers
 * @cpu: the running one
 *
 * Context: the new CPU, interrupts off, before anything on it uses RCU.
 */
void rcu_cpu_starting(unsigned int cpu)
{
	raw_spin_lock(&rcu_state.lock);
	/* A grace period under way began before any reader here, and does not wait for it. */
	cpumask_set_cpu(cpu, &rcu_state.cpus);
	raw_spin_unlock(&rcu_state.lock);
}

/**
 * rcu_report_dead - a CPU has no reader any more
 * @cpu: the running one
 *
 * Context: the idle task of the CPU that goes, interrupts off, for the last time.
 */
void rcu_report_dead(unsigned int cpu)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&rcu_state.lock, flags);
	cpumask_clear_cpu(cpu, &rcu_state.cpus);
	count_out(cpu);
	/* If it is the last that was waited for: no timer is armed here any more, so have others do it. */
	if (advance())
		poke_waiting();
	raw_spin_unlock_irqrestore(&rcu_state.lock, flags);
}

/* ---- Boot ------------------------------------------------------------------------------------- */

void __init rcu_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		init_irq_work(per_cpu_ptr(&poke_work, cpu), poked);
	cpumask_set_cpu((unsigned int)raw_smp_processor_id(), &rcu_state.cpus);
	rcu_callbacks_init();
}
