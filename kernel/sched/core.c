/* SPDX-License-Identifier: MIT */
/*
 * The scheduler: which task runs on this CPU, and the switch to it.
 *
 * A switch always happens with preempt_count at the same value (preemption off once by
 * schedule(), once by the run-queue lock), so the count belongs to the CPU and need not
 * be saved with the task. The run-queue lock is taken by the task that goes and dropped
 * by the one that comes, in finish_task_switch().
 *
 * A task's state and on_rq against its waker:
 *
 *	sleeper				waker (pi_lock held)
 *	set_current_state(S)		make the condition true
 *	full barrier			full barrier
 *	look at the condition		look at the state: S?
 *	schedule(): on_rq = 0		on_rq? then it has not gone yet: state = RUNNING is all
 *	switch away			else wait until on_cpu is 0, then put it on a queue
 *	on_cpu = 0 (release)
 */
#include <linux/arch.h>
#include <linux/bh.h>
#include <linux/export.h>
#include <linux/irq_time.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/smp.h>
#include <linux/tqueue.h>
#include <linux/workqueue.h>
#include <linux/rseq.h>
#include <linux/sched/debug.h>
#include "fair.h"

DEFINE_PER_CPU_SHARED_ALIGNED(struct rq, runqueues);

static bool fair_prio(int prio)
{
	return prio >= MAX_RT_PRIO && prio < MAX_PRIO;
}

/* ---- The queue ---------------------------------------------------------------------------- */

/* Link a runnable task that is not running; @ahead of its equals, if it was preempted. */
void enqueue_task(struct rq *rq, struct task_struct *p, bool ahead)
{
	if (fair_prio(p->prio)) {
		fair_enqueue(&rq->fair, p);
		return;
	}
	if (p->time_slice == 0) {	/* a SCHED_RR turn is over, or it yielded */
		p->time_slice = RR_TIMESLICE;
		ahead = false;
	}
	rt_enqueue(&rq->rt, p, ahead);
}

void dequeue_task(struct rq *rq, struct task_struct *p)
{
	if (fair_prio(p->prio))
		fair_dequeue(&rq->fair, p);
	else
		rt_dequeue(&rq->rt, p);
}

/* count_in - count @p as runnable here. rq->clock is fresh. */
void count_in(struct rq *rq, struct task_struct *p)
{
	rq->nr_running++;
	if (fair_prio(p->prio)) {
		u64 slept = rq->clock - p->exec_start;

		rq->fair.nr++;
		fair_arrive(&rq->fair, p, (s64)slept > 0 ? slept : 0);
	} else {
		rq->rt.nr++;
	}
	p->exec_start = rq->clock;
}

/* count_out - count @p out. It is linked nowhere any more. */
void count_out(struct rq *rq, struct task_struct *p)
{
	rq->nr_running--;
	if (fair_prio(p->prio)) {
		rq->fair.nr--;
		fair_leave(&rq->fair, p);
	} else {
		rq->rt.nr--;
	}
}

/* Read the clock and charge the running task for the time since it was last read. */
void account_curr(struct rq *rq)
{
	struct task_struct *curr = rq->curr;
	u64 now = sched_clock();
	u64 delta = now - curr->exec_start;

	lockdep_assert_held(&rq->lock);
	if (unlikely((s64)delta < 0))	/* clocks of two CPUs may be a little apart */
		delta = 0;
	rq->clock = now;
	curr->exec_start = now;
	curr->sum_exec_runtime += delta;
	if (fair_prio(curr->prio))
		fair_account(&rq->fair, curr, delta);
}

/**
 * task_rq_lock - lock a task and the run queue of its CPU
 * @p: the task
 * @flags: interrupt state, for task_rq_unlock()
 *
 * With both held the task neither wakes, nor moves, nor changes class.
 */
struct rq *task_rq_lock(struct task_struct *p, unsigned long *flags)
{
	struct rq *rq;

