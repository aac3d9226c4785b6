/* SPDX-License-Identifier: MIT */
/* An instruction of a module that may fault: the exception table of the module knows it. */
#include <linux/errno.h>
#include <linux/extable.h>

int ko_read(const void *addr, unsigned long *val);

int ko_read(const void *addr, unsigned long *val)
{
	int err = -EFAULT;

	__asm__ __volatile__("1: movq (%[addr]), %[val]\n"
			     "xorl %[err], %[err]\n"
			     "2:\n"
			     _ASM_EXTABLE(1b, 2b)
			     : [err] "+r" (err), [val] "=&r" (*val) : [addr] "r" (addr) : "memory");
	return err;
}
