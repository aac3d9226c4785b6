/* SPDX-License-Identifier: MIT */
/*
 * Counting instructions with the time-stamp counter, which under QEMU's `-icount shift=0` ticks
 * once for each of them. A figure is the median of its samples, one reading of the counter (3)
 * included.
 */
#ifndef _IRQBENCH_H
#define _IRQBENCH_H

#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/timex.h>
#include <linux/types.h>

#define ROUNDS	200

/* What one metric has counted so far. */
struct samples {
	u32 value[ROUNDS];
	unsigned int n;
};

/* The groups fill these; the task that runs them is the only one that does. */
extern struct samples in, out, whole;

void clear_samples(void);
void add_sample(struct samples *s, u64 value);
void report(const char *name, u64 value);
void report_median(const char *name, struct samples *s);

/* The median of @body, each time behind @setup, whose cost does not count. */
#define COUNT(name, setup, body)			\
do {							\
	unsigned int round;				\
							\
	clear_samples();				\
	for (round = 0; round < ROUNDS; round++) {	\
		u64 begun;				\
							\
		setup;					\
		begun = get_cycles();			\
		body;					\
		add_sample(&whole, get_cycles() - begun); \
	}						\
	report_median(name, &whole);			\
} while (0)

/* One function a file: what it measures is at its top. */
void bench_interrupt(void);
void bench_line(void);
void bench_defer(void);
void bench_work(void);
void bench_task(void);
void bench_call(void);
void bench_timer(void);
void bench_hrtimer(void);
void bench_tick(void);
void bench_lock(void);
void bench_memory(void);
void bench_rcu(void);

/* Lines beside those of the machine (extra_lines.c). */
void add_lines(unsigned int n);
void remove_lines(void);

/* The edu device, for those that need a real interrupt (interrupt.c). */
struct edu {
	void __iomem *regs;
	int irq;
};
struct edu *edu_open(bool msi);
void edu_close(struct edu *edu);

#endif
