/* SPDX-License-Identifier: MIT */
/* What each CPU counts for /proc/stat and /proc/softirqs. Written by its own CPU only. */
#ifndef _LINUX_KERNEL_STAT_H
#define _LINUX_KERNEL_STAT_H

#include <linux/types.h>
#include <linux/percpu-defs.h>
#include <linux/tasklet.h>

enum cpu_usage_stat {
	CPUTIME_USER,
	CPUTIME_NICE,
	CPUTIME_SYSTEM,
	CPUTIME_SOFTIRQ,
	CPUTIME_IRQ,
	CPUTIME_IDLE,
	CPUTIME_IOWAIT,
	CPUTIME_STEAL,
	CPUTIME_GUEST,
	CPUTIME_GUEST_NICE,
	NR_STATS,
};

struct kernel_cpustat {
	u64 cpustat[NR_STATS];		/* ns */
};

struct kernel_stat {
	unsigned int softirqs[MAX_SOFTIRQS];
};

DECLARE_PER_CPU(struct kernel_stat, kstat);
DECLARE_PER_CPU(struct kernel_cpustat, kernel_cpustat);

#define kstat_this_cpu		this_cpu_ptr(&kstat)
#define kcpustat_this_cpu	this_cpu_ptr(&kernel_cpustat)
#define kstat_cpu(cpu)		per_cpu(kstat, cpu)
#define kcpustat_cpu(cpu)	per_cpu(kernel_cpustat, cpu)

static inline void kstat_incr_softirqs_this_cpu(unsigned long irq)
{
	__this_cpu_inc(kstat.softirqs[irq]);
}

static inline unsigned int kstat_softirqs_cpu(unsigned int irq, int cpu)
{
	return kstat_cpu(cpu).softirqs[irq];
}

/* Interrupts: of lines, from kernel/irq/; of the machine outside of lines, from the machine. */
u64 arch_irq_stat_cpu(unsigned int cpu);
u64 arch_irq_stat(void);
unsigned int kstat_irqs_cpu(unsigned int irq, int cpu);
unsigned int kstat_irqs_usr(unsigned int irq);

#endif
