/* SPDX-License-Identifier: MIT */
/*
 * The local APIC's timer: each CPU's clock event device.
 *
 * Intel SDM Vol. 3, "APIC Timer". It counts down once (one-shot) or again and again
 * (periodic) at a rate that no register tells, so that it is measured against the TSC; in
 * TSC-deadline mode it fires when the TSC passes a value, and needs no measuring.
 */
#include <linux/clockchips.h>
#include <linux/cpuhotplug.h>
#include <linux/delay.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/hw_irq.h>
#include <asm/tsc.h>

#define TIMER_DIVISOR		16	/* as APIC_TDR_DIV_16 says */
#define DEADLINE_SHIFT		3	/* TSC ticks in one tick of the deadline device: fits 32 bits for longer */
#define CALIBRATION_MS		10
#define MIN_DELTA		0xf
#define MAX_DELTA		0x7fffffff

static DEFINE_PER_CPU(struct clock_event_device, lapic_events);
static unsigned int lapic_timer_hz __ro_after_init;	/* after the divisor */
static bool deadline_mode __ro_after_init;

static void lapic_arm(u32 mode, u32 count)
{
	apic->write(APIC_TDCR, APIC_TDR_DIV_16);
	apic->write(APIC_LVTT, mode | LOCAL_TIMER_VECTOR);
	apic->write(APIC_TMICT, count);
}

static int lapic_shutdown(struct clock_event_device *evt)
{
	apic->write(APIC_LVTT, APIC_LVT_MASKED | LOCAL_TIMER_VECTOR);
	apic->write(APIC_TMICT, 0);
	return 0;
}

static int lapic_set_periodic(struct clock_event_device *evt)
{
	lapic_arm(APIC_LVT_TIMER_PERIODIC, lapic_timer_hz / HZ);
	return 0;
}

static int lapic_set_oneshot(struct clock_event_device *evt)
{
	lapic_arm(APIC_LVT_TIMER_ONESHOT, 0);
	return 0;
}

static int lapic_next_event(unsigned long delta, struct clock_event_device *evt)
{
	apic->write(APIC_TMICT, delta);
	return 0;
}

/*
 * In xAPIC mode the LVT write is a store and the deadline an MSR: "TSC-Deadline Mode" asks
 * for a fence between them, lest the deadline be written in the old mode and dropped.
 */
static int deadline_set_oneshot(struct clock_event_device *evt)
{
	apic->write(APIC_LVTT, APIC_LVT_TIMER_TSCDEADLINE | LOCAL_TIMER_VECTOR);
	__asm__ __volatile__("mfence" : : : "memory");
	return 0;
}

static int deadline_shutdown(struct clock_event_device *evt)
{
	apic->write(APIC_LVTT, APIC_LVT_MASKED | LOCAL_TIMER_VECTOR);
	wrmsrl(MSR_IA32_TSC_DEADLINE, 0);
	return 0;
}

static int deadline_next_event(unsigned long delta, struct clock_event_device *evt)
{
	wrmsrl(MSR_IA32_TSC_DEADLINE, rdtsc() + ((u64)delta << DEADLINE_SHIFT));
	return 0;
}

static void lapic_register_events(void)
{
	struct clock_event_device *evt = this_cpu_ptr(&lapic_events);

	evt->name = deadline_mode ? "lapic-deadline" : "lapic";
	evt->rating = 150;
	evt->cpumask = cpumask_of(smp_processor_id());
	evt->irq = -1;
	evt->features = CLOCK_EVT_FEAT_ONESHOT;
	if (deadline_mode) {
		evt->set_state_shutdown = deadline_shutdown;
		evt->set_state_oneshot = deadline_set_oneshot;
		evt->set_state_oneshot_stopped = deadline_shutdown;
		evt->set_next_event = deadline_next_event;
		clockevents_config_and_register(evt, tsc_khz * (1000 >> DEADLINE_SHIFT),
						MIN_DELTA, ~0UL);
		return;
	}
	evt->features |= CLOCK_EVT_FEAT_PERIODIC;
	evt->set_state_shutdown = lapic_shutdown;
	evt->set_state_periodic = lapic_set_periodic;
	evt->set_state_oneshot = lapic_set_oneshot;
	evt->set_state_oneshot_stopped = lapic_shutdown;
	evt->set_next_event = lapic_next_event;
	clockevents_config_and_register(evt, lapic_timer_hz, MIN_DELTA, MAX_DELTA);
}

/* Ticks of the timer in a stretch of time that the TSC, or else udelay(), measures. */
static unsigned int __init lapic_measure_hz(void)
{
	u64 tsc_start, tsc_end;
	u32 start, end;

	lapic_arm(APIC_LVT_MASKED, ~0u);
	tsc_start = rdtsc_ordered();
	start = apic->read(APIC_TMCCT);
	if (tsc_khz) {
		do {
			cpu_relax();
			tsc_end = rdtsc_ordered();
		} while (tsc_end - tsc_start < (u64)tsc_khz * CALIBRATION_MS);
		end = apic->read(APIC_TMCCT);
		return (u64)(start - end) * tsc_khz * 1000 / (tsc_end - tsc_start);
	}
	mdelay(CALIBRATION_MS);
	end = apic->read(APIC_TMCCT);
	return (start - end) * (1000 / CALIBRATION_MS);
}

static int lapic_timer_starting(unsigned int cpu)
{
	lapic_register_events();
	return 0;
}

/**
 * setup_boot_APIC_clock - measure the timer and register the boot CPU's; others as they start
 *
 * Context: arch_time_init(), after the TSC was calibrated; interrupts off.
 */
void __init setup_boot_APIC_clock(void)
{
	if (!apic)
		return;

	deadline_mode = tsc_khz && boot_cpu_has(X86_FEATURE_TSC_DEADLINE_TIMER);
	if (!deadline_mode) {
		lapic_timer_hz = lapic_measure_hz();
		lapic_shutdown(NULL);
		if (lapic_timer_hz < HZ) {
			pr_warn("APIC: timer does not count, not used\n");
			return;
		}
		pr_info("APIC: timer counts at %u kHz\n", lapic_timer_hz / 1000 * TIMER_DIVISOR);
	}
	lapic_register_events();
	cpuhp_setup_state_nocalls(CPUHP_AP_CLOCK_STARTING, "x86/lapic_timer:starting",
				  lapic_timer_starting, NULL);
}

void sysvec_apic_timer_interrupt(struct pt_regs *regs)
{
	struct clock_event_device *evt = this_cpu_ptr(&lapic_events);

	apic_eoi();
	irq_enter();
	inc_irq_stat(apic_timer_irqs);
	/* One that was on its way when the device was shut down, or firmware's. */
	if (likely(evt->event_handler))
		evt->event_handler(evt);
	irq_exit();
}
