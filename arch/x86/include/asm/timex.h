/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_TIMEX_H
#define _ASM_X86_TIMEX_H

#include <asm/tsc.h>

#define CLOCK_TICK_RATE		1193182		/* the i8254's input */

#endif
