/* SPDX-License-Identifier: MIT */
/* Classes of ASCII characters, without a table; bytes above 127 belong to none. */
#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

#include <linux/types.h>

static inline int isdigit(int c)
{
	return '0' <= c && c <= '9';
}

static inline int isupper(int c)
{
	return 'A' <= c && c <= 'Z';
}

static inline int islower(int c)
{
	return 'a' <= c && c <= 'z';
}

static inline int isalpha(int c)
{
	return isupper(c) || islower(c);
}

static inline int isalnum(int c)
{
	return isalpha(c) || isdigit(c);
}

static inline int isxdigit(int c)
{
	return isdigit(c) || ('a' <= (c | 0x20) && (c | 0x20) <= 'f');
}

static inline int isspace(int c)
{
	return c == ' ' || ('\t' <= c && c <= '\r');
}

static inline int iscntrl(int c)
{
	return (0 <= c && c < ' ') || c == 127;
}

static inline int isgraph(int c)
{
	return '!' <= c && c <= '~';
}

static inline int isprint(int c)
{
	return ' ' <= c && c <= '~';
}

static inline int ispunct(int c)
{
	return isgraph(c) && !isalnum(c);
}

static inline int isascii(int c)
{
	return (c & ~0x7f) == 0;
}

static inline int toascii(int c)
{
	return c & 0x7f;
}

static inline int isodigit(int c)
{
	return '0' <= c && c <= '7';
}

static inline int tolower(int c)
{
	return isupper(c) ? c + 0x20 : c;
}

static inline int toupper(int c)
{
	return islower(c) ? c - 0x20 : c;
}

#endif
