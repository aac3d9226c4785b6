/* SPDX-License-Identifier: MIT */
/* Multiplicative hashing by the golden ratio; the high bits of the product are the mixed ones. */
#ifndef _LINUX_HASH_H
#define _LINUX_HASH_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/bits.h>

#define GOLDEN_RATIO_32	0x61C88647
#define GOLDEN_RATIO_64	0x61C8864680B583EBull
#ifdef CONFIG_64BIT
#define GOLDEN_RATIO_PRIME GOLDEN_RATIO_64
#define hash_long(val, bits) hash_64(val, bits)
#else
#define GOLDEN_RATIO_PRIME GOLDEN_RATIO_32
#define hash_long(val, bits) hash_32(val, bits)
#endif

static __always_inline u32 __hash_32(u32 val)
{
	return val * GOLDEN_RATIO_32;
}

static __always_inline u32 hash_32(u32 val, unsigned int bits)
{
	return __hash_32(val) >> (32 - bits);
}

static __always_inline u32 hash_64(u64 val, unsigned int bits)
{
	return (val * GOLDEN_RATIO_64) >> (64 - bits);
}

static __always_inline u32 hash_ptr(const void *ptr, unsigned int bits)
{
	return hash_long((unsigned long)ptr, bits);
}

static __always_inline u32 hash32_ptr(const void *ptr)
{
	u64 val = (unsigned long)ptr;

	return (u32)(val ^ (val >> 32));
}

#endif
