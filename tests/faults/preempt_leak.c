/* SPDX-License-Identifier: MIT */
/* A timer's function that takes a lock and returns with it. */
#include <linux/jiffies.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include "fault.h"

static bool empty = true;

static void poll_queue(struct timer_list *t)
{
	preempt_disable();
	if (empty)
		return;
	preempt_enable();
}

static DEFINE_TIMER(poll_timer, poll_queue);

static int start_polling(void)
{
	mod_timer(&poll_timer, jiffies + 1);
	return 0;
}

static void stop_polling(void)
{
	del_timer_sync(&poll_timer);
}

FAULT(start_polling, stop_polling);
