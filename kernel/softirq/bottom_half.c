/* SPDX-License-Identifier: MIT */
/*
 * Old bottom halves on top of tasklets: <linux/bh.h>.
 *
 * Marking one sets its bit in bh_active and schedules this CPU's bh_tasklet. Whichever CPU comes
 * to a checkpoint first takes global_bh_lock and runs all that are marked, lowest first:
 *
 *	the end of an interrupt		HI_SOFTIRQ, by the tasklet
 *	return from an exception	do_bottom_half()
 *	schedule()			bh_checkpoint()
 *
 * A CPU that finds the lock taken goes its way: the holder looks at bh_active again once it has
 * let go, and sees to the rest. Mark, full barrier, try the lock, against unlock, full barrier,
 * look at the marks: one of the two sees the other.
 */
#include <linux/atomic.h>
#include <linux/bh.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/percpu.h>
#include <linux/tasklet.h>

unsigned long bh_active;
EXPORT_SYMBOL(bh_active);

DEFINE_SPINLOCK(global_bh_lock);
EXPORT_SYMBOL(global_bh_lock);

static DEFINE_RAW_SPINLOCK(table_lock);		/* to the blank line; readers of one word take none */
static void (*bh_base[NR_BHS])(void);
static unsigned long bh_mask;			/* initialised and not disabled */
static unsigned int bh_mask_count[NR_BHS];	/* how often disabled */

static atomic_t nr_atomic;			/* start_bh_atomic() sections in the machine */

static void bh_tasklet_action(struct tasklet_struct *t);

static DEFINE_PER_CPU(struct tasklet_struct, bh_tasklet) = {
	.use_callback = true,
	.callback = bh_tasklet_action,
};

static unsigned long due(void)
{
	return atomic_read(&nr_atomic) ? 0 : READ_ONCE(bh_active) & READ_ONCE(bh_mask);
}

static void schedule_here(void)
{
	preempt_disable();
	tasklet_hi_schedule(this_cpu_ptr(&bh_tasklet));
	preempt_enable();
}

/* One round, so that one that marks itself does not keep the CPU. global_bh_lock held. */
static void run_marked(unsigned long marked)
{
	for (; marked; marked &= marked - 1) {
		unsigned int nr = __ffs(marked);
		void (*routine)(void) = READ_ONCE(bh_base[nr]);

		/* Disabled or removed meanwhile, by one who now waits for the lock. */
		if (!(due() & BIT(nr)))
			continue;
		/* What it does comes after the mark was taken: a later mark runs it again. */
		clear_bit(nr, &bh_active);
		smp_mb__after_atomic();
		routine();
	}
}

/* Softirqs are off on this CPU. */
static void run_bottom_halves(void)
{
	if (!due() || !spin_trylock(&global_bh_lock))
		return;
	run_marked(due());
	spin_unlock(&global_bh_lock);
	smp_mb();
	if (due())
		schedule_here();
}

static void bh_tasklet_action(struct tasklet_struct *t)
{
	run_bottom_halves();
}

/**
 * do_bottom_half - run what is marked, unless this CPU is in an interrupt
 *
 * Context: any; with interrupts off nothing is run.
 */
void do_bottom_half(void)
{
	if (in_interrupt() || irqs_disabled())
		return;
	local_bh_disable();
	run_bottom_halves();
	local_bh_enable();
}

/**
 * mark_bh - have a bottom half run soon, once however often it is marked before
 * @nr: its number
 *
 * One that has no function, or is disabled, stays marked until it has or is enabled.
 * Context: any but NMI.
 */
void mark_bh(int nr)
{
	set_bit(nr, &bh_active);
	smp_mb__after_atomic();
	schedule_here();
}
EXPORT_SYMBOL(mark_bh);

/**
 * synchronize_bh - wait until the bottom half that runs now has returned
 *
 * Context: any; in an interrupt, which may have come in the middle of it, it does nothing.
 */
void synchronize_bh(void)
{
	if (in_interrupt())
		return;
	spin_lock_bh(&global_bh_lock);
	spin_unlock_bh(&global_bh_lock);
	smp_mb();
	if (due())		/* whoever found the lock taken relies on us */
		schedule_here();
}
EXPORT_SYMBOL(synchronize_bh);

/* Let a number run or not. Return: whether it is marked. */
static bool set_mask(int nr, bool on)
{
	WRITE_ONCE(bh_mask, on ? bh_mask | BIT(nr) : bh_mask & ~BIT(nr));
	return test_bit(nr, &bh_active);
}

/**
 * init_bh - give a number its function
 * @nr: below NR_BHS
 * @routine: called with interrupts on; it can't sleep
 *
 * Context: any but NMI.
 */
void init_bh(int nr, void (*routine)(void))
{
	unsigned long flags;
	bool marked;

	if (WARN_ON(nr < 0 || nr >= NR_BHS || !routine))
		return;
	raw_spin_lock_irqsave(&table_lock, flags);
	WRITE_ONCE(bh_base[nr], routine);
	bh_mask_count[nr] = 0;
	smp_wmb();			/* who sees the mask sees the function */
	marked = set_mask(nr, true);
	raw_spin_unlock_irqrestore(&table_lock, flags);
	if (marked)
		schedule_here();
}
EXPORT_SYMBOL(init_bh);

/**
 * remove_bh - take a number's function away, and its mark
 * @nr: as given to init_bh()
 *
 * Context: process: the function is not running any more on return. From an interrupt that
 * can't be waited for.
 */
void remove_bh(int nr)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&table_lock, flags);
	set_mask(nr, false);
	clear_bit(nr, &bh_active);
	raw_spin_unlock_irqrestore(&table_lock, flags);
	synchronize_bh();
}
EXPORT_SYMBOL(remove_bh);

/**
 * disable_bh - keep one number from running; calls nest
 * @nr: its number
 *
 * Context: as remove_bh().
 */
void disable_bh(int nr)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&table_lock, flags);
	bh_mask_count[nr]++;
	set_mask(nr, false);
	raw_spin_unlock_irqrestore(&table_lock, flags);
	synchronize_bh();
}
EXPORT_SYMBOL(disable_bh);

/** enable_bh - undo one disable_bh(); what was marked meanwhile runs. Context: any but NMI. */
void enable_bh(int nr)
{
	unsigned long flags;
	bool marked = false;

	raw_spin_lock_irqsave(&table_lock, flags);
	if (!--bh_mask_count[nr])
		marked = set_mask(nr, true);
	raw_spin_unlock_irqrestore(&table_lock, flags);
	if (marked)
		schedule_here();
}
EXPORT_SYMBOL(enable_bh);

/**
 * start_bh_atomic - keep all bottom halves from running, in the whole machine; calls nest
 *
 * Context: process: none is running any more on return.
 */
void start_bh_atomic(void)
{
	atomic_inc(&nr_atomic);
	smp_mb__after_atomic();
	synchronize_bh();
}
EXPORT_SYMBOL(start_bh_atomic);

/** end_bh_atomic - undo one start_bh_atomic(). Context: any but NMI. */
void end_bh_atomic(void)
{
	if (atomic_dec_and_test(&nr_atomic) && due())
		schedule_here();
}
EXPORT_SYMBOL(end_bh_atomic);
