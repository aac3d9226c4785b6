/* SPDX-License-Identifier: MIT */
/* Atomic integers. The operations and their orders: asm-generic/atomic.h. */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <linux/types.h>
#include <asm/atomic.h>
#include <asm/barrier.h>

#endif
