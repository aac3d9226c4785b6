/* SPDX-License-Identifier: MIT */
/* Between the files of kernel/time/. */
#ifndef _TIME_INTERNALS_H
#define _TIME_INTERNALS_H

#include <linux/clockchips.h>
#include <linux/clocksource.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
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

/* timer_debug.c: any context */
#ifdef CONFIG_DEBUG
void debug_timer_activate(struct timer_list *timer);
void debug_timer_deactivate(struct timer_list *timer);
void debug_timer_assert_init(struct timer_list *timer);
void debug_hrtimer_init(struct hrtimer *timer);
void debug_hrtimer_init_on_stack(struct hrtimer *timer);
void debug_hrtimer_activate(struct hrtimer *timer);
void debug_hrtimer_deactivate(struct hrtimer *timer);
#else
static inline void debug_timer_activate(struct timer_list *timer) { }
static inline void debug_timer_deactivate(struct timer_list *timer) { }
static inline void debug_timer_assert_init(struct timer_list *timer) { }
static inline void debug_hrtimer_init(struct hrtimer *timer) { }
static inline void debug_hrtimer_activate(struct hrtimer *timer) { }
static inline void debug_hrtimer_deactivate(struct hrtimer *timer) { }
#endif

/* A CPU's tick. Of its own CPU, IRQs off; @stopped is read by others as a hint. */
struct tick_cpu {
	struct clock_event_device *dev;
	ktime_t next_tick;		/* one-shot: when the next tick is due */
	ktime_t programmed;		/* one-shot: what the device was told; else KTIME_MIN */
	bool idle_ticked;		/* the tick found this CPU idle: it may stop */
	bool stopped;			/* next_tick is not a tick but the next timer's time */
	bool keeps_time_last;		/* the last that moved jiffies on, before it stopped */
};
DECLARE_PER_CPU(struct tick_cpu, tick_cpu);

#define TICK_DO_TIMER_NONE	(-1)
extern int tick_do_timer_cpu;		/* which CPU moves jiffies on */

/* tick.c: this CPU, IRQs off */
bool tick_check_new_device(struct clock_event_device *dev);
void tick_shutdown(unsigned int cpu);
void tick_program(struct tick_cpu *tc, ktime_t expires);
bool tick_oneshot_used(void);		/* any CPU */
void tick_update_jiffies(ktime_t now);
ktime_t tick_last_update(unsigned long *jiffies_then);
ktime_t tick_next_on_grid(ktime_t now);

/* A high-resolution timer was armed on this CPU: interrupt no later than @expires. IRQs off. */
static inline void tick_program_before(ktime_t expires)
{
	struct tick_cpu *tc = this_cpu_ptr(&tick_cpu);

	if (expires < tc->programmed)
		tick_program(tc, expires);
}

/* timer.c: this CPU, which goes idle or is so no longer; IRQs off */
bool timers_idle_enter(unsigned long *next);
void timers_idle_exit(void);

/* From count to nanoseconds of the monotonic clock. */
struct tk_base {
	struct clocksource	*clock;
	u64			mask;
	u64			cycle_last;	/* the count at @base */
	u32			mult;
	u32			shift;
	u64			frac;		/* of a nanosecond, << shift, beyond @base */
	ktime_t			base;
};

/* vsyscall.c; tk_lock held, but for the last */
struct vdso_data;
void vsyscall_use(struct vdso_data *data);
void update_vsyscall_base(const struct tk_base *b);
void update_vsyscall(const struct tk_base *b, const ktime_t *offs);
void update_vsyscall_tz(int minuteswest, int dsttime);

/* timekeeping.c */
bool timekeeping_valid_for_hres(void);
u64 timekeeping_max_deferment(void);
ktime_t ktime_get_offset(enum tk_offsets offs);

/* hrtimer_run.c: this CPU, IRQs off. Returns when it wants to be called next, on the monotonic clock. */
ktime_t hrtimer_run_queues(ktime_t now);
ktime_t hrtimer_next_event(void);
void clock_was_set(void);

/* cputime.c: the tick's account of what the CPU was doing */
void account_process_tick(void);

/* nanosleep.c, cpu_nanosleep.c */
struct restart_block;
struct timespec64;
long nanosleep_interrupted(clockid_t clock, u64 end, s64 left, struct timespec64 __user *rem,
			   long (*restart)(struct restart_block *));
long cpu_nanosleep(clockid_t clock, int flags, const struct timespec64 __user *from,
		   struct timespec64 __user *rem);

#endif
