/* SPDX-License-Identifier: MIT */
/*
 * Timers: arming and disarming struct timer_list. timer_run.c calls them.
 *
 * A timer's flags name the wheel whose lock guards it, also while it is not pending. Arming
 * moves it to the wheel of the CPU that arms it, except while its function runs: it then stays,
 * so that it is not called on two CPUs at once and whoever waits for it knows where to look.
 *
 *	arming CPU			another CPU
 *	lock(old)
 *	flags |= MIGRATING		reads flags: MIGRATING, waits for it to clear;
 *	unlock(old)			or had read the old CPU: takes lock(old), finds
 *	lock(new)			the flags changed, starts again
 *	flags = new CPU
 *
 * Only one wheel's lock is ever held (but for CPUs that are gone: timers_dead_cpu()).
 *
 * The short way is for a timer on the wheel of the CPU that handles it, as most are: one
 * compare of its flags with the wheel's owner, which is another value while the CPU is idle
 * without a tick, says that nothing else has to be thought of.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched/nohz.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/tick.h>
#include <linux/timer.h>

#include "internals.h"
#include "wheel.h"

enum arm_mode {
	ARM_ANY,		/* pending or not */
	ARM_PENDING,		/* only if it is pending */
	ARM_EARLIER,		/* only if it is not pending, or to an earlier time */
};

/*
 * Interrupts are off wherever a wheel's lock is held, so there is no preemption to disable
 * as well: the do_raw_ forms.
 */
static __always_inline struct timer_wheel *lock_wheel_of(struct timer_list *timer)
{
	for (;;) {
		u32 flags = smp_cond_load_relaxed(&timer->flags, !(VAL & TIMER_MIGRATING));
		struct timer_wheel *w = wheel_of(flags);

		do_raw_spin_lock(&w->lock);
		if (likely(!((READ_ONCE(timer->flags) ^ flags) & TIMER_BASEMASK)))
			return w;
		do_raw_spin_unlock(&w->lock);
	}
}

/*
 * The short way for both arming and deleting. Once its lock is held the timers of a wheel stay
 * there. Who does not get it at once goes the long way, so that the short one calls nothing.
 * IRQs off. Return: is @w, this CPU's, locked, and @timer's?
 */
static __always_inline bool lock_own_wheel(struct timer_wheel *w, struct timer_list *timer)
{
	if (unlikely(!do_raw_spin_trylock(&w->lock)))
		return false;
	if (likely((READ_ONCE(timer->flags) & TIMER_BASEMASK) == w->owner))
		return true;
	do_raw_spin_unlock(&w->lock);
	return false;
}

static __always_inline int detach(struct timer_list *timer)
{
	if (unlikely(hlist_unhashed(&timer->entry)))
		return 0;
	wheel_remove(timer);
	debug_timer_deactivate(timer);
	return 1;
}

/* Is a timer that stands thus left as it is by @mode? */
static __always_inline bool leave_alone(const struct timer_list *timer, unsigned long expires,
					enum arm_mode mode)
{
	if (mode == ARM_PENDING)
		return !timer_pending(timer);
	return mode == ARM_EARLIER && timer_pending(timer) &&
	       time_before_eq(timer->expires, expires);
}

/* Put it where it belongs on @w, its own and locked wheel. Return: was it pending? */
static __always_inline int place(struct timer_wheel *w, struct timer_list *timer,
				 unsigned long expires)
{
	unsigned long due, idx;

	wheel_forward(w);
	idx = wheel_bucket(expires, w->clk, &due);
	WRITE_ONCE(timer->expires, expires);
	if (likely(!timer_pending(timer))) {
		debug_timer_activate(timer);
		wheel_insert(w, timer, idx, due);
		return 0;
	}
	if (idx != timer->bucket) {
		wheel_remove(timer);
		wheel_insert(w, timer, idx, due);
	}
	return 1;
}

/* Has the CPU of @w stopped its tick, and sleeps on beyond @timer's time? Lock held. */
static bool must_kick(const struct timer_wheel *w, unsigned long next_before)
{
	return w->owner == WHEEL_IDLE && w->next_expiry != next_before;
}

/*
 * Arm on @cpu's wheel, wherever it is, unless its function runs: then where it does. Should that
 * CPU sleep without a tick until after it is due, it is sent round its idle loop.
 * IRQs off, no lock held.
 */
static noinline int arm_elsewhere(struct timer_list *timer, unsigned long expires,
				  enum arm_mode mode, unsigned int cpu)
{
	struct timer_wheel *w = lock_wheel_of(timer);
	struct timer_wheel *to = wheel_of((timer->flags & TIMER_DEFERRABLE) | cpu);
	unsigned long next_before;
	int was_pending;
	bool kick;

