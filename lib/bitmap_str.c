/* SPDX-License-Identifier: MIT */
/*
 * Bitmaps as text.
 *
 * mask: hexadecimal, 32 bits between commas, highest first: "f", "00000001,ffffffff".
 * list: ranges between commas, "0-3,8"; "all"; "N" for the last bit; "0-31:2/8" takes the
 * first 2 of every 8 bits of a range.
 */
#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static bool end_of_text(char c)
{
	return c == '\0' || c == '\n';
}

/**
 * bitmap_parse - read a mask
 * @buf: the text, ended by NUL, a newline, or @buflen
 * @buflen: most bytes to look at
 * @maskp: the result
 * @nbits: bits in it
 *
 * Return: 0; -EINVAL malformed; -EOVERFLOW a bit at or above @nbits, or a group of more
 * than 32 bits.
 */
int bitmap_parse(const char *buf, unsigned int buflen, unsigned long *maskp, int nbits)
{
	const char *p = skip_spaces(buf), *end = p + strnlen(p, buflen);
	const char *nl = strnchrnul(p, end - p, '\n');
	unsigned int bit = 0, digits = 0;
	bool any = false;

	bitmap_zero(maskp, nbits);
	/* From the last digit, which is the lowest, to the first. */
	for (end = nl; end > p && isspace((unsigned char)end[-1]); end--)
		;
	while (end > p) {
		int v;

		end--;
		if (*end == ',') {
			if (!digits)
				return -EINVAL;
			bit = ALIGN(bit, 32);
			digits = 0;
			continue;
		}
		v = hex_to_bin(*end);
		if (v < 0)
			return -EINVAL;
		if (digits++ == 8)
			return -EOVERFLOW;
		for (int i = 0; i < 4; i++, bit++) {
			if (!(v & (1 << i)))
				continue;
			if (bit >= (unsigned int)nbits)
				return -EOVERFLOW;
			__set_bit(bit, maskp);
		}
		any = true;
	}
	return any && digits ? 0 : -EINVAL;
}
EXPORT_SYMBOL(bitmap_parse);

static const char *parse_bit(const char *p, unsigned int *bit, unsigned int last)
{
	unsigned long long v = 0;

	if (*p == 'N') {
		*bit = last;
		return p + 1;
	}
	if (!isdigit(*p))
		return ERR_PTR(-EINVAL);
	for (; isdigit(*p); p++) {
		v = v * 10 + (*p - '0');
		if (v > INT_MAX)
			return ERR_PTR(-EOVERFLOW);
	}
	*bit = v;
	return p;
}

/* One "A", "A-B" or "A-B:used/group"; returns what follows it. */
static const char *parse_region(const char *p, unsigned long *maskp, unsigned int nbits)
{
	unsigned int start, end, used = 1, group = 1;

	if (!strncasecmp(p, "all", 3)) {
		start = 0;
		end = nbits - 1;
		p += 3;
	} else {
		p = parse_bit(p, &start, nbits - 1);
		if (IS_ERR(p))
			return p;
		end = start;
		if (*p == '-') {
			p = parse_bit(p + 1, &end, nbits - 1);
			if (IS_ERR(p))
				return p;
		}
	}
	if (*p == ':') {
		p = parse_bit(p + 1, &used, nbits - 1);
		if (IS_ERR(p))
			return p;
		if (*p != '/')
			return ERR_PTR(-EINVAL);
		p = parse_bit(p + 1, &group, nbits - 1);
		if (IS_ERR(p))
			return p;
	}
	if (start > end || !group || used > group)
		return ERR_PTR(-EINVAL);
	if (end >= nbits)
		return ERR_PTR(-ERANGE);
	for (unsigned int bit = start; bit <= end; bit++) {
		if ((bit - start) % group < used)
			__set_bit(bit, maskp);
	}
	return p;
}

/**
 * bitmap_parselist - read a list
 * @buf: the text, ended by NUL or a newline
 * @maskp: the result
 * @nbits: bits in it
 *
 * Return: 0; -EINVAL malformed or a range that ends before it starts; -ERANGE a bit at or
 * above @nbits; -EOVERFLOW a number too large.
 */
int bitmap_parselist(const char *buf, unsigned long *maskp, int nbits)
{
	bitmap_zero(maskp, nbits);
	for (;;) {
		while (isspace((unsigned char)*buf) || *buf == ',') {
			if (*buf == '\n')
				return 0;
			buf++;
		}
		if (end_of_text(*buf))
			return 0;
		buf = parse_region(buf, maskp, nbits);
		if (IS_ERR(buf))
			return PTR_ERR(buf);
		if (!end_of_text(*buf) && *buf != ',' && !isspace((unsigned char)*buf))
			return -EINVAL;
	}
}
EXPORT_SYMBOL(bitmap_parselist);

int bitmap_parse_user(const char __user *ubuf, unsigned int ulen, unsigned long *maskp, int nbits)
{
	char *buf = memdup_user_nul(ubuf, ulen);
	int ret;

	if (IS_ERR(buf))
		return PTR_ERR(buf);
	ret = bitmap_parse(buf, UINT_MAX, maskp, nbits);
	kfree(buf);
	return ret;
}
EXPORT_SYMBOL(bitmap_parse_user);

int bitmap_parselist_user(const char __user *ubuf, unsigned int ulen, unsigned long *maskp, int nbits)
{
	char *buf = memdup_user_nul(ubuf, ulen);
	int ret;

	if (IS_ERR(buf))
		return PTR_ERR(buf);
	ret = bitmap_parselist(buf, maskp, nbits);
	kfree(buf);
	return ret;
}
EXPORT_SYMBOL(bitmap_parselist_user);

/* Into a buffer that is the rest of a page, with a newline. Return: the length. */
int bitmap_print_to_pagebuf(bool list, char *buf, const unsigned long *maskp, int nmaskbits)
{
	size_t room = PAGE_SIZE - ((unsigned long)buf & (PAGE_SIZE - 1));

	return list ? scnprintf(buf, room, "%*pbl\n", nmaskbits, maskp)
		    : scnprintf(buf, room, "%*pb\n", nmaskbits, maskp);
}
EXPORT_SYMBOL(bitmap_print_to_pagebuf);
