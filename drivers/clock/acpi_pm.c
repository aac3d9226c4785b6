/* SPDX-License-Identifier: MIT */
/*
 * The ACPI power management timer: a counter of 3.579545 MHz behind one port. Slow to read,
 * the same on every machine, and it never stops.
 *
 * ACPI 6.5, "Power Management Timer".
 */
#include <linux/acpi.h>
#include <linux/acpi_pmtmr.h>
#include <linux/clocksource.h>
#include <linux/init.h>
#include <linux/io.h>

/** acpi_pm_present - does the FADT name one? */
bool acpi_pm_present(void)
{
	return acpi_gbl_FADT.pm_timer_block != 0;
}

/*
 * Early chipsets do not latch the count while it is read: one of three reads in a row may be
 * off, and then they do not ascend.
 */
u32 acpi_pm_read(void)
{
	u16 port = (u16)acpi_gbl_FADT.pm_timer_block;
	u32 a, b, c;

	do {
		a = inl(port) & ACPI_PM_MASK;
		b = inl(port) & ACPI_PM_MASK;
		c = inl(port) & ACPI_PM_MASK;
	} while (((b - a) & ACPI_PM_MASK) > ACPI_PM_MASK / 2 ||
		 ((c - b) & ACPI_PM_MASK) > ACPI_PM_MASK / 2);
	return b;
}

static u64 acpi_pm_clock_read(struct clocksource *cs)
{
	return acpi_pm_read();
}

static struct clocksource clocksource_acpi_pm = {
	.name	= "acpi_pm",
	.rating	= 200,
	.read	= acpi_pm_clock_read,
	.mask	= ACPI_PM_MASK,
	.flags	= CLOCK_SOURCE_IS_CONTINUOUS | CLOCK_SOURCE_VALID_FOR_HRES,
};

/** acpi_pm_init - offer the timer as a clock, if there is one */
void __init acpi_pm_init(void)
{
	if (acpi_pm_present())
		clocksource_register_hz(&clocksource_acpi_pm, PMTMR_TICKS_PER_SEC);
}
