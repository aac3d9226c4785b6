/* SPDX-License-Identifier: MIT */
/*
 * Copying, filling and comparing memory: words where both sides allow it, bytes at the
 * ends. Plain C, so that a race checker sees the accesses.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

#undef memcpy
#undef memmove
#undef memset
#undef memcmp

typedef unsigned long __attribute__((__aligned__(1), __may_alias__)) word;
#define WORD		sizeof(word)

/* A loop that the compiler recognises as memcpy or memset would become a call of it. */
#define NO_IDIOM(p)	OPTIMIZER_HIDE_VAR(p)

/* Some machines want both sides word-aligned: then both must become so at the same byte. */
static __always_inline bool words_allowed(const void *a, const void *b)
{
	return IS_ENABLED(CONFIG_HAVE_EFFICIENT_UNALIGNED_ACCESS) ||
	       ((unsigned long)a - (unsigned long)b) % WORD == 0;
}

/*
 * From one to two words: the first and the last one, which may overlap. Both are read before
 * either is written, so the areas may overlap as well.
 */
static __always_inline void copy_ends(u8 *d, const u8 *s, size_t n)
{
	word first = *(const word *)s, last = *(const word *)(s + n - WORD);

	*(word *)d = first;
	*(word *)(d + n - WORD) = last;
}

static __always_inline bool is_two_ends(size_t n)
{
	return IS_ENABLED(CONFIG_HAVE_EFFICIENT_UNALIGNED_ACCESS) && n - WORD <= WORD;
}

static __always_inline void copy_up(u8 *d, const u8 *s, size_t n)
{
	if (is_two_ends(n)) {
		copy_ends(d, s, n);
		return;
	}
	if (n >= 2 * WORD && words_allowed(d, s)) {
		for (; (unsigned long)d % WORD; n--)
			*d++ = *s++;
		for (; n >= 4 * WORD; n -= 4 * WORD, d += 4 * WORD, s += 4 * WORD) {
			word a = ((const word *)s)[0], b = ((const word *)s)[1];
			word c = ((const word *)s)[2], e = ((const word *)s)[3];

			((word *)d)[0] = a;
			((word *)d)[1] = b;
			((word *)d)[2] = c;
			((word *)d)[3] = e;
			NO_IDIOM(d);
		}
		for (; n >= WORD; n -= WORD, d += WORD, s += WORD) {
			*(word *)d = *(const word *)s;
			NO_IDIOM(d);
		}
	}
	for (; n; n--) {
		*d++ = *s++;
		NO_IDIOM(d);
	}
}

static __always_inline void copy_down(u8 *d, const u8 *s, size_t n)
{
	d += n;
	s += n;
	if (n >= 2 * WORD && words_allowed(d, s)) {
		for (; (unsigned long)d % WORD; n--)
			*--d = *--s;
		for (; n >= WORD; n -= WORD) {
			d -= WORD;
			s -= WORD;
			*(word *)d = *(const word *)s;
			NO_IDIOM(d);
		}
	}
	for (; n; n--) {
		*--d = *--s;
		NO_IDIOM(d);
	}
}

void *memcpy(void *dest, const void *src, size_t count)
{
	copy_up(dest, src, count);
	return dest;
}
EXPORT_SYMBOL(memcpy);

/* The areas may overlap. */
void *memmove(void *dest, const void *src, size_t count)
{
	if ((unsigned long)dest - (unsigned long)src >= count)
		copy_up(dest, src, count);
	else
		copy_down(dest, src, count);
	return dest;
}
EXPORT_SYMBOL(memmove);

void *memset(void *s, int c, size_t count)
{
	u8 *p = s;

	if (count >= 2 * WORD) {
		word w = (~0UL / 0xff) * (u8)c;

		for (; (unsigned long)p % WORD; count--)
			*p++ = c;
		for (; count >= 4 * WORD; count -= 4 * WORD, p += 4 * WORD) {
			((word *)p)[0] = w;
			((word *)p)[1] = w;
			((word *)p)[2] = w;
			((word *)p)[3] = w;
			NO_IDIOM(p);
		}
		for (; count >= WORD; count -= WORD, p += WORD) {
			*(word *)p = w;
			NO_IDIOM(p);
		}
	}
	for (; count; count--) {
		*p++ = c;
		NO_IDIOM(p);
	}
	return s;
}
EXPORT_SYMBOL(memset);

#define MEMSET_N(bits)							\
void *memset##bits(u##bits *s, u##bits v, size_t count)			\
{									\
	u##bits *p = s;							\
									\
	while (count--) {						\
		*p++ = v;						\
		NO_IDIOM(p);						\
	}								\
	return s;							\
}									\
EXPORT_SYMBOL(memset##bits)
MEMSET_N(16);
MEMSET_N(32);
MEMSET_N(64);

int memcmp(const void *a, const void *b, size_t count)
{
	const u8 *p = a, *q = b;

	if (IS_ENABLED(CONFIG_HAVE_EFFICIENT_UNALIGNED_ACCESS) ||
	    !(((unsigned long)p | (unsigned long)q) % WORD)) {
		for (; count >= WORD && *(const word *)p == *(const word *)q; count -= WORD) {
			p += WORD;
			q += WORD;
		}
	}
	for (; count; count--, p++, q++) {
		if (*p != *q)
			return *p - *q;
	}
	return 0;
}
EXPORT_SYMBOL(memcmp);

int bcmp(const void *a, const void *b, size_t count)
{
	return memcmp(a, b, count);
}
EXPORT_SYMBOL(bcmp);

void *memchr(const void *s, int c, size_t n)
{
	for (const u8 *p = s; n; p++, n--) {
		if (*p == (u8)c)
			return (void *)p;
	}
	return NULL;
}
EXPORT_SYMBOL(memchr);

/* The first byte that is not @c, or NULL. */
void *memchr_inv(const void *s, int c, size_t n)
{
	for (const u8 *p = s; n; p++, n--) {
		if (*p != (u8)c)
			return (void *)p;
	}
	return NULL;
}
EXPORT_SYMBOL(memchr_inv);

/* The first @c, or the end of the area. */
void *memscan(void *addr, int c, size_t size)
{
	u8 *p = addr;

	while (size && *p != (u8)c) {
		p++;
		size--;
	}
	return p;
}
EXPORT_SYMBOL(memscan);
