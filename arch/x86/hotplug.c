/* SPDX-License-Identifier: MIT */
/*
 * A CPU that goes off line. It halts, and comes back as it came the first time: by INIT.
 *
 * Intel SDM Vol. 3, "Local APIC State After It Has Been Software Disabled".
 */
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/irq.h>
#include <linux/lockdep.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>

/* Longer than any interrupt message is on its way from a controller. */
#define MESSAGE_MS	1

/*
 * See <linux/arch.h>. The boot CPU stays: the 8259A's wire and firmware's interrupts lead to it,
 * and INIT would have it run the firmware.
 */
bool arch_cpu_can_stop(unsigned int cpu)
{
	return cpu != 0;
}

/* See <linux/arch.h>. */
int arch_cpu_disable(void)
{
	lockdep_assert_irqs_disabled();
	set_cpu_online(raw_smp_processor_id(), false);
	irq_migrate_all_off_this_cpu();
	mdelay(MESSAGE_MS);
	vector_cpu_offline();
	/* From here on nothing gets into the IRR: neither messages to all nor its own timer. */
	apic_soft_disable();
	return 0;
}
