/* SPDX-License-Identifier: MIT */
/*
 * Timers whose time has come: called from TIMER_SOFTIRQ, which the tick raises. And what
 * becomes of a wheel as its CPU goes idle, or off line.
 *
 * A deferrable timer stands on a wheel of its own, which nobody asks when the next timer is
 * due: it is called with the first tick that the CPU takes for another reason.
 */
#include <linux/bug.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/tasklet.h>
#include <linux/timer.h>

#include "internals.h"
#include "wheel.h"

DEFINE_PER_CPU_SHARED_ALIGNED(struct timer_wheel, timer_wheel);
DEFINE_PER_CPU_SHARED_ALIGNED(struct timer_wheel, deferrable_wheel);

static noinline void call_legacy(struct timer_list *timer)
{
	((void (*)(unsigned long))(void *)timer->function)(timer->data);
}

static __always_inline void run_function(struct timer_list *timer, void (*fn)(struct timer_list *))
{
#ifdef CONFIG_DEBUG
	const void *name = timer->flags & TIMER_LEGACY ? (void *)timer->function : (void *)fn;
	struct lockdep_map map = timer->lockdep_map;	/* copied: see below */
	unsigned int locks;
	bool irqs_off = irqs_disabled();

	lock_map_acquire(&map);
	locks = lockdep_depth(current);
	fn(timer);
	lockdep_check_handler(locks, "timer", name);
	lock_map_release(&map);
	WARN_ONCE(irqs_disabled() && !irqs_off, "timer: %pS left interrupts off\n", name);
#else
	fn(timer);
#endif
}

/* The timer may be gone when its function returns: all that is needed of it is read before. */
static __always_inline void call_function(struct timer_wheel *w, struct timer_list *timer)
{
	void (*fn)(struct timer_list *) = timer->function;
	bool irqsafe = false;
	int count = preempt_count();

	if (unlikely(timer->flags & (TIMER_LEGACY | TIMER_IRQSAFE))) {
		irqsafe = timer->flags & TIMER_IRQSAFE;
		if (timer->flags & TIMER_LEGACY)
			fn = call_legacy;
	}
	do_raw_spin_unlock(&w->lock);
	if (likely(!irqsafe))
		local_irq_enable();
	run_function(timer, fn);
	if (likely(!irqsafe))
		local_irq_disable();
	/* The end of the softirq looks too, but does not know which timer it was. */
	if (IS_ENABLED(CONFIG_DEBUG) && unlikely(preempt_count() != count)) {
		WARN_ONCE(1, "timer: %pS preempt leak: %08x -> %08x\n", fn, count, preempt_count());
		preempt_count_set(count);
	}
	do_raw_spin_lock(&w->lock);
}

static void expire_list(struct timer_wheel *w, struct hlist_head *list)
{
	while (!hlist_empty(list)) {
		struct timer_list *timer = hlist_entry(list->first, struct timer_list, entry);

		WRITE_ONCE(w->running, timer);
		__hlist_del(&timer->entry);
		WRITE_ONCE(timer->entry.pprev, NULL);
		debug_timer_deactivate(timer);
		call_function(w, timer);
	}
}

static void run_wheel(struct timer_wheel *w)
{
	do_raw_spin_lock(&w->lock);
	while (time_after_eq(jiffies, w->next_expiry)) {
		struct hlist_head lists[LVL_DEPTH];
		unsigned int n;

		w->clk = w->next_expiry;
		n = wheel_collect(w, lists);
		/* Before any function runs: what it arms is for the jiffies after this one. */
		w->clk++;
		WRITE_ONCE(w->next_expiry, wheel_next(w));
		while (n--)
			expire_list(w, &lists[n]);
		WRITE_ONCE(w->running, NULL);
	}
	do_raw_spin_unlock(&w->lock);
}

static void run_timers(struct softirq_action *unused)
{
	local_irq_disable();
	run_wheel(this_cpu_ptr(&timer_wheel));
	run_wheel(this_cpu_ptr(&deferrable_wheel));
	local_irq_enable();
}

