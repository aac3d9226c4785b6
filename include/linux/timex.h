/* SPDX-License-Identifier: MIT */
/* The cycle counter. */
#ifndef _LINUX_TIMEX_H
#define _LINUX_TIMEX_H

#include <linux/time.h>
#include <linux/jiffies.h>
#include <asm/timex.h>	/* cycles_t, get_cycles() */

#define random_get_entropy()	((unsigned long)get_cycles())

#endif
