/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_DIV64_H
#define _ASM_X86_DIV64_H

#include <asm-generic/div64.h>

#endif
