/* SPDX-License-Identifier: MIT */
/*
 * sscanf: d i u x X o c s n p % and sets [a-z], with widths, * and lengths. All but %c, %n
 * and sets skip white space first.
 */
#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

enum target {
	TO_CHAR,
	TO_SHORT,
	TO_INT,
	TO_LONG,
	TO_LONG_LONG,
};

struct scan {
	const char	*fmt;
	const char	*str;
	bool		suppress;	/* %*: matched, not stored */
	int		width;		/* -1: none */
	enum target	target;
};

/* A number's digits end at @width characters: cut a copy there, since strtoull knows no end. */
static bool scan_number(struct scan *sc, unsigned int base, bool is_signed, long long *value)
{
	char text[32];
	char *end;
	size_t n;

	sc->str = skip_spaces(sc->str);
	n = sc->width < 0 ? sizeof(text) - 1 : min_t(size_t, sc->width, sizeof(text) - 1);
	n = strnlen(sc->str, n);
	memcpy(text, sc->str, n);
	text[n] = '\0';

	if (is_signed && (text[0] == '-' || text[0] == '+')) {
		long long v = simple_strtoull(text + 1, &end, base);

		if (end == text + 1)
			return false;
		*value = text[0] == '-' ? -v : v;
	} else {
		*value = simple_strtoull(text, &end, base);
		if (end == text)
			return false;
	}
	sc->str += end - text;
	return true;
}

static void store(va_list *args, enum target target, long long value)
{
	switch (target) {
	case TO_CHAR:
		*va_arg(*args, char *) = value;
		break;
	case TO_SHORT:
		*va_arg(*args, short *) = value;
		break;
	case TO_INT:
		*va_arg(*args, int *) = value;
		break;
	case TO_LONG:
		*va_arg(*args, long *) = value;
		break;
	case TO_LONG_LONG:
		*va_arg(*args, long long *) = value;
		break;
	}
}

/* "[a-z]" or "[^...]"; a ']' that comes first stands for itself. Returns what follows the set. */
static const char *parse_set(const char *fmt, unsigned long *set)
{
	bool inverted = *fmt == '^';

	bitmap_zero(set, 256);
	if (inverted)
		fmt++;
	do {
		unsigned char from = *fmt, to = from;

		if (!from)
			return NULL;
		if (fmt[1] == '-' && fmt[2] && fmt[2] != ']') {
			to = fmt[2];
			fmt += 2;
		}
		for (int c = from; c <= to; c++)
			__set_bit(c, set);
	} while (*++fmt != ']');
	if (inverted)
		bitmap_complement(set, set, 256);
	__clear_bit(0, set);
	return fmt + 1;
}

static bool scan_text(struct scan *sc, va_list *args, const unsigned long *set)
{
	int max = sc->width < 0 ? INT_MAX : sc->width, n = 0;
	char *to = sc->suppress ? NULL : va_arg(*args, char *);

	for (; n < max && *sc->str; n++, sc->str++) {
		unsigned char c = *sc->str;

		if (set ? !test_bit(c, set) : isspace(c))
			break;
		if (to)
			*to++ = c;
	}
	if (to && n)
		*to = '\0';
	return n > 0;
}

static bool scan_chars(struct scan *sc, va_list *args)
{
	char *to = sc->suppress ? NULL : va_arg(*args, char *);

	for (int n = sc->width < 0 ? 1 : sc->width; n > 0; n--, sc->str++) {
		if (!*sc->str)
			return false;
		if (to)
			*to++ = *sc->str;
	}
	return true;
}

static void parse_spec(struct scan *sc)
{
	const char *fmt = sc->fmt;

	sc->suppress = *fmt == '*';
	if (sc->suppress)
		fmt++;
	sc->width = -1;
	if (isdigit(*fmt))
		sc->width = simple_strtoul(fmt, (char **)&fmt, 10);

	sc->target = TO_INT;
	if (*fmt == 'h') {
		sc->target = *++fmt == 'h' ? TO_CHAR : TO_SHORT;
		fmt += sc->target == TO_CHAR;
	} else if (*fmt == 'l') {
		sc->target = *++fmt == 'l' ? TO_LONG_LONG : TO_LONG;
		fmt += sc->target == TO_LONG_LONG;
	} else if (*fmt == 'L' || *fmt == 'q' || *fmt == 'j') {
		sc->target = TO_LONG_LONG;
		fmt++;
	} else if (*fmt == 'z' || *fmt == 'Z' || *fmt == 't') {
		sc->target = TO_LONG;
		fmt++;
	}
	sc->fmt = fmt;
}

static bool scan_integer(struct scan *sc, va_list *args, char conv)
{
	unsigned int base = conv == 'i' ? 0 : conv == 'x' || conv == 'X' || conv == 'p' ? 16 :
			    conv == 'o' ? 8 : 10;
	long long value;

	if (!scan_number(sc, base, conv == 'd' || conv == 'i', &value))
		return false;
	if (!sc->suppress)
		store(args, conv == 'p' ? TO_LONG : sc->target, value);
	return true;
}

/* One conversion after its '%': whether it matched; *@stored when that counts. */
static bool scan_one(struct scan *sc, va_list *args, const char *start, bool *stored)
{
	DECLARE_BITMAP(set, 256);
	char conv;

	parse_spec(sc);
	conv = *sc->fmt ? *sc->fmt++ : '\0';
	*stored = !sc->suppress;
	switch (conv) {
	case '%':
		*stored = false;
		sc->str = skip_spaces(sc->str);
		return *sc->str == '%' && sc->str++;
	case 'n':
		*stored = false;
		if (!sc->suppress)
			store(args, sc->target, sc->str - start);
		return true;
	case 'c':
		return scan_chars(sc, args);
	case 's':
		sc->str = skip_spaces(sc->str);
		return scan_text(sc, args, NULL);
	case '[':
		sc->fmt = parse_set(sc->fmt, set);
		return sc->fmt && scan_text(sc, args, set);
	case 'd': case 'i': case 'u': case 'x': case 'X': case 'o': case 'p':
		return scan_integer(sc, args, conv);
	default:
		return false;
	}
}

/**
 * vsscanf - take a text apart
 * @buf: the text
 * @fmt: what it should look like; white space stands for any amount of it
 * @args: where to store the pieces
 *
 * Return: how many pieces were stored.
 */
int vsscanf(const char *buf, const char *fmt, va_list args)
{
	struct scan sc = { .fmt = fmt, .str = buf };
	int count = 0;
	va_list ap;

	va_copy(ap, args);
	while (*sc.fmt) {
		bool stored;

		if (isspace((unsigned char)*sc.fmt)) {
			sc.fmt = skip_spaces(sc.fmt);
			sc.str = skip_spaces(sc.str);
			continue;
		}
		if (*sc.fmt != '%') {
			if (*sc.fmt++ != *sc.str++)
				break;
			continue;
		}
		sc.fmt++;
		/* With the text used up only %n can still succeed. */
		if (!*sc.str && *sc.fmt != 'n')
			break;
		if (!scan_one(&sc, &ap, buf, &stored))
			break;
		count += stored;
	}
	va_end(ap);
	return count;
}
EXPORT_SYMBOL(vsscanf);

int sscanf(const char *buf, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsscanf(buf, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(sscanf);
