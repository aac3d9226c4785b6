/* SPDX-License-Identifier: MIT */
/* Small parsers for what stands in options: lists of numbers, sizes, words, quotes. */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

/**
 * get_option - take an integer off a comma-separated list
 * @str: where it begins; moves past it and a comma behind it
 * @pint: the integer; may be NULL
 *
 * Return: 0 none there, 1 the last one, 2 a comma follows, 3 a range follows (after a '-').
 */
int get_option(char **str, int *pint)
{
	char *at = *str;
	int value;

	if (!at || !*at)
		return 0;
	value = *at == '-' ? -(int)simple_strtoull(at + 1, str, 0) : (int)simple_strtoull(at, str, 0);
	if (pint)
		*pint = value;
	if (*str == at || (*at == '-' && *str == at + 1))
		return 0;
	if (**str == ',') {
		(*str)++;
		return 2;
	}
	return **str == '-' ? 3 : 1;
}
EXPORT_SYMBOL(get_option);

/**
 * get_options - take a whole list of integers and ranges, "1,4-7"
 * @str: the text
 * @nints: room in @ints; 0 only counts
 * @ints: element 0 gets the number of integers that follow it
 *
 * Return: what follows the list.
 */
char *get_options(const char *str, int nints, int *ints)
{
	bool counting = nints == 0;
	char *at = (char *)str;
	int n = 1, value, res;

	while (counting || n < nints) {
		res = get_option(&at, &value);
		if (!res)
			break;
		if (res == 3) {
			int last;

			at++;
			if (!get_option(&at, &last))
				break;
			for (; value < last && (counting || n < nints); value++, n++) {
				if (!counting)
					ints[n] = value;
			}
			res = at[-1] == ',' ? 2 : 1;
			value = last;
			if (!counting && n >= nints)
				break;
		}
		if (!counting)
			ints[n] = value;
		n++;
		if (res == 1)
			break;
	}
	ints[0] = n - 1;
	return at;
}
EXPORT_SYMBOL(get_options);

/* A number with K, M, G, T, P or E behind it, each 1024 times the one before. */
unsigned long long memparse(const char *ptr, char **retptr)
{
	static const char units[] = "kmgtpe";
	char *end;
	unsigned long long value = simple_strtoull(ptr, &end, 0);
	const char *unit = *end ? strchr(units, tolower(*end)) : NULL;

	if (unit) {
		value <<= 10 * (unit - units + 1);
		end++;
	}
	if (retptr)
		*retptr = end;
	return value;
}
EXPORT_SYMBOL(memparse);

/* Whether @option is one of the words between the commas of @str. */
bool parse_option_str(const char *str, const char *option)
{
	size_t len = strlen(option);

	while (*str) {
		if (!strncmp(str, option, len) && (!str[len] || str[len] == ','))
			return true;
		str = strchrnul(str, ',');
		if (*str)
			str++;
	}
	return false;
}
EXPORT_SYMBOL(parse_option_str);

/**
 * next_arg - cut the next option off a command line, in place
 * @args: the line, without white space at its start
 * @param: its name
 * @val: what follows its '='; NULL when there is none
 *
 * Double quotes keep white space together and are taken off, whether they stand round the
 * value or round the whole option. A quote that is never closed goes on to the end.
 *
 * Return: what follows.
 */
char *next_arg(char *args, char **param, char **val)
{
	bool in_quote = false, quoted = *args == '"';
	char *equals = NULL, *p = args, *rest;

	if (quoted) {
		args = ++p;
		in_quote = true;
	}
	for (; *p && (in_quote || !isspace((unsigned char)*p)); p++) {
		if (*p == '=' && !equals)
			equals = p;
		if (*p == '"')
			in_quote = !in_quote;
	}
	rest = *p ? p + 1 : p;
	*p = '\0';
	if (quoted && p > args && p[-1] == '"')
		*--p = '\0';

	*param = args;
	*val = NULL;
	if (equals) {
		*equals = '\0';
		*val = equals + 1;
		if (**val == '"') {
			(*val)++;
			if (p[-1] == '"' && p - 1 >= *val)
				p[-1] = '\0';
		}
	}
	return skip_spaces(rest);
}
EXPORT_SYMBOL(next_arg);
