/* SPDX-License-Identifier: MIT */
/* Back-traces of other CPUs: they are asked by NMI, so that one with interrupts off answers too. */
#include <linux/arch.h>
#include <linux/bitops.h>
#include <linux/console.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/preempt.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>

#define ANSWER_MS	2000	/* then a CPU is taken for dead */

static struct cpumask backtrace_mask;	/* CPUs that have not answered; atomic bit operations */
static unsigned long backtrace_busy;	/* bit 0: a request is under way */

/**
 * nmi_cpu_backtrace - answer a request, if there is one for this CPU
 * @regs: what the NMI interrupted
 *
 * Context: NMI. Return: true when there was. In a panic the CPU stops here.
 */
bool nmi_cpu_backtrace(struct pt_regs *regs)
{
	unsigned int cpu = raw_smp_processor_id();

	if (!cpumask_test_cpu(cpu, &backtrace_mask))
		return false;
	pr_warn("NMI backtrace for cpu %u\n", cpu);
	show_regs(regs);
	cpumask_clear_cpu(cpu, &backtrace_mask);
	if (panic_in_progress()) {
		set_cpu_online(cpu, false);
		arch_cpu_halt_forever();
	}
	return true;
}

/**
 * trigger_cpumask_backtrace - print the back-traces of CPUs
 * @mask: which
 * @exclude_cpu: but not this one; -1 for none
 *
 * Context: any. Waits until all have printed, no longer than two seconds; one request at a
 * time, a second one at once is dropped.
 * Return: true: it is supported.
 */
bool trigger_cpumask_backtrace(const struct cpumask *mask, int exclude_cpu)
{
	int cpu = get_cpu(), ms;

	if (test_and_set_bit(0, &backtrace_busy)) {
		put_cpu();
		return true;
	}
	cpumask_copy(&backtrace_mask, mask);
	if (exclude_cpu >= 0)
		cpumask_clear_cpu(exclude_cpu, &backtrace_mask);
	if (cpumask_test_cpu(cpu, &backtrace_mask)) {
		pr_warn("NMI backtrace for cpu %d\n", cpu);
		dump_stack();
		cpumask_clear_cpu(cpu, &backtrace_mask);
	}
	if (!cpumask_empty(&backtrace_mask)) {
		pr_info("Sending NMI from CPU %d to CPUs %*pbl:\n", cpu,
			cpumask_pr_args(&backtrace_mask));
		arch_send_ipi(&backtrace_mask, IPI_NMI_BACKTRACE);
	}
	for (ms = 0; ms < ANSWER_MS && !cpumask_empty(&backtrace_mask); ms++)
		mdelay(1);
	if (!cpumask_empty(&backtrace_mask))
		pr_warn("no answer from CPUs %*pbl\n", cpumask_pr_args(&backtrace_mask));
	/* What they said they leave to an interrupt of theirs, which may never come. */
	if (!in_nmi())
		console_flush_all();
	cpumask_clear(&backtrace_mask);
	clear_bit_unlock(0, &backtrace_busy);
	put_cpu();
	return true;
}
