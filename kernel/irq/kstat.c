/* SPDX-License-Identifier: MIT */
/*
 * How often each line interrupted. Every CPU counts into its own word of the line, which is
 * all that the hot path pays; sums are made when somebody asks.
 */
#include <linux/export.h>
#include <linux/kernel_stat.h>
#include <linux/percpu.h>
#include "internals.h"

/* What lines that are gone had counted; under irq_lock_sparse() to write. */
static DEFINE_PER_CPU(unsigned long, retired_irqs);

/**
 * kstat_irqs_cpu - interrupts of a line on one CPU
 * @irq: the line
 * @cpu: the CPU
 *
 * Context: any. The caller owns the line or holds irq_lock_sparse().
 * Return: the count, which wraps at 32 bits; 0 for no such line.
 */
unsigned int kstat_irqs_cpu(unsigned int irq, int cpu)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc ? READ_ONCE(*per_cpu_ptr(desc->kstat_irqs, cpu)) : 0;
}
EXPORT_SYMBOL_GPL(kstat_irqs_cpu);

unsigned int kstat_irqs_desc(struct irq_desc *desc)
{
	unsigned int sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(desc->kstat_irqs, cpu));
	return sum;
}

/**
 * kstat_irqs_usr - interrupts of a line on all CPUs, for /proc
 * @irq: any number
 *
 * Context: process, may sleep.
 */
unsigned int kstat_irqs_usr(unsigned int irq)
{
	struct irq_desc *desc;
	unsigned int sum;

	irq_lock_sparse();
	desc = irq_to_desc(irq);
	sum = desc ? kstat_irqs_desc(desc) : 0;
	irq_unlock_sparse();
	return sum;
}

/* The line goes; its counts stay in the sums. */
void kstat_retire(struct irq_desc *desc)
{
	int cpu;

	for_each_possible_cpu(cpu)
		per_cpu(retired_irqs, cpu) += *per_cpu_ptr(desc->kstat_irqs, cpu);
}

/* A machine whose every interrupt has a line has nothing to add. */
u64 __weak arch_irq_stat_cpu(unsigned int cpu)
{
	return 0;
}

u64 __weak arch_irq_stat(void)
{
	return 0;
}
