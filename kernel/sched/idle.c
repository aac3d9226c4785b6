/* SPDX-License-Identifier: MIT */
/* What a CPU does when it has nothing to do: swapper/N. */
#include <linux/arch.h>
#include <linux/cpu.h>
#include <linux/irqflags.h>
#include "internals.h"

static void do_idle(void)
{
	while (!need_resched()) {
		/* With interrupts off no wake-up comes between the look and the wait. */
		local_irq_disable();
		if (need_resched()) {
			local_irq_enable();
			break;
		}
		arch_cpu_idle();
	}
	schedule_idle();
}

/**
 * cpu_startup_entry - the end of every CPU's start: be its idle task
 * @state: how far the CPU has come
 *
 * Context: the CPU's idle task, preemption off. Does not return.
 */
void __noreturn cpu_startup_entry(enum cpuhp_state state)
{
	local_irq_enable();
	for (;;)
		do_idle();
}
