/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_CMPXCHG_H
#define _ASM_X86_CMPXCHG_H

#include <asm-generic/cmpxchg.h>

#endif
