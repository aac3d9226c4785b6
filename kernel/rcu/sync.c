/* SPDX-License-Identifier: MIT */
/* Waiting for grace periods, asking whether one has passed, and for callbacks to have been called. */
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/rcupdate_wait.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include "internals.h"

/* ---- Waiting -------------------------------------------------------------------------------- */

/* A callback: its waiter may go on. */
void wakeme_after_rcu(struct rcu_head *head)
{
	complete(&container_of(head, struct rcu_synchronize, head)->completion);
}
EXPORT_SYMBOL_GPL(wakeme_after_rcu);

/* Wait for one grace period by each of @crcu_array; @rs_array has room for as many. */
void __wait_rcu_gp(bool checktiny, int n, call_rcu_func_t *crcu_array,
		   struct rcu_synchronize *rs_array)
{
	for (int i = 0; i < n; i++) {
		init_rcu_head_on_stack(&rs_array[i].head);
		init_completion(&rs_array[i].completion);
		crcu_array[i](&rs_array[i].head, wakeme_after_rcu);
	}
	for (int i = 0; i < n; i++) {
		wait_for_completion(&rs_array[i].completion);
		destroy_rcu_head_on_stack(&rs_array[i].head);
	}
}
EXPORT_SYMBOL_GPL(__wait_rcu_gp);

/* During boot there is one task, which can't wait, and no reader beside it. */
static bool waiting_is_needless(void)
{
	might_sleep();
	RCU_LOCKDEP_WARN(rcu_read_lock_held(), "Illegal synchronize_rcu() in RCU read-side critical section");
	return is_idle_task(current);
}

/**
 * synchronize_rcu - wait until every reader that runs now has ended
 *
 * Readers of each kind: between rcu_read_lock() and rcu_read_unlock(), and with preemption,
 * bottom halves or interrupts off. On a machine with idle CPUs it takes two to three ticks.
 *
 * Context: process, may sleep; not in a reader.
 */
void synchronize_rcu(void)
{
	if (!waiting_is_needless())
		wait_rcu_gp(call_rcu);
}
EXPORT_SYMBOL_GPL(synchronize_rcu);

static void call_rcu_expedited(struct rcu_head *head, rcu_callback_t func)
{
	call_rcu(head, func);
	rcu_hurry();
}

/**
 * synchronize_rcu_expedited - the same in haste
 *
 * All CPUs that have not been quiescent are interrupted, idle ones too.
 *
 * Context: process, may sleep; not in a reader.
 */
void synchronize_rcu_expedited(void)
{
	if (!waiting_is_needless())
		wait_rcu_gp(call_rcu_expedited);
}
EXPORT_SYMBOL_GPL(synchronize_rcu_expedited);

/* ---- Asking ---------------------------------------------------------------------------------- */

/**
 * get_state_synchronize_rcu - a cookie for the readers that run now
 *
 * Context: any. Return: what poll_state_synchronize_rcu() takes.
 */
unsigned long get_state_synchronize_rcu(void)
{
	/* What the caller removed is removed before the number is looked at. */
	smp_mb();
	return rcu_seq_snap(READ_ONCE(rcu_state.seq));
}
EXPORT_SYMBOL_GPL(get_state_synchronize_rcu);

/**
 * start_poll_synchronize_rcu - a cookie, and a grace period that will fulfil it
 *
 * Context: any but NMI. Return: what poll_state_synchronize_rcu() takes.
 */
unsigned long start_poll_synchronize_rcu(void)
{
	unsigned long cookie = get_state_synchronize_rcu();

	rcu_request(cookie);
	return cookie;
}
EXPORT_SYMBOL_GPL(start_poll_synchronize_rcu);

unsigned long start_poll_synchronize_rcu_expedited(void)
{
	unsigned long cookie = start_poll_synchronize_rcu();

	rcu_hurry();
	return cookie;
}
EXPORT_SYMBOL_GPL(start_poll_synchronize_rcu_expedited);

/**
 * poll_state_synchronize_rcu - whether all readers of a cookie's time have ended
 * @cookie: from get_state_synchronize_rcu() and its like
 *
 * Context: any. Return: true if so. Nothing makes it so but a grace period that somebody started.
 */
bool poll_state_synchronize_rcu(unsigned long cookie)
{
	if (cookie != RCU_GET_STATE_COMPLETED &&
	    !rcu_seq_reached(smp_load_acquire(&rcu_state.seq), cookie))
		return false;
	/* As after synchronize_rcu(): everything that readers did is before what follows. */
	smp_mb();
	return true;
}
EXPORT_SYMBOL_GPL(poll_state_synchronize_rcu);

/** cond_synchronize_rcu - wait, unless a grace period has passed since @cookie. May sleep. */
void cond_synchronize_rcu(unsigned long cookie)
{
	if (!poll_state_synchronize_rcu(cookie))
		synchronize_rcu();
}
EXPORT_SYMBOL_GPL(cond_synchronize_rcu);

void cond_synchronize_rcu_expedited(unsigned long cookie)
{
	if (!poll_state_synchronize_rcu(cookie))
		synchronize_rcu_expedited();
}
EXPORT_SYMBOL_GPL(cond_synchronize_rcu_expedited);

/* ---- Callbacks called ------------------------------------------------------------------------- */

static DEFINE_MUTEX(barrier_mutex);	/* one rcu_barrier() at a time: guards to the blank line */
static DECLARE_COMPLETION(barrier_done);
static atomic_t barrier_left;		/* callbacks of the barrier that have not been called, and one */
static DEFINE_PER_CPU(struct rcu_head, barrier_head);

static void barrier_put(void)
{
	if (atomic_dec_and_test(&barrier_left))
		complete(&barrier_done);
}

static void barrier_callback(struct rcu_head *unused)
{
	barrier_put();
}

/* IRQs off, on the CPU concerned: behind all it has. */
static void barrier_on_cpu(void *unused)
{
	atomic_inc(&barrier_left);
	if (!rcu_entrain(this_cpu_ptr(&barrier_head), barrier_callback))
		barrier_put();
}

/**
 * rcu_barrier - wait until all callbacks that were queued before have been called
 *
 * What a module has to do before it goes, once it queues no more.
 *
 * Context: process, may sleep; not in a reader, nor in a step of a CPU that comes or goes.
 */
void rcu_barrier(void)
{
	unsigned int cpu;

	might_sleep();
	mutex_lock(&barrier_mutex);
	reinit_completion(&barrier_done);
	atomic_set(&barrier_left, 1);
	/* A CPU that goes meanwhile would take its callbacks elsewhere. */
	cpus_read_lock();
	for_each_online_cpu(cpu)
		if (rcu_cpu_callbacks(cpu))
			smp_call_function_single((int)cpu, barrier_on_cpu, NULL, 1);
	cpus_read_unlock();
	barrier_put();
	wait_for_completion(&barrier_done);
	mutex_unlock(&barrier_mutex);
}
EXPORT_SYMBOL_GPL(rcu_barrier);