	was_pending = timer_pending(timer);
	if (leave_alone(timer, expires, mode) || !timer->function) {
		do_raw_spin_unlock(&w->lock);
		return was_pending;
	}
	if (w == to || w->running == timer) {
		cpu = timer->flags & TIMER_CPUMASK;
		next_before = w->next_expiry;
		place(w, timer, expires);
	} else {
		detach(timer);
		WRITE_ONCE(timer->flags, timer->flags | TIMER_MIGRATING);
		do_raw_spin_unlock(&w->lock);

		w = to;
		do_raw_spin_lock(&w->lock);
		WRITE_ONCE(timer->flags, (timer->flags & ~(TIMER_CPUMASK | TIMER_MIGRATING)) | cpu);
		next_before = w->next_expiry;
		place(w, timer, expires);
	}
	kick = must_kick(w, next_before);
	do_raw_spin_unlock(&w->lock);
	if (kick)
		wake_up_nohz_cpu((int)cpu);
	return was_pending;
}

/* Where the CPU is idle without a tick, a timer that may goes to one that has something to do. */
static unsigned int choose_cpu(const struct timer_list *timer)
{
	if (tick_nohz_tick_stopped() && !(timer->flags & TIMER_PINNED))
		return (unsigned int)get_nohz_timer_target();
	return (unsigned int)raw_smp_processor_id();
}

/* Ends what arm() began; a tail call, so that arm() need not keep registers for it. */
static noinline int arm_slow(struct timer_list *timer, unsigned long expires, enum arm_mode mode,
			     unsigned long flags)
{
	int ret = arm_elsewhere(timer, expires, mode, choose_cpu(timer));

	local_irq_restore(flags);
	return ret;
}

static __always_inline int arm(struct timer_list *timer, unsigned long expires, enum arm_mode mode)
{
	struct timer_wheel *w;
	unsigned long flags;
	int was_pending;

	debug_timer_assert_init(timer);
	/* The commonest re-arming of all, a time-out pushed on within one jiffy, takes no lock. */
	if (timer_pending(timer) && READ_ONCE(timer->expires) == expires)
		return 1;

	local_irq_save(flags);
	w = this_cpu_ptr(&timer_wheel);
	if (unlikely(mode != ARM_ANY || !lock_own_wheel(w, timer)))
		return arm_slow(timer, expires, mode, flags);
	was_pending = place(w, timer, expires);
	do_raw_spin_unlock(&w->lock);
	local_irq_restore(flags);
	return was_pending;
}

/**
 * mod_timer - let @timer expire at @expires, whether or not it is pending
 * @timer: set up by timer_setup() or one of the older forms
 * @expires: in jiffies; a time gone by means the next tick
 *
 * Its function runs on this CPU, at that jiffy or later (see wheel.h for how much later). On
 * another one if this is an idle one's interrupt, and @timer not TIMER_PINNED.
 *
 * Context: any but NMI.
 * Return: was it pending? 0 also when it is shut down, and then it is not armed.
 */
int mod_timer(struct timer_list *timer, unsigned long expires)
{
	return arm(timer, expires, ARM_ANY);
}
EXPORT_SYMBOL(mod_timer);

/** mod_timer_pending - mod_timer(), but a timer that is not pending stays so */
int mod_timer_pending(struct timer_list *timer, unsigned long expires)
{
	return arm(timer, expires, ARM_PENDING);
}
EXPORT_SYMBOL(mod_timer_pending);

/** timer_reduce - mod_timer(), but a pending timer is only ever made to expire earlier */
int timer_reduce(struct timer_list *timer, unsigned long expires)
{
	return arm(timer, expires, ARM_EARLIER);
}
EXPORT_SYMBOL(timer_reduce);

/**
 * add_timer - arm @timer for its @expires
 *
 * It must not be pending. Context: any but NMI.
 */
void add_timer(struct timer_list *timer)
{
	if (WARN_ON_ONCE(timer_pending(timer)))
		return;
	mod_timer(timer, timer->expires);
}
EXPORT_SYMBOL(add_timer);

/**
 * add_timer_on - arm @timer for its @expires on the wheel of @cpu
 *
 * It must not be pending. Context: any but NMI. @cpu is online and stays so.
 */
