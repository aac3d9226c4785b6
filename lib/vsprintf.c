/* SPDX-License-Identifier: MIT */
/*
 * Formatting text: printf's conversions but for floating point and %n, and Linux's
 * extensions of %p, which are in pointer.c.
 *
 * As on Linux, and unlike libc: %#x of 0 is 0x0, %.0d of 0 is 0, a null string is (null) and
 * one in the first or last page (efault).
 */
#include <linux/bug.h>
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>
#include "internals.h"

static void pad(struct sink *s, int count, char c)
{
	while (count-- > 0)
		sink_putc(s, c);
}

/* A field of text, cut to the precision and padded to the width. */
void sink_puts(struct sink *s, const char *text, struct format_spec spec)
{
	int len;

	if (!text)
		text = "(null)";
	else if ((unsigned long)text < PAGE_SIZE || IS_ERR(text))
		text = "(efault)";
	len = strnlen(text, spec.precision < 0 ? INT_MAX : spec.precision);

	if (!(spec.flags & FORMAT_LEFT))
		pad(s, spec.width - len, ' ');
	for (int i = 0; i < len; i++)
		sink_putc(s, text[i]);
	if (spec.flags & FORMAT_LEFT)
		pad(s, spec.width - len, ' ');
}

/* The digits of @num from the last to the first; returns how many. */
static int digits_backwards(char *digits, unsigned long long num, unsigned int base, char letter_case)
{
	int n = 0;

	do {
		/* Constant divisors, which the compiler makes multiplications and shifts of. */
		if (base == 10) {
			digits[n++] = '0' + num % 10;
			num /= 10;
		} else if (base == 16) {
			unsigned int d = num & 15;

			digits[n++] = d < 10 ? '0' + d : letter_case + d - 10;
			num >>= 4;
		} else {
			digits[n++] = '0' + (num & 7);
			num >>= 3;
		}
	} while (num);
	return n;
}

/* A number: padding, sign, prefix, zeros, digits, padding. Base 8, 10 or 16. */
void sink_put_number(struct sink *s, unsigned long long num, struct format_spec spec)
{
	bool is_zero = !num, upper = spec.flags & FORMAT_UPPER;
	char digits[24], sign = 0;
	const char *prefix = "";
	int n, len, zeros;

	if (spec.flags & FORMAT_SIGNED) {
		if ((long long)num < 0) {
			sign = '-';
			num = -num;
		} else if (spec.flags & FORMAT_PLUS) {
			sign = '+';
		} else if (spec.flags & FORMAT_SPACE) {
			sign = ' ';
		}
	}
	if (spec.flags & FORMAT_ALT) {
		if (spec.base == 16)
			prefix = upper ? "0X" : "0x";
		else if (spec.base == 8 && !is_zero)
			prefix = "0";
	}
	n = digits_backwards(digits, num, spec.base, upper ? 'A' : 'a');
	len = n + (sign != 0) + strlen(prefix);
	zeros = spec.precision - n;
	if ((spec.flags & (FORMAT_ZERO | FORMAT_LEFT)) == FORMAT_ZERO && spec.precision < 0)
		zeros = spec.width - len;
	if (zeros > 0)
		len += zeros;

	if (!(spec.flags & FORMAT_LEFT))
		pad(s, spec.width - len, ' ');
	if (sign)
		sink_putc(s, sign);
	while (*prefix)
		sink_putc(s, *prefix++);
	pad(s, zeros, '0');
	while (n)
		sink_putc(s, digits[--n]);
	if (spec.flags & FORMAT_LEFT)
		pad(s, spec.width - len, ' ');
}

static const char *parse_flags(const char *fmt, struct format_spec *spec)
{
	for (;; fmt++) {
		switch (*fmt) {
		case '-': spec->flags |= FORMAT_LEFT; break;
		case '+': spec->flags |= FORMAT_PLUS; break;
		case ' ': spec->flags |= FORMAT_SPACE; break;
		case '#': spec->flags |= FORMAT_ALT; break;
		case '0': spec->flags |= FORMAT_ZERO; break;
		default: return fmt;
		}
	}
}

static const char *parse_int(const char *fmt, int *value)
{
	int v = 0;

	for (; isdigit(*fmt); fmt++)
		v = min(v * 10 + (*fmt - '0'), 1 << 24);
	*value = v;
	return fmt;
}

static const char *parse_length(const char *fmt, struct format_spec *spec)
{
	spec->length = LENGTH_INT;
	switch (*fmt) {
	case 'h':
		spec->length = fmt[1] == 'h' ? LENGTH_CHAR : LENGTH_SHORT;
		return fmt + (fmt[1] == 'h' ? 2 : 1);
	case 'l':
		spec->length = fmt[1] == 'l' ? LENGTH_LONG_LONG : LENGTH_LONG;
		return fmt + (fmt[1] == 'l' ? 2 : 1);
	case 'L': case 'q': case 'j':
		spec->length = LENGTH_LONG_LONG;
		return fmt + 1;
	case 'z': case 'Z': case 't':
		spec->length = LENGTH_LONG;
		return fmt + 1;
	}
	return fmt;
}

