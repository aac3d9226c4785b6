/* SPDX-License-Identifier: MIT */
/* Bob Jenkins's lookup3 (public domain), for keys that an attacker or a pattern may choose. */
#ifndef _LINUX_JHASH_H
#define _LINUX_JHASH_H

#include <linux/types.h>
#include <linux/bitops.h>

#define JHASH_INITVAL		0xdeadbeef
#define jhash_size(n)		((u32)1 << (n))
#define jhash_mask(n)		(jhash_size(n) - 1)

static inline u32 __jhash_final(u32 a, u32 b, u32 c)
{
	c ^= b; c -= rol32(b, 14);
	a ^= c; a -= rol32(c, 11);
	b ^= a; b -= rol32(a, 25);
	c ^= b; c -= rol32(b, 16);
	a ^= c; a -= rol32(c, 4);
	b ^= a; b -= rol32(a, 14);
	c ^= b; c -= rol32(b, 24);
	return c;
}

static inline u32 jhash_3words(u32 a, u32 b, u32 c, u32 initval)
{
	u32 base = initval + JHASH_INITVAL + (3 << 2);

	return __jhash_final(a + base, b + base, c + base);
}

static inline u32 jhash_2words(u32 a, u32 b, u32 initval)
{
	u32 base = initval + JHASH_INITVAL + (2 << 2);

	return __jhash_final(a + base, b + base, base);
}

static inline u32 jhash_1word(u32 a, u32 initval)
{
	u32 base = initval + JHASH_INITVAL + (1 << 2);

	return __jhash_final(a + base, base, base);
}

u32 jhash(const void *key, u32 length, u32 initval);
u32 jhash2(const u32 *k, u32 length, u32 initval);

#endif
