/* SPDX-License-Identifier: MIT */
/* The RTC's two ports on a PC: the index, whose top bit gates NMI and stays clear, and the data. */
#ifndef _ASM_X86_MC146818RTC_H
#define _ASM_X86_MC146818RTC_H

#include <asm/io.h>

#define RTC_PORT(x)	(0x70 + (x))
#define RTC_IRQ		8

/* The caller holds rtc_lock. */
static inline unsigned char CMOS_READ(unsigned char addr)
{
	outb(addr, RTC_PORT(0));
	return inb(RTC_PORT(1));
}

static inline void CMOS_WRITE(unsigned char val, unsigned char addr)
{
	outb(addr, RTC_PORT(0));
	outb(val, RTC_PORT(1));
}

#endif