/* The tick's question: is a bucket due? Hard-IRQ context. */
void run_local_timers(void)
{
	unsigned long now = jiffies;

	if (time_after_eq(now, READ_ONCE(this_cpu_ptr(&timer_wheel)->next_expiry)) ||
	    time_after_eq(now, READ_ONCE(this_cpu_ptr(&deferrable_wheel)->next_expiry)))
		__raise_softirq_irqoff(TIMER_SOFTIRQ);
}

/* ---- Idle CPUs ---------------------------------------------------------------------------- */

/*
 * This CPU may go without ticks: who arms a timer here from now on sees to it that it wakes up.
 * IRQs off. Return: is a timer pending at all? @next then is when the first is due.
 */
bool timers_idle_enter(unsigned long *next)
{
	struct timer_wheel *w = this_cpu_ptr(&timer_wheel);

	do_raw_spin_lock(&w->lock);
	*next = wheel_next(w);
	WRITE_ONCE(w->next_expiry, *next);
	w->owner = WHEEL_IDLE;
	do_raw_spin_unlock(&w->lock);
	return *next != w->clk + NO_TIMER_DELTA;
}

/* It has ticks again. A CPU that still saw the mark sends an interrupt for nothing. IRQs off. */
void timers_idle_exit(void)
{
	WRITE_ONCE(this_cpu_ptr(&timer_wheel)->owner, (u32)raw_smp_processor_id());
}

/* ---- CPUs that come and go ------------------------------------------------------------------ */

static void wheel_start(struct timer_wheel *w, u32 owner)
{
	w->owner = owner;
	w->clk = jiffies;
	w->next_expiry = w->clk + NO_TIMER_DELTA;
}

/** timers_prepare_cpu - before @cpu comes up: its wheels have stood still. Return: 0. */
int timers_prepare_cpu(unsigned int cpu)
{
	wheel_start(per_cpu_ptr(&timer_wheel, cpu), cpu);
	wheel_start(per_cpu_ptr(&deferrable_wheel, cpu), cpu | TIMER_DEFERRABLE);
	return 0;
}

/* All of @list to @to, both wheels' locks held. */
static void move_list(struct timer_wheel *to, struct hlist_head *list)
{
	while (!hlist_empty(list)) {
		struct timer_list *timer = hlist_entry(list->first, struct timer_list, entry);
		unsigned long due, idx;

		wheel_remove(timer);
		WRITE_ONCE(timer->flags, (timer->flags & ~TIMER_CPUMASK) |
					 (u32)raw_smp_processor_id());
		idx = wheel_bucket(timer->expires, to->clk, &due);
		wheel_insert(to, timer, idx, due);
	}
}

static void move_wheel(struct timer_wheel *from, struct timer_wheel *to)
{
	unsigned int i;

	/* The one place that takes two: nobody runs on @from's CPU that could take the other way. */
	do_raw_spin_lock(&to->lock);
	do_raw_spin_lock_nested(&from->lock, SINGLE_DEPTH_NESTING);
	WARN_ON_ONCE(from->running);
	wheel_forward(to);
	for (i = 0; i < WHEEL_SIZE; i++)
		move_list(to, &from->bucket[i]);
	memset(from->pending, 0, sizeof(from->pending));
	do_raw_spin_unlock(&from->lock);
	do_raw_spin_unlock(&to->lock);
}

/** timers_dead_cpu - @cpu is off line: its timers are this CPU's now. Return: 0. */
int timers_dead_cpu(unsigned int cpu)
{
	unsigned long flags;

	local_irq_save(flags);
	move_wheel(per_cpu_ptr(&timer_wheel, cpu), this_cpu_ptr(&timer_wheel));
	move_wheel(per_cpu_ptr(&deferrable_wheel, cpu), this_cpu_ptr(&deferrable_wheel));
	local_irq_restore(flags);
	return 0;
}

/** init_timers - every CPU's wheels; boot CPU, IRQs off */
void __init init_timers(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		raw_spin_lock_init(&per_cpu_ptr(&timer_wheel, cpu)->lock);
		raw_spin_lock_init(&per_cpu_ptr(&deferrable_wheel, cpu)->lock);
		timers_prepare_cpu(cpu);
	}
	open_softirq(TIMER_SOFTIRQ, run_timers);
	hrtimers_init();
}
