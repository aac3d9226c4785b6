/* SPDX-License-Identifier: MIT */
/*
 * Printing into a seq_file's buffer. What does not fit marks the buffer as overflowed
 * (count == size) and is dropped: the reader's side then tries again with a larger one.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/string_helpers.h>

static void overflow(struct seq_file *m)
{
	m->count = m->size;
}

/**
 * seq_write - append bytes
 * @m: the file
 * @data: bytes
 * @len: how many
 *
 * Context: show(). Return: 0; -1 when they did not fit.
 */
int seq_write(struct seq_file *m, const void *data, size_t len)
{
	if (len < m->size - m->count) {
		memcpy(m->buf + m->count, data, len);
		m->count += len;
		return 0;
	}
	overflow(m);
	return -1;
}
EXPORT_SYMBOL(seq_write);

void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)
{
	size_t room = m->size - m->count;
	int len;

	if (!room)
		return;
	len = vsnprintf(m->buf + m->count, room, fmt, args);
	if ((size_t)len < room)
		m->count += len;
	else
		overflow(m);
}
EXPORT_SYMBOL(seq_vprintf);

/* seq_printf - append, formatted as printk() formats. Context: show(). */
void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	seq_vprintf(m, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(seq_printf);

void seq_putc(struct seq_file *m, char c)
{
	if (m->count < m->size)
		m->buf[m->count++] = c;
}
EXPORT_SYMBOL(seq_putc);

void seq_puts(struct seq_file *m, const char *s)
{
	seq_write(m, s, strlen(s));
}
EXPORT_SYMBOL(seq_puts);

/* seq_pad - blanks up to the width that seq_setwidth() asked for, then @c if it is not 0 */
void seq_pad(struct seq_file *m, char c)
{
	while (m->count < m->pad_until && m->count < m->size)
		m->buf[m->count++] = ' ';
	if (c)
		seq_putc(m, c);
}
EXPORT_SYMBOL(seq_pad);

/**
 * seq_get_buf - the free end of the buffer, for who writes into it directly
 * @m: the file
 * @bufp: where it begins; NULL when there is none
 *
 * Return: its size. seq_commit() says how much was written; negative: it did not fit.
 */
size_t seq_get_buf(struct seq_file *m, char **bufp)
{
	BUG_ON(m->count > m->size);
	*bufp = m->count < m->size ? m->buf + m->count : NULL;
	return m->size - m->count;
}
EXPORT_SYMBOL(seq_get_buf);

void seq_commit(struct seq_file *m, int num)
{
	if (num < 0) {
		overflow(m);
	} else {
		BUG_ON(m->count + num > m->size);
		m->count += num;
	}
}
EXPORT_SYMBOL(seq_commit);

/* -- Numbers: the usual columns without a format to take apart ------------------------------- */

static void put_number(struct seq_file *m, const char *delimiter, const char *sign,
		       unsigned long long num, unsigned int base, unsigned int width, char pad)
{
	char digits[24];
	unsigned int n = sizeof(digits);

	do
		digits[--n] = hex_asc[num % base];
	while ((num /= base) != 0);
	while (sizeof(digits) - n < width && n)
		digits[--n] = pad;
	if (delimiter)
		seq_puts(m, delimiter);
	seq_puts(m, sign);
	seq_write(m, digits + n, sizeof(digits) - n);
}

/* seq_put_decimal_ull_width - @delimiter, then @num, right-aligned in @width columns */
void seq_put_decimal_ull_width(struct seq_file *m, const char *delimiter, unsigned long long num,
			       unsigned int width)
{
	put_number(m, delimiter, "", num, 10, width, ' ');
}
EXPORT_SYMBOL(seq_put_decimal_ull_width);

void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num)
{
	put_number(m, delimiter, "", num, 10, 0, ' ');
}
EXPORT_SYMBOL(seq_put_decimal_ull);

void seq_put_decimal_ll(struct seq_file *m, const char *delimiter, long long num)
{
	put_number(m, delimiter, num < 0 ? "-" : "", num < 0 ? -(unsigned long long)num : (unsigned long long)num,
		   10, 0, ' ');
}
EXPORT_SYMBOL(seq_put_decimal_ll);

