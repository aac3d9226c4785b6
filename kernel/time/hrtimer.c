/* SPDX-License-Identifier: MIT */
/*
 * High-resolution timers: sorted in time, per CPU and clock, and expired from the clock event
 * interrupt, which is programmed for the earliest.
 *
 * Each CPU has eight trees: four clocks, for timers whose function runs in hard-IRQ context
 * and for those that run in HRTIMER_SOFTIRQ. A timer's @base names the tree whose CPU's lock
 * guards it, also while it is not queued; arming moves it to the arming CPU except while its
 * function runs. On its way between two CPUs @base is &in_transit.
 *
 * A timer is due at node.expires and may be called from _softexpires on, when the interrupt
 * of another one comes in between.
 */
#include <linux/bug.h>
#include <linux/debug_handler.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/rbtree.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/tasklet.h>

#include "internals.h"

enum clock_index {
	BASE_MONOTONIC,
	BASE_REALTIME,
	BASE_BOOTTIME,
	BASE_TAI,
	NR_CLOCKS,
};
#define NR_BASES	(2 * NR_CLOCKS)		/* the second half for softirq context */

struct hrtimer_cpu;

struct hrtimer_clock_base {
	struct hrtimer_cpu	*cpu;		/* fixed */
	unsigned int		index;		/* fixed: clock, + NR_CLOCKS for softirq */
	struct rb_root_cached	queue;		/* of timerqueue_node */
	struct hrtimer		*running;	/* its function runs; also read without the lock */
};

struct hrtimer_cpu {
	raw_spinlock_t		lock;		/* IRQs off; guards all below and the timers */
	bool			softirq_raised;	/* until it has run, soft timers do not count */
	struct hrtimer_clock_base base[NR_BASES];
};

static DEFINE_PER_CPU_SHARED_ALIGNED(struct hrtimer_cpu, hrtimer_cpu);
static struct hrtimer_clock_base in_transit;

unsigned int hrtimer_resolution = 1;		/* ns: what a device in one-shot mode keeps to */
EXPORT_SYMBOL_GPL(hrtimer_resolution);

static enum clock_index clock_to_index(clockid_t clock)
{
	switch (clock) {
	case CLOCK_REALTIME:
		return BASE_REALTIME;
	case CLOCK_BOOTTIME:
		return BASE_BOOTTIME;
	case CLOCK_TAI:
		return BASE_TAI;
	default:
		WARN_ONCE(clock != CLOCK_MONOTONIC, "no hrtimers on clock %d, taken as monotonic\n", clock);
		return BASE_MONOTONIC;
	}
}

static bool is_soft(const struct hrtimer_clock_base *base)
{
	return base->index >= NR_CLOCKS;
}

static noinline ktime_t offset_of_clock(enum clock_index clock)
{
	switch (clock) {
	case BASE_REALTIME:
		return ktime_get_offset(TK_OFFS_REAL);
	case BASE_BOOTTIME:
		return ktime_get_offset(TK_OFFS_BOOT);
	case BASE_TAI:
		return ktime_get_offset(TK_OFFS_TAI);
	default:
		return 0;
	}
}

/* What the clock of @base is ahead of the monotonic one. */
static __always_inline ktime_t clock_offset(const struct hrtimer_clock_base *base)
{
	enum clock_index clock = base->index % NR_CLOCKS;

	return likely(clock == BASE_MONOTONIC) ? 0 : offset_of_clock(clock);
}

static ktime_t base_time(const struct hrtimer_clock_base *base)
{
	return ktime_add(ktime_get(), clock_offset(base));
}

/* IRQs off. Returns with the lock of its CPU held. */
static struct hrtimer_clock_base *lock_base_of(const struct hrtimer *timer)
{
	for (;;) {
		struct hrtimer_clock_base *base = READ_ONCE(timer->base);

		if (unlikely(base == &in_transit))
			base = smp_cond_load_relaxed(&timer->base, VAL != &in_transit);
		raw_spin_lock(&base->cpu->lock);
		if (likely(READ_ONCE(timer->base) == base))
			return base;
		raw_spin_unlock(&base->cpu->lock);
	}
}

