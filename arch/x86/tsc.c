/* SPDX-License-Identifier: MIT */
/*
 * The time-stamp counter: clocksource, sched_clock(), and the measure of every busy wait.
 *
 * Its rate is what CPUID says, or is measured against a timer of known rate: HPET, ACPI PM
 * timer, i8254. A measurement waits for the timer to advance, never for a count of loops, and
 * so holds in an emulator too, where the TSC may be virtual nanoseconds.
 *
 * Intel SDM Vol. 3, "Time-Stamp Counter"; Vol. 2, CPUID leaf 15h.
 */
#include <linux/acpi_pmtmr.h>
#include <linux/clocksource.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/hpet.h>
#include <linux/i8253.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/sched/clock.h>
#include <linux/string.h>
#include <asm/cpufeature.h>
#include <asm/processor.h>
#include <asm/tsc.h>
#include <asm/vdso.h>

unsigned int tsc_khz;
EXPORT_SYMBOL(tsc_khz);
unsigned int cpu_khz;
EXPORT_SYMBOL(cpu_khz);
unsigned long loops_per_jiffy;
EXPORT_SYMBOL(loops_per_jiffy);

/* ns = ((TSC - start) * mult) >> shift. Written once, by the boot CPU; mult 0: no TSC yet. */
static struct {
	u64 start;
	u32 mult;
	u32 shift;
} tsc_clock;

/* ---- Measuring -------------------------------------------------------------------------- */

#define MEASURE_MS	10
#define READ_TRIES	5

/* A counter of known rate that wraps at mask. */
struct reference {
	const char *name;
	u32 (*read)(void);
	u32 mask;
	u32 hz;
};

/* One count of the reference and the TSC of the same moment: of a few reads the quickest. */
static u32 __init read_both(const struct reference *ref, u64 *tsc)
{
	u64 best = ~0ULL;
	u32 count = 0;
	int i;

	for (i = 0; i < READ_TRIES; i++) {
		u64 before = rdtsc_ordered(), after;
		u32 now = ref->read();

		after = rdtsc_ordered();
		if (after - before < best) {
			best = after - before;
			*tsc = before + (after - before) / 2;
			count = now;
		}
	}
	return count;
}

static unsigned int __init measure_by(const struct reference *ref)
{
	u32 enough = ref->hz / 1000 * MEASURE_MS, start, passed;
	u64 tsc_start, tsc_end;

	start = read_both(ref, &tsc_start);
	while (((ref->read() - start) & ref->mask) < enough)
		cpu_relax();
	passed = (read_both(ref, &tsc_end) - start) & ref->mask;
	return (unsigned int)div_u64(div_u64((tsc_end - tsc_start) * ref->hz, passed) + 500, 1000);
}

static unsigned int __init measure_by_pit(void)
{
	static const struct reference pit __initconst = {
		"i8254", i8253_counter_read, PIT_COUNTER_MASK, PIT_TICK_RATE };
	unsigned int khz = i8253_counter_start() ? measure_by(&pit) : 0;

	i8253_counter_stop();
	return khz;
}

static unsigned int __init khz_of_cpuid(void)
{
	u32 denominator, numerator, crystal_hz, unused;

	if (boot_cpu_data.cpuid_level < 0x15)
		return 0;
	cpuid(0x15, &denominator, &numerator, &crystal_hz, &unused);
	if (!denominator || !numerator || !crystal_hz)
		return 0;
	return (unsigned int)div_u64((u64)crystal_hz * numerator / denominator, 1000);
}

static unsigned int __init find_khz(const char **by)
{
	struct reference hpet = { "HPET", hpet_read, ~0u, hpet_freq() };
	struct reference pm = { "PM timer", acpi_pm_read, ACPI_PM_MASK, PMTMR_TICKS_PER_SEC };
	const struct reference *ref = hpet.hz ? &hpet : acpi_pm_present() ? &pm : NULL;
	unsigned int khz = khz_of_cpuid();

	*by = "CPUID";
	if (khz)
		return khz;
	if (ref) {
		*by = ref->name;
		return measure_by(ref);
	}
	*by = "i8254";
	return measure_by_pit();
}

/* ---- The clocks ------------------------------------------------------------------------- */

