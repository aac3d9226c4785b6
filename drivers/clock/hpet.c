/* SPDX-License-Identifier: MIT */
/*
 * The High Precision Event Timer: a main counter of 10 MHz or more, and comparators that
 * interrupt when it reaches their value.
 *
 * The counter is a clocksource. Comparator 0 is a clock event device when it can be routed to
 * the I/O APIC input that the PC's timer interrupt has: it then takes over that line. Legacy
 * replacement, which would do the same with the 8259As, stays off, because it takes IRQ 8
 * away from the real-time clock.
 *
 * Intel, "IA-PC HPET Specification" 1.0a, "Register Model".
 */
#include <linux/acpi.h>
#include <linux/clockchips.h>
#include <linux/clocksource.h>
#include <linux/errno.h>
#include <linux/hpet.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/printk.h>

#define HPET_SPACE		1024

#define HPET_ID			0x000	/* R: general capabilities */
#define   HPET_ID_COUNT_64	0x2000
#define HPET_PERIOD		0x004	/* R: femtoseconds a tick */
#define   HPET_PERIOD_MAX	0x05f5e100	/* 100 ns, so the specification */
#define HPET_CFG		0x010	/* R/W: general configuration */
#define   HPET_CFG_ENABLE	0x001
#define   HPET_CFG_LEGACY	0x002
#define HPET_COUNTER		0x0f0	/* R/W while it stands still */
#define HPET_Tn_CFG(n)		(0x100 + 0x20 * (n))	/* R/W */
#define   HPET_TN_LEVEL		0x0002
#define   HPET_TN_ENABLE	0x0004
#define   HPET_TN_PERIODIC	0x0008
#define   HPET_TN_32BIT		0x0100
#define   HPET_TN_ROUTE		0x3e00
#define   HPET_TN_ROUTE_SHIFT	9
#define   HPET_TN_FSB		0x4000
#define HPET_Tn_ROUTE_CAP(n)	(0x104 + 0x20 * (n))	/* R: a bit for each I/O APIC input */
#define HPET_Tn_CMP(n)		(0x108 + 0x20 * (n))	/* R/W: comparator */

/*
 * A comparator fires on equality alone. Some write the value a tick or two late, so that an
 * event nearer than this may be missed.
 */
#define HPET_MIN_CYCLES		128
#define HPET_MIN_DELTA		(HPET_MIN_CYCLES + HPET_MIN_CYCLES / 2)

/* Fixed after hpet_init(). */
static void __iomem *hpet_base;
static u32 hpet_hz;

static u32 reg_read(unsigned int reg)
{
	return readl(hpet_base + reg);
}

static void reg_write(u32 val, unsigned int reg)
{
	writel(val, hpet_base + reg);
}

u32 hpet_freq(void)
{
	return hpet_hz;
}

u32 hpet_read(void)
{
	return reg_read(HPET_COUNTER);
}

/**
 * hpet_init - find the HPET and let it count
 *
 * Context: boot, interrupts off. Return: is there one that works?
 */
bool __init hpet_init(void)
{
	struct acpi_table_hpet *table;
	unsigned int polls;
	u32 period, start;

	if (ACPI_FAILURE(acpi_get_table(ACPI_SIG_HPET, 0, (struct acpi_table_header **)&table)) ||
	    table->address.space_id != ACPI_ADR_SPACE_SYSTEM_MEMORY || !table->address.address)
		return false;
	hpet_base = ioremap(table->address.address, HPET_SPACE);
	if (!hpet_base)
		return false;

	period = reg_read(HPET_PERIOD);
	if (!period || period > HPET_PERIOD_MAX) {
		pr_warn("hpet: a period of %u fs makes no sense, not used\n", period);
		goto out_unmap;
	}
	reg_write((reg_read(HPET_CFG) & ~(u32)HPET_CFG_LEGACY) | HPET_CFG_ENABLE, HPET_CFG);
	start = hpet_read();
	for (polls = 0; hpet_read() == start; polls++) {
		if (polls == 10000) {
			pr_warn("hpet: the counter does not count, not used\n");
			goto out_unmap;
		}
	}
	hpet_hz = (u32)div64_u64(FSEC_PER_SEC + period / 2, period);
	pr_info("hpet: at %#llx, %u Hz, %s counter\n", table->address.address, hpet_hz,
		reg_read(HPET_ID) & HPET_ID_COUNT_64 ? "64-bit" : "32-bit");
	return true;

out_unmap:
	iounmap(hpet_base);
	hpet_base = NULL;
	return false;
}

