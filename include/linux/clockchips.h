/* SPDX-License-Identifier: MIT */
/* Devices that interrupt a CPU at a time to come. kernel/time/clockevents.c */
#ifndef _LINUX_CLOCKCHIPS_H
#define _LINUX_CLOCKCHIPS_H

#include <linux/types.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/cpumask.h>
#include <linux/math64.h>

struct clock_event_device;
struct module;

enum clock_event_state {
	CLOCK_EVT_STATE_DETACHED,
	CLOCK_EVT_STATE_SHUTDOWN,
	CLOCK_EVT_STATE_PERIODIC,
	CLOCK_EVT_STATE_ONESHOT,
	CLOCK_EVT_STATE_ONESHOT_STOPPED,
};

#define CLOCK_EVT_FEAT_PERIODIC	0x000001
#define CLOCK_EVT_FEAT_ONESHOT	0x000002
#define CLOCK_EVT_FEAT_KTIME	0x000004	/* takes an absolute ktime_t */
#define CLOCK_EVT_FEAT_C3STOP	0x000008
#define CLOCK_EVT_FEAT_DUMMY	0x000010
#define CLOCK_EVT_FEAT_DYNIRQ	0x000020
#define CLOCK_EVT_FEAT_PERCPU	0x000040

/*
 * The driver fills in what it can do and calls a clockevents_config_and_register(); its
 * interrupt calls @event_handler, which the core sets. In use by one CPU at a time, and
 * programmed by that CPU with interrupts off.
 */
struct clock_event_device {
	void			(*event_handler)(struct clock_event_device *);
	int			(*set_next_event)(unsigned long evt, struct clock_event_device *);
	int			(*set_next_ktime)(ktime_t expires, struct clock_event_device *);
	ktime_t			next_event;
	u64			max_delta_ns;
	u64			min_delta_ns;
	u32			mult;		/* ticks = (ns * mult) >> shift */
	u32			shift;
	enum clock_event_state	state_use_accessors;
	unsigned int		features;
	unsigned long		retries;

	int			(*set_state_periodic)(struct clock_event_device *);
	int			(*set_state_oneshot)(struct clock_event_device *);
	int			(*set_state_oneshot_stopped)(struct clock_event_device *);
	int			(*set_state_shutdown)(struct clock_event_device *);
	int			(*tick_resume)(struct clock_event_device *);

	void			(*broadcast)(const struct cpumask *mask);
	void			(*suspend)(struct clock_event_device *);
	void			(*resume)(struct clock_event_device *);
	unsigned long		min_delta_ticks;
	unsigned long		max_delta_ticks;

	const char		*name;
	int			rating;
	int			irq;
	int			bound_on;
	const struct cpumask	*cpumask;	/* the CPUs that it can interrupt */
	struct list_head	list;		/* guarded by clockevents_lock */
	struct module		*owner;
} ____cacheline_aligned;

static inline bool clockevent_state_detached(struct clock_event_device *dev)
{
	return dev->state_use_accessors == CLOCK_EVT_STATE_DETACHED;
}

static inline bool clockevent_state_shutdown(struct clock_event_device *dev)
{
	return dev->state_use_accessors == CLOCK_EVT_STATE_SHUTDOWN;
}

static inline bool clockevent_state_periodic(struct clock_event_device *dev)
{
	return dev->state_use_accessors == CLOCK_EVT_STATE_PERIODIC;
}

static inline bool clockevent_state_oneshot(struct clock_event_device *dev)
{
	return dev->state_use_accessors == CLOCK_EVT_STATE_ONESHOT;
}

static inline bool clockevent_state_oneshot_stopped(struct clock_event_device *dev)
{
	return dev->state_use_accessors == CLOCK_EVT_STATE_ONESHOT_STOPPED;
}

static inline unsigned long div_sc(unsigned long ticks, unsigned long nsec, int shift)
{
	return (unsigned long)div64_u64((u64)ticks << shift, nsec);
}

u64 clockevent_delta2ns(unsigned long latch, struct clock_event_device *evt);
void clockevents_register_device(struct clock_event_device *dev);
void clockevents_config(struct clock_event_device *dev, u32 freq);
void clockevents_config_and_register(struct clock_event_device *dev, u32 freq,
				     unsigned long min_delta, unsigned long max_delta);

#endif