/*
 * The short way for starting and cancelling: @timer is on this CPU, and nobody else is at its
 * timers. IRQs off. Return: its tree, locked; NULL: the long way.
 */
static __always_inline struct hrtimer_clock_base *try_own_base(const struct hrtimer *timer)
{
	struct hrtimer_clock_base *base = READ_ONCE(timer->base);
	struct hrtimer_cpu *cpu = this_cpu_ptr(&hrtimer_cpu);

	if (unlikely(base->cpu != cpu || !do_raw_spin_trylock(&cpu->lock)))
		return NULL;
	if (likely(READ_ONCE(timer->base) == base))
		return base;
	do_raw_spin_unlock(&cpu->lock);
	return NULL;
}

static void unlock_base(struct hrtimer_clock_base *base)
{
	raw_spin_unlock(&base->cpu->lock);
}

/* From the locked @base to this CPU's tree of the same kind, unless its function runs. */
static struct hrtimer_clock_base *move_here(struct hrtimer_clock_base *base, struct hrtimer *timer)
{
	struct hrtimer_clock_base *to = &this_cpu_ptr(&hrtimer_cpu)->base[base->index];

	if (likely(base == to) || base->running == timer)
		return base;
	WRITE_ONCE(timer->base, &in_transit);
	unlock_base(base);
	raw_spin_lock(&to->cpu->lock);
	WRITE_ONCE(timer->base, to);
	return to;
}

static bool expires_before(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct timerqueue_node, node)->expires <
	       rb_entry(b, struct timerqueue_node, node)->expires;
}

static struct hrtimer *first_timer(const struct hrtimer_clock_base *base)
{
	struct rb_node *node = rb_first_cached(&base->queue);

	return node ? rb_entry(node, struct hrtimer, node.node) : NULL;
}

/* Lock held. Return: is it the first to expire now? */
static __always_inline bool enqueue(struct hrtimer_clock_base *base, struct hrtimer *timer)
{
	debug_hrtimer_activate(timer);
	WRITE_ONCE(timer->state, HRTIMER_STATE_ENQUEUED);
	return rb_add_cached(&timer->node.node, &base->queue, expires_before) != NULL;
}

/* Lock held. Return: was it queued? */
static __always_inline int dequeue(struct hrtimer_clock_base *base, struct hrtimer *timer)
{
	if (!(timer->state & HRTIMER_STATE_ENQUEUED))
		return 0;
	debug_hrtimer_deactivate(timer);
	rb_erase_cached(&timer->node.node, &base->queue);
	WRITE_ONCE(timer->state, HRTIMER_STATE_INACTIVE);
	return 1;
}

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

static void set_up(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode)
{
	unsigned int index;

	/* A time from now is one of the monotonic clock: setting the date does not change it. */
	if (clock == CLOCK_REALTIME && (mode & HRTIMER_MODE_REL))
		clock = CLOCK_MONOTONIC;
	index = clock_to_index(clock);
	memset(timer, 0, sizeof(*timer));
	RB_CLEAR_NODE(&timer->node.node);
	timer->is_soft = !!(mode & HRTIMER_MODE_SOFT);
	timer->is_hard = !!(mode & HRTIMER_MODE_HARD);
	if (timer->is_soft)
		index += NR_CLOCKS;
	timer->base = &raw_cpu_ptr(&hrtimer_cpu)->base[index];
}

/**
 * hrtimer_init - make @timer ready; set ->function then
 * @clock: CLOCK_MONOTONIC, CLOCK_REALTIME, CLOCK_BOOTTIME or CLOCK_TAI
 * @mode: HRTIMER_MODE_SOFT for a function that runs in softirq context
 */
