/* SPDX-License-Identifier: MIT */
/*
 * Sets of CPUs, and the sets that the kernel keeps.
 *
 * possible: may ever come up; present: are there; online: run and take interrupts;
 * active: take tasks. Changed only by CPU start and stop (kernel/cpu/), read by all.
 */
#ifndef _LINUX_CPUMASK_H
#define _LINUX_CPUMASK_H

#include <linux/types.h>
#include <linux/threads.h>
#include <linux/bitmap.h>
#include <linux/atomic.h>
#include <linux/bug.h>

typedef struct cpumask {
	DECLARE_BITMAP(bits, NR_CPUS);
} cpumask_t;
typedef struct cpumask cpumask_var_t[1];

#define cpumask_bits(maskp)	((maskp)->bits)
#define cpumask_pr_args(maskp)	nr_cpu_ids, cpumask_bits(maskp)

extern unsigned int nr_cpu_ids;			/* one more than the highest possible CPU */
#define nr_cpumask_bits		((unsigned int)NR_CPUS)

extern struct cpumask __cpu_possible_mask;
extern struct cpumask __cpu_online_mask;
extern struct cpumask __cpu_present_mask;
extern struct cpumask __cpu_active_mask;
extern struct cpumask __cpu_dying_mask;
extern atomic_t __num_online_cpus;
#define cpu_possible_mask	((const struct cpumask *)&__cpu_possible_mask)
#define cpu_online_mask		((const struct cpumask *)&__cpu_online_mask)
#define cpu_present_mask	((const struct cpumask *)&__cpu_present_mask)
#define cpu_active_mask		((const struct cpumask *)&__cpu_active_mask)
#define cpu_dying_mask		((const struct cpumask *)&__cpu_dying_mask)

/* kernel/cpu/cpumask.c: a word with bit n set for each n, so that every one-CPU mask is constant. */
extern const unsigned long cpu_bit_bitmap[BITS_PER_LONG + 1][BITS_TO_LONGS(NR_CPUS)];
extern const DECLARE_BITMAP(cpu_all_bits, NR_CPUS);
extern const DECLARE_BITMAP(cpu_none_bits, NR_CPUS);
#define cpu_all_mask		((const struct cpumask *)cpu_all_bits)
#define cpu_none_mask		((const struct cpumask *)cpu_none_bits)
#define CPU_MASK_ALL		((cpumask_t){ { [0 ... BITS_TO_LONGS(NR_CPUS) - 1] = ~0UL } })
#define CPU_MASK_NONE		((cpumask_t){ { 0UL } })
#define CPU_MASK_CPU0		((cpumask_t){ { [0] = 1UL } })

static inline const struct cpumask *get_cpu_mask(unsigned int cpu)
{
	const unsigned long *p = cpu_bit_bitmap[1 + cpu % BITS_PER_LONG];

	return (const struct cpumask *)(p - cpu / BITS_PER_LONG);
}
#define cpumask_of(cpu)		get_cpu_mask(cpu)

/* -- Searching: a result >= nr_cpu_ids means none. */

static inline unsigned int cpumask_first(const struct cpumask *srcp)
{
	return find_first_bit(cpumask_bits(srcp), nr_cpumask_bits);
}

static inline unsigned int cpumask_first_zero(const struct cpumask *srcp)
{
	return find_first_zero_bit(cpumask_bits(srcp), nr_cpumask_bits);
}

static inline unsigned int cpumask_first_and(const struct cpumask *a, const struct cpumask *b)
{
	return find_first_and_bit(cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits);
}

static inline unsigned int cpumask_last(const struct cpumask *srcp)
{
	return find_last_bit(cpumask_bits(srcp), nr_cpumask_bits);
}

/* The next after @n; start with -1. */
static inline unsigned int cpumask_next(int n, const struct cpumask *srcp)
{
	return find_next_bit(cpumask_bits(srcp), nr_cpumask_bits, n + 1);
}

static inline unsigned int cpumask_next_zero(int n, const struct cpumask *srcp)
{
	return find_next_zero_bit(cpumask_bits(srcp), nr_cpumask_bits, n + 1);
}

static inline unsigned int cpumask_next_and(int n, const struct cpumask *a, const struct cpumask *b)
{
	return find_next_and_bit(cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits, n + 1);
}

/* After @n, from the start again at the end, until @start comes round: see for_each_cpu_wrap. */
static inline unsigned int cpumask_next_wrap(int n, const struct cpumask *mask, int start, bool wrap)
{
	unsigned int next = cpumask_next(n, mask);

	if (wrap && n < start && next >= (unsigned int)start)
		return nr_cpumask_bits;
	if (next >= nr_cpumask_bits) {
		if (wrap)
			return nr_cpumask_bits;
		next = cpumask_first(mask);
		if (next >= (unsigned int)start)
			return nr_cpumask_bits;
	}
	return next;
}