	raw_spin_lock_irqsave(&p->pi_lock, *flags);
	for (;;) {
		rq = task_rq(p);
		raw_spin_lock(&rq->lock);
		if (likely(rq == task_rq(p)))
			return rq;
		raw_spin_unlock(&rq->lock);	/* pulled to another CPU meanwhile */
	}
}

void task_rq_unlock(struct rq *rq, struct task_struct *p, unsigned long *flags)
{
	raw_spin_unlock(&rq->lock);
	raw_spin_unlock_irqrestore(&p->pi_lock, *flags);
}

/* ---- The switch ---------------------------------------------------------------------------------- */

/* Everything after the switch that the task which went could not do itself. */
void finish_task_switch(struct task_struct *prev)
{
	struct rq *rq = this_rq();
	unsigned int prev_state = READ_ONCE(prev->__state);
	struct mm_struct *mm = rq->prev_mm;

	rq->prev_mm = NULL;

	spin_lock_passed_on(&rq->lock);
	/* After this @prev may run on another CPU. Pairs with the wait in try_to_wake_up(). */
	smp_store_release(&prev->on_cpu, 0);
	raw_spin_unlock_irq(&rq->lock);
	if (unlikely(mm))
		mmdrop(mm);
	if (unlikely(prev_state == TASK_DEAD))
		put_task_struct(prev);
}

/* First C code of a new task, on its own stack: see <linux/arch.h>. */
void task_entry(struct task_struct *prev)
{
	finish_task_switch(prev);
	preempt_enable();
}

/*
 * The address space of @next. A kernel thread has none and goes on with what is loaded, on loan:
 * counted, or handed over by another kernel thread.
 */
static void switch_mm(struct rq *rq, struct task_struct *prev, struct task_struct *next)
{
	if (next->mm) {
		arch_switch_mm(next->mm);
		rseq_switch_to(next, rq->cpu);
		if (prev->mm) {
			rseq_switch_away(prev);
			return;
		}
		rq->prev_mm = prev->active_mm;
		prev->active_mm = NULL;
		return;
	}
	next->active_mm = prev->active_mm;
	if (prev->mm) {
		mmgrab(prev->mm);
		rseq_switch_away(prev);
	} else {
		prev->active_mm = NULL;
	}
}

static void context_switch(struct rq *rq, struct task_struct *prev, struct task_struct *next)
{
	rq->nr_switches++;
	next->exec_start = rq->clock;
	next->slice_start = next->sum_exec_runtime;
	WRITE_ONCE(next->on_cpu, 1);
	WRITE_ONCE(rq->curr, next);
	WRITE_ONCE(rq->curr_prio, next->prio);
	switch_mm(rq, prev, next);
	spin_lock_pass_on(&rq->lock, next);
	finish_task_switch(arch_switch_to(prev, next));
}

/* The task to run now. Links @prev if it stays runnable, unlinks the one returned. */
static struct task_struct *pick_next(struct rq *rq, struct task_struct *prev)
{
	if (prev->on_rq) {
		if (rq->nr_running == 1)
			return prev;
		enqueue_task(rq, prev, true);
	}
	if (unlikely(!rq->nr_running) && !pull_task(rq))
		return rq->idle;
	if (rq->rt.nr)
		return rt_take_first(&rq->rt);
	return fair_take_first(&rq->fair);
}

static noinline void schedule_bug(struct task_struct *prev)
{
	pr_err("BUG: scheduling while atomic: %s/%d/0x%08x\n", prev->comm, prev->pid,
	       preempt_count());
	debug_show_atomic();
	dump_stack();
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	preempt_count_set(PREEMPT_DISABLED);
}

/*
 * @preempt: @prev did not ask to sleep, so whatever its state says it stays runnable.
 * Context: preemption off, once. Interrupts are on when it returns.
 */
