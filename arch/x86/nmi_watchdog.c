/* SPDX-License-Identifier: MIT */
/*
 * nmi_watchdog=1: the PIT as a source of NMIs that nothing can mask, for a machine that has no
 * second CPU to watch the first.
 *
 * Channel 0, whose interrupts nobody needs once the local APIC's timer ticks, goes round 18 times a
 * second, and its input at the I/O APIC delivers that as an NMI to the boot CPU.
 */
#include <linux/clockchips.h>
#include <linux/errno.h>
#include <linux/i8253.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/nmi.h>
#include <linux/printk.h>
#include <asm/apic.h>
#include <asm/io_apic.h>
#include <asm/nmi.h>

#define TIMER_IRQ	0

/* Asked when nobody else wanted the NMI: the PIT does not say that it was its. */
static int watchdog_nmi(unsigned int type, struct pt_regs *regs)
{
	hardlockup_nmi_check(regs);
	return NMI_HANDLED;
}

static bool pit_is_free(void)
{
	return clockevent_state_detached(&i8253_clockevent) ||
	       clockevent_state_shutdown(&i8253_clockevent);
}

static int __init nmi_watchdog_init(void)
{
	int err;

	if (!nmi_watchdog_by_timer)
		return 0;
	if (!apic || !ioapic_in_use() || !pit_is_free()) {
		pr_warn("NMI watchdog: no timer for it: %s\n", apic && ioapic_in_use() ?
			"the PIT ticks" : "no I/O APIC in use");
		return 0;
	}
	err = register_nmi_handler(NMI_UNKNOWN, watchdog_nmi, 0, "watchdog");
	if (!err)
		err = ioapic_deliver_nmi(TIMER_IRQ);
	if (err)
		return err;
	i8253_run_free();
	pr_info("NMI watchdog: Enabled, by the PIT\n");
	return 0;
}
device_initcall(nmi_watchdog_init);
