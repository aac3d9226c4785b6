/* SPDX-License-Identifier: MIT */
/* The i8254 interval timer. drivers/clock/pit.c */
#ifndef _LINUX_I8253_H
#define _LINUX_I8253_H

#include <linux/types.h>
#include <linux/param.h>
#include <linux/spinlock.h>
#include <linux/clockchips.h>

#define PIT_TICK_RATE	1193182UL				/* Hz */
#define PIT_LATCH	((PIT_TICK_RATE + HZ / 2) / HZ)		/* one tick of the kernel */

/* Held over each sequence of accesses to one channel: hard-IRQ safe. */
extern raw_spinlock_t i8253_lock;

extern struct clock_event_device i8253_clockevent;
void clockevent_i8253_init(bool oneshot);
void clocksource_i8253_init(void);
void i8253_stop(void);
void i8253_run_free(void);
bool i8253_wait(unsigned int ticks);
bool i8253_wait_us(unsigned long usecs);

/* Channel 2 as a counter, while the TSC is measured. */
#define PIT_COUNTER_MASK 0xffffu
bool i8253_counter_start(void);
u32 i8253_counter_read(void);
void i8253_counter_stop(void);

#endif
