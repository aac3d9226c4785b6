/* SPDX-License-Identifier: MIT */
#include <asm-generic/spinlock.h>