/* Integers of every length, taken from the arguments as what they were passed as. */
static unsigned long long take_integer(va_list *args, const struct format_spec *spec)
{
	bool is_signed = spec->flags & FORMAT_SIGNED;
	unsigned long l;
	unsigned int i;

	switch (spec->length) {
	case LENGTH_LONG_LONG:
		return va_arg(*args, unsigned long long);
	case LENGTH_LONG:
		l = va_arg(*args, unsigned long);
		return is_signed ? (unsigned long long)(long)l : l;
	default:
		i = va_arg(*args, unsigned int);
		break;
	}
	if (spec->length == LENGTH_CHAR)
		return is_signed ? (unsigned long long)(s8)i : (u8)i;
	if (spec->length == LENGTH_SHORT)
		return is_signed ? (unsigned long long)(s16)i : (u16)i;
	return is_signed ? (unsigned long long)(int)i : i;
}

static void put_char(struct sink *s, char c, struct format_spec spec)
{
	if (!(spec.flags & FORMAT_LEFT))
		pad(s, spec.width - 1, ' ');
	sink_putc(s, c);
	if (spec.flags & FORMAT_LEFT)
		pad(s, spec.width - 1, ' ');
}

/* What stands between % and the conversion, and the conversion. */
static const char *parse_spec(const char *fmt, va_list *args, struct format_spec *spec)
{
	fmt = parse_flags(fmt, spec);
	if (*fmt == '*') {
		spec->width = va_arg(*args, int);
		if (spec->width < 0) {
			spec->width = -spec->width;
			spec->flags |= FORMAT_LEFT;
		}
		fmt++;
	} else if (isdigit(*fmt)) {
		fmt = parse_int(fmt, &spec->width);
	}
	if (*fmt == '.') {
		fmt++;
		if (*fmt == '*') {
			spec->precision = va_arg(*args, int);
			fmt++;
		} else {
			fmt = parse_int(fmt, &spec->precision);
		}
	}
	fmt = parse_length(fmt, spec);
	spec->conv = *fmt++;
	return fmt;
}

/* One conversion after its '%'. What follows it in the format; NULL if it makes no sense. */
static const char *convert(struct sink *s, const char *fmt, va_list *args)
{
	struct format_spec spec = { .base = 10, .width = -1, .precision = -1 };

	fmt = parse_spec(fmt, args, &spec);
	switch (spec.conv) {
	case '%':
		sink_putc(s, '%');
		return fmt;
	case 'c':
		put_char(s, va_arg(*args, int), spec);
		return fmt;
	case 's':
		sink_puts(s, va_arg(*args, const char *), spec);
		return fmt;
	case 'p':
		sink_put_pointer(s, fmt, va_arg(*args, const void *), spec);
		/* Letters and digits after %p are part of it, known or not. */
		while (isalnum(*fmt))
			fmt++;
		return fmt;
	case 'd': case 'i':
		spec.flags |= FORMAT_SIGNED;
		break;
	case 'u':
		break;
	case 'o':
		spec.base = 8;
		break;
	case 'X':
		spec.flags |= FORMAT_UPPER;
		fallthrough;
	case 'x':
		spec.base = 16;
		break;
	default:
		WARN_ONCE(1, "unknown conversion %%%c in a format\n", spec.conv);
		return NULL;
	}
	sink_put_number(s, take_integer(args, &spec), spec);
	return fmt;
}

void sink_vprintf(struct sink *s, const char *fmt, va_list args)
{
	va_list ap;

	va_copy(ap, args);
	/* After a conversion that is unknown, nobody knows what the next argument is. */
	while (fmt && *fmt) {
		if (*fmt != '%')
			sink_putc(s, *fmt++);
		else
			fmt = convert(s, fmt + 1, &ap);
	}
	va_end(ap);
}

void sink_printf(struct sink *s, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	sink_vprintf(s, fmt, args);
	va_end(args);
}

/**
 * vsnprintf - format into a buffer
 * @buf: the buffer; may be NULL when @size is 0
 * @size: its size; the text is cut to it, and always ended by a NUL
 * @fmt: the format
 * @args: its arguments
 *
 * Context: any. Return: length of the whole text, had there been room.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct sink s = { .buf = buf, .size = size };

	if (WARN_ON_ONCE(size > INT_MAX))
		return 0;
	sink_vprintf(&s, fmt, args);
	if (size)
		buf[min(s.len, size - 1)] = '\0';
	return s.len;
}
EXPORT_SYMBOL(vsnprintf);

/* Like vsnprintf(), but returns what is in the buffer. */
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int n = vsnprintf(buf, size, fmt, args);

	if (!size)
		return 0;
	return min_t(size_t, n, size - 1);
}
EXPORT_SYMBOL(vscnprintf);

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(snprintf);

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(scnprintf);

int vsprintf(char *buf, const char *fmt, va_list args)
{
	return vsnprintf(buf, INT_MAX, fmt, args);
}
EXPORT_SYMBOL(vsprintf);

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsprintf(buf, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(sprintf);
