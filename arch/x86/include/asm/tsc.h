/* SPDX-License-Identifier: MIT */
/* The time-stamp counter. Intel SDM Vol. 3, "Time-Stamp Counter". */
#ifndef _ASM_X86_TSC_H
#define _ASM_X86_TSC_H

#include <linux/types.h>
#include <asm/msr.h>

typedef unsigned long long cycles_t;

extern unsigned int tsc_khz;	/* 0: no usable TSC. Fixed after boot. */
extern unsigned int cpu_khz;

static inline cycles_t get_cycles(void)
{
	return rdtsc();
}

void tsc_init(void);		/* boot CPU: calibrate, start sched_clock() */

#endif
