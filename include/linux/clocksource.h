/* SPDX-License-Identifier: MIT */
/* Free-running counters that time is read from. kernel/time/clocksource.c picks the best. */
#ifndef _LINUX_CLOCKSOURCE_H
#define _LINUX_CLOCKSOURCE_H

#include <linux/types.h>
#include <linux/time.h>
#include <linux/list.h>
#include <linux/cache.h>
#include <linux/init.h>
#include <linux/math64.h>

struct module;

/*
 * @read gives the count, which wraps at @mask. ns = (count * @mult) >> @shift. Fixed once
 * registered, except @list and @rating, which clocksource_mutex guards.
 */
struct clocksource {
	u64			(*read)(struct clocksource *cs);
	u64			mask;
	u32			mult;
	u32			shift;
	u64			max_idle_ns;	/* between two reads: neither wrap nor overflow */
	u32			maxadj;
	u64			max_cycles;
	int			vdso_clock_mode; /* how user mode reads it: linux/vdso_data.h, <asm/vdso.h> */
	const char		*name;
	struct list_head	list;
	int			rating;
	unsigned long		flags;

	int			(*enable)(struct clocksource *cs);
	void			(*disable)(struct clocksource *cs);
	void			(*suspend)(struct clocksource *cs);
	void			(*resume)(struct clocksource *cs);
	void			*archdata;
	struct module		*owner;
};

/* Ratings: 1-99 unfit, 100-199 usable, 200-299 good, 300-399 fast and exact, 400-499 perfect. */

#define CLOCK_SOURCE_IS_CONTINUOUS	0x01
#define CLOCK_SOURCE_MUST_VERIFY	0x02
#define CLOCK_SOURCE_VALID_FOR_HRES	0x20
#define CLOCK_SOURCE_UNSTABLE		0x40
#define CLOCK_SOURCE_SUSPEND_NONSTOP	0x80

#define CLOCKSOURCE_MASK(bits)	((u64)((bits) < 64 ? (1ULL << ((bits) & 63)) - 1 : ~0ULL))

static inline u32 clocksource_khz2mult(u32 khz, u32 shift_constant)
{
	return (u32)div_u64(((u64)1000000 << shift_constant) + khz / 2, khz);
}

static inline u32 clocksource_hz2mult(u32 hz, u32 shift_constant)
{
	return (u32)div_u64(((u64)1000000000 << shift_constant) + hz / 2, hz);
}

static inline s64 clocksource_cyc2ns(u64 cycles, u32 mult, u32 shift)
{
	return (s64)((cycles * mult) >> shift);
}

int __clocksource_register_scale(struct clocksource *cs, u32 scale, u32 freq);
int clocksource_unregister(struct clocksource *cs);
void clocksource_change_rating(struct clocksource *cs, int rating);
void clocks_calc_mult_shift(u32 *mult, u32 *shift, u32 from, u32 to, u32 minsec);
void timekeeping_notify(struct clocksource *clock);	/* kernel/time/: time is read from @clock now */

static inline int clocksource_register_hz(struct clocksource *cs, u32 hz)
{
	return __clocksource_register_scale(cs, 1, hz);
}

static inline int clocksource_register_khz(struct clocksource *cs, u32 khz)
{
	return __clocksource_register_scale(cs, 1000, khz);
}

#endif
