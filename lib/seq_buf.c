/* SPDX-License-Identifier: MIT */
/* A buffer that text is appended to; what does not fit is left out whole. */
#include <linux/export.h>
#include <linux/seq_buf.h>
#include <linux/string.h>

int seq_buf_vprintf(struct seq_buf *s, const char *fmt, va_list args)
{
	size_t left = seq_buf_buffer_left(s);
	int len;

	if (left) {
		len = vsnprintf(s->buffer + s->len, left, fmt, args);
		if ((size_t)len < left) {
			s->len += len;
			return 0;
		}
	}
	seq_buf_set_overflow(s);
	return -1;
}
EXPORT_SYMBOL(seq_buf_vprintf);

int seq_buf_printf(struct seq_buf *s, const char *fmt, ...)
{
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = seq_buf_vprintf(s, fmt, args);
	va_end(args);
	return ret;
}
EXPORT_SYMBOL(seq_buf_printf);

int seq_buf_putmem(struct seq_buf *s, const void *mem, unsigned int len)
{
	if (len > seq_buf_buffer_left(s)) {
		seq_buf_set_overflow(s);
		return -1;
	}
	memcpy(s->buffer + s->len, mem, len);
	s->len += len;
	return 0;
}
EXPORT_SYMBOL(seq_buf_putmem);

int seq_buf_puts(struct seq_buf *s, const char *str)
{
	return seq_buf_putmem(s, str, strlen(str));
}
EXPORT_SYMBOL(seq_buf_puts);

int seq_buf_putc(struct seq_buf *s, unsigned char c)
{
	return seq_buf_putmem(s, &c, 1);
}
EXPORT_SYMBOL(seq_buf_putc);

/* End the text by a NUL, over its last character if need be. */
void seq_buf_terminate(struct seq_buf *s)
{
	if (s->size)
		s->buffer[min(s->len, s->size - 1)] = '\0';
}
EXPORT_SYMBOL(seq_buf_terminate);
