/* SPDX-License-Identifier: MIT */
/*
 * %p and what may follow it:
 *
 *	S s B SR	an address as name+offset/size, name alone, or a return address
 *	K x (none)	the value itself, 16 digits
 *	e		an error number in a pointer: -EINVAL
 *	V		struct va_format: a format within the format
 *	h hC hD hN	bytes in hexadecimal, as many as the width says
 *	E and letters	bytes as many as the width says, escaped: a c h n o p s choose how
 *	b bl		a bitmap of as many bits as the width says: a mask, a list
 *	M MF MR m mR	an Ethernet address
 *	I4 i4 I6 I6c i6	an Internet address (I4 takes h n b l for the byte order)
 *	U Ub Ul UB UL	a UUID
 *	d d2 d3 d4 D	a dentry or file by its last names
 *	a ap ad		what a phys_addr_t or dma_addr_t pointer points at
 *	r R		struct resource, flags as numbers or words
 */
#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/ioport.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/string_helpers.h>
#include "internals.h"

/* Text that was put together in @buf, as one field. */
static void put_field(struct sink *s, struct sink *text, struct format_spec spec)
{
	text->buf[min(text->len, text->size - 1)] = '\0';
	spec.precision = -1;
	sink_puts(s, text->buf, spec);
}

#define FIELD(name, bytes)						\
	char name##_buf[bytes];						\
	struct sink name = { .buf = name##_buf, .size = sizeof(name##_buf) }

static void put_value(struct sink *s, const void *ptr, struct format_spec spec)
{
	spec.base = 16;
	if (spec.width < 0) {
		spec.width = 2 * sizeof(ptr);
		spec.flags |= FORMAT_ZERO;
	}
	sink_put_number(s, (unsigned long)ptr, spec);
}

static void put_symbol(struct sink *s, const char *fmt, unsigned long addr, struct format_spec spec)
{
	char sym[KSYM_SYMBOL_LEN];

	/* On machines where a function pointer is a descriptor, R would look through it. */
	if (*fmt == 'B')
		sprint_backtrace(sym, addr);
	else if (*fmt == 's')
		sprint_symbol_no_offset(sym, addr);
	else
		sprint_symbol(sym, addr);
	sink_puts(s, sym, spec);
}

static void put_error(struct sink *s, const void *ptr, struct format_spec spec)
{
	const char *name;
	FIELD(text, 32);

	if (!IS_ERR(ptr)) {
		put_value(s, ptr, spec);
		return;
	}
	name = errname(-PTR_ERR(ptr));
	if (name)
		sink_printf(&text, "-%s", name);
	else
		sink_printf(&text, "%ld", PTR_ERR(ptr));
	put_field(s, &text, spec);
}

static void put_hex_string(struct sink *s, const char *fmt, const u8 *bytes, struct format_spec spec)
{
	char separator = fmt[1] == 'C' ? ':' : fmt[1] == 'D' ? '-' : fmt[1] == 'N' ? '\0' : ' ';
	int count = clamp(spec.width, 0, 64);

	if (spec.width < 0)
		count = 1;
	for (int i = 0; i < count; i++) {
		if (i && separator)
			sink_putc(s, separator);
		sink_putc(s, hex_asc_hi(bytes[i]));
		sink_putc(s, hex_asc_lo(bytes[i]));
	}
}

static void put_escaped(struct sink *s, const char *fmt, const char *bytes, struct format_spec spec)
{
	static const struct { char letter; unsigned int flags; } kinds[] = {
		{ 'a', ESCAPE_ANY }, { 'c', ESCAPE_SPECIAL }, { 'h', ESCAPE_HEX }, { 'n', ESCAPE_NULL },
		{ 'o', ESCAPE_OCTAL }, { 'p', ESCAPE_NP }, { 's', ESCAPE_SPACE },
	};
	size_t room = s->len < s->size ? s->size - s->len : 0;
	unsigned int flags = 0;

	while (isalpha(*++fmt)) {
		for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
			if (kinds[i].letter == *fmt)
				flags |= kinds[i].flags;
		}
	}
	s->len += string_escape_mem(bytes, spec.width < 0 ? 1 : spec.width, room ? s->buf + s->len : NULL,
				    room, flags ?: ESCAPE_ANY_NP, NULL);
}

/* Groups of 32 bits, highest first; the highest as wide as the bits that are left for it. */
static void put_bitmap(struct sink *s, const unsigned long *map, struct format_spec spec)
{
	int nbits = max(spec.width, 0), group_bits = nbits % 32 ?: 32;

	for (int at = round_up(nbits, 32) - 32; at >= 0; at -= 32) {
		u32 group = map[at / BITS_PER_LONG] >> (at % BITS_PER_LONG);

		if (group_bits < 32)
			group &= (1U << group_bits) - 1;
		sink_printf(s, "%0*x", DIV_ROUND_UP(group_bits, 4), group);
		if (at)
			sink_putc(s, ',');
		group_bits = 32;
	}
}

