/* SPDX-License-Identifier: MIT */
/*
 * Softirqs: what an interrupt puts off, run on the same CPU with interrupts on.
 *
 * Raising one sets its bit in the CPU's pending word. The word is looked at, and its bits
 * run in ascending order, at these checkpoints:
 *
 *	irq_exit() of the outermost interrupt (device, timer, cross-call, any IPI)
 *	local_bh_enable() of the outermost section
 *	ksoftirqd/N, woken when a raise has no checkpoint ahead of it or when the
 *	softirqs of one checkpoint do not come to an end
 *
 * While they run, SOFTIRQ_OFFSET is set in preempt_count. Every checkpoint asks for
 * in_interrupt() to be false, so softirqs never nest on a CPU; different CPUs run the
 * same one at the same time. They run on the CPU's interrupt stack.
 *
 * The table is written at boot and by modules' init only; everything else here is
 * per-CPU and touched by its CPU alone, the pending word by single instructions.
 */
#include <linux/arch.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/cache.h>
#include <linux/debug_handler.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/irq_time.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel_stat.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/tasklet.h>
#include <asm/irq_stack.h>

#include "internals.h"

/*
 * How long one checkpoint goes on when softirqs raise softirqs: so many rounds, so long,
 * and not while another task waits for the CPU. Then ksoftirqd does it, as one task among
 * others. Both limits are what Linux settled on by experiment.
 */
#define MAX_SOFTIRQ_RESTART	10
#define MAX_SOFTIRQ_TIME	msecs_to_jiffies(2)

/* Those whose users count on an end soon, even while ksoftirqd has work of its own. */
#define SOFTIRQ_NOW_MASK	(BIT(HI_SOFTIRQ) | BIT(TASKLET_SOFTIRQ))

static void no_action(struct softirq_action *h);

static struct softirq_action softirq_vec[MAX_SOFTIRQS] __cacheline_aligned = {
	[0 ... MAX_SOFTIRQS - 1] = { no_action },
};

/* A bit that nobody opened must not make the CPU jump to zero. */
static void no_action(struct softirq_action *h)
{
	pr_warn_once("softirq %d raised, but never opened\n", (int)(h - softirq_vec));
}

DEFINE_PER_CPU(struct task_struct *, ksoftirqd);
EXPORT_PER_CPU_SYMBOL(ksoftirqd);

const char * const softirq_to_name[NR_SOFTIRQS] = {
	"HI", "TIMER", "NET_TX", "NET_RX", "BLOCK", "IRQ_POLL", "TASKLET", "SCHED", "HRTIMER", "RCU",
};

/* IRQs off. */
void wakeup_softirqd(void)
{
	struct task_struct *tsk = __this_cpu_read(ksoftirqd);

	if (tsk)
		wake_up_process(tsk);
}

/*
 * Whether a checkpoint is to run them. When the flood went to ksoftirqd already, let it compete,
 * and do not add to it from interrupts.
 */
static __always_inline bool due(u32 pending)
{
	struct task_struct *tsk;

	if (likely(pending & SOFTIRQ_NOW_MASK))
		return true;
	tsk = __this_cpu_read(ksoftirqd);
	return pending && !(tsk && task_is_running(tsk));
}

static noinline __cold void repair_preempt_count(unsigned int nr, int before)
{
	pr_err("huh, entered softirq %u %s %pS with preempt_count %08x, exited with %08x?\n",
	       nr, nr < NR_SOFTIRQS ? softirq_to_name[nr] : "?", softirq_vec[nr].action,
	       before, preempt_count());
	preempt_count_set(before);
}

/* One round: IRQs off on entry and on return, on while the actions run. */
static __always_inline void run_round(void)
{
	int count = preempt_count();
	u32 pending = local_softirq_pending();
	struct handler_state before;

	/* Cleared with IRQs still off: a raise from here on is a new one. */
	set_softirq_pending(0);
	local_irq_enable();
	do {
		unsigned long nr = __ffs(pending);
		struct softirq_action *h = &softirq_vec[nr];

		pending &= pending - 1;
		kstat_incr_softirqs_this_cpu(nr);
		before = handler_begin();
		h->action(h);
		handler_end(&before, "softirq", h->action);
		if (unlikely(preempt_count() != count))
			repair_preempt_count((unsigned int)nr, count);
	} while (pending);
	local_irq_disable();
}

/* What the first round raised, as long as it may. Off the usual way. */
static noinline void more_rounds(unsigned long begun)
{
	int restarts = MAX_SOFTIRQ_RESTART;

	do {
		if (!time_before(jiffies, begun + MAX_SOFTIRQ_TIME) || need_resched() ||
		    !--restarts) {
			wakeup_softirqd();
			return;
		}
		run_round();
	} while (local_softirq_pending());
}

