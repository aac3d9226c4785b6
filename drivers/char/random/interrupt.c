/* SPDX-License-Identifier: MIT */
/*
 * What interrupts give: when they come.
 *
 * The interrupt layer counts each line's interrupts on each CPU, and calls
 * add_interrupt_randomness() when the low six bits of that count are zero: two instructions for
 * an interrupt. The arrival time of that one, in cycles, and what it interrupted are
 * mixed into a few words of the CPU's own, without a lock; from time to time an irq_work, outside
 * of the line's lock, takes those to the pool. A bit of entropy is credited for 64 interrupts.
 *
 * Keys and mouse movements come seldom, but at times that people choose: each is worth as many
 * bits as the time since the last one differs from the time before, to the third difference.
 */
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/debugfs.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/instruction_pointer.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/timex.h>
#include <asm/irq_regs.h>
#include <asm/ptrace.h>

#include "internals.h"

#define FAST_POOL_FULL	1024	/* interrupts; or a second, whatever comes first */
#define MAX_INPUT_BITS	11	/* a person's time of a key press is worth no more */

static void empty_fast_pool(struct irq_work *work);

/* Of its CPU, IRQs off. */
struct fast_pool {
	u64		word[2];
	unsigned int	weight;		/* interrupts that it stands for */
	unsigned long	emptied;	/* jiffies */
	unsigned int	samples;	/* these two in all, to be seen */
	unsigned int	times_emptied;
	struct irq_work	empty;
};
static DEFINE_PER_CPU(struct fast_pool, fast_pool) = {
	.empty = IRQ_WORK_INIT_HARD(empty_fast_pool),
};

/* In interrupt context on its CPU, IRQs off, no lock held. */
static void empty_fast_pool(struct irq_work *work)
{
	struct fast_pool *fp = container_of(work, struct fast_pool, empty);
	unsigned int weight = fp->weight;

	fp->weight = 0;
	fp->emptied = jiffies;
	WRITE_ONCE(fp->times_emptied, fp->times_emptied + 1);
	pool_mix(fp->word, sizeof(fp->word));
	pool_credit(clamp_t(unsigned int, weight / INTERRUPTS_PER_SAMPLE, 1, POOL_BITS));
}

/* Not for secrecy, that is the pool's: just so that no bit of what came in cancels another. */
static void fast_mix(u64 *word, u64 a, u64 b)
{
	word[0] = (word[0] ^ a) * 0x9e3779b97f4a7c15ULL;
	word[1] ^= rol64(word[0], 29) + b;
	word[0] += rol64(word[1], 41);
}

static void fast_add(u64 time, u64 where, unsigned int weight)
{
	struct fast_pool *fp = this_cpu_ptr(&fast_pool);

	fast_mix(fp->word, time, where);
	fp->weight += weight;
	WRITE_ONCE(fp->samples, fp->samples + 1);
	if (fp->weight >= FAST_POOL_FULL || time_after(jiffies, fp->emptied + HZ))
		irq_work_queue(&fp->empty);
}

/**
 * add_interrupt_randomness - an interrupt has come, one of INTERRUPTS_PER_SAMPLE
 * @irq: the line
 *
 * Context: hard interrupt, IRQs off; the line's lock may be held.
 */
void add_interrupt_randomness(int irq)
{
	struct pt_regs *regs = get_irq_regs();
	u64 where = regs ? instruction_pointer(regs) : _RET_IP_;

	fast_add(random_get_entropy(), where ^ (u64)irq << 48, INTERRUPTS_PER_SAMPLE);
}
EXPORT_SYMBOL_GPL(add_interrupt_randomness);

/* When the last event of a kind came, and how regular they are. */
struct event_times {
	unsigned long	last;
	long		delta, delta2;
};

static long distance(long a, long b)
{
	return a > b ? a - b : b - a;
}

/* How many bits is an event worth that comes at jiffy @now? */
static unsigned int surprise(struct event_times *t, unsigned long now)
{
	long delta = (long)(now - t->last);
	long delta2 = distance(delta, t->delta);
	long delta3 = distance(delta2, t->delta2);
	long least = min(delta, min(delta2, delta3));

	t->last = now;
	t->delta = delta;
	t->delta2 = delta2;
	/* The lowest bit is lost to rounding. */
	return least > 1 ? min_t(unsigned int, fls64((u64)least >> 1), MAX_INPUT_BITS) : 0;
}

/**
 * add_input_randomness - a key was pressed, the mouse was moved
 * @type: of the event
 * @code: which key or axis
 * @value: what it did
 *
 * Repetitions count for nothing. Context: any but NMI.
 */
void add_input_randomness(unsigned int type, unsigned int code, unsigned int value)
{
	static DEFINE_RAW_SPINLOCK(lock);	/* guards both; IRQs off */
	static unsigned int last_value;
	static struct event_times times;
	unsigned int bits;
	unsigned long flags;

	raw_spin_lock_irqsave(&lock, flags);
	if (value != last_value) {
		last_value = value;
		bits = surprise(&times, jiffies);
		fast_add(random_get_entropy(), (u64)type << 48 ^ (u64)code << 32 ^ value,
			 bits * INTERRUPTS_PER_SAMPLE);
	}
	raw_spin_unlock_irqrestore(&lock, flags);
}
EXPORT_SYMBOL_GPL(add_input_randomness);

/* /sys/kernel/debug/random: that something comes in. */
static int samples_show(struct seq_file *m, void *unused)
{
	unsigned int cpu;

	seq_printf(m, "entropy %u of %u bits\n", pool_entropy(), POOL_BITS);
	for_each_possible_cpu(cpu) {
		struct fast_pool *fp = per_cpu_ptr(&fast_pool, cpu);

		seq_printf(m, "cpu%u samples %u to the pool %u\n", cpu, READ_ONCE(fp->samples),
			   READ_ONCE(fp->times_emptied));
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(samples);

static int __init random_debugfs(void)
{
	debugfs_create_file("random", 0444, NULL, NULL, &samples_fops);
	return 0;
}
late_initcall(random_debugfs);
