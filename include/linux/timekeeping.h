/* SPDX-License-Identifier: MIT */
/* What time it is, by every clock. kernel/time/timekeeping.c */
#ifndef _LINUX_TIMEKEEPING_H
#define _LINUX_TIMEKEEPING_H

#include <linux/types.h>
#include <linux/ktime.h>

enum tk_offsets {
	TK_OFFS_REAL,
	TK_OFFS_BOOT,
	TK_OFFS_TAI,
	TK_OFFS_MAX
};

void timekeeping_init(void);

/* CLOCK_MONOTONIC: from boot, never set. Any context but NMI. */
ktime_t ktime_get(void);
void ktime_get_ts64(struct timespec64 *ts);
time64_t ktime_get_seconds(void);
ktime_t ktime_get_raw(void);
void ktime_get_raw_ts64(struct timespec64 *ts);

/* CLOCK_REALTIME: from 1970, may jump when it is set. */
ktime_t ktime_get_with_offset(enum tk_offsets offs);
void ktime_get_real_ts64(struct timespec64 *ts);
time64_t ktime_get_real_seconds(void);
int do_settimeofday64(const struct timespec64 *ts);
void on_clock_set(void (*fn)(void));
struct vdso_data;
void timekeeping_set_vdso(struct vdso_data *data);

/* As of the last tick: a plain read. */
ktime_t ktime_get_coarse(void);
ktime_t ktime_get_coarse_with_offset(enum tk_offsets offs);
void ktime_get_coarse_ts64(struct timespec64 *ts);
void ktime_get_coarse_real_ts64(struct timespec64 *ts);

ktime_t ktime_mono_to_any(ktime_t tmono, enum tk_offsets offs);
u32 ktime_get_resolution_ns(void);

/* From NMIs as well; may differ from ktime_get() by what one clock update changes. */
u64 ktime_get_mono_fast_ns(void);
u64 ktime_get_raw_fast_ns(void);
u64 ktime_get_boot_fast_ns(void);
u64 ktime_get_real_fast_ns(void);

static inline ktime_t ktime_get_real(void)
{
	return ktime_get_with_offset(TK_OFFS_REAL);
}

static inline ktime_t ktime_get_boottime(void)
{
	return ktime_get_with_offset(TK_OFFS_BOOT);
}

static inline ktime_t ktime_get_clocktai(void)
{
	return ktime_get_with_offset(TK_OFFS_TAI);
}

static inline ktime_t ktime_get_coarse_real(void)
{
	return ktime_get_coarse_with_offset(TK_OFFS_REAL);
}

static inline ktime_t ktime_get_coarse_boottime(void)
{
	return ktime_get_coarse_with_offset(TK_OFFS_BOOT);
}

static inline ktime_t ktime_mono_to_real(ktime_t mono)
{
	return ktime_mono_to_any(mono, TK_OFFS_REAL);
}

static inline u64 ktime_get_ns(void)
{
	return (u64)ktime_get();
}

static inline u64 ktime_get_real_ns(void)
{
	return (u64)ktime_get_real();
}

static inline u64 ktime_get_boottime_ns(void)
{
	return (u64)ktime_get_boottime();
}

static inline u64 ktime_get_clocktai_ns(void)
{
	return (u64)ktime_get_clocktai();
}

static inline u64 ktime_get_raw_ns(void)
{
	return (u64)ktime_get_raw();
}

static inline u64 ktime_get_coarse_ns(void)
{
	return (u64)ktime_get_coarse();
}

static inline u64 ktime_get_coarse_real_ns(void)
{
	return (u64)ktime_get_coarse_real();
}

static inline void ktime_get_boottime_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_boottime());
}

static inline void ktime_get_coarse_boottime_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_coarse_boottime());
}

static inline time64_t ktime_get_boottime_seconds(void)
{
	return ktime_divns(ktime_get_coarse_boottime(), NSEC_PER_SEC);
}

static inline void ktime_get_clocktai_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_clocktai());
}

static inline time64_t ktime_get_clocktai_seconds(void)
{
	return ktime_divns(ktime_get_coarse_with_offset(TK_OFFS_TAI), NSEC_PER_SEC);
}

/* The clock that a battery keeps: defined by the machine's driver (drivers/clock/rtc.c). */
void read_persistent_clock64(struct timespec64 *ts);

/* The tick's part: account the time that passed since the last call. kernel/time/ only. */
void update_wall_time(void);

#endif