static u64 hpet_clock_read(struct clocksource *cs)
{
	return hpet_read();
}

static struct clocksource clocksource_hpet = {
	.name	= "hpet",
	.rating	= 250,
	.read	= hpet_clock_read,
	.mask	= CLOCKSOURCE_MASK(32),
	.flags	= CLOCK_SOURCE_IS_CONTINUOUS | CLOCK_SOURCE_VALID_FOR_HRES,
};

void __init hpet_clocksource_init(void)
{
	if (hpet_hz)
		clocksource_register_hz(&clocksource_hpet, hpet_hz);
}

static int hpet_shutdown(struct clock_event_device *evt)
{
	reg_write(reg_read(HPET_Tn_CFG(0)) & ~(u32)HPET_TN_ENABLE, HPET_Tn_CFG(0));
	return 0;
}

static int hpet_set_oneshot(struct clock_event_device *evt)
{
	reg_write((reg_read(HPET_Tn_CFG(0)) & ~(u32)HPET_TN_PERIODIC) | HPET_TN_ENABLE | HPET_TN_32BIT,
		  HPET_Tn_CFG(0));
	return 0;
}

/* After the write the counter must still be well short of it, or the event may never come. */
static int hpet_next_event(unsigned long delta, struct clock_event_device *evt)
{
	u32 when = hpet_read() + (u32)delta;

	reg_write(when, HPET_Tn_CMP(0));
	return (s32)(when - hpet_read()) < HPET_MIN_CYCLES ? -ETIME : 0;
}

static struct clock_event_device hpet_clockevent = {
	.name			= "hpet",
	.features		= CLOCK_EVT_FEAT_ONESHOT,
	.rating			= 50,
	.set_state_shutdown	= hpet_shutdown,
	.set_state_oneshot	= hpet_set_oneshot,
	.set_state_oneshot_stopped = hpet_shutdown,
	.set_next_event		= hpet_next_event,
};

/**
 * hpet_clockevent_init - register comparator 0, interrupting on I/O APIC input @gsi, for this CPU
 *
 * Context: boot, interrupts off.
 * Return: the device, whose ->event_handler the interrupt handler is to call; NULL when there
 * is no HPET or its comparator can't reach @gsi.
 */
struct clock_event_device * __init hpet_clockevent_init(unsigned int gsi)
{
	u32 cfg;

	if (!hpet_hz || gsi > 31 || !(reg_read(HPET_Tn_ROUTE_CAP(0)) & (1u << gsi)))
		return NULL;
	cfg = reg_read(HPET_Tn_CFG(0));
	cfg &= ~(u32)(HPET_TN_ROUTE | HPET_TN_FSB | HPET_TN_LEVEL | HPET_TN_ENABLE | HPET_TN_PERIODIC);
	reg_write(cfg | gsi << HPET_TN_ROUTE_SHIFT, HPET_Tn_CFG(0));
	/* What the register does not take, the wiring does not have. */
	if ((reg_read(HPET_Tn_CFG(0)) & HPET_TN_ROUTE) >> HPET_TN_ROUTE_SHIFT != gsi)
		return NULL;
	hpet_clockevent.cpumask = cpumask_of(0);
	clockevents_config_and_register(&hpet_clockevent, hpet_hz, HPET_MIN_DELTA, 0x7fffffff);
	return &hpet_clockevent;
}