void hrtimer_init(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode)
{
	debug_hrtimer_init(timer);
	set_up(timer, clock, mode);
}
EXPORT_SYMBOL_GPL(hrtimer_init);

#ifdef CONFIG_DEBUG
/* hrtimer_init_on_stack - hrtimer_init() of a local variable; destroy_hrtimer_on_stack() ends it */
void hrtimer_init_on_stack(struct hrtimer *timer, clockid_t clock, enum hrtimer_mode mode)
{
	debug_hrtimer_init_on_stack(timer);
	set_up(timer, clock, mode);
}
EXPORT_SYMBOL_GPL(hrtimer_init_on_stack);
#endif

/* When is it to expire? Lock held. */
static __always_inline void set_expiry(struct hrtimer_clock_base *base, struct hrtimer *timer,
				       ktime_t tim, u64 range_ns, enum hrtimer_mode mode)
{
	if (mode & HRTIMER_MODE_REL)
		tim = ktime_add_safe(tim, base_time(base));
	if (likely(!range_ns))
		hrtimer_set_expires(timer, tim);
	else
		hrtimer_set_expires_range_ns(timer, tim, range_ns);
}

/* It is the first of its tree on this CPU: the interrupt may have to come sooner. Lock held. */
static __always_inline void program_for(struct hrtimer_clock_base *base, struct hrtimer *timer)
{
	if (unlikely(is_soft(base)) && base->cpu->softirq_raised)
		return;
	tick_program_before(ktime_sub(hrtimer_get_expires(timer), clock_offset(base)));
}

/* From another CPU's tree, or while somebody else is at it. IRQs off. */
static noinline void start_slow(struct hrtimer *timer, ktime_t tim, u64 range_ns,
				enum hrtimer_mode mode)
{
	struct hrtimer_clock_base *base = lock_base_of(timer);

	dequeue(base, timer);
	set_expiry(base, timer, tim, range_ns, mode);
	base = move_here(base, timer);
	/* On another CPU it was left because its function runs there: that CPU looks anew after it. */
	if (enqueue(base, timer) && base->cpu == this_cpu_ptr(&hrtimer_cpu))
		program_for(base, timer);
	unlock_base(base);
}

/**
 * hrtimer_start_range_ns - arm @timer, whether or not it is queued
 * @tim: when, or with HRTIMER_MODE_REL how long from now
 * @range_ns: how much later will do as well
 * @mode: HRTIMER_MODE_*
 *
 * Context: any but NMI.
 */
void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 range_ns,
			    const enum hrtimer_mode mode)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;

	local_irq_save(flags);
	base = try_own_base(timer);
	if (likely(base)) {
		dequeue(base, timer);
		set_expiry(base, timer, tim, range_ns, mode);
		if (enqueue(base, timer))
			program_for(base, timer);
		do_raw_spin_unlock(&base->cpu->lock);
	} else {
		start_slow(timer, tim, range_ns, mode);
	}
	local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(hrtimer_start_range_ns);

/* IRQs off. @where gets the tree. */
static noinline int try_to_cancel_slow(struct hrtimer *timer, struct hrtimer_clock_base **where)
{
	int ret = -1;

	*where = lock_base_of(timer);
	if ((*where)->running != timer)
		ret = dequeue(*where, timer);
	unlock_base(*where);
	return ret;
}

static __always_inline int try_to_cancel(struct hrtimer *timer, struct hrtimer_clock_base **where)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;
	int ret = -1;

	local_irq_save(flags);
	base = try_own_base(timer);
	if (likely(base)) {
		*where = base;
		if (base->running != timer)
			ret = dequeue(base, timer);
		do_raw_spin_unlock(&base->cpu->lock);
	} else {
		ret = try_to_cancel_slow(timer, where);
	}
	local_irq_restore(flags);
	return ret;
}

/**
 * hrtimer_try_to_cancel - disarm @timer unless its function runs
 *
 * Context: any but NMI. Return: was it queued? -1 when its function runs.
 */
