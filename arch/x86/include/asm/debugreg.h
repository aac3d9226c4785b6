/* SPDX-License-Identifier: MIT */
/* Debug registers. Intel SDM Vol. 3, "Debug Status Register (DR6)", "Debug Control Register (DR7)". */
#ifndef _ASM_X86_DEBUGREG_H
#define _ASM_X86_DEBUGREG_H

#define DR6_RESERVED	0xffff0ff0UL	/* bits that read as one; writing them clears the rest */
#define   DR_STEP	(1UL << 14)	/* single step */
#define DR7_DISABLED	0x400UL		/* bit 10 is always one */
#define   DR7_G0		(1UL << 1)	/* DR0 on; its kind 0: execution */

#ifndef __ASSEMBLER__
#include <linux/compiler.h>

/* The conditions that raised #DB, as ones; cleared in the register, where they would stay. */
static __always_inline unsigned long debug_read_reset_dr6(void)
{
	unsigned long dr6;

	__asm__ __volatile__("mov %%dr6, %0" : "=r" (dr6));
	__asm__ __volatile__("mov %0, %%dr6" : : "r" (DR6_RESERVED));
	return dr6 ^ DR6_RESERVED;
}

static __always_inline void set_dr7(unsigned long dr7)
{
	__asm__ __volatile__("mov %0, %%dr7" : : "r" (dr7) : "memory");
}

/* Breakpoints off; returns what local_db_restore() wants back. */
static __always_inline unsigned long local_db_save(void)
{
	unsigned long dr7;

	__asm__ __volatile__("mov %%dr7, %0" : "=r" (dr7) : : "memory");
	if (dr7 != DR7_DISABLED)
		set_dr7(DR7_DISABLED);
	return dr7;
}

static __always_inline void local_db_restore(unsigned long dr7)
{
	if (dr7 != DR7_DISABLED)
		set_dr7(dr7);
}
#endif

#endif
