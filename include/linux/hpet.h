/* SPDX-License-Identifier: MIT */
/* The High Precision Event Timer. drivers/clock/hpet.c */
#ifndef _LINUX_HPET_H
#define _LINUX_HPET_H

#include <linux/types.h>

struct clock_event_device;

bool hpet_init(void);			/* find it and let it count */
u32 hpet_freq(void);			/* Hz; 0: there is none */
u32 hpet_read(void);			/* the main counter's low half */
void hpet_clocksource_init(void);
struct clock_event_device *hpet_clockevent_init(unsigned int gsi);

#endif
