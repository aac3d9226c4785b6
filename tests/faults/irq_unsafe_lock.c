/* SPDX-License-Identifier: MIT */
/* A lock that the handler takes, and a task with interrupts on: one day the handler comes while the task has it. */
#include <linux/irq_work.h>
#include <linux/spinlock.h>
#include "fault.h"

static DEFINE_SPINLOCK(counter_lock);
static int counter;

static void count_in_irq(struct irq_work *work)
{
	spin_lock(&counter_lock);
	counter++;
	spin_unlock(&counter_lock);
}

static DEFINE_IRQ_WORK(work, count_in_irq);

static noinline void count_in_task(void)
{
	spin_lock(&counter_lock);
	counter++;
	spin_unlock(&counter_lock);
}

static int count_twice(void)
{
	irq_work_queue(&work);
	irq_work_sync(&work);
	count_in_task();
	return 0;
}

FAULT(count_twice, nothing_to_undo);