static void __schedule(bool preempt)
{
	struct task_struct *prev = current, *next;
	unsigned int state;
	struct rq *rq;

	if (unlikely(preempt_count() != PREEMPT_DISABLED))
		schedule_bug(prev);

	local_irq_disable();
	rcu_note_context_switch(preempt);
	rq = this_rq();
	raw_spin_lock(&rq->lock);
	/* Orders the store of our state before the look at signals; pairs with the waker's. */
	smp_mb__after_spinlock();

	account_curr(rq);
	state = READ_ONCE(prev->__state);
	if (!preempt && state != TASK_RUNNING) {
		if (unlikely(signal_pending_state(state, prev)))
			WRITE_ONCE(prev->__state, TASK_RUNNING);
		else
			deactivate_task(rq, prev);
		prev->nvcsw++;
	} else {
		prev->nivcsw++;
	}

	next = pick_next(rq, prev);
	clear_preempt_need_resched();
	rq->kicked = false;
	/* Not only at a switch: the running task's priority may be what changed. */
	arch_set_task_priority(next->prio);
	if (likely(next != prev))
		context_switch(rq, prev, next);
	else
		raw_spin_unlock_irq(&rq->lock);
}

/**
 * schedule - let another task run; sleep, if the state of this one says so
 *
 * Context: process, preemption and interrupts on. To sleep, set_current_state() before the
 * condition is looked at.
 */
void schedule(void)
{
	struct task_struct *curr = current;
	bool worker;

	bh_checkpoint();
	run_task_queue(&tq_scheduler);
	worker = unlikely(curr->flags & PF_WQ_WORKER) && !task_is_running(curr);
	if (worker)
		wq_worker_sleeping(curr);
	do {
		preempt_disable();
		__schedule(false);
		preempt_enable_no_resched();
	} while (need_resched());
	if (worker)
		wq_worker_running(curr);
}
EXPORT_SYMBOL(schedule);

/* The same for a caller that has preemption off once, and has it so again afterwards. */
void schedule_preempt_disabled(void)
{
	preempt_enable_no_resched();
	schedule();
	preempt_disable();
}

/* The idle task's way in: it has preemption off always. */
void schedule_idle(void)
{
	do {
		__schedule(true);
	} while (need_resched());
}

static void preempt_schedule_common(void)
{
	do {
		preempt_disable();
		__schedule(true);
		preempt_enable_no_resched();
	} while (need_resched());
}

/**
 * preempt_schedule - what preempt_enable() does when the count fell to zero with a reschedule due
 *
 * Context: any; does nothing while interrupts are off, as their enabling does not ask again.
 * The next interrupt's return does.
 */
asmlinkage void preempt_schedule(void)
{
	if (likely(preemptible()))
		preempt_schedule_common();
}
EXPORT_SYMBOL(preempt_schedule);

/* From the return of an interrupt to kernel code that may be preempted. IRQs off, in and out. */
void preempt_schedule_irq(void)
{
	do {
		preempt_disable();
		local_irq_enable();
		__schedule(true);
		local_irq_disable();
		preempt_enable_no_resched();
	} while (need_resched());
	irqs_off_forget();
}

int __cond_resched(void)
{
	preempt_schedule_common();
	return 1;
}
EXPORT_SYMBOL(__cond_resched);

/*
 * The last switch of a task: finish_task_switch() drops its last reference once nobody stands on
 * its stack. No preemption from the state to the switch: a dead task that was put back on the
 * queue would be freed there.
 */
void __noreturn do_task_dead(void)
{
	preempt_disable();
	__set_current_state(TASK_DEAD);
	__schedule(false);
	BUG();
}

/* ---- The tick --------------------------------------------------------------------------------------- */

/**
 * scheduler_tick - charge the running task, and end its turn when that is over
 *
 * Context: the tick's interrupt, interrupts off.
 */
void scheduler_tick(void)
{
	struct rq *rq = this_rq();
	struct task_struct *curr = rq->curr;

	lockdep_assert_irqs_disabled();
	if (curr != rq->idle) {
		raw_spin_lock(&rq->lock);
		account_curr(rq);
		if (rt_task(curr))
			rt_tick(rq, curr);
		else
			fair_tick(rq, curr);
		raw_spin_unlock(&rq->lock);
	}
	balance_tick(rq);
}
