/* SPDX-License-Identifier: MIT */
/*
 * The time, without the kernel: these functions run in user mode, in every program. They read the
 * timekeeper's page as kernel/time/timekeeping.c reads its own fields, and calculate the same; so
 * that what they tell and what a system call tells never goes back behind each other. What the
 * page does not have is asked of the kernel.
 *
 * Position independent, no data of their own, no relocations: the link checks.
 */
#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/vdso_data.h>
#include <uapi/linux/time.h>
#include <asm/vdso.h>
#include "syscall.h"

#define NSEC_PER_SEC	1000000000ULL

#define CLOCK(id)	(1U << (id))
#define EXACT_CLOCKS	(CLOCK(CLOCK_REALTIME) | CLOCK(CLOCK_MONOTONIC) | CLOCK(CLOCK_MONOTONIC_RAW) | \
			 CLOCK(CLOCK_BOOTTIME) | CLOCK(CLOCK_TAI))
#define COARSE_CLOCKS	(CLOCK(CLOCK_REALTIME_COARSE) | CLOCK(CLOCK_MONOTONIC_COARSE))

/* One page below this image: vdso.lds.S. Not const: then barriers would not hold the loads. */
extern struct vdso_data vvar_page __attribute__((visibility("hidden")));

/* x86 loads in order, so that against the writer the compiler alone is to be held. */
static inline u32 read_begin(const struct vdso_data *d)
{
	u32 seq;

	while (unlikely((seq = READ_ONCE(d->seq)) & 1))
		__builtin_ia32_pause();
	barrier();
	return seq;
}

static inline bool read_retry(const struct vdso_data *d, u32 seq)
{
	barrier();
	return unlikely(READ_ONCE(d->seq) != seq);
}

/* Not before what stands before it: Intel SDM Vol. 2, "RDTSC". */
static inline u64 read_tsc(void)
{
	u32 low, high;

	__asm__ __volatile__("lfence; rdtsc" : "=a" (low), "=d" (high) : : "memory");
	return (u64)high << 32 | low;
}

/* False: the counter can't be read here. */
static inline bool exact_ns(const struct vdso_data *d, int clock, u64 *ns)
{
	u64 delta;
	u32 seq;

	do {
		seq = read_begin(d);
		if (unlikely(READ_ONCE(d->clock_mode) != VDSO_CLOCKMODE_TSC))
			return false;
		delta = read_tsc() - READ_ONCE(d->cycle_last);
		if (unlikely((s64)delta < 0))	/* another CPU's, a little behind */
			delta = 0;
		*ns = (u64)(READ_ONCE(d->base) + READ_ONCE(d->offset[clock])) +
		      ((delta * READ_ONCE(d->mult) + READ_ONCE(d->frac)) >> READ_ONCE(d->shift));
	} while (read_retry(d, seq));
	return true;
}

static inline u64 coarse_ns(const struct vdso_data *d, int clock)
{
	u64 ns;
	u32 seq;

	do {
		seq = read_begin(d);
		ns = (u64)(READ_ONCE(d->base) + READ_ONCE(d->offset[clock]));
	} while (read_retry(d, seq));
	return ns;
}

int __vdso_clock_gettime(clockid_t clock, struct __kernel_timespec *ts)
{
	const struct vdso_data *d = &vvar_page;
	u32 bit = (unsigned int)clock < VDSO_CLOCKS ? CLOCK(clock) : 0;
	u64 ns;

	if (likely(bit & EXACT_CLOCKS)) {
		if (unlikely(!exact_ns(d, clock, &ns)))
			return (int)system_call(__NR_clock_gettime, clock, (long)ts);
	} else if (bit & COARSE_CLOCKS) {
		ns = coarse_ns(d, clock);
	} else {
		return (int)system_call(__NR_clock_gettime, clock, (long)ts);
	}
	ts->tv_sec = (__kernel_time64_t)(ns / NSEC_PER_SEC);
	ts->tv_nsec = (long long)(ns % NSEC_PER_SEC);
	return 0;
}

int __vdso_clock_getres(clockid_t clock, struct __kernel_timespec *res)
{
	u32 bit = (unsigned int)clock < VDSO_CLOCKS ? CLOCK(clock) : 0;

	if (!(bit & (EXACT_CLOCKS | COARSE_CLOCKS)))
		return (int)system_call(__NR_clock_getres, clock, (long)res);
	if (res) {
		res->tv_sec = 0;
		res->tv_nsec = bit & EXACT_CLOCKS ? 1 : READ_ONCE(vvar_page.coarse_res);
	}
	return 0;
}

int __vdso_gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz)
{
	const struct vdso_data *d = &vvar_page;
	u64 ns;

	if (likely(tv)) {
		if (unlikely(!exact_ns(d, CLOCK_REALTIME, &ns)))
			return (int)system_call(__NR_gettimeofday, (long)tv, (long)tz);
		tv->tv_sec = (__kernel_long_t)(ns / NSEC_PER_SEC);
		tv->tv_usec = (__kernel_long_t)(ns % NSEC_PER_SEC / 1000);
	}
	if (unlikely(tz)) {
		tz->tz_minuteswest = READ_ONCE(d->tz_minuteswest);
		tz->tz_dsttime = READ_ONCE(d->tz_dsttime);
	}
	return 0;
}

long __vdso_time(long *to)
{
	long now = (long)(coarse_ns(&vvar_page, CLOCK_REALTIME_COARSE) / NSEC_PER_SEC);

	if (to)
		*to = now;
	return now;
}

/* The names without the prefix, for who calls them as ordinary functions. */
#define ALIAS(name)	__attribute__((weak, alias("__vdso_" #name)))
int clock_gettime(clockid_t clock, struct __kernel_timespec *ts) ALIAS(clock_gettime);
int clock_getres(clockid_t clock, struct __kernel_timespec *res) ALIAS(clock_getres);
int gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz) ALIAS(gettimeofday);
long time(long *to) ALIAS(time);