static void put_bitmap_list(struct sink *s, const unsigned long *map, struct format_spec spec)
{
	unsigned int nbits = max(spec.width, 0), first, end;
	const char *separator = "";

	for (first = find_first_bit(map, nbits); first < nbits; first = find_next_bit(map, nbits, end)) {
		end = find_next_zero_bit(map, nbits, first);
		sink_printf(s, first + 1 == end ? "%s%u" : "%s%u-%u", separator, first, end - 1);
		separator = ",";
	}
}

static void put_mac(struct sink *s, const char *fmt, const u8 *addr, struct format_spec spec)
{
	char separator = fmt[0] == 'm' ? '\0' : fmt[1] == 'F' ? '-' : ':';
	bool reversed = fmt[1] == 'R';
	FIELD(text, 3 * 6 + 1);

	for (int i = 0; i < 6; i++) {
		if (i && separator)
			sink_putc(&text, separator);
		sink_printf(&text, "%02x", addr[reversed ? 5 - i : i]);
	}
	put_field(s, &text, spec);
}

static void ip4_text(struct sink *text, const u8 *addr, const char *fmt)
{
	/* n, b: network order, as without a letter. h, l: the host's, which is little-endian. */
	bool swapped = fmt[2] == 'l' || (fmt[2] == 'h' && cpu_to_be16(1) != 1);

	for (int i = 0; i < 4; i++)
		sink_printf(text, fmt[0] == 'i' ? "%s%03u" : "%s%u", i ? "." : "",
			    addr[swapped ? 3 - i : i]);
}

/* The longest run of zero groups, of two at least, becomes "::". */
static void ip6_compressed(struct sink *text, const u8 *addr)
{
	int best = -1, best_len = 1, run = 0;
	bool v4_tail = !memchr_inv(addr, 0, 10) && addr[10] == 0xff && addr[11] == 0xff;
	int groups = v4_tail ? 6 : 8;

	for (int i = 0; i < groups; i++) {
		run = addr[2 * i] || addr[2 * i + 1] ? 0 : run + 1;
		if (run > best_len) {
			best_len = run;
			best = i + 1 - run;
		}
	}
	for (int i = 0; i < groups; i++) {
		if (i == best) {
			sink_printf(text, "::");
			i += best_len - 1;
			continue;
		}
		if (i && i != best + best_len)
			sink_putc(text, ':');
		sink_printf(text, "%x", addr[2 * i] << 8 | addr[2 * i + 1]);
	}
	if (v4_tail) {
		sink_putc(text, ':');
		ip4_text(text, addr + 12, "I4");
	}
}

static void put_ip(struct sink *s, const char *fmt, const u8 *addr, struct format_spec spec)
{
	FIELD(text, 8 * 5 + 1);

	if (fmt[1] == '4') {
		ip4_text(&text, addr, fmt);
	} else if (fmt[0] == 'I' && fmt[2] == 'c') {
		ip6_compressed(&text, addr);
	} else {
		for (int i = 0; i < 8; i++)
			sink_printf(&text, "%s%02x%02x", i && fmt[0] == 'I' ? ":" : "",
				    addr[2 * i], addr[2 * i + 1]);
	}
	put_field(s, &text, spec);
}