void add_timer_on(struct timer_list *timer, int cpu)
{
	unsigned long flags;

	if (WARN_ON_ONCE(timer_pending(timer)))
		return;
	local_irq_save(flags);
	arm_elsewhere(timer, timer->expires, ARM_ANY, (unsigned int)cpu);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(add_timer_on);

/* Lock of its wheel held. Its flags fit no wheel's owner any more: arming takes the long way. */
static void shut_down(struct timer_list *timer)
{
	timer->function = NULL;
	WRITE_ONCE(timer->flags, timer->flags | TIMER_SHUT_DOWN);
}

static noinline int delete_slow(struct timer_list *timer, bool shutdown, unsigned long flags)
{
	struct timer_wheel *w = lock_wheel_of(timer);
	int was_pending = detach(timer);

	if (shutdown)
		shut_down(timer);
	do_raw_spin_unlock(&w->lock);
	local_irq_restore(flags);
	return was_pending;
}

/**
 * timer_delete - disarm @timer
 *
 * Its function may still be running on another CPU. Context: any but NMI.
 * Return: was it pending?
 */
int timer_delete(struct timer_list *timer)
{
	struct timer_wheel *w;
	unsigned long flags;
	int was_pending;

	debug_timer_assert_init(timer);
	if (!timer_pending(timer))
		return 0;
	local_irq_save(flags);
	w = this_cpu_ptr(&timer_wheel);
	if (unlikely(!lock_own_wheel(w, timer)))
		return delete_slow(timer, false, flags);
	was_pending = detach(timer);
	do_raw_spin_unlock(&w->lock);
	local_irq_restore(flags);
	return was_pending;
}
EXPORT_SYMBOL(timer_delete);

/** timer_shutdown - timer_delete(), and no arming has an effect until it is set up again */
int timer_shutdown(struct timer_list *timer)
{
	unsigned long flags;

	local_irq_save(flags);
	return delete_slow(timer, true, flags);
}
EXPORT_SYMBOL(timer_shutdown);

static int try_delete(struct timer_list *timer, bool shutdown, struct timer_wheel **where)
{
	struct timer_wheel *w;
	unsigned long flags;
	int ret = -1;

	debug_timer_assert_init(timer);
	local_irq_save(flags);
	*where = w = lock_wheel_of(timer);
	if (w->running != timer) {
		ret = detach(timer);
		if (shutdown)
			shut_down(timer);
	}
	do_raw_spin_unlock(&w->lock);
	local_irq_restore(flags);
	return ret;
}

/**
 * try_to_del_timer_sync - disarm @timer unless its function runs
 *
 * Context: any but NMI. Return: was it pending? -1 when it runs; it is then left as it is.
 */
int try_to_del_timer_sync(struct timer_list *timer)
{
	struct timer_wheel *w;

	return try_delete(timer, false, &w);
}
EXPORT_SYMBOL(try_to_del_timer_sync);

/* Are we in the function of @timer, or in what interrupted it? Timers are not preempted. */
static bool runs_under_us(const struct timer_wheel *w, const struct timer_list *timer)
{
	return in_interrupt() && READ_ONCE(w->running) == timer &&
	       (w == raw_cpu_ptr(&timer_wheel) || w == raw_cpu_ptr(&deferrable_wheel));
}

static __always_inline void check_wait(struct timer_list *timer)
{
#ifdef CONFIG_DEBUG
	unsigned long flags;

	debug_timer_assert_init(timer);
	/* With interrupts off it is not a lock that is taken with them, or softirqs, on. */
	local_irq_save(flags);
	lock_map_acquire(&timer->lockdep_map);
	lock_map_release(&timer->lockdep_map);
	local_irq_restore(flags);
#endif
}

/*
 * The wait is for the one word that says which function runs. With a lock held that the
 * function takes too, or from an interrupt that came in the middle of it, it would never end:
 *
 *	softirq of CPU 0		CPU 1
 *	timer function			spin_lock(&lock)
 *	  spin_lock(&lock) waits	  timer_delete_sync() waits
 */
static int delete_sync(struct timer_list *timer, bool shutdown)
{
	struct timer_wheel *w;
	int ret;

	/* For the checker of lock orders a function that runs holds a lock, and we take it. */
	check_wait(timer);
	WARN_ON_ONCE(in_hardirq() && !(READ_ONCE(timer->flags) & TIMER_IRQSAFE));
	for (;;) {
		ret = try_delete(timer, shutdown, &w);
		if (likely(ret >= 0))
			return ret;
		if (WARN_ONCE(runs_under_us(w, timer), "timer: %pS waits for its own end\n",
			      timer->function))
			return 0;
		smp_cond_load_relaxed(&w->running, VAL != timer);
	}
}

/**
 * timer_delete_sync - disarm @timer and wait until its function does not run
 *
 * If the function arms it again it may be pending on return, unless something else stops
 * that: see timer_shutdown_sync().
 *
 * Context: process or softirq, not the timer's own function; no lock held that the function
 * takes. From hard-IRQ context only for TIMER_IRQSAFE timers. Return: was it pending? 0 also
 * when it was called from the timer's function, which is reported.
 */
int timer_delete_sync(struct timer_list *timer)
{
	return delete_sync(timer, false);
}
EXPORT_SYMBOL(timer_delete_sync);

/** timer_shutdown_sync - timer_delete_sync(), and no arming has an effect any more */
int timer_shutdown_sync(struct timer_list *timer)
{
	return delete_sync(timer, true);
}
EXPORT_SYMBOL(timer_shutdown_sync);

/**
 * __setup_timer - set @timer up in the form from before 4.15
 * @fn: called with @data
 * @flags: TIMER_DEFERRABLE and the like
 */
void __setup_timer(struct timer_list *timer, void (*fn)(unsigned long), unsigned long data,
		   unsigned int flags)
{
	__init_timer(timer, (void (*)(struct timer_list *))(void *)fn, flags | TIMER_LEGACY);
	timer->data = data;
}
EXPORT_SYMBOL(__setup_timer);