static inline unsigned int cpumask_nth(unsigned int cpu, const struct cpumask *srcp)
{
	return find_nth_bit(cpumask_bits(srcp), nr_cpumask_bits, cpu);
}

unsigned int cpumask_any_but(const struct cpumask *mask, unsigned int cpu);
unsigned int cpumask_local_spread(unsigned int i, int node);
unsigned int cpumask_any_and_distribute(const struct cpumask *a, const struct cpumask *b);
unsigned int cpumask_any_distribute(const struct cpumask *srcp);
#define cpumask_any(srcp)	cpumask_first(srcp)
#define cpumask_any_and(a, b)	cpumask_first_and((a), (b))

#define for_each_cpu(cpu, mask)						\
	for ((cpu) = 0;							\
	     (cpu) = find_next_bit(cpumask_bits(mask), nr_cpumask_bits, (cpu)), \
	     (unsigned int)(cpu) < nr_cpu_ids; (cpu)++)
#define for_each_cpu_not(cpu, mask)					\
	for ((cpu) = 0;							\
	     (cpu) = find_next_zero_bit(cpumask_bits(mask), nr_cpumask_bits, (cpu)), \
	     (unsigned int)(cpu) < nr_cpu_ids; (cpu)++)
#define for_each_cpu_and(cpu, a, b)					\
	for ((cpu) = 0;							\
	     (cpu) = find_next_and_bit(cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits, (cpu)), \
	     (unsigned int)(cpu) < nr_cpu_ids; (cpu)++)
#define for_each_cpu_andnot(cpu, a, b)					\
	for ((cpu) = 0;							\
	     (cpu) = find_next_andnot_bit(cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits, (cpu)), \
	     (unsigned int)(cpu) < nr_cpu_ids; (cpu)++)
/* Every CPU of @mask once, beginning with the first that is not below @start. */
#define for_each_cpu_wrap(cpu, mask, start)				\
	for (unsigned int __few_left = cpumask_weight(mask),		\
	     __few_init __maybe_unused = ((cpu) = (start), 0);		\
	     __few_left && ((cpu) = find_next_bit_wrap(cpumask_bits(mask), nr_cpumask_bits, (cpu)), \
			    (unsigned int)(cpu) < nr_cpu_ids);		\
	     __few_left--, (cpu) = ((unsigned int)(cpu) + 1) % nr_cpu_ids)
/* The kernel's own masks have no bit beyond nr_cpu_ids, so the bound can be a constant. */
#define __for_each_own_cpu(cpu, mask)					\
	for ((cpu) = 0;							\
	     (cpu) = find_next_bit(cpumask_bits(mask), nr_cpumask_bits, (cpu)), \
	     (unsigned int)(cpu) < nr_cpumask_bits; (cpu)++)
#define for_each_possible_cpu(cpu) __for_each_own_cpu((cpu), cpu_possible_mask)
#define for_each_online_cpu(cpu)   __for_each_own_cpu((cpu), cpu_online_mask)
#define for_each_present_cpu(cpu)  __for_each_own_cpu((cpu), cpu_present_mask)

/* -- Changing and asking. */

static __always_inline void cpumask_set_cpu(unsigned int cpu, struct cpumask *dstp)
{
	set_bit(cpu, cpumask_bits(dstp));
}

static __always_inline void __cpumask_set_cpu(unsigned int cpu, struct cpumask *dstp)
{
	__set_bit(cpu, cpumask_bits(dstp));
}

static __always_inline void cpumask_clear_cpu(int cpu, struct cpumask *dstp)
{
	clear_bit(cpu, cpumask_bits(dstp));
}

static __always_inline void __cpumask_clear_cpu(int cpu, struct cpumask *dstp)
{
	__clear_bit(cpu, cpumask_bits(dstp));
}

static __always_inline bool cpumask_test_cpu(int cpu, const struct cpumask *mask)
{
	return test_bit(cpu, cpumask_bits(mask));
}

static __always_inline bool cpumask_test_and_set_cpu(int cpu, struct cpumask *mask)
{
	return test_and_set_bit(cpu, cpumask_bits(mask));
}

static __always_inline bool cpumask_test_and_clear_cpu(int cpu, struct cpumask *mask)
{
	return test_and_clear_bit(cpu, cpumask_bits(mask));
}

static inline void cpumask_setall(struct cpumask *dstp)
{
	bitmap_fill(cpumask_bits(dstp), nr_cpumask_bits);
}

static inline void cpumask_clear(struct cpumask *dstp)
{
	bitmap_zero(cpumask_bits(dstp), nr_cpumask_bits);
}

static inline bool cpumask_and(struct cpumask *dstp, const struct cpumask *a, const struct cpumask *b)
{
	return bitmap_and(cpumask_bits(dstp), cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits);
}

static inline void cpumask_or(struct cpumask *dstp, const struct cpumask *a, const struct cpumask *b)
{
	bitmap_or(cpumask_bits(dstp), cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits);
}

