/* SPDX-License-Identifier: MIT */
/*
 * Queues of records: bytes in a ring as in kfifo.c, each run of them preceded by its length,
 * low byte first, in @recsize bytes (1 or 2). The length and its bytes become visible to
 * the reader, and free to the writer, together.
 */
#include <linux/export.h>
#include <linux/kfifo.h>
#include <linux/uaccess.h>

static unsigned int room(struct __kfifo *f)
{
	return f->mask + 1 - (f->in - smp_load_acquire(&f->out));
}

/* Bytes from place @at on that lie in a row, of @n. */
static unsigned int in_a_row(const struct __kfifo *f, unsigned int at, unsigned int n)
{
	return min(n, f->mask + 1 - (at & f->mask));
}

static u8 *byte_at(const struct __kfifo *f, unsigned int at)
{
	return (u8 *)f->data + (at & f->mask);
}

static unsigned int longest(size_t recsize)
{
	return (1U << (8 * recsize)) - 1;
}

static bool fits(struct __kfifo *f, unsigned long len, size_t recsize)
{
	return len <= longest(recsize) && len + recsize <= room(f);
}

static void put_length(struct __kfifo *f, unsigned int len, size_t recsize)
{
	for (size_t i = 0; i < recsize; i++)
		*byte_at(f, f->in + i) = len >> (8 * i);
}

static unsigned int get_length(struct __kfifo *f, size_t recsize)
{
	unsigned int len = 0;

	for (size_t i = 0; i < recsize; i++)
		len |= (unsigned int)*byte_at(f, f->out + i) << (8 * i);
	return len;
}

static bool is_empty(struct __kfifo *f)
{
	return smp_load_acquire(&f->in) == f->out;
}

/* Length of the next record; 0 when there is none. The reader's side. */
unsigned int __kfifo_len_r(struct __kfifo *f, size_t recsize)
{
	return is_empty(f) ? 0 : get_length(f, recsize);
}
EXPORT_SYMBOL(__kfifo_len_r);

/* How long the next record may be. The writer's side. */
unsigned int __kfifo_avail_r(struct __kfifo *f, size_t recsize)
{
	unsigned int n = room(f);

	return n <= recsize ? 0 : min_t(unsigned int, n - recsize, longest(recsize));
}
EXPORT_SYMBOL(__kfifo_avail_r);

/* Return: @len, or 0 when the record as a whole has no room. */
unsigned int __kfifo_in_r(struct __kfifo *f, const void *buf, unsigned int len, size_t recsize)
{
	unsigned int at = f->in + recsize, first = in_a_row(f, at, len);

	if (!f->data || !fits(f, len, recsize))
		return 0;
	put_length(f, len, recsize);
	memcpy(byte_at(f, at), buf, first);
	memcpy(f->data, (const u8 *)buf + first, len - first);
	smp_store_release(&f->in, at + len);
	return len;
}
EXPORT_SYMBOL(__kfifo_in_r);

/* The first @len bytes at most of the next record, which stays. */
unsigned int __kfifo_out_peek_r(struct __kfifo *f, void *buf, unsigned int len, size_t recsize)
{
	unsigned int n = min(len, __kfifo_len_r(f, recsize)), at = f->out + recsize;
	unsigned int first = in_a_row(f, at, n);

	memcpy(buf, byte_at(f, at), first);
	memcpy((u8 *)buf + first, f->data, n - first);
	return n;
}
EXPORT_SYMBOL(__kfifo_out_peek_r);

void __kfifo_skip_r(struct __kfifo *f, size_t recsize)
{
	if (!is_empty(f))
		smp_store_release(&f->out, f->out + recsize + get_length(f, recsize));
}
EXPORT_SYMBOL(__kfifo_skip_r);

/* The same, and the record is gone: what does not fit into @len is lost. */
unsigned int __kfifo_out_r(struct __kfifo *f, void *buf, unsigned int len, size_t recsize)
{
	unsigned int n = __kfifo_out_peek_r(f, buf, len, recsize);

	__kfifo_skip_r(f, recsize);
	return n;
}
EXPORT_SYMBOL(__kfifo_out_r);

/* Return: 0, and nothing in *@copied when there was no room; -EFAULT, and nothing is queued. */
int __kfifo_from_user_r(struct __kfifo *f, const void __user *from, unsigned long bytes,
			unsigned int *copied, size_t recsize)
{
	unsigned int len = min_t(unsigned long, bytes, longest(recsize));
	unsigned int at = f->in + recsize, first = in_a_row(f, at, len);

	*copied = 0;
	if (!fits(f, len, recsize))
		return 0;
	if (copy_from_user(byte_at(f, at), from, first) ||
	    copy_from_user(f->data, (const u8 __user *)from + first, len - first))
		return -EFAULT;
	put_length(f, len, recsize);
	smp_store_release(&f->in, at + len);
	*copied = len;
	return 0;
}
EXPORT_SYMBOL(__kfifo_from_user_r);

/* Return: 0; -EFAULT, and the record stays. */
int __kfifo_to_user_r(struct __kfifo *f, void __user *to, unsigned long bytes,
		      unsigned int *copied, size_t recsize)
{
	unsigned int len = min_t(unsigned long, bytes, __kfifo_len_r(f, recsize));
	unsigned int at = f->out + recsize, first = in_a_row(f, at, len);

	*copied = 0;
	if (copy_to_user(to, byte_at(f, at), first) ||
	    copy_to_user((u8 __user *)to + first, f->data, len - first))
		return -EFAULT;
	__kfifo_skip_r(f, recsize);
	*copied = len;
	return 0;
}
EXPORT_SYMBOL(__kfifo_to_user_r);
