/* SPDX-License-Identifier: MIT */
/*
 * Timers that run out when a process or a thread has run for so long. The tick of whoever runs
 * looks at them, so that they are late by at most one tick of running, and never early:
 *
 *	idle -- cpu_timer_start() --> waits -- cpu_timers_collect() --> firing -- fn(), cpu_timer_done() --> idle
 *	                               \____ cpu_timer_try_to_cancel() ____________________________________/
 *
 * fn() takes the owner's lock, which the owner holds in all calls; so what is due is collected
 * first, and fired with no lock held. Until fn() is done with it the timer can't be cancelled.
 *
 * Locks: the owner's siglock, then cpu_timer_lock of the process that is counted, which may be
 * another one. That one's siglock can't be taken then: of a foreign process what was read last
 * counts as now. It is less than the truth, so that nothing comes early.
 */
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/math64.h>
#include <linux/posix-timers.h>
#include <linux/rbtree.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

static struct posix_cputimers *queues_of(const struct cpu_timer *timer)
{
	return timer->thread ? &timer->thread->cpu_timers : &timer->process->cpu_timers;
}

static bool sooner(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct cpu_timer, node)->expires < rb_entry(b, struct cpu_timer, node)->expires;
}

/* cpu_timer_lock of its process held. */
static void stop_waiting(struct cpu_timer *timer)
{
	struct signal_struct *sig = timer->process;

	rb_erase_cached(&timer->node, &queues_of(timer)->waiting[timer->which]);
	timer->waits = false;
	if (!--sig->nr_cpu_timers)
		clear_bit(TICK_CPU_TIMERS, &sig->tick_watch);
}

/* -- For the owner --------------------------------------------------------------------------------- */

/**
 * cpu_timer_init - a new timer, which does not run
 * @timer: filled in
 * @clock: is_cpu_clock()
 * @fn: see struct cpu_timer
 *
 * Context: of a program. Return: 0; -EINVAL: no such clock, or a kernel thread's.
 */
int cpu_timer_init(struct cpu_timer *timer, clockid_t clock,
		   void (*fn)(struct cpu_timer *timer))
{
	bool thread = clock < 0 ? CPUCLOCK_PERTHREAD(clock) : clock == CLOCK_THREAD_CPUTIME_ID;
	struct task_struct *p;

	*timer = (struct cpu_timer){
		.which = clock < 0 ? CPUCLOCK_WHICH(clock) : CPUCLOCK_SCHED,
		.fn = fn,
	};
	read_lock_irq(&tasklist_lock);
	p = cpu_clock_target(clock, false);
	if (p && p->signal) {
		timer->process = p->signal;
		refcount_inc(&p->signal->sigcnt);
		timer->thread = thread ? get_task_struct(p) : NULL;
	}
	read_unlock_irq(&tasklist_lock);
	return timer->process ? 0 : -EINVAL;
}

/* cpu_timer_copy_clock - a timer by the same clock, for cpu_timer_refresh(); to be destroyed too */
void cpu_timer_copy_clock(struct cpu_timer *to, const struct cpu_timer *from)
{
	*to = (struct cpu_timer){ .process = from->process, .thread = from->thread, .which = from->which };
	refcount_inc(&to->process->sigcnt);
	if (to->thread)
		get_task_struct(to->thread);
}

/* cpu_timer_destroy - of one that does not run, or was never made. Context: process. */
void cpu_timer_destroy(struct cpu_timer *timer)
{
	if (timer->thread)
		put_task_struct(timer->thread);
	if (timer->process)
		put_signal_struct(timer->process);
}

/**
 * cpu_timer_start - let a timer run
 * @timer: idle; its expires is set
 *
 * Context: any but NMI, the owner's lock held. Return: false: what it counts will never run again.
 */
bool cpu_timer_start(struct cpu_timer *timer)
{
	struct signal_struct *sig = timer->process;
	struct posix_cputimers *queues = queues_of(timer);
	unsigned long flags;
	bool ended;

	spin_lock_irqsave(&sig->cpu_timer_lock, flags);
	ended = queues->ended;
	if (!ended) {
		rb_add_cached(&timer->node, &queues->waiting[timer->which], sooner);
		timer->waits = true;
		if (!sig->nr_cpu_timers++)
			set_bit(TICK_CPU_TIMERS, &sig->tick_watch);
	}
	spin_unlock_irqrestore(&sig->cpu_timer_lock, flags);
	return !ended;
}

/* cpu_timer_ended - what it counts will never run again. A hint; it does not change back. */
bool cpu_timer_ended(const struct cpu_timer *timer)
{
	return READ_ONCE(queues_of(timer)->ended);
}

/* cpu_timer_try_to_cancel - Return: 1: it waited, and is idle; 0: it was idle; -1: it is firing */
int cpu_timer_try_to_cancel(struct cpu_timer *timer)
{
	struct signal_struct *sig = timer->process;
	unsigned long flags;
	int ret = 0;

	spin_lock_irqsave(&sig->cpu_timer_lock, flags);
	if (timer->waits) {
		stop_waiting(timer);
		ret = 1;
	} else if (timer->firing) {
		ret = -1;
	}
	spin_unlock_irqrestore(&sig->cpu_timer_lock, flags);
	return ret;
}

