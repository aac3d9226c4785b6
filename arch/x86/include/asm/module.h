/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_MODULE_H
#define _ASM_X86_MODULE_H

#include <linux/elf.h>

static inline bool module_machine_ok(u16 machine)
{
	return machine == EM_X86_64;
}

#endif
