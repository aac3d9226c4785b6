/* SPDX-License-Identifier: MIT */
/*
 * High-resolution timers: those that are due are called, and the clock event device is told when
 * the next is. A CPU that goes leaves what it has to another.
 */
#include <linux/bug.h>
#include <linux/debug_handler.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#include "hrtimer_base.h"
#include "internals.h"

/* When the first of the trees from @from to @to - 1 is due, on the monotonic clock. */
static ktime_t next_expiry(const struct hrtimer_cpu *cpu, int from, int to)
{
	ktime_t next = KTIME_MAX;
	int i;

	for (i = from; i < to; i++) {
		struct hrtimer *first = first_timer(&cpu->base[i]);

		if (first)
			next = min(next, ktime_sub(hrtimer_get_expires(first),
						   clock_offset(&cpu->base[i])));
	}
	return max_t(ktime_t, next, 0);
}

/* The same of all that the interrupt has to come for. */
static ktime_t next_event(const struct hrtimer_cpu *cpu)
{
	return next_expiry(cpu, 0, cpu->softirq_raised ? NR_CLOCKS : NR_BASES);
}

/*
 * Call one. Lock held and held again on return; IRQs as @flags say while the function runs.
 * @running says so from before the timer is off the queue until after it may be on it again.
 */
static void call(struct hrtimer_clock_base *base, struct hrtimer *timer, unsigned long flags)
{
	struct hrtimer_cpu *cpu = base->cpu;
	enum hrtimer_restart (*fn)(struct hrtimer *) = timer->function, restart;
	struct handler_state before;

	WRITE_ONCE(base->running, timer);
	dequeue(base, timer);
	raw_spin_unlock(&cpu->lock);
	local_irq_restore(flags);
	before = handler_begin();
	restart = fn(timer);
	handler_end(&before, "hrtimer", fn);
	local_irq_disable();
	raw_spin_lock(&cpu->lock);
	/* It may have been armed by its function or by another CPU: then that holds. */
	if (restart == HRTIMER_RESTART && !(timer->state & HRTIMER_STATE_ENQUEUED))
		enqueue(base, timer);
	WRITE_ONCE(base->running, NULL);
}

/* Everything due at @now, on the monotonic clock, in trees @from to @to - 1. Lock held. */
static void expire(struct hrtimer_cpu *cpu, int from, int to, ktime_t now, unsigned long flags)
{
	int i;

	for (i = from; i < to; i++) {
		struct hrtimer_clock_base *base = &cpu->base[i];
		struct hrtimer *timer = first_timer(base);
		ktime_t clock_now;

		if (!timer)
			continue;
		clock_now = ktime_add(now, clock_offset(base));
		while (timer && hrtimer_get_softexpires(timer) <= clock_now) {
			call(base, timer, flags);
			timer = first_timer(base);
		}
	}
}

/* From the clock event interrupt. */
ktime_t hrtimer_run_queues(ktime_t now)
{
	struct hrtimer_cpu *cpu = this_cpu_ptr(&hrtimer_cpu);
	unsigned long flags;
	ktime_t next;

	lockdep_assert_irqs_disabled();
	local_save_flags(flags);
	raw_spin_lock(&cpu->lock);
	if (!cpu->softirq_raised && next_expiry(cpu, NR_CLOCKS, NR_BASES) <= now) {
		cpu->softirq_raised = true;
		__raise_softirq_irqoff(HRTIMER_SOFTIRQ);
	}
	expire(cpu, 0, NR_CLOCKS, now, flags);
	next = next_event(cpu);
	raw_spin_unlock(&cpu->lock);
	return next;
}

/* When this CPU's first timer is due, on the monotonic clock. IRQs off. */
ktime_t hrtimer_next_event(void)
{
	struct hrtimer_cpu *cpu = this_cpu_ptr(&hrtimer_cpu);
	ktime_t next;

	raw_spin_lock(&cpu->lock);
	next = next_event(cpu);
	raw_spin_unlock(&cpu->lock);
	return next;
}

static void run_soft_timers(struct softirq_action *unused)
{
	struct hrtimer_cpu *cpu = this_cpu_ptr(&hrtimer_cpu);
	unsigned long flags;

	local_irq_save(flags);
	raw_spin_lock(&cpu->lock);
	expire(cpu, NR_CLOCKS, NR_BASES, ktime_get(), flags);
	cpu->softirq_raised = false;
	tick_program_before(next_event(cpu));
	raw_spin_unlock(&cpu->lock);
	local_irq_restore(flags);
}

static void look_again(void *unused)
{
	struct hrtimer_cpu *cpu = this_cpu_ptr(&hrtimer_cpu);

	raw_spin_lock(&cpu->lock);
	tick_program_before(next_event(cpu));
	raw_spin_unlock(&cpu->lock);
}

/* The date was set: timers on it may be due sooner than their CPUs think. Process context. */
void clock_was_set(void)
{
	on_each_cpu(look_again, NULL, 1);
}

/** hrtimers_prepare_cpu - before @cpu comes up. Return: 0. */
int hrtimers_prepare_cpu(unsigned int cpu)
{
	struct hrtimer_cpu *c = per_cpu_ptr(&hrtimer_cpu, cpu);
	unsigned int i;

	for (i = 0; i < NR_BASES; i++) {
		c->base[i].cpu = c;
		c->base[i].index = i;
	}
	c->softirq_raised = false;
	return 0;
}

/* All timers of one tree to another. Both CPUs' locks held. */
static void move_tree(struct hrtimer_clock_base *from, struct hrtimer_clock_base *to)
{
	struct hrtimer *timer;

	WARN_ON_ONCE(from->running);
	while ((timer = first_timer(from))) {
		dequeue(from, timer);
		WRITE_ONCE(timer->base, to);
		enqueue(to, timer);
	}
}

/** hrtimers_dead_cpu - @cpu is off line: its timers are this CPU's now. Return: 0. */
int hrtimers_dead_cpu(unsigned int cpu)
{
	struct hrtimer_cpu *from = per_cpu_ptr(&hrtimer_cpu, cpu), *to;
	unsigned long flags;
	int i;

	local_irq_save(flags);
	to = this_cpu_ptr(&hrtimer_cpu);
	/* The one place that takes two: nobody runs on the dead CPU that could take the other way. */
	raw_spin_lock(&to->lock);
	do_raw_spin_lock_nested(&from->lock, SINGLE_DEPTH_NESTING);
	for (i = 0; i < NR_BASES; i++)
		move_tree(&from->base[i], &to->base[i]);
	from->softirq_raised = false;
	do_raw_spin_unlock(&from->lock);
	tick_program_before(next_event(to));
	raw_spin_unlock(&to->lock);
	local_irq_restore(flags);
	return 0;
}

/** hrtimers_init - every CPU's trees; boot CPU, IRQs off */
void __init hrtimers_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		raw_spin_lock_init(&per_cpu_ptr(&hrtimer_cpu, cpu)->lock);
		hrtimers_prepare_cpu(cpu);
	}
	open_softirq(HRTIMER_SOFTIRQ, run_soft_timers);
}
