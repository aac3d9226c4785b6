/* SPDX-License-Identifier: MIT */
/* A handler that waits for a device that never answers; on another CPU than the one that loads it. */
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include "fault.h"
#include "fault_line.h"

static bool answered;		/* never */

static irqreturn_t wait_for_device(int irq, void *dev)
{
	while (!READ_ONCE(answered))
		cpu_relax();
	return IRQ_HANDLED;
}

static int interrupt_here(void *unused)
{
	line_interrupts();
	return 0;
}

static int interrupt_elsewhere(void)
{
	unsigned int cpu = cpumask_any_but(cpu_online_mask, raw_smp_processor_id());
	struct task_struct *t;
	int err = line_open(wait_for_device);

	if (err)
		return err;
	t = kthread_create(interrupt_here, NULL, "interrupt");
	if (IS_ERR(t)) {
		line_close();
		return PTR_ERR(t);
	}
	kthread_bind(t, cpu);
	wake_up_process(t);
	return 0;
}

FAULT(interrupt_elsewhere, line_close);
