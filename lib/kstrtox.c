/* SPDX-License-Identifier: MIT */
/* Numbers from text. Base 0 takes it from the text: 0x is 16, a leading 0 is 8, else 10. */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static const char *take_base(const char *s, unsigned int *base)
{
	bool hex = s[0] == '0' && (s[1] | 0x20) == 'x' && isxdigit(s[2]);

	if (*base == 0)
		*base = hex ? 16 : s[0] == '0' ? 8 : 10;
	return *base == 16 && hex ? s + 2 : s;
}

static unsigned int digit_value(char c)
{
	if (isdigit(c))
		return c - '0';
	if (isalpha(c))
		return (c | 0x20) - 'a' + 10;
	return UINT_MAX;
}

/* What digits there are at *@s, which moves past them. False when the number did not fit. */
static bool take_digits(const char **s, unsigned int base, unsigned long long *res)
{
	unsigned long long v = 0;
	bool fits = true;

	for (; digit_value(**s) < base; (*s)++) {
		if (__builtin_mul_overflow(v, base, &v) ||
		    __builtin_add_overflow(v, digit_value(**s), &v))
			fits = false;
	}
	*res = v;
	return fits;
}

/* The whole of @s after its sign. */
static int parse_all(const char *s, unsigned int base, unsigned long long *res)
{
	unsigned long long v;
	const char *start;
	bool fits;

	start = s = take_base(s, &base);
	fits = take_digits(&s, base, &v);
	if (s == start)
		return -EINVAL;
	if (*s == '\n')
		s++;
	if (*s)
		return -EINVAL;
	if (!fits)
		return -ERANGE;
	*res = v;
	return 0;
}

/**
 * kstrtoull - read an unsigned number
 * @s: the whole text: a plus sign, digits, a newline at the end; all but digits optional
 * @base: 0 or 2 to 36
 * @res: the result, written on success only
 *
 * Return: 0; -EINVAL not a number; -ERANGE too large.
 */
int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	return parse_all(*s == '+' ? s + 1 : s, base, res);
}
EXPORT_SYMBOL(kstrtoull);

int kstrtoll(const char *s, unsigned int base, long long *res)
{
	bool negative = *s == '-';
	unsigned long long v;
	int err = negative ? parse_all(s + 1, base, &v) : kstrtoull(s, base, &v);

	if (err)
		return err;
	if (v > (unsigned long long)LLONG_MAX + negative)
		return -ERANGE;
	*res = negative ? -v : v;
	return 0;
}
EXPORT_SYMBOL(kstrtoll);

/* The same for a smaller type: the value must survive the conversion. */
#define KSTRTO(name, type, wide, parse)					\
int name(const char *s, unsigned int base, type *res)			\
{									\
	wide v;								\
	int err = parse(s, base, &v);					\
									\
	if (err)							\
		return err;						\
	if ((wide)(type)v != v)						\
		return -ERANGE;						\
	*res = v;							\
	return 0;							\
}									\
EXPORT_SYMBOL(name)
KSTRTO(kstrtoul, unsigned long, unsigned long long, kstrtoull);
KSTRTO(kstrtol, long, long long, kstrtoll);
KSTRTO(kstrtouint, unsigned int, unsigned long long, kstrtoull);
KSTRTO(kstrtoint, int, long long, kstrtoll);
KSTRTO(kstrtou16, u16, unsigned long long, kstrtoull);
KSTRTO(kstrtos16, s16, long long, kstrtoll);
KSTRTO(kstrtou8, u8, unsigned long long, kstrtoull);
KSTRTO(kstrtos8, s8, long long, kstrtoll);

/* y, Y, t, T, 1, on: true. n, N, f, F, 0, off: false. What follows does not matter. */
int kstrtobool(const char *s, bool *res)
{
	if (!s)
		return -EINVAL;
	switch (tolower(*s)) {
	case 'y': case 't': case '1':
		*res = true;
		return 0;
	case 'n': case 'f': case '0':
		*res = false;
		return 0;
	case 'o':
		if (tolower(s[1]) == 'n')
			*res = true;
		else if (tolower(s[1]) == 'f')
			*res = false;
		else
			return -EINVAL;
		return 0;
	default:
		return -EINVAL;
	}
}
EXPORT_SYMBOL(kstrtobool);

/* A sign, "0x", 64 binary digits, a newline, a NUL: more is no number. */
#define NUMBER_TEXT	68

static int text_from_user(char *buf, const char __user *s, size_t count)
{
	count = min(count, (size_t)NUMBER_TEXT - 1);
	if (copy_from_user(buf, s, count))
		return -EFAULT;
	buf[count] = '\0';
	return 0;
}

#define KSTRTO_USER(name, type)						\
int name##_from_user(const char __user *s, size_t count, unsigned int base, type *res) \
{									\
	char buf[NUMBER_TEXT];						\
									\
	return text_from_user(buf, s, count) ?: name(buf, base, res);	\
}									\
EXPORT_SYMBOL(name##_from_user)
KSTRTO_USER(kstrtoull, unsigned long long);
KSTRTO_USER(kstrtoll, long long);
KSTRTO_USER(kstrtoul, unsigned long);
KSTRTO_USER(kstrtol, long);
KSTRTO_USER(kstrtouint, unsigned int);
KSTRTO_USER(kstrtoint, int);

int kstrtobool_from_user(const char __user *s, size_t count, bool *res)
{
	char buf[NUMBER_TEXT];

	return text_from_user(buf, s, count) ?: kstrtobool(buf, res);
}
EXPORT_SYMBOL(kstrtobool_from_user);

unsigned long long simple_strtoull(const char *cp, char **endp, unsigned int base)
{
	unsigned long long v;

	cp = take_base(cp, &base);
	take_digits(&cp, base, &v);
	if (endp)
		*endp = (char *)cp;
	return v;
}
EXPORT_SYMBOL(simple_strtoull);

unsigned long simple_strtoul(const char *cp, char **endp, unsigned int base)
{
	return simple_strtoull(cp, endp, base);
}
EXPORT_SYMBOL(simple_strtoul);

long long simple_strtoll(const char *cp, char **endp, unsigned int base)
{
	return *cp == '-' ? -simple_strtoull(cp + 1, endp, base) : simple_strtoull(cp, endp, base);
}
EXPORT_SYMBOL(simple_strtoll);

long simple_strtol(const char *cp, char **endp, unsigned int base)
{
	return simple_strtoll(cp, endp, base);
}
EXPORT_SYMBOL(simple_strtol);