int hrtimer_try_to_cancel(struct hrtimer *timer)
{
	struct hrtimer_clock_base *base;

	return try_to_cancel(timer, &base);
}
EXPORT_SYMBOL_GPL(hrtimer_try_to_cancel);

/* What hrtimer_cancel() does when it may have to wait. */
static noinline int cancel_slow(struct hrtimer *timer, unsigned long flags)
{
	struct hrtimer_clock_base *base;
	int ret;

	local_irq_restore(flags);
	while ((ret = try_to_cancel(timer, &base)) < 0)
		smp_cond_load_relaxed(&base->running, VAL != timer);
	return ret;
}

/**
 * hrtimer_cancel - disarm @timer and wait until its function does not run
 *
 * Context: not the timer's own function, nor what interrupts it. Return: was it queued?
 */
int hrtimer_cancel(struct hrtimer *timer)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;
	int ret;

	local_irq_save(flags);
	base = try_own_base(timer);
	if (unlikely(!base))
		return cancel_slow(timer, flags);
	if (unlikely(base->running == timer)) {
		do_raw_spin_unlock(&base->cpu->lock);
		return cancel_slow(timer, flags);
	}
	ret = dequeue(base, timer);
	do_raw_spin_unlock(&base->cpu->lock);
	local_irq_restore(flags);
	return ret;
}
EXPORT_SYMBOL_GPL(hrtimer_cancel);

/** hrtimer_active - is @timer queued, or does its function run? Any context but NMI. */
bool hrtimer_active(const struct hrtimer *timer)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;
	bool active;

	local_irq_save(flags);
	base = lock_base_of(timer);
	active = timer->state != HRTIMER_STATE_INACTIVE || base->running == timer;
	unlock_base(base);
	local_irq_restore(flags);
	return active;
}
EXPORT_SYMBOL_GPL(hrtimer_active);

bool hrtimer_callback_running(struct hrtimer *timer)
{
	return READ_ONCE(READ_ONCE(timer->base)->running) == timer;
}
EXPORT_SYMBOL_GPL(hrtimer_callback_running);

/** hrtimer_cb_get_time - now, on @timer's clock */
ktime_t hrtimer_cb_get_time(const struct hrtimer *timer)
{
	struct hrtimer_clock_base *base = READ_ONCE(timer->base);

	if (unlikely(base == &in_transit))
		base = smp_cond_load_relaxed(&timer->base, VAL != &in_transit);
	return base_time(base);
}
EXPORT_SYMBOL_GPL(hrtimer_cb_get_time);

ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool adjust)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;
	ktime_t rest;

	local_irq_save(flags);
	base = lock_base_of(timer);
	rest = ktime_sub(hrtimer_get_expires(timer), base_time(base));
	unlock_base(base);
	local_irq_restore(flags);
	return rest;
}
EXPORT_SYMBOL_GPL(__hrtimer_get_remaining);

/**
 * hrtimer_forward - move the expiry of @timer on, by whole intervals, to after @now
 *
 * Context: the timer's function, or while it is not queued.
 * Return: how many intervals; 0 when it is after @now already.
 */
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval)
{
	s64 late = ktime_sub(now, hrtimer_get_expires(timer));
	u64 overruns = 1;

	if (late < 0 || WARN_ON(timer->state & HRTIMER_STATE_ENQUEUED))
		return 0;
	interval = max_t(ktime_t, interval, hrtimer_resolution);
	if (unlikely(late >= interval)) {
		overruns = (u64)ktime_divns(late, interval);
		hrtimer_add_expires_ns(timer, overruns * (u64)interval);
		if (hrtimer_get_expires(timer) > now)
			return overruns;
		/* What the division rounded off. */
		overruns++;
	}
	hrtimer_add_expires(timer, interval);
	return overruns;
}
EXPORT_SYMBOL_GPL(hrtimer_forward);

/* ---- Expiry ----------------------------------------------------------------------------- */

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
