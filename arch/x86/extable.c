/* SPDX-License-Identifier: MIT */
/* Faults that are expected: copies that survive them, and how the fault gets back to them. */
#include <linux/arch.h>
#include <linux/export.h>
#include <linux/extable.h>
#include <asm/extable.h>
#include <asm/ptrace.h>

/**
 * fixup_exception - send a fault to the place its instruction names, if it names one
 * @regs: the frame of a fault in kernel mode; its ip is changed
 *
 * Context: any, NMI too. Return: true when execution can go on.
 */
bool fixup_exception(struct pt_regs *regs)
{
	const struct exception_table_entry *e = search_exception_tables(regs->ip);

	if (!e)
		return false;
	regs->ip = ex_fixup_addr(e);
	return true;
}

/* See <linux/arch.h>. Whole words first, so that an aligned word is read or written at once. */
size_t arch_copy_nofault(void *to, const void *from, size_t n)
{
	size_t words = n / 8, bytes = n % 8;

	__asm__ __volatile__("1: rep movsq\n"
			     "2:\n"
			     _ASM_EXTABLE(1b, 2b)
			     : "+c" (words), "+D" (to), "+S" (from) : : "memory");
	if (words)
		return words * 8 + bytes;
	__asm__ __volatile__("1: rep movsb\n"
			     "2:\n"
			     _ASM_EXTABLE(1b, 2b)
			     : "+c" (bytes), "+D" (to), "+S" (from) : : "memory");
	return bytes;
}
