/* SPDX-License-Identifier: MIT */
/* Choosing a CPU from a set, and the constant sets. */
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/percpu.h>
#include <linux/smp.h>

/*
 * Row n + 1 has bit n set in its first word. A mask for CPU c starts c / BITS_PER_LONG
 * words before the row of c % BITS_PER_LONG, so that the bit lands in the right word; the
 * words around it are zero, since only first words are not, and row 0 is there to be
 * reached backwards.
 */
#define ROW(n)		[(n) + 1][0] = 1UL << (n)
#define ROW4(n)		ROW(n), ROW((n) + 1), ROW((n) + 2), ROW((n) + 3)
#define ROW16(n)	ROW4(n), ROW4((n) + 4), ROW4((n) + 8), ROW4((n) + 12)
const unsigned long cpu_bit_bitmap[BITS_PER_LONG + 1][BITS_TO_LONGS(NR_CPUS)] = {
	ROW16(0), ROW16(16),
#if BITS_PER_LONG > 32
	ROW16(32), ROW16(48),
#endif
};
EXPORT_SYMBOL(cpu_bit_bitmap);

const DECLARE_BITMAP(cpu_all_bits, NR_CPUS) = { [0 ... BITS_TO_LONGS(NR_CPUS) - 1] = ~0UL };
EXPORT_SYMBOL(cpu_all_bits);
const DECLARE_BITMAP(cpu_none_bits, NR_CPUS);

/* Any CPU of @mask that is not @cpu; >= nr_cpu_ids when there is none. */
unsigned int cpumask_any_but(const struct cpumask *mask, unsigned int cpu)
{
	unsigned int i;

	for_each_cpu(i, mask) {
		if (i != cpu)
			break;
	}
	return i;
}
EXPORT_SYMBOL(cpumask_any_but);

/* The @i-th online CPU, counted round and round: for spreading queues. */
unsigned int cpumask_local_spread(unsigned int i, int node)
{
	return cpumask_nth(i % num_online_cpus(), cpu_online_mask);
}
EXPORT_SYMBOL(cpumask_local_spread);

/* Where this CPU's last search ended: the next one goes on behind it. */
static DEFINE_PER_CPU(int, distribute_prev);

/* A CPU of both masks, another one each time; >= nr_cpu_ids when they have none in common. */
unsigned int cpumask_any_and_distribute(const struct cpumask *a, const struct cpumask *b)
{
	int prev = this_cpu_read(distribute_prev);
	unsigned int next = cpumask_next_and(prev, a, b);

	if (next >= nr_cpu_ids)
		next = cpumask_first_and(a, b);
	if (next < nr_cpu_ids)
		this_cpu_write(distribute_prev, next);
	return next;
}
EXPORT_SYMBOL(cpumask_any_and_distribute);

unsigned int cpumask_any_distribute(const struct cpumask *srcp)
{
	return cpumask_any_and_distribute(srcp, srcp);
}
EXPORT_SYMBOL(cpumask_any_distribute);
