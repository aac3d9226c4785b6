/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_CACHE_H
#define _ASM_X86_CACHE_H

#define L1_CACHE_SHIFT 6

#endif
