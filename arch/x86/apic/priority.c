/* SPDX-License-Identifier: MIT */
/*
 * apic=lowest: a device's interrupt goes to the CPU of a set that does the least important work.
 *
 * Intel SDM Vol. 3, "Lowest Priority Delivery Mode": of the CPUs that the logical destination
 * names, the one with the lowest processor priority gets the message; "Task and Processor
 * Priorities": outside of interrupts that is the Task Priority Register, which the scheduler keeps
 * here. The TPR also holds interrupts back, those of its class (bits 7-4) and below. Device
 * vectors begin with class 3, so that these values hold back none:
 *
 *	0x10		idle. Class 1: vectors 0-31 are never devices', hold back a broken sender's
 *	0x20		ordinary tasks. Class 2 is the 8259A's, whose ExtINT delivery asks no TPR
 *	0x21-0x2f	real-time tasks; the subclass says which, to chips that look at it
 *
 * Logical ids (apic_ops.logical_id) reach eight CPUs; the others get no device interrupts.
 */
#include <linux/build_bug.h>
#include <linux/init.h>
#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/sched/prio.h>
#include <linux/sched/rt.h>
#include <linux/string.h>
#include <asm/apic.h>
#include <asm/irq_vectors.h>

#define TPR_IDLE	0x10
#define TPR_TASK	0x20
#define TPR_RT_LOWEST	0x21
#define TPR_RT_HIGHEST	0x2f
static_assert(TPR_RT_HIGHEST < FIRST_DEVICE_VECTOR);

bool apic_lowest __ro_after_init;

/* What this CPU's TPR holds: writing it is dear, and most switches change nothing. */
static DEFINE_PER_CPU(u8, task_priority);

static int __init parse_apic(char *arg)
{
	apic_lowest = arg && !strcmp(arg, "lowest");
	return 0;
}
early_param("apic", parse_apic);

static void write_task_priority(u8 tpr)
{
	__this_cpu_write(task_priority, tpr);
	apic->write(APIC_TASKPRI, tpr);
}

/** apic_reset_task_priority - the CPU comes up, and so far is idle. Context: interrupts off. */
void apic_reset_task_priority(void)
{
	write_task_priority(TPR_IDLE);
}

static u8 prio_to_tpr(int prio)
{
	if (prio >= MAX_PRIO)
		return TPR_IDLE;
	if (!rt_prio(prio))
		return TPR_TASK;
	return TPR_RT_HIGHEST - prio * (TPR_RT_HIGHEST - TPR_RT_LOWEST + 1) / MAX_RT_PRIO;
}

/**
 * apic_set_task_priority - keep the TPR of this CPU
 * @prio: of the task that the CPU goes on with; MAX_PRIO: the idle task
 *
 * Context: the scheduler, interrupts off; only with apic=lowest.
 */
void apic_set_task_priority(int prio)
{
	u8 tpr = prio_to_tpr(prio);

	lockdep_assert_irqs_disabled();
	if (apic && tpr != __this_cpu_read(task_priority))
		write_task_priority(tpr);
}
