/* SPDX-License-Identifier: MIT */
/* Waiting: by spinning (udelay and its kin, any context) and by sleeping (msleep and its kin). */
#ifndef _LINUX_DELAY_H
#define _LINUX_DELAY_H

#include <linux/math.h>
#include <linux/sched.h>
#include <linux/jiffies.h>
#include <asm/delay.h>	/* __ndelay(), __udelay(), __delay() */

extern unsigned long loops_per_jiffy;

#define ndelay(n)	__ndelay(n)
#define udelay(n)	__udelay(n)

static inline void mdelay(unsigned long msecs)
{
	while (msecs--)
		udelay(1000);
}

void msleep(unsigned int msecs);
unsigned long msleep_interruptible(unsigned int msecs);
void usleep_range_state(unsigned long min, unsigned long max, unsigned int state);

static inline void usleep_range(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, TASK_UNINTERRUPTIBLE);
}

static inline void usleep_idle_range(unsigned long min, unsigned long max)
{
	usleep_range_state(min, max, TASK_IDLE);
}

static inline void ssleep(unsigned int seconds)
{
	msleep(seconds * 1000);
}

/* The wait that fits the length: spin, exact sleep, tick sleep. */
static inline void fsleep(unsigned long usecs)
{
	if (usecs <= 10)
		udelay(usecs);
	else if (usecs <= 20000)
		usleep_range(usecs, 2 * usecs);
	else
		msleep((unsigned int)DIV_ROUND_UP(usecs, 1000));
}

#endif
