/* SPDX-License-Identifier: MIT */
/* What a task that is switched out has at thread.sp; 64/switch.S pushes and pops it. */
#ifndef _ASM_X86_SWITCH_TO_H
#define _ASM_X86_SWITCH_TO_H

struct switch_frame {
	unsigned long r15, r14, r13, r12, bx, bp;
	unsigned long ret;
};

#endif
