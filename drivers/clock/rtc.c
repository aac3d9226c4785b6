/* SPDX-License-Identifier: MIT */
/*
 * The date from the PC's real-time clock, an MC146818A and its heirs.
 *
 * Only read, at boot: the chip and its IRQ 8 are left to drivers, which share rtc_lock.
 * Motorola, "MC146818A Real-Time Clock plus RAM": "Update Cycle", "Time, Calendar, and Alarm
 * Locations".
 */
#include <linux/acpi.h>
#include <linux/bcd.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mc146818rtc.h>
#include <linux/spinlock.h>
#include <linux/time.h>
#include <linux/timekeeping.h>

DEFINE_SPINLOCK(rtc_lock);
EXPORT_SYMBOL(rtc_lock);

#define RTC_HOURS_PM		0x80	/* in the 12-hour format */
#define RTC_READ_TRIES		(1u << 16)

struct rtc_raw {
	u8 sec, min, hour, day, month, year, century;
};

/* rtc_lock held. */
static void read_raw(struct rtc_raw *t, u8 century_reg)
{
	t->sec = CMOS_READ(RTC_SECONDS);
	t->min = CMOS_READ(RTC_MINUTES);
	t->hour = CMOS_READ(RTC_HOURS);
	t->day = CMOS_READ(RTC_DAY_OF_MONTH);
	t->month = CMOS_READ(RTC_MONTH);
	t->year = CMOS_READ(RTC_YEAR);
	t->century = century_reg ? CMOS_READ(century_reg) : 0;
}

/*
 * The registers change under the reader once a second. UIP is set 244 us before they do, so
 * that a read with UIP clear at its start and the same seconds at its end is of one moment,
 * however slow the ports are.
 */
static bool read_stable(struct rtc_raw *t, u8 century_reg)
{
	unsigned int tries;

	for (tries = 0; tries < RTC_READ_TRIES; tries++) {
		if (CMOS_READ(RTC_FREQ_SELECT) & RTC_UIP)
			continue;
		read_raw(t, century_reg);
		if (!(CMOS_READ(RTC_FREQ_SELECT) & RTC_UIP) && CMOS_READ(RTC_SECONDS) == t->sec)
			return true;
	}
	return false;
}

static void from_bcd(struct rtc_raw *t)
{
	t->sec = (u8)bcd2bin(t->sec);
	t->min = (u8)bcd2bin(t->min);
	t->hour = (u8)(bcd2bin(t->hour & ~RTC_HOURS_PM) | (t->hour & RTC_HOURS_PM));
	t->day = (u8)bcd2bin(t->day);
	t->month = (u8)bcd2bin(t->month);
	t->year = (u8)bcd2bin(t->year);
	t->century = (u8)bcd2bin(t->century);
}

static void from_12_hours(struct rtc_raw *t)
{
	u8 hour = (t->hour & ~RTC_HOURS_PM) % 12;

	t->hour = t->hour & RTC_HOURS_PM ? hour + 12 : hour;
}

static unsigned int full_year(const struct rtc_raw *t)
{
	if (t->century >= 19 && t->century <= 21)
		return t->century * 100u + t->year;
	/* No century kept: this kernel is not older than 2000, nor is the year it runs in. */
	return 2000u + t->year;
}

/**
 * read_persistent_clock64 - the date that the battery keeps; 0 when there is none
 *
 * Context: boot, interrupts off. The clock is taken to be set to UTC.
 */
void read_persistent_clock64(struct timespec64 *ts)
{
	u8 century_reg = acpi_gbl_FADT.century, control;
	struct rtc_raw t = { 0 };
	unsigned long flags;
	bool stable;

	*ts = (struct timespec64) { 0 };
	spin_lock_irqsave(&rtc_lock, flags);
	stable = read_stable(&t, century_reg);
	control = CMOS_READ(RTC_CONTROL);
	spin_unlock_irqrestore(&rtc_lock, flags);

	if (!stable)
		return;
	if (!(control & RTC_DM_BINARY))
		from_bcd(&t);
	if (!(control & RTC_24H))
		from_12_hours(&t);
	if (!t.month || t.month > 12 || !t.day || t.day > 31 || t.hour > 23 || t.min > 59 ||
	    t.sec > 60)
		return;
	ts->tv_sec = mktime64(full_year(&t), t.month, t.day, t.hour, t.min, t.sec);
}
