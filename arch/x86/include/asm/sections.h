/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_SECTIONS_H
#define _ASM_X86_SECTIONS_H

#include <asm-generic/sections.h>

extern char _text[];
/* The boot task's stack, THREAD_SIZE bytes, and the page below it that is never mapped. */
extern char init_stack_guard[], init_stack[];

#endif
