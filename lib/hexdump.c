/* SPDX-License-Identifier: MIT */
/* Bytes as hexadecimal text, and back. */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>

const char hex_asc[] = "0123456789abcdef";
EXPORT_SYMBOL(hex_asc);
const char hex_asc_upper[] = "0123456789ABCDEF";
EXPORT_SYMBOL(hex_asc_upper);

/* -1 for what is no digit. */
int hex_to_bin(unsigned char ch)
{
	if (isdigit(ch))
		return ch - '0';
	ch = tolower(ch);
	return 'a' <= ch && ch <= 'f' ? ch - 'a' + 10 : -1;
}
EXPORT_SYMBOL(hex_to_bin);

int hex2bin(u8 *dst, const char *src, size_t count)
{
	while (count--) {
		int hi = hex_to_bin(*src++), lo;

		if (hi < 0)
			return -EINVAL;
		lo = hex_to_bin(*src++);
		if (lo < 0)
			return -EINVAL;
		*dst++ = hi << 4 | lo;
	}
	return 0;
}
EXPORT_SYMBOL(hex2bin);

/* Returns the end of the text, which has no NUL. */
char *bin2hex(char *dst, const void *src, size_t count)
{
	for (const u8 *p = src; count--; p++)
		dst = hex_byte_pack(dst, *p);
	return dst;
}
EXPORT_SYMBOL(bin2hex);

/* One group of @size bytes as a number of the machine's byte order. */
static int print_group(char *to, size_t room, const u8 *p, int size)
{
	u64 v = 0;
	u32 v32;
	u16 v16;

	switch (size) {
	case 8:
		memcpy(&v, p, 8);
		break;
	case 4:
		memcpy(&v32, p, 4);
		v = v32;
		break;
	case 2:
		memcpy(&v16, p, 2);
		v = v16;
		break;
	default:
		v = *p;
	}
	return snprintf(to, room, "%0*llx", size * 2, (unsigned long long)v);
}

/**
 * hex_dump_to_buffer - one line of a dump
 * @buf: the bytes
 * @len: how many there are; no more than @rowsize of them are shown
 * @rowsize: 16 or 32
 * @groupsize: bytes in a number: 1, 2, 4 or 8; 1 when @len is no multiple of it
 * @linebuf: where to
 * @linebuflen: its size
 * @ascii: the same as characters behind it
 *
 * Return: length of the whole line, had there been room.
 */
int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize, char *linebuf,
		       size_t linebuflen, bool ascii)
{
	const u8 *p = buf;
	int n = 0, column;

	if (rowsize != 16 && rowsize != 32)
		rowsize = 16;
	len = min_t(size_t, len, rowsize);
	if (!is_power_of_2(groupsize) || groupsize > 8 || len % groupsize)
		groupsize = 1;
	/* Where the characters begin: after a full row's numbers and two blanks. */
	column = rowsize * 2 + rowsize / groupsize + 1;

#define ROOM	(n < (int)linebuflen ? linebuflen - n : 0)
#define AT	(ROOM ? linebuf + n : NULL)
	if (linebuflen)
		linebuf[0] = '\0';
	for (size_t i = 0; i < len; i += groupsize) {
		if (i)
			n += snprintf(AT, ROOM, " ");
		n += print_group(AT, ROOM, p + i, groupsize);
	}
	if (ascii && len) {
		n += snprintf(AT, ROOM, "%*s", column - n, "");
		for (size_t i = 0; i < len; i++)
			n += snprintf(AT, ROOM, "%c", isascii(p[i]) && isprint(p[i]) ? p[i] : '.');
	}
#undef ROOM
#undef AT
	return n;
}
EXPORT_SYMBOL(hex_dump_to_buffer);

/**
 * print_hex_dump - bytes into the log
 * @level: KERN_*
 * @prefix_str: in front of every line
 * @prefix_type: DUMP_PREFIX_*: and the address, or the offset, or neither
 * @rowsize: bytes in a line: 16 or 32
 * @groupsize: bytes in a number
 * @buf: the bytes
 * @len: how many
 * @ascii: the same as characters behind them
 *
 * Context: any.
 */
void print_hex_dump(const char *level, const char *prefix_str, int prefix_type, int rowsize,
		    int groupsize, const void *buf, size_t len, bool ascii)
{
	char line[32 * 3 + 2 + 32 + 1];

	if (rowsize != 16 && rowsize != 32)
		rowsize = 16;
	for (size_t i = 0; i < len; i += rowsize) {
		const u8 *p = (const u8 *)buf + i;

		hex_dump_to_buffer(p, len - i, rowsize, groupsize, line, sizeof(line), ascii);
		switch (prefix_type) {
		case DUMP_PREFIX_ADDRESS:
			printk("%s%s%p: %s\n", level, prefix_str, p, line);
			break;
		case DUMP_PREFIX_OFFSET:
			printk("%s%s%.8x: %s\n", level, prefix_str, (unsigned int)i, line);
			break;
		default:
			printk("%s%s%s\n", level, prefix_str, line);
		}
	}
}
EXPORT_SYMBOL(print_hex_dump);