static inline void cpumask_xor(struct cpumask *dstp, const struct cpumask *a, const struct cpumask *b)
{
	bitmap_xor(cpumask_bits(dstp), cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits);
}

static inline bool cpumask_andnot(struct cpumask *dstp, const struct cpumask *a,
				  const struct cpumask *b)
{
	return bitmap_andnot(cpumask_bits(dstp), cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits);
}

static inline bool cpumask_equal(const struct cpumask *a, const struct cpumask *b)
{
	return bitmap_equal(cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits);
}

static inline bool cpumask_intersects(const struct cpumask *a, const struct cpumask *b)
{
	return bitmap_intersects(cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits);
}

static inline bool cpumask_subset(const struct cpumask *a, const struct cpumask *b)
{
	return bitmap_subset(cpumask_bits(a), cpumask_bits(b), nr_cpumask_bits);
}

static inline bool cpumask_empty(const struct cpumask *srcp)
{
	return bitmap_empty(cpumask_bits(srcp), nr_cpumask_bits);
}

static inline bool cpumask_full(const struct cpumask *srcp)
{
	return bitmap_full(cpumask_bits(srcp), nr_cpumask_bits);
}

static inline unsigned int cpumask_weight(const struct cpumask *srcp)
{
	return bitmap_weight(cpumask_bits(srcp), nr_cpumask_bits);
}

static inline void cpumask_copy(struct cpumask *dstp, const struct cpumask *srcp)
{
	bitmap_copy(cpumask_bits(dstp), cpumask_bits(srcp), nr_cpumask_bits);
}

static inline unsigned int cpumask_size(void)
{
	return sizeof(struct cpumask);
}

/* -- Text: "f" or "00000000,000000ff" (parse), "0-3,8" (cpulist). */

static inline int cpumask_parse(const char *buf, struct cpumask *dstp)
{
	return bitmap_parse(buf, ~0U, cpumask_bits(dstp), nr_cpumask_bits);
}

static inline int cpulist_parse(const char *buf, struct cpumask *dstp)
{
	return bitmap_parselist(buf, cpumask_bits(dstp), nr_cpumask_bits);
}

static inline int cpumask_parse_user(const char __user *buf, int len, struct cpumask *dstp)
{
	return bitmap_parse_user(buf, len, cpumask_bits(dstp), nr_cpumask_bits);
}

static inline int cpumask_parselist_user(const char __user *buf, int len, struct cpumask *dstp)
{
	return bitmap_parselist_user(buf, len, cpumask_bits(dstp), nr_cpumask_bits);
}

static inline ssize_t cpumap_print_to_pagebuf(bool list, char *buf, const struct cpumask *mask)
{
	return bitmap_print_to_pagebuf(list, buf, cpumask_bits(mask), nr_cpu_ids);
}

/* -- cpumask_var_t needs no memory of its own here. */

static inline bool alloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	return true;
}

static inline bool zalloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	cpumask_clear(*mask);
	return true;
}

static inline bool alloc_cpumask_var_node(cpumask_var_t *mask, gfp_t flags, int node)
{
	return true;
}

static inline void alloc_bootmem_cpumask_var(cpumask_var_t *mask)
{
}

static inline void free_cpumask_var(cpumask_var_t mask)
{
}

static inline bool cpumask_available(cpumask_var_t mask)
{
	return true;
}

/* -- The kernel's own sets. */

static inline unsigned int num_online_cpus(void)
{
	return atomic_read(&__num_online_cpus);
}
#define num_possible_cpus()	cpumask_weight(cpu_possible_mask)
#define num_present_cpus()	cpumask_weight(cpu_present_mask)
#define num_active_cpus()	cpumask_weight(cpu_active_mask)

static inline bool cpu_online(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_online_mask);
}

static inline bool cpu_possible(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_possible_mask);
}

static inline bool cpu_present(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_present_mask);
}

static inline bool cpu_active(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_active_mask);
}

static inline bool cpu_dying(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_dying_mask);
}
#define cpu_is_offline(cpu)	unlikely(!cpu_online(cpu))

static inline void set_cpu_possible(unsigned int cpu, bool possible)
{
	assign_bit(cpu, cpumask_bits(&__cpu_possible_mask), possible);
}

static inline void set_cpu_present(unsigned int cpu, bool present)
{
	assign_bit(cpu, cpumask_bits(&__cpu_present_mask), present);
}

static inline void set_cpu_active(unsigned int cpu, bool active)
{
	assign_bit(cpu, cpumask_bits(&__cpu_active_mask), active);
}

static inline void set_cpu_dying(unsigned int cpu, bool dying)
{
	assign_bit(cpu, cpumask_bits(&__cpu_dying_mask), dying);
}

void set_cpu_online(unsigned int cpu, bool online);	/* also counts */

#endif