/* seq_put_hex_ll - hexadecimal, with leading zeroes up to @width */
void seq_put_hex_ll(struct seq_file *m, const char *delimiter, unsigned long long v,
		    unsigned int width)
{
	put_number(m, delimiter, "", v, 16, width, '0');
}
EXPORT_SYMBOL(seq_put_hex_ll);

/* -- Escapes ------------------------------------------------------------------------------------ */

/* seq_escape_mem - bytes, escaped as string_escape_mem() does it */
void seq_escape_mem(struct seq_file *m, const char *src, size_t len, unsigned int flags,
		    const char *esc)
{
	char *buf;
	size_t size = seq_get_buf(m, &buf), used = string_escape_mem(src, len, buf, size, flags, esc);

	seq_commit(m, used < size ? (int)used : -1);
}
EXPORT_SYMBOL(seq_escape_mem);

/* seq_escape - a string, its characters that are in @esc as \ooo */
void seq_escape(struct seq_file *m, const char *s, const char *esc)
{
	seq_escape_mem(m, s, strlen(s), ESCAPE_OCTAL, esc);
}
EXPORT_SYMBOL(seq_escape);

/* mangle_path - copy a string to @s, which may overlap its front, escaped; NULL: no room */
char *mangle_path(char *s, const char *p, const char *esc)
{
	while (s <= p) {
		char c = *p++;

		if (!c)
			return s;
		if (!strchr(esc, c)) {
			*s++ = c;
		} else if (s + 4 > p) {
			break;
		} else {
			*s++ = '\\';
			*s++ = '0' + ((c & 0300) >> 6);
			*s++ = '0' + ((c & 070) >> 3);
			*s++ = '0' + (c & 07);
		}
	}
	return NULL;
}
EXPORT_SYMBOL(mangle_path);

static int put_name(struct seq_file *m, char *buf, size_t size, char *name, const char *esc)
{
	char *end = IS_ERR_OR_NULL(name) ? NULL : mangle_path(buf, name, esc);
	int len = end ? end - buf : -1;

	seq_commit(m, size ? len : -1);
	return len;
}

/* seq_path - absolute name of a path, escaped. Return: its length; -1 when it did not fit. */
int seq_path(struct seq_file *m, const struct path *path, const char *esc)
{
	char *buf;
	size_t size = seq_get_buf(m, &buf);

	return put_name(m, buf, size, size ? d_path(path, buf, size) : NULL, esc);
}
EXPORT_SYMBOL(seq_path);

int seq_file_path(struct seq_file *m, struct file *file, const char *esc)
{
	return seq_path(m, &file->f_path, esc);
}
EXPORT_SYMBOL(seq_file_path);

int seq_dentry(struct seq_file *m, struct dentry *dentry, const char *esc)
{
	char *buf;
	size_t size = seq_get_buf(m, &buf);

	return put_name(m, buf, size, size ? dentry_path_raw(dentry, buf, size) : NULL, esc);
}
EXPORT_SYMBOL(seq_dentry);

/* seq_hex_dump - lines of bytes, as print_hex_dump() prints them */
void seq_hex_dump(struct seq_file *m, const char *prefix_str, int prefix_type, int rowsize,
		  int groupsize, const void *buf, size_t len, bool ascii)
{
	const u8 *p = buf;
	char line[32 * 3 + 2 + 32 + 1];
	size_t i, n;

	if (rowsize != 16 && rowsize != 32)
		rowsize = 16;
	for (i = 0; i < len && !seq_has_overflowed(m); i += rowsize) {
		n = min_t(size_t, len - i, rowsize);
		hex_dump_to_buffer(p + i, n, rowsize, groupsize, line, sizeof(line), ascii);
		if (prefix_type == DUMP_PREFIX_ADDRESS)
			seq_printf(m, "%s%p: %s\n", prefix_str, p + i, line);
		else if (prefix_type == DUMP_PREFIX_OFFSET)
			seq_printf(m, "%s%.8zx: %s\n", prefix_str, i, line);
		else
			seq_printf(m, "%s%s\n", prefix_str, line);
	}
}
EXPORT_SYMBOL(seq_hex_dump);
