// SPDX-License-Identifier: MIT
/*
 * Bottom halves, tasklets and irq_work from a task: with nothing pending, with a tasklet, from a
 * section with bottom halves off and from plain code, whose tasklet waits for ksoftirqd.
 */
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include "irqbench.h"

static u64 entered;
static DECLARE_COMPLETION(ran);

static void note_entry(struct tasklet_struct *t)
{
	entered = get_cycles();
}
static DECLARE_TASKLET(tasklet, note_entry);

static void note_and_complete(struct tasklet_struct *t)
{
	entered = get_cycles();
	complete(&ran);
}
static DECLARE_TASKLET(waking, note_and_complete);

static void tasklet_with_bh_off(void)
{
	unsigned int i;

	clear_samples();
	for (i = 0; i < ROUNDS; i++) {
		u64 before = get_cycles(), scheduled, after;

		local_bh_disable();
		scheduled = get_cycles();
		tasklet_schedule(&tasklet);
		local_bh_enable();
		after = get_cycles();
		add_sample(&in, entered - scheduled);
		add_sample(&whole, after - before);
	}
	report_median("defer.tasklet_bh_off", &in);
	report_median("defer.bh_pair_tasklet", &whole);
}

static void tasklet_from_task(void)
{
	unsigned int i;

	clear_samples();
	for (i = 0; i < ROUNDS; i++) {
		u64 before = get_cycles();

		tasklet_schedule(&waking);
		wait_for_completion(&ran);
		add_sample(&in, entered - before);
	}
	report_median("defer.tasklet_task", &in);
}

static void note_irq_work(struct irq_work *work)
{
	WRITE_ONCE(entered, get_cycles());
}

static void irq_work_to_self(void)
{
	static DEFINE_IRQ_WORK(work, note_irq_work);
	unsigned int i;

	clear_samples();
	for (i = 0; i < ROUNDS; i++) {
		u64 before, after;

		WRITE_ONCE(entered, 0);
		before = get_cycles();
		irq_work_queue(&work);
		while (!READ_ONCE(entered))
			cpu_relax();
		after = get_cycles();
		add_sample(&in, entered - before);
		add_sample(&whole, after - before);
		irq_work_sync(&work);
	}
	report_median("defer.irq_work_entry", &in);
	report_median("defer.irq_work", &whole);
}

void bench_defer(void)
{
	COUNT("defer.bh_pair", , ({ local_bh_disable(); barrier(); local_bh_enable(); }));
	tasklet_with_bh_off();
	tasklet_from_task();
	irq_work_to_self();
}