/* cpu_timer_done - fn() has no more use for the timer: it may go */
void cpu_timer_done(struct cpu_timer *timer)
{
	struct signal_struct *sig = timer->process;
	unsigned long flags;

	/* Whoever waits for this, to free it, has the process counted until then. */
	spin_lock_irqsave(&sig->cpu_timer_lock, flags);
	timer->firing = false;
	spin_unlock_irqrestore(&sig->cpu_timer_lock, flags);
}

/**
 * cpu_timer_now - what the timer's clock shows
 * @timer: the timer
 *
 * Context: of the owner, its siglock held; after cpu_timer_refresh() if that has to be now.
 */
u64 cpu_timer_now(struct cpu_timer *timer)
{
	struct signal_struct *sig = timer->process;

	if (sig == current->signal) {
		lockdep_assert_held(&current->sighand->siglock);
		return cpu_clock_sample(sig, timer->thread, timer->which);
	}
	return READ_ONCE(sig->cpu_time_read[timer->which]);
}

/* cpu_timer_refresh - read the clock, of another process, for cpu_timer_now(). No lock held. */
void cpu_timer_refresh(struct cpu_timer *timer)
{
	struct signal_struct *sig = timer->process;
	u64 now;

	read_lock_irq(&tasklist_lock);
	now = cpu_clock_sample(sig, NULL, timer->which);
	spin_lock(&sig->cpu_timer_lock);
	WRITE_ONCE(sig->cpu_time_read[timer->which], max(sig->cpu_time_read[timer->which], now));
	spin_unlock(&sig->cpu_timer_lock);
	read_unlock_irq(&tasklist_lock);
}

/* cpu_timer_forward - by intervals, to after @now. Return: how many. Context: it does not wait. */
u64 cpu_timer_forward(struct cpu_timer *timer, u64 now, u64 interval)
{
	u64 times;

	if (now < timer->expires)
		return 0;
	times = div64_u64(now - timer->expires, interval) + 1;
	timer->expires += times * interval;
	return times;
}

/* -- From the tick, and the end -------------------------------------------------------------------- */

/* cpu_timer_lock held. */
static void collect(struct posix_cputimers *queues, struct task_struct *thread, struct list_head *due)
{
	struct signal_struct *sig = current->signal;
	struct cpu_timer *timer;
	struct rb_node *first;
	unsigned int which;
	u64 now;

	for (which = 0; which < CPUCLOCK_MAX; which++) {
		if (!rb_first_cached(&queues->waiting[which]))
			continue;
		now = cpu_clock_sample_tick(sig, thread, which);
		if (!thread)
			WRITE_ONCE(sig->cpu_time_read[which], max(sig->cpu_time_read[which], now));
		while ((first = rb_first_cached(&queues->waiting[which]))) {
			timer = rb_entry(first, struct cpu_timer, node);
			if (timer->expires > now)
				break;
			stop_waiting(timer);
			timer->firing = true;
			timer->fired_at = now;
			list_add_tail(&timer->due, due);
		}
	}
}

/**
 * cpu_timers_collect - those of current and its process whose time has come
 * @due: to this list, for cpu_timers_fire()
 *
 * Context: the tick; siglock held.
 */
void cpu_timers_collect(struct list_head *due)
{
	struct signal_struct *sig = current->signal;

	lockdep_assert_held(&current->sighand->siglock);
	spin_lock(&sig->cpu_timer_lock);
	collect(&sig->cpu_timers, NULL, due);
	collect(&current->cpu_timers, current, due);
	spin_unlock(&sig->cpu_timer_lock);
}

/* cpu_timers_fire - call their functions. Interrupts off, no lock held. */
void cpu_timers_fire(struct list_head *due)
{
	struct cpu_timer *timer, *next;

	lockdep_assert_irqs_disabled();
	list_for_each_entry_safe(timer, next, due, due) {
		list_del(&timer->due);
		timer->fn(timer);
	}
}

static void forget(struct posix_cputimers *queues)
{
	struct rb_node *first;
	unsigned int which;

	WRITE_ONCE(queues->ended, true);
	for (which = 0; which < CPUCLOCK_MAX; which++)
		while ((first = rb_first_cached(&queues->waiting[which])))
			stop_waiting(rb_entry(first, struct cpu_timer, node));
}

/**
 * cpu_timers_exit - a thread runs no more; what waits for it to waits for ever
 * @p: the thread
 * @last: so does its process
 *
 * Context: tasklist_lock held to write, siglock held.
 */
void cpu_timers_exit(struct task_struct *p, bool last)
{
	struct signal_struct *sig = p->signal;

	spin_lock(&sig->cpu_timer_lock);
	forget(&p->cpu_timers);
	if (last)
		forget(&sig->cpu_timers);
	spin_unlock(&sig->cpu_timer_lock);
}
