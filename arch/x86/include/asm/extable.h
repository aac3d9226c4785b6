/* SPDX-License-Identifier: MIT */
/*
 * Instructions that may fault, and where to go on when they do.
 *
 * An entry is two distances from itself, so that the table needs no relocation and half
 * the space. search_exception_tables() of kernel/panic/extable.c finds it by address.
 */
#ifndef _ASM_X86_EXTABLE_H
#define _ASM_X86_EXTABLE_H

#ifdef __ASSEMBLER__
#define _ASM_EXTABLE(from, to)						\
	.pushsection __ex_table, "a" ;					\
	.balign 4 ;							\
	.long (from) - . ;						\
	.long (to) - . ;						\
	.popsection
#else
#include <linux/types.h>

#define _ASM_EXTABLE(from, to)						\
	" .pushsection __ex_table, \"a\"\n"				\
	" .balign 4\n"							\
	" .long (" #from ") - .\n"					\
	" .long (" #to ") - .\n"					\
	" .popsection\n"

struct pt_regs;

struct exception_table_entry {
	int insn, fixup;
};

static inline unsigned long ex_insn_addr(const struct exception_table_entry *e)
{
	return (unsigned long)&e->insn + (long)e->insn;
}

static inline unsigned long ex_fixup_addr(const struct exception_table_entry *e)
{
	return (unsigned long)&e->fixup + (long)e->fixup;
}

bool fixup_exception(struct pt_regs *regs);
#endif

#endif
