/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITSPERLONG_H
#define _ASM_GENERIC_BITSPERLONG_H

#include <linux/bits.h>

#define __BITS_PER_LONG BITS_PER_LONG

#endif
