/* SPDX-License-Identifier: MIT */
/* Between the files of kernel/time/. */
#ifndef _TIME_INTERNALS_H
#define _TIME_INTERNALS_H

#include <linux/clockchips.h>
#include <linux/clocksource.h>
#include <linux/ktime.h>
#include <linux/seqlock.h>

extern raw_spinlock_t jiffies_lock;	/* IRQs off; taken before the timekeeper's */
extern seqcount_t jiffies_seq;

/* The clocksource that needs no device. */
#define JIFFIES_SHIFT	8
#define JIFFIES_MULT	((u32)(TICK_NSEC << JIFFIES_SHIFT))
extern struct clocksource clocksource_jiffies;

/* clockevents.c: this CPU, IRQs off */
int clockevents_program_event(struct clock_event_device *dev, ktime_t expires, bool force);
void clockevents_switch_state(struct clock_event_device *dev, enum clock_event_state state);
void clockevents_exchange_device(struct clock_event_device *old, struct clock_event_device *new);

/* tick.c: this CPU, IRQs off */
bool tick_check_new_device(struct clock_event_device *dev);
void tick_program_before(ktime_t expires);
bool tick_oneshot_used(void);		/* any CPU */

/* timekeeping.c */
bool timekeeping_valid_for_hres(void);
ktime_t ktime_get_offset(enum tk_offsets offs);

/* hrtimer.c: this CPU, IRQs off. Returns when it wants to be called next, on the monotonic clock. */
ktime_t hrtimer_run_queues(ktime_t now);
void clock_was_set(void);

/* cputime.c: the tick's account of what the CPU was doing */
void account_process_tick(void);

#endif