/**
 * sched_clock - nanoseconds since the TSC was calibrated at boot, 0 before
 *
 * Context: any, NMI included.
 */
u64 notrace sched_clock(void)
{
	if (unlikely(!tsc_clock.mult))
		return jiffies64_to_nsecs(jiffies_64 - INITIAL_JIFFIES);
	return mul_u64_u32_shr(rdtsc() - tsc_clock.start, tsc_clock.mult, tsc_clock.shift);
}
EXPORT_SYMBOL(sched_clock);

/* The TSCs of all CPUs go together here, so one clock serves both names. */
u64 notrace local_clock(void)
{
	return sched_clock();
}
EXPORT_SYMBOL(local_clock);

static u64 tsc_read(struct clocksource *cs)
{
	return rdtsc_ordered();
}

static struct clocksource clocksource_tsc = {
	.name	= "tsc",
	.rating	= 300,
	.read	= tsc_read,
	.mask	= CLOCKSOURCE_MASK(64),
	.flags	= CLOCK_SOURCE_IS_CONTINUOUS | CLOCK_SOURCE_VALID_FOR_HRES,
	.vdso_clock_mode = VDSO_CLOCKMODE_TSC,
};

/* Below HPET and PM timer, above what only moves with the tick. */
#define RATING_DOUBTFUL		150

static bool tsc_option_reliable __initdata;
static bool tsc_option_unstable __initdata;

static int __init tsc_option(char *str)
{
	tsc_option_reliable = str && !strcmp(str, "reliable");
	tsc_option_unstable = str && !strcmp(str, "unstable");
	return 0;
}
early_param("tsc", tsc_option);

/*
 * One that the manual promises to be constant and never to stop, or that a hypervisor keeps,
 * is the best clock there is. Any other may change its rate with the CPU's.
 */
static bool __init tsc_is_trusted(void)
{
	if (tsc_option_unstable)
		return false;
	return tsc_option_reliable || boot_cpu_has(X86_FEATURE_CONSTANT_TSC) ||
	       boot_cpu_has(X86_FEATURE_HYPERVISOR);
}

/**
 * tsc_init - find the rate; start sched_clock() and the clocksource
 *
 * Context: boot CPU, interrupts off, HPET found and the FADT read.
 */
void __init tsc_init(void)
{
	const char *by;
	unsigned int khz;

	if (!boot_cpu_has(X86_FEATURE_TSC)) {
		pr_warn("tsc: the CPU has none\n");
		return;
	}
	khz = find_khz(&by);
	if (!khz) {
		pr_warn("tsc: there is no timer to measure it by, not used\n");
		return;
	}
	cpu_khz = khz;
	loops_per_jiffy = (unsigned long)khz * MSEC_PER_TICK;
	clocks_calc_mult_shift(&tsc_clock.mult, &tsc_clock.shift, khz, NSEC_PER_MSEC, 0);
	tsc_clock.start = rdtsc();
	tsc_khz = khz;
	pr_info("tsc: %u.%03u MHz by %s\n", khz / 1000, khz % 1000, by);

	if (!tsc_is_trusted())
		clocksource_tsc.rating = RATING_DOUBTFUL;
	clocksource_register_khz(&clocksource_tsc, khz);
}

/* ---- Busy waits ------------------------------------------------------------------------- */

/** __delay - spin for @cycles of the TSC; any context */
void __delay(unsigned long cycles)
{
	u64 start = rdtsc_ordered();

	while (rdtsc_ordered() - start < cycles)
		cpu_relax();
}
EXPORT_SYMBOL(__delay);

/** __udelay - spin for at least @usecs; any context but, before the TSC is calibrated, NMI */
void __udelay(unsigned long usecs)
{
	if (likely(tsc_khz))
		__delay((unsigned long)div_u64((u64)usecs * tsc_khz, 1000) + 1);
	else
		i8253_wait_us(usecs);
}
EXPORT_SYMBOL(__udelay);

/** __ndelay - spin for at least @nsecs; as __udelay() */
void __ndelay(unsigned long nsecs)
{
	if (likely(tsc_khz))
		__delay((unsigned long)div_u64((u64)nsecs * tsc_khz, 1000000) + 1);
	else
		i8253_wait_us(nsecs / NSEC_PER_USEC + 1);
}
EXPORT_SYMBOL(__ndelay);
