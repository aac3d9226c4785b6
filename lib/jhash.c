/* SPDX-License-Identifier: MIT */
/* Jenkins's lookup3 over keys of any length; linux/jhash.h has the short ones. */
#include <linux/export.h>
#include <linux/jhash.h>
#include <linux/string.h>

static inline void mix(u32 *a, u32 *b, u32 *c)
{
	*a -= *c; *a ^= rol32(*c, 4);  *c += *b;
	*b -= *a; *b ^= rol32(*a, 6);  *a += *c;
	*c -= *b; *c ^= rol32(*b, 8);  *b += *a;
	*a -= *c; *a ^= rol32(*c, 16); *c += *b;
	*b -= *a; *b ^= rol32(*a, 19); *a += *c;
	*c -= *b; *c ^= rol32(*b, 4);  *b += *a;
}

/* @length bytes. */
u32 jhash(const void *key, u32 length, u32 initval)
{
	u32 a, b, c, words[3];
	const u8 *k = key;

	a = b = c = JHASH_INITVAL + length + initval;
	for (; length > 12; length -= 12, k += 12) {
		memcpy(words, k, 12);
		a += words[0];
		b += words[1];
		c += words[2];
		mix(&a, &b, &c);
	}
	if (!length)
		return c;
	memset(words, 0, sizeof(words));
	memcpy(words, k, length);
	return __jhash_final(a + words[0], b + words[1], c + words[2]);
}
EXPORT_SYMBOL(jhash);

/* @length words. */
u32 jhash2(const u32 *k, u32 length, u32 initval)
{
	u32 a, b, c;

	a = b = c = JHASH_INITVAL + (length << 2) + initval;
	for (; length > 3; length -= 3, k += 3) {
		a += k[0];
		b += k[1];
		c += k[2];
		mix(&a, &b, &c);
	}
	if (!length)
		return c;
	return __jhash_final(a + k[0], b + (length > 1 ? k[1] : 0), c + (length > 2 ? k[2] : 0));
}
EXPORT_SYMBOL(jhash2);
