/* SPDX-License-Identifier: MIT */
/* The per-CPU words of the machine, and the base register that selects a CPU's copy. */
#include <linux/arch.h>
#include <linux/percpu-defs.h>
#include <linux/preempt.h>
#include <linux/sched/task.h>
#include <linux/thread_info.h>
#include <linux/export.h>
#include <asm/current.h>
#include <asm/msr.h>
#include <asm/sections.h>

/*
 * What the boot CPU runs with from the first instruction, and what every other CPU's copy
 * starts from. Preemption is off until the scheduler lets a CPU go.
 */
DEFINE_PER_CPU_SHARED_ALIGNED(struct pcpu_hot, pcpu_hot) = {
	.current_task	= &init_task,
	.preempt_count	= INIT_PREEMPT_COUNT | PREEMPT_NEED_RESCHED,
	.top_of_stack	= (unsigned long)init_stack + THREAD_SIZE,
};
EXPORT_PER_CPU_SYMBOL(pcpu_hot);

DEFINE_PER_CPU_READ_MOSTLY(unsigned long, this_cpu_off);
EXPORT_PER_CPU_SYMBOL(this_cpu_off);

/* See <linux/arch.h>. Context: boot of that CPU, interrupts off. */
void arch_set_percpu_base(unsigned int cpu)
{
	wrmsrl(MSR_GS_BASE, __per_cpu_offset[cpu]);
	raw_cpu_write(this_cpu_off, __per_cpu_offset[cpu]);
	raw_cpu_write(pcpu_hot.cpu_number, cpu);
}