static void put_uuid(struct sink *s, const char *fmt, const u8 *id, struct format_spec spec)
{
	/* Little-endian UUIDs (GUIDs) have their first three fields the other way round. */
	static const u8 be[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
	static const u8 le[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
	const u8 *order = tolower(fmt[1]) == 'l' ? le : be;
	bool upper = fmt[1] == 'L' || fmt[1] == 'B';
	FIELD(text, 37);

	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			sink_putc(&text, '-');
		sink_printf(&text, upper ? "%02X" : "%02x", id[order[i]]);
	}
	put_field(s, &text, spec);
}

static void put_dentry(struct sink *s, const char *fmt, const struct dentry *d, struct format_spec spec)
{
	int depth = fmt[1] >= '2' && fmt[1] <= '4' ? fmt[1] - '0' : 1;
	const struct dentry *path[4];
	int n = 0;
	FIELD(text, 4 * 64);

	/* Names may change under us: each is read once, and none is longer than its buffer. */
	for (; n < depth; d = READ_ONCE(d->d_parent)) {
		path[n++] = d;
		if (d == READ_ONCE(d->d_parent))
			break;
	}
	while (n--) {
		const char *name = (const char *)READ_ONCE(path[n]->d_name.name);

		sink_printf(&text, "%s", name);
		if (n && strcmp(name, "/"))
			sink_putc(&text, '/');
	}
	put_field(s, &text, spec);
}

static const char *resource_kind(const struct resource *res)
{
	switch (resource_type(res)) {
	case IORESOURCE_IO:  return "io ";
	case IORESOURCE_MEM: return "mem";
	case IORESOURCE_IRQ: return "irq";
	case IORESOURCE_DMA: return "dma";
	case IORESOURCE_BUS: return "bus";
	default:	     return "???";
	}
}

static void put_resource(struct sink *s, const char *fmt, const struct resource *res,
			 struct format_spec spec)
{
	unsigned long type = resource_type(res);
	bool words = *fmt == 'R' && strcmp(resource_kind(res), "???");
	const char *number = type == IORESOURCE_IO ? "%#06llx" : type == IORESOURCE_MEM ? "%#010llx" :
			     type == IORESOURCE_BUS ? "%02llx" :
			     type == IORESOURCE_IRQ || type == IORESOURCE_DMA ? "%lld" : "%#llx";
	FIELD(text, 128);

	sink_printf(&text, "[%s ", resource_kind(res));
	if (words && (res->flags & IORESOURCE_UNSET)) {
		sink_printf(&text, "size ");
		sink_printf(&text, number, (unsigned long long)resource_size(res));
	} else {
		sink_printf(&text, number, (unsigned long long)res->start);
		if (res->start != res->end) {
			sink_putc(&text, '-');
			sink_printf(&text, number, (unsigned long long)res->end);
		}
	}
	if (words)
		sink_printf(&text, "%s%s%s%s", res->flags & IORESOURCE_MEM_64 ? " 64bit" : "",
			    res->flags & IORESOURCE_PREFETCH ? " pref" : "",
			    res->flags & IORESOURCE_WINDOW ? " window" : "",
			    res->flags & IORESOURCE_DISABLED ? " disabled" : "");
	else
		sink_printf(&text, " flags %#lx", res->flags);
	sink_putc(&text, ']');
	put_field(s, &text, spec);
}

static void put_address(struct sink *s, const char *fmt, const void *ptr)
{
	u64 addr = fmt[1] == 'd' ? *(const dma_addr_t *)ptr : *(const phys_addr_t *)ptr;

	sink_printf(s, "0x%016llx", addr);
}

static void put_va_format(struct sink *s, const struct va_format *vaf)
{
	sink_vprintf(s, vaf->fmt, *vaf->va);
}

static void put_pointee(struct sink *s, const char *fmt, const void *ptr, struct format_spec spec)
{
	switch (*fmt) {
	case 'h':
		put_hex_string(s, fmt, ptr, spec);
		break;
	case 'E':
		put_escaped(s, fmt, ptr, spec);
		break;
	case 'b':
		if (fmt[1] == 'l')
			put_bitmap_list(s, ptr, spec);
		else
			put_bitmap(s, ptr, spec);
		break;
	case 'M': case 'm':
		put_mac(s, fmt, ptr, spec);
		break;
	case 'I': case 'i':
		put_ip(s, fmt, ptr, spec);
		break;
	case 'U':
		put_uuid(s, fmt, ptr, spec);
		break;
	case 'V':
		put_va_format(s, ptr);
		break;
	case 'd':
		put_dentry(s, fmt, ptr, spec);
		break;
	case 'D':
		put_dentry(s, fmt, ((const struct file *)ptr)->f_path.dentry, spec);
		break;
	case 'a':
		put_address(s, fmt, ptr);
		break;
	case 'r': case 'R':
		put_resource(s, fmt, ptr, spec);
		break;
	}
}

/**
 * sink_put_pointer - one %p conversion
 * @s: where to
 * @fmt: what follows the p
 * @ptr: the argument
 * @spec: width and flags
 */
void sink_put_pointer(struct sink *s, const char *fmt, const void *ptr, struct format_spec spec)
{
	/* These say something about the pointer itself, whatever it is. */
	switch (*fmt) {
	case 'S': case 's': case 'B': case 'F': case 'f':
		put_symbol(s, *fmt == 'f' ? "s" : fmt, (unsigned long)ptr, spec);
		return;
	case 'e':
		put_error(s, ptr, spec);
		return;
	case 'h': case 'b': case 'M': case 'm': case 'I': case 'i': case 'U': case 'V':
	case 'd': case 'D': case 'a': case 'r': case 'R': case 'E':
		break;
	default:
		put_value(s, ptr, spec);
		return;
	}

	if ((unsigned long)ptr < PAGE_SIZE || IS_ERR(ptr)) {
		if (*fmt == 'h' || *fmt == 'b' || *fmt == 'E')
			spec.width = -1;
		sink_puts(s, ptr, spec);	/* which says what it thinks of it */
		return;
	}
	put_pointee(s, fmt, ptr, spec);
}