/*
 * Run what is pending. IRQs off on entry and on return, something pending, not in
 * interrupt context; on the interrupt stack.
 */
static __always_inline void serve(void)
{
	unsigned long begun = jiffies;

	lockdep_assert_irqs_disabled();
	__preempt_count_add(SOFTIRQ_OFFSET);
	run_round();
	if (unlikely(any_softirq_pending()))
		more_rounds(begun);
	barrier();
	__preempt_count_sub(SOFTIRQ_OFFSET);
}

static noinline void serve_timed(void)
{
	enum irq_time_kind outer = irq_time_switch(IRQ_TIME_SOFT);

	serve();
	irq_time_switch(outer);
}

static void serve_softirqs(void)
{
	if (likely(!READ_ONCE(irq_time_on)))
		serve();
	else
		serve_timed();
}

/* The checkpoint of irq_exit(): IRQs off, on the interrupt stack, something pending. */
void __irq_exit_softirq(void)
{
	if (!preempt_count_has(INTERRUPT_MASK) && due(local_softirq_pending()))
		serve_softirqs();
	irqs_off_forget();
}

/* ksoftirqd's turn. Task context. */
void ksoftirqd_serve(void)
{
	local_irq_disable();
	if (any_softirq_pending())
		arch_call_on_irq_stack(serve_softirqs);
	local_irq_enable();
}

/* The other checkpoints: IRQs off, in a task. */
static __always_inline void serve_from_task(void)
{
	if (likely(due(local_softirq_pending())))
		arch_call_on_irq_stack(serve_softirqs);
}

/**
 * do_softirq - run this CPU's pending softirqs now
 *
 * Context: any; does nothing in interrupt context or with softirqs disabled. IRQs may be
 * off on entry, are on while softirqs run, and are as before on return.
 */
void do_softirq(void)
{
	unsigned long flags;

	if (in_interrupt())
		return;
	local_irq_save(flags);
	serve_from_task();
	local_irq_restore(flags);
}

/*
 * What local_bh_enable() calls when, its count given back, something is pending or a task
 * waits. With IRQs off softirqs would have to turn them on under the caller's feet: that is
 * said, and they are left to the next irq_exit().
 */
void __local_bh_checkpoint(void)
{
	if (unlikely(preempt_count_has(INTERRUPT_MASK))) {
		WARN_ON_ONCE(in_hardirq());
		return;
	}
	if (unlikely(irqs_disabled())) {
		WARN_ONCE(any_softirq_pending(), "local_bh_enable() with interrupts off\n");
		return;
	}
	local_irq_disable();
	serve_from_task();
	local_irq_enable();
	preempt_check_resched();
}
EXPORT_SYMBOL(__local_bh_checkpoint);

/**
 * _local_bh_enable - end a section without a checkpoint
 *
 * For callers that know an irq_exit() follows. Context: IRQs off.
 */
void _local_bh_enable(void)
{
	WARN_ON_ONCE(in_hardirq());
	lockdep_assert_irqs_disabled();
	barrier();
	preempt_count_sub(SOFTIRQ_DISABLE_OFFSET);
}
EXPORT_SYMBOL(_local_bh_enable);

/**
 * __raise_softirq_irqoff - mark softirq @nr pending; a checkpoint is ahead
 *
 * Context: IRQs off; in interrupt context or with softirqs disabled, else nobody looks.
 */
void __raise_softirq_irqoff(unsigned int nr)
{
	lockdep_assert_irqs_disabled();
	or_softirq_pending(1U << nr);
}
EXPORT_SYMBOL(__raise_softirq_irqoff);

/**
 * raise_softirq_irqoff - mark softirq @nr pending on this CPU
 *
 * In a plain task no checkpoint is ahead, so ksoftirqd is woken. Context: any, IRQs off.
 */
void raise_softirq_irqoff(unsigned int nr)
{
	raise_here(nr);
}
EXPORT_SYMBOL(raise_softirq_irqoff);

/** raise_softirq - mark softirq @nr pending on this CPU; any context but NMI */
void raise_softirq(unsigned int nr)
{
	unsigned long flags;

	local_irq_save(flags);
	raise_here(nr);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(raise_softirq);

/**
 * open_softirq - say what softirq @nr does
 * @nr: below MAX_SOFTIRQS
 * @action: runs in softirq context on any CPU, on several at once
 *
 * Once, before the first raise. Context: any.
 */
void open_softirq(int nr, void (*action)(struct softirq_action *))
{
	if (WARN_ON(nr < 0 || nr >= MAX_SOFTIRQS))
		return;
	softirq_vec[nr].action = action;
}
EXPORT_SYMBOL(open_softirq);

/** softirq_init - open the softirqs of this folder; boot CPU, IRQs off */
void __init softirq_init(void)
{
	tasklet_boot();
}
