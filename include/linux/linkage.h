/* SPDX-License-Identifier: MIT */
/* How C and assembly name the same function. */
#ifndef _LINUX_LINKAGE_H
#define _LINUX_LINKAGE_H

#include <linux/compiler_types.h>
#include <linux/stringify.h>
#include <linux/export.h>

#ifdef __ASSEMBLER__
/* A function with frame information from its first instruction. */
#define SYM_FUNC_START(name)	.globl name; .type name, @function; .balign 16; name: .cfi_startproc
#define SYM_FUNC_END(name)	.cfi_endproc; .size name, . - name
/* Code that is no C function: it states its own frame information. */
#define SYM_CODE_START(name)	.globl name; .type name, @function; .balign 16; name:
#define SYM_CODE_START_LOCAL(name) .type name, @function; .balign 16; name:
#define SYM_CODE_END(name)	.size name, . - name
#endif

#endif
