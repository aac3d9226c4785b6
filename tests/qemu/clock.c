/* SPDX-License-Identifier: MIT */
/* The clocks: that they go forward, together, and at the rate of the hardware. */
#include <linux/acpi_pmtmr.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/hpet.h>
#include <linux/i8253.h>
#include <linux/kernel_stat.h>
#include <linux/ktime.h>
#include <linux/mc146818rtc.h>
#include <linux/sched/clock.h>
#include <linux/timekeeping.h>
#include <asm/hw_irq.h>
#include "test.h"

/* Set by each CPU in turn, so that any pair of CPUs is compared. */
static ktime_t latest;

static int look_forward(void *unused)
{
	int i, backward = 0;

	for (i = 0; i < 1000; i++) {
		ktime_t now = ktime_get();

		backward += now < latest;
		latest = now;
	}
	return backward;
}

TEST(clock, monotonic, "D8", "ktime_get() does not go back, on one CPU or from one to the next")
{
	unsigned int cpu;
	int round;

	latest = 0;
	for (round = 0; round < 5; round++)
		for_each_online_cpu(cpu)
			expect_eq(test_on_cpu(cpu, look_forward, NULL), 0);
}

#define NR_CLOCKS	5

static void read_clocks(s64 *ns)
{
	ns[0] = ktime_get();
	ns[1] = (s64)ktime_get_mono_fast_ns();
	ns[2] = (s64)ktime_get_real_ns();
	ns[3] = (s64)sched_clock();
	ns[4] = (s64)jiffies_to_nsecs(jiffies);
}

/* By how much do the clocks differ in what they say of the same 100 ms? */
static s64 rate_difference(void)
{
	s64 from[NR_CLOCKS], to[NR_CLOCKS], worst = 0;
	int i;

	read_clocks(from);
	msleep(100);
	read_clocks(to);
	for (i = 1; i < NR_CLOCKS; i++)
		worst = max(worst, abs(to[i] - from[i] - (to[0] - from[0])));
	return worst;
}

/*
 * The emulator may stand still between two looks, or hold up the CPU that counts the ticks. A
 * clock of another rate would differ every time, so that one good try shows that there is none.
 */
#define best_of_many(measure, good_enough)				\
({	unsigned long __end = jiffies + TEST_PATIENCE;			\
	s64 __best;							\
	do {								\
		__best = (measure);					\
	} while (__best >= (good_enough) && time_before(jiffies, __end)); \
	__best; })

TEST(clock, together, "D8", "the clocks and jiffies go at one rate")
{
	expect(best_of_many(rate_difference(), 10 * NSEC_PER_MSEC) < 10 * NSEC_PER_MSEC);
	expect(ktime_get_coarse() <= ktime_get());
	expect(ktime_get_coarse() + (s64)(2 * NSEC_PER_SEC) > ktime_get());
}

static unsigned int irq0_ticks, apic_ticks;

/* CPU 0, which must not be idle to have a tick, waits for ten of its clock's interrupts. */
static int count_ticks(void *unused)
{
	unsigned int irq0 = kstat_irqs_usr(0), apic = per_cpu(irq_stat.apic_timer_irqs, 0);

	do {
		cond_resched();
		irq0_ticks = kstat_irqs_usr(0) - irq0;
		apic_ticks = per_cpu(irq_stat.apic_timer_irqs, 0) - apic;
	} while (irq0_ticks + apic_ticks < 10);
	return 0;
}

TEST(clock, tick_device, "G1", "the tick of CPU 0 is an interrupt of one device, the local APIC's timer or the one on IRQ 0")
{
	test_on_cpu(0, count_ticks, NULL);
	test_note("%u interrupts of the local APIC, %u on IRQ 0", apic_ticks, irq0_ticks);
	expect(!irq0_ticks || !apic_ticks);
}

/* Waiting by the i8254 for 50 ms, what does the kernel's clock show? Negative: there is none. */
static s64 us_by_the_pit(void)
{
	ktime_t start = ktime_get();

	if (!i8253_wait(PIT_TICK_RATE / 20))
		return -1;
	return ktime_us_delta(ktime_get(), start);
}

TEST(clock, by_the_pit, "G1", "50 ms of the i8254 are 50 ms of the kernel's clock")
{
	s64 us = best_of_many(us_by_the_pit(), 60000);

	need(us >= 0, "no i8254");
	test_note("50000 us are %lld", us);
	expect(us > 49000 && us < 60000);
}

