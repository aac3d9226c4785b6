/* SPDX-License-Identifier: MIT */
/*
 * The PC's clocks, in the order in which they need each other, and its timer interrupt.
 *
 * IRQ 0 is the line of the i8254, or of the HPET when that can be routed to the same I/O APIC
 * input. It carries the boot CPU's tick until the local APIC's timer takes over, or for good
 * where there is no local APIC.
 */
#include <linux/acpi.h>
#include <linux/acpi_pmtmr.h>
#include <linux/arch.h>
#include <linux/clockchips.h>
#include <linux/cpumask.h>
#include <linux/hpet.h>
#include <linux/i8253.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/lockdep.h>
#include <linux/printk.h>
#include <asm/apic.h>
#include <asm/tsc.h>

#define TIMER_IRQ	0
#define NO_GSI		~0u

static struct clock_event_device *timer_device;	/* behind IRQ 0; fixed after boot */

static irqreturn_t timer_interrupt(int irq, void *dev_id)
{
	timer_device->event_handler(timer_device);
	return IRQ_HANDLED;
}

/* The I/O APIC input that carries IRQ 0: firmware says where, usually input 2. */
static unsigned int __init timer_gsi(void)
{
	unsigned int i;

	if (skip_ioapic_setup || !apic || !acpi_madt.nr_ioapics)
		return NO_GSI;
	for (i = 0; i < acpi_madt.nr_overrides; i++)
		if (acpi_madt.overrides[i].source == TIMER_IRQ)
			return acpi_madt.overrides[i].gsi;
	return TIMER_IRQ;
}

/*
 * The line is opened before any device can be programmed: an I/O APIC forgets an edge on a
 * masked input, and a tick that is lost is never followed by another. With interrupts off the
 * handler does not run before timer_device is there.
 */
static void __init timer_irq_init(void)
{
	lockdep_assert_irqs_disabled();
	i8253_stop();
	if (request_irq(TIMER_IRQ, timer_interrupt, IRQF_NOBALANCING | IRQF_IRQPOLL | IRQF_TIMER,
			"timer", NULL))
		pr_err("time: IRQ %d can't be had, no timer interrupt but the local APIC's\n", TIMER_IRQ);
	timer_device = hpet_clockevent_init(timer_gsi());
	if (!timer_device) {
		/*
		 * As a clock channel 0 must stay periodic, so it is only that if nothing better is
		 * there.
		 */
		bool other_clock = tsc_khz || hpet_freq() || acpi_pm_present();

		clockevent_i8253_init(other_clock);
		if (!other_clock)
			clocksource_i8253_init();
		timer_device = &i8253_clockevent;
	}
}

static bool lapic_timer_unwanted __initdata;

static int __init nolapic_timer_option(char *str)
{
	lapic_timer_unwanted = true;
	return 0;
}
early_param("nolapic_timer", nolapic_timer_option);

/* IRQ 0 can give its tick to one CPU only. */
static bool __init keep_timer_irq(void)
{
	if (lapic_timer_unwanted && num_possible_cpus() > 1)
		pr_warn("time: nolapic_timer needs nosmp, ignored\n");
	return lapic_timer_unwanted && num_possible_cpus() == 1;
}

/* The machine's part of the contract: clocks first, by which the timers are then measured. */
void __init arch_time_init(void)
{
	hpet_init();
	tsc_init();
	hpet_clocksource_init();
	acpi_pm_init();
	timer_irq_init();
	if (!keep_timer_irq())
		setup_boot_APIC_clock();
}
