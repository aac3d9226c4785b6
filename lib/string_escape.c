/* SPDX-License-Identifier: MIT */
/*
 * Characters that a line or a terminal can't show, as escapes, and back.
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string_helpers.h>
#include "internals.h"

static const char space_chars[] = "\f\n\r\t\v", space_letters[] = "fnrtv";
static const char special_chars[] = "\"\\\a\033", special_letters[] = "\"\\ae";

/* The letter at the place in @to where @from has @c; 0 when it has not. */
static char letter_for(char c, const char *from, const char *to)
{
	const char *at = c ? strchr(from, c) : NULL;

	return at ? to[at - from] : 0;
}

/* Whether @c stays as it is, before any kind of escape is asked. */
static bool passes(unsigned char c, unsigned int flags, const char *only)
{
	bool listed = only && strchr(only, c);

	if (only && !listed && !(flags & ESCAPE_APPEND))
		return true;
	if (listed && (flags & ESCAPE_APPEND))
		return false;
	if ((flags & ESCAPE_NAP) && isascii(c) && isprint(c))
		return true;
	if ((flags & ESCAPE_NP) && isprint(c))
		return true;
	return (flags & ESCAPE_NA) && isascii(c);
}

static void put_escaped(struct sink *s, unsigned char c, unsigned int flags)
{
	char letter = 0;

	if (flags & ESCAPE_SPACE)
		letter = letter_for(c, space_chars, space_letters);
	if (!letter && (flags & ESCAPE_SPECIAL))
		letter = letter_for(c, special_chars, special_letters);
	if (!letter && (flags & ESCAPE_NULL) && !c)
		letter = '0';

	if (letter)
		sink_printf(s, "\\%c", letter);
	else if (flags & ESCAPE_OCTAL)
		sink_printf(s, "\\%03o", c);
	else if (flags & ESCAPE_HEX)
		sink_printf(s, "\\x%02x", c);
	else
		sink_putc(s, c);
}

/**
 * string_escape_mem - write bytes with escapes
 * @src: the bytes
 * @isz: how many
 * @dst: where to; no NUL is added
 * @osz: its room
 * @flags: ESCAPE_*: which kinds of escape, tried in the order space, special, null, octal, hex, and
 *	which characters pass; 0 stands for ESCAPE_ANY
 * @only: escape these alone (with ESCAPE_APPEND: these in any case), or NULL
 *
 * Context: any.
 * Return: the length of it all, also where it had no room.
 */
int string_escape_mem(const char *src, size_t isz, char *dst, size_t osz, unsigned int flags,
		      const char *only)
{
	struct sink s = { .buf = dst, .size = osz };

	if (only && !*only)
		only = NULL;
	for (; isz; isz--, src++) {
		if (passes(*src, flags, only))
			sink_putc(&s, *src);
		else
			put_escaped(&s, *src, flags);
	}
	return s.len;
}
EXPORT_SYMBOL(string_escape_mem);

/* Digits of @base from *@src on, @most of them: their value, *@src behind them; -1 for none. */
static int take_digits(const char **src, unsigned int base, int most)
{
	int value = -1;

	for (; most; most--, (*src)++) {
		int digit = hex_to_bin(**src);

		if (digit < 0 || (unsigned int)digit >= base)
			break;
		if (value * (int)base + digit > 255)
			break;
		value = (value < 0 ? 0 : value * (int)base) + digit;
	}
	return value;
}

/* What the escape behind a backslash stands for, *@src behind it; -1 for none that is asked for. */
static int unescape_one(const char **src, unsigned int flags)
{
	const char *at = *src;
	int c = -1;

	if ((flags & UNESCAPE_SPACE) && letter_for(*at, space_letters, space_chars))
		c = letter_for(*at++, space_letters, space_chars);
	else if ((flags & UNESCAPE_OCTAL) && *at >= '0' && *at <= '7')
		c = take_digits(&at, 8, 3);
	else if ((flags & UNESCAPE_HEX) && *at == 'x' && isxdigit(at[1])) {
		at++;
		c = take_digits(&at, 16, 2);
	} else if ((flags & UNESCAPE_SPECIAL) && letter_for(*at, special_letters, special_chars))
		c = letter_for(*at++, special_letters, special_chars);
	if (c >= 0)
		*src = at;
	return c;
}

/**
 * string_unescape - the bytes that escapes stand for
 * @src: text
 * @dst: where to; @src itself is fine. A NUL is added
 * @size: its room with that NUL; 0 for as much as the text needs
 * @flags: UNESCAPE_*; other escapes stay as they are
 *
 * Return: the length, without the NUL.
 */
int string_unescape(char *src, char *dst, size_t size, unsigned int flags)
{
	const char *from = src;
	char *out = dst;

	if (!size)
		size = SIZE_MAX;
	while (*from && size > 1) {
		int c = -1;

		if (*from == '\\' && from[1] && size > 2) {
			from++;
			c = unescape_one(&from, flags);
			if (c < 0) {
				*out++ = '\\';
				size--;
			}
		}
		*out++ = c < 0 ? *from++ : c;
		size--;
	}
	*out = '\0';
	return out - dst;
}
EXPORT_SYMBOL(string_unescape);

/**
 * string_get_size - a size to be read: "1.50 MiB"
 * @size: in blocks
 * @blk_size: bytes of a block
 * @units: powers of 1000 or of 1024
 * @buf: where to
 * @len: its room
 *
 * Three digits that count.
 */
void string_get_size(u64 size, u64 blk_size, enum string_size_units units, char *buf, int len)
{
	static const char *const names[][9] = {
		[STRING_UNITS_10] = { "B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB" },
		[STRING_UNITS_2] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB" },
	};
	unsigned int divisor = units == STRING_UNITS_10 ? 1000 : 1024, rest = 0, i = 0, digits, scale = 1;
	unsigned __int128 bytes = (unsigned __int128)size * blk_size;

	while (bytes >> 64 || (u64)bytes >= divisor) {
		u64 high = (u64)(bytes >> 64), low = (u64)bytes;
		u64 q_high = high / divisor, mid, q_mid;

		/* Long division in base 2^32: the compiler's own needs its library. */
		mid = (high % divisor) << 32 | low >> 32;
		q_mid = mid / divisor;
		low = (mid % divisor) << 32 | (low & U32_MAX);
		rest = low % divisor;
		bytes = (unsigned __int128)q_high << 64 | (unsigned __int128)q_mid << 32 | low / divisor;
		i++;
	}
	size = bytes;
	for (digits = 0; size && size * scale < 100; digits++)
		scale *= 10;
	rest = (rest * scale + divisor / 2) / divisor;	/* in the last digit shown, rounded */
	if (rest == scale) {
		rest = 0;
		size++;
	}
	if (digits)
		snprintf(buf, len, "%u.%0*u %s", (u32)size, digits, rest, names[units][i]);
	else
		snprintf(buf, len, "%u %s", (u32)size, names[units][i]);
}
EXPORT_SYMBOL(string_get_size);