static s64 rate_error_ppm(u32 (*read)(void), u32 mask, u32 hz)
{
	ktime_t start, end;
	u32 from, ticks;
	s64 by_counter, by_clock;

	start = ktime_get();
	from = read();
	mdelay(50);
	end = ktime_get();
	ticks = (read() - from) & mask;
	by_counter = (s64)div_u64((u64)ticks * NSEC_PER_SEC, hz);
	by_clock = end - start;
	return abs(div64_s64((by_clock - by_counter) * 1000000, by_counter));
}

TEST(clock, by_the_hpet, "G1", "the HPET and the kernel's clock agree on 50 ms")
{
	s64 ppm;

	need(hpet_freq(), "no HPET");
	ppm = best_of_many(rate_error_ppm(hpet_read, ~0u, hpet_freq()), 20000);
	test_note("%lld ppm", ppm);
	expect(ppm < 20000);
}

TEST(clock, by_the_pm_timer, "G1", "the ACPI PM timer and the kernel's clock agree on 50 ms")
{
	s64 ppm;

	need(acpi_pm_present(), "no PM timer");
	ppm = best_of_many(rate_error_ppm(acpi_pm_read, ACPI_PM_MASK, PMTMR_TICKS_PER_SEC), 20000);
	test_note("%lld ppm", ppm);
	expect(ppm < 20000);
}

TEST(clock, delays, "G1", "udelay() and ndelay() are no shorter than asked")
{
	static const unsigned int us[] = { 1, 10, 100, 1000 };
	ktime_t start;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(us); i++) {
		start = ktime_get();
		udelay(us[i]);
		expect(ktime_get() - start >= us[i] * NSEC_PER_USEC);
		start = ktime_get();
		ndelay(us[i]);
		expect(ktime_get() - start >= us[i]);
	}
}

TEST(clock, date, "G1", "the date at boot is the real-time clock's")
{
	struct timespec64 rtc, now;

	read_persistent_clock64(&rtc);
	ktime_get_real_ts64(&now);
	expect(rtc.tv_sec > mktime64(2020, 1, 1, 0, 0, 0));
	test_note("%lld and %lld", (long long)rtc.tv_sec, (long long)now.tv_sec);
	expect(abs(now.tv_sec - rtc.tv_sec) <= 2);
}

TEST(clock, calendar, "", "seconds and dates turn into each other")
{
	static const struct {
		time64_t secs;
		int year, mon, day, wday, yday;
	} days[] = {
		{ 0, 1970, 1, 1, 4, 0 }, { 951782400, 2000, 2, 29, 2, 59 },
		{ 951868800, 2000, 3, 1, 3, 60 }, { 1704067199, 2023, 12, 31, 0, 364 },
		{ 1735603200, 2024, 12, 31, 2, 365 }, { 4107542400LL, 2100, 3, 1, 1, 59 },
		{ -1, 1969, 12, 31, 3, 364 },
	};
	struct tm tm;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(days); i++) {
		time64_to_tm(days[i].secs, 0, &tm);
		expect_eq(tm.tm_year + 1900, days[i].year);
		expect_eq(tm.tm_mon + 1, days[i].mon);
		expect_eq(tm.tm_mday, days[i].day);
		expect_eq(tm.tm_wday, days[i].wday);
		expect_eq(tm.tm_yday, days[i].yday);
		expect_eq(mktime64((unsigned int)days[i].year, (unsigned int)days[i].mon,
				   (unsigned int)days[i].day, (unsigned int)tm.tm_hour,
				   (unsigned int)tm.tm_min, (unsigned int)tm.tm_sec), days[i].secs);
	}
}

TEST(clock, conversions, "D8", "times to ticks are rounded up, and never to none")
{
	expect_eq(msecs_to_jiffies(0), 0);
	expect_eq(msecs_to_jiffies(1), 1);
	expect_eq(msecs_to_jiffies(MSEC_PER_TICK + 1), 2);
	expect_eq(msecs_to_jiffies(1000), HZ);
	expect_eq(msecs_to_jiffies((unsigned int)-1), MAX_JIFFY_OFFSET);
	expect_eq(usecs_to_jiffies(1), 1);
	expect_eq(jiffies_to_msecs(HZ), 1000);
	expect(time_after(5UL, -5UL) && time_before(-5UL, 5UL));
	expect(time_after_eq(5UL, 5UL) && !time_after(5UL, 5UL));
}
