/* SPDX-License-Identifier: MIT */
/* Formatting: what vsprintf.c and pointer.c share. */
#ifndef _LIB_INTERNALS_H
#define _LIB_INTERNALS_H

#include <linux/stdarg.h>
#include <linux/types.h>

/* Where the text goes. @len counts also what found no room, as vsnprintf() must return it. */
struct sink {
	char	*buf;
	size_t	size;
	size_t	len;
};

enum format_length {
	LENGTH_CHAR,
	LENGTH_SHORT,
	LENGTH_INT,
	LENGTH_LONG,
	LENGTH_LONG_LONG,
};

#define FORMAT_LEFT	0x01	/* - */
#define FORMAT_PLUS	0x02	/* + */
#define FORMAT_SPACE	0x04	/* space */
#define FORMAT_ALT	0x08	/* # */
#define FORMAT_ZERO	0x10	/* 0 */
#define FORMAT_UPPER	0x20
#define FORMAT_SIGNED	0x40

/* One conversion of a format. */
struct format_spec {
	char			conv;		/* d, s, p, ... */
	u8			flags;		/* FORMAT_* */
	u8			base;
	enum format_length	length;
	int			width;		/* -1: none */
	int			precision;	/* -1: none */
};

static inline void sink_putc(struct sink *s, char c)
{
	if (s->len < s->size)
		s->buf[s->len] = c;
	s->len++;
}

void sink_puts(struct sink *s, const char *text, struct format_spec spec);
void sink_put_number(struct sink *s, unsigned long long num, struct format_spec spec);
void sink_vprintf(struct sink *s, const char *fmt, va_list args);
void sink_printf(struct sink *s, const char *fmt, ...) __printf(2, 3);
void sink_put_pointer(struct sink *s, const char *fmt, const void *ptr, struct format_spec spec);

/* "EINVAL" for 22; NULL for a number that is no error. */
const char *errname(int err);

#endif
