/* SPDX-License-Identifier: MIT */
/*
 * Classes of characters, without a table: those of ISO 8859-1, as modules know them from Linux.
 * Who wants ASCII alone asks isascii() too.
 */
#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

#include <linux/types.h>

static inline int isdigit(int c)
{
	return '0' <= c && c <= '9';
}

static inline int isupper(int c)
{
	c = (unsigned char)c;
	return ('A' <= c && c <= 'Z') || (0xc0 <= c && c <= 0xde && c != 0xd7);
}

static inline int islower(int c)
{
	c = (unsigned char)c;
	return ('a' <= c && c <= 'z') || (0xdf <= c && c != 0xf7);
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
	c = (unsigned char)c;
	return c == ' ' || ('\t' <= c && c <= '\r') || c == 0xa0;
}

static inline int iscntrl(int c)
{
	c = (unsigned char)c;
	return c < ' ' || c == 127;
}

static inline int isgraph(int c)
{
	c = (unsigned char)c;
	return ('!' <= c && c <= '~') || c > 0xa0;
}

static inline int isprint(int c)
{
	c = (unsigned char)c;
	return (' ' <= c && c <= '~') || c >= 0xa0;
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
