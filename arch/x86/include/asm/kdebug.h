/* SPDX-License-Identifier: MIT */
/* Events of the die chain on x86. A callback that returns NOTIFY_STOP has dealt with it. */
#ifndef _ASM_X86_KDEBUG_H
#define _ASM_X86_KDEBUG_H

enum die_val {
	DIE_OOPS = 1,		/* an oops is printed: NOTIFY_STOP lets the task live */
	DIE_INT3,		/* int3 */
	DIE_DEBUG,		/* #DB; err is DR6 */
	DIE_PANIC,
	DIE_NMI,
	DIE_DIE,
	DIE_KERNELDEBUG,
	DIE_TRAP,		/* the other exceptions; trapnr says which */
	DIE_GPF,		/* #GP in the kernel */
	DIE_CALL,
	DIE_PAGE_FAULT,		/* #PF in the kernel that nothing expected */
	DIE_NMIUNKNOWN,		/* an NMI that no handler wanted */
};

#endif
