/* SPDX-License-Identifier: MIT */
/* Busy waits, by the TSC once it is calibrated, by port 0x80 before. arch/x86/tsc.c */
#ifndef _ASM_X86_DELAY_H
#define _ASM_X86_DELAY_H

void __delay(unsigned long cycles);
void __ndelay(unsigned long nsecs);
void __udelay(unsigned long usecs);

#endif
