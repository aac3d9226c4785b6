/* SPDX-License-Identifier: MIT */
/* Interrupts from CPU to CPU: irq_works, calls that wait and calls that do not. */
#include <linux/cpu.h>
#include <linux/irq_work.h>
#include <linux/smp.h>
#include "stress.h"

#define NR_WORKS	8

static struct irq_work works[NR_WORKS];
static call_single_data_t csds[NR_WORKS];
static struct tally work_tally, call_tally;

static void work_fn(struct irq_work *work)
{
	atomic_long_inc(&work_tally.done);
}

static void call_fn(void *unused)
{
	atomic_long_inc(&call_tally.done);
}

void poke_irq_work(unsigned int n)
{
	if (irq_work_queue(&works[n % NR_WORKS]))
		atomic_long_inc(&work_tally.sent);
}

static bool begin(void)
{
	unsigned int i;

	tally_begin(&work_tally, "irq_works");
	tally_begin(&call_tally, "calls of other CPUs");
	for (i = 0; i < NR_WORKS; i++) {
		init_irq_work(&works[i], work_fn);
		if (i % 4 == 3)
			works[i] = IRQ_WORK_INIT_LAZY(work_fn);
		INIT_CSD(&csds[i], call_fn, NULL);
	}
	return true;
}

static void step(struct stress_task *t)
{
	unsigned int cpu, n = pick(t, NR_WORKS);
	struct cpumask mask;

	cpus_read_lock();
	cpu = pick_cpu(t);
	switch (pick(t, 8)) {
	case 0:
		pick_cpus(t, &mask);
		atomic_long_add(cpumask_weight(&mask), &call_tally.sent);
		on_each_cpu_mask(&mask, call_fn, NULL, pick(t, 2));
		break;
	case 1:
	case 2:
		atomic_long_inc(&call_tally.sent);
		expect_eq(smp_call_function_single((int)cpu, call_fn, NULL, (int)pick(t, 2)), 0);
		break;
	case 3:
		preempt_disable();
		if (!smp_call_function_single_async((int)cpu, &csds[n]))
			atomic_long_inc(&call_tally.sent);
		preempt_enable();
		break;
	case 4:
		irq_work_sync(&works[n]);
		break;
	default:
		preempt_disable();
		if (irq_work_queue_on(&works[n], (int)cpu))
			atomic_long_inc(&work_tally.sent);
		preempt_enable();
	}
	cpus_read_unlock();
}

static void end(void)
{
	unsigned int i;

	tally_end(&call_tally);
	for (i = 0; i < NR_WORKS; i++)
		irq_work_sync(&works[i]);
	tally_end(&work_tally);
}

const struct stressor stress_calls = {
	.name = "calls", .tasks = 3, .begin = begin, .step = step, .end = end,
};
