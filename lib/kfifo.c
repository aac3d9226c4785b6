/* SPDX-License-Identifier: MIT */
/*
 * Queues. The writer fills slots, then moves in; the reader empties slots, then moves out:
 * each with a release that the other's acquire pairs with.
 */
#include <linux/export.h>
#include <linux/kfifo.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

/* Return: 0; -EINVAL fewer than two elements; -ENOMEM. @size is rounded up to a power of two. */
int __kfifo_alloc(struct __kfifo *f, unsigned int size, size_t esize, gfp_t gfp)
{
	*f = (struct __kfifo){ .esize = esize };
	size = roundup_pow_of_two(size);
	if (size < 2)
		return -EINVAL;
	f->data = kmalloc_array(esize, size, gfp);
	if (!f->data)
		return -ENOMEM;
	f->mask = size - 1;
	return 0;
}
EXPORT_SYMBOL(__kfifo_alloc);

void __kfifo_free(struct __kfifo *f)
{
	kfree(f->data);
	*f = (struct __kfifo){ .esize = f->esize };
}
EXPORT_SYMBOL(__kfifo_free);

/* In memory of the caller, @size bytes of it, rounded down. Return: 0; -EINVAL too small. */
int __kfifo_init(struct __kfifo *f, void *buffer, unsigned int size, size_t esize)
{
	*f = (struct __kfifo){ .esize = esize, .data = buffer };
	size /= esize;
	if (size < 2) {
		f->data = NULL;
		return -EINVAL;
	}
	f->mask = rounddown_pow_of_two(size) - 1;
	return 0;
}
EXPORT_SYMBOL(__kfifo_init);

/* Bytes from element @at on that lie in a row, of @n elements. */
static size_t in_a_row(const struct __kfifo *f, unsigned int at, unsigned int n)
{
	return (size_t)min(n, f->mask + 1 - (at & f->mask)) * f->esize;
}

static u8 *slot(const struct __kfifo *f, unsigned int at)
{
	return (u8 *)f->data + (size_t)(at & f->mask) * f->esize;
}

unsigned int __kfifo_in(struct __kfifo *f, const void *buf, unsigned int len)
{
	unsigned int n = min(len, f->mask + 1 - (f->in - smp_load_acquire(&f->out)));
	size_t first = in_a_row(f, f->in, n);

	if (!f->data)
		return 0;
	memcpy(slot(f, f->in), buf, first);
	memcpy(f->data, (const u8 *)buf + first, (size_t)n * f->esize - first);
	smp_store_release(&f->in, f->in + n);
	return n;
}
EXPORT_SYMBOL(__kfifo_in);

unsigned int __kfifo_out_peek(struct __kfifo *f, void *buf, unsigned int len)
{
	unsigned int n = min(len, smp_load_acquire(&f->in) - f->out);
	size_t first = in_a_row(f, f->out, n);

	memcpy(buf, slot(f, f->out), first);
	memcpy((u8 *)buf + first, f->data, (size_t)n * f->esize - first);
	return n;
}
EXPORT_SYMBOL(__kfifo_out_peek);

unsigned int __kfifo_out(struct __kfifo *f, void *buf, unsigned int len)
{
	unsigned int n = __kfifo_out_peek(f, buf, len);

	smp_store_release(&f->out, f->out + n);
	return n;
}
EXPORT_SYMBOL(__kfifo_out);

/* Whole elements only; nothing is queued when a part of it can't be read. */
int __kfifo_from_user(struct __kfifo *f, const void __user *from, unsigned long bytes,
		      unsigned int *copied)
{
	unsigned int room = f->mask + 1 - (f->in - smp_load_acquire(&f->out));
	unsigned int n = min_t(unsigned long, bytes / f->esize, room);
	size_t first = in_a_row(f, f->in, n);

	*copied = 0;
	if (copy_from_user(slot(f, f->in), from, first) ||
	    copy_from_user(f->data, (const u8 __user *)from + first, (size_t)n * f->esize - first))
		return -EFAULT;
	smp_store_release(&f->in, f->in + n);
	*copied = n * f->esize;
	return 0;
}
EXPORT_SYMBOL(__kfifo_from_user);

int __kfifo_to_user(struct __kfifo *f, void __user *to, unsigned long bytes, unsigned int *copied)
{
	unsigned int n = min_t(unsigned long, bytes / f->esize, smp_load_acquire(&f->in) - f->out);
	size_t first = in_a_row(f, f->out, n);

	*copied = 0;
	if (copy_to_user(to, slot(f, f->out), first) ||
	    copy_to_user((u8 __user *)to + first, f->data, (size_t)n * f->esize - first))
		return -EFAULT;
	smp_store_release(&f->out, f->out + n);
	*copied = n * f->esize;
	return 0;
}
EXPORT_SYMBOL(__kfifo_to_user);
