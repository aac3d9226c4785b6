/* SPDX-License-Identifier: MIT */
/*
 * The timekeeper's page for programs: see linux/vdso_data.h. Written under tk_lock with tk_seq
 * odd, so that who asks the kernel can't have a later time than who reads the page after that, nor
 * the other way round.
 */
#include <linux/compiler.h>
#include <linux/init.h>
#include <linux/ktime.h>
#include <linux/timekeeping.h>
#include <linux/vdso_data.h>
#include <uapi/linux/time.h>
#include <asm/barrier.h>
#include "internals.h"

static struct vdso_data *page __ro_after_init;	/* NULL: the machine has none */

static void write_begin(void)
{
	WRITE_ONCE(page->seq, page->seq + 1);
	smp_wmb();	/* the readers' is the machine's own, in its vDSO */
}

static void write_end(void)
{
	smp_wmb();
	WRITE_ONCE(page->seq, page->seq + 1);
}

/* update_vsyscall_base - the base has moved on, nothing else has changed: each tick */
void update_vsyscall_base(const struct tk_base *b)
{
	if (!page)
		return;
	write_begin();
	WRITE_ONCE(page->cycle_last, b->cycle_last);
	WRITE_ONCE(page->frac, b->frac);
	WRITE_ONCE(page->base, b->base);
	write_end();
}

/* update_vsyscall - another clocksource, or another distance between the clocks */
void update_vsyscall(const struct tk_base *b, const ktime_t *offs)
{
	if (!page)
		return;
	write_begin();
	WRITE_ONCE(page->clock_mode, b->clock->vdso_clock_mode);
	WRITE_ONCE(page->mult, b->mult);
	WRITE_ONCE(page->shift, b->shift);
	WRITE_ONCE(page->cycle_last, b->cycle_last);
	WRITE_ONCE(page->frac, b->frac);
	WRITE_ONCE(page->base, b->base);
	WRITE_ONCE(page->offset[CLOCK_REALTIME], offs[TK_OFFS_REAL]);
	WRITE_ONCE(page->offset[CLOCK_REALTIME_COARSE], offs[TK_OFFS_REAL]);
	WRITE_ONCE(page->offset[CLOCK_BOOTTIME], offs[TK_OFFS_BOOT]);
	WRITE_ONCE(page->offset[CLOCK_TAI], offs[TK_OFFS_TAI]);
	write_end();
}

/* update_vsyscall_tz - the time zone that gettimeofday() tells; no clock follows it */
void update_vsyscall_tz(int minuteswest, int dsttime)
{
	if (!page)
		return;
	WRITE_ONCE(page->tz_minuteswest, minuteswest);
	WRITE_ONCE(page->tz_dsttime, dsttime);
}

/* vsyscall_use - from here on the page is written. tk_lock held. */
void __init vsyscall_use(struct vdso_data *data)
{
	data->coarse_res = TICK_NSEC;
	page = data;
}
