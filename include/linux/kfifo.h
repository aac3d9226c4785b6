/* SPDX-License-Identifier: MIT */
/*
 * Queues of fixed size. One reader and one writer need no lock between them; more of a kind
 * exclude each other, for which the _spinlocked forms help. The type of the elements is
 * known from the queue; struct kfifo is one of bytes.
 */
#ifndef _LINUX_KFIFO_H
#define _LINUX_KFIFO_H

#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/stddef.h>
#include <linux/string.h>

/* The counters run freely: their difference is what is queued. */
struct __kfifo {
	unsigned int	in;	/* the writer's; read by the reader */
	unsigned int	out;	/* the reader's; read by the writer */
	unsigned int	mask;	/* elements - 1, a power of two less one */
	unsigned int	esize;	/* bytes of an element */
	void		*data;
};

#define __STRUCT_KFIFO(type, size, ptrtype)				\
{									\
	union {								\
		struct __kfifo	kfifo;					\
		type		*type_of;				\
		const type	*const_type_of;				\
		ptrtype		*ptr;					\
	};								\
	type		buf[size];					\
}
#define STRUCT_KFIFO(type, size)	struct __STRUCT_KFIFO(type, size, type)
#define STRUCT_KFIFO_PTR(type)		struct __STRUCT_KFIFO(type, 0, type)

/* Bytes, in memory from kfifo_alloc() or kfifo_init(). */
struct kfifo __STRUCT_KFIFO(unsigned char, 0, void);

#define DECLARE_KFIFO_PTR(fifo, type)	STRUCT_KFIFO_PTR(type) fifo
#define DECLARE_KFIFO(fifo, type, size)	STRUCT_KFIFO(type, size) fifo

/* Whether the queue has its elements in itself. */
#define __is_kfifo_ptr(fifo)		(sizeof((fifo)->buf) == 0)
#define __kfifo_len_of(fifo)		(sizeof((fifo)->buf) / sizeof((fifo)->buf[0]))

#define INIT_KFIFO(fifo)						\
do {									\
	typeof(&(fifo)) __f = &(fifo);					\
	__f->kfifo = (struct __kfifo){					\
		.mask = __is_kfifo_ptr(__f) ? 0 : __kfifo_len_of(__f) - 1, \
		.esize = sizeof(__f->buf[0]),				\
		.data = __is_kfifo_ptr(__f) ? NULL : __f->buf };	\
} while (0)
#define DEFINE_KFIFO(fifo, type, size)					\
	DECLARE_KFIFO(fifo, type, size) = {				\
		.kfifo = { .mask = (size) - 1, .esize = sizeof(type), .data = (fifo).buf } }

int __kfifo_alloc(struct __kfifo *f, unsigned int size, size_t esize, gfp_t gfp);
void __kfifo_free(struct __kfifo *f);
int __kfifo_init(struct __kfifo *f, void *buffer, unsigned int size, size_t esize);
unsigned int __kfifo_in(struct __kfifo *f, const void *buf, unsigned int len);
unsigned int __kfifo_out(struct __kfifo *f, void *buf, unsigned int len);
unsigned int __kfifo_out_peek(struct __kfifo *f, void *buf, unsigned int len);
int __kfifo_from_user(struct __kfifo *f, const void __user *from, unsigned long bytes,
		      unsigned int *copied);
int __kfifo_to_user(struct __kfifo *f, void __user *to, unsigned long bytes, unsigned int *copied);

#define kfifo_alloc(fifo, size, gfp)	__kfifo_alloc(&(fifo)->kfifo, size, sizeof((fifo)->buf[0]), gfp)
#define kfifo_free(fifo)		__kfifo_free(&(fifo)->kfifo)
#define kfifo_init(fifo, buffer, size)	__kfifo_init(&(fifo)->kfifo, buffer, size, sizeof((fifo)->buf[0]))
#define kfifo_initialized(fifo)		((fifo)->kfifo.data != NULL)
#define kfifo_esize(fifo)		((fifo)->kfifo.esize)
#define kfifo_recsize(fifo)		0
#define kfifo_size(fifo)		((fifo)->kfifo.mask + 1)

#define kfifo_len(fifo)							\
	(READ_ONCE((fifo)->kfifo.in) - READ_ONCE((fifo)->kfifo.out))
#define kfifo_is_empty(fifo)		(kfifo_len(fifo) == 0)
#define kfifo_is_full(fifo)		(kfifo_len(fifo) > (fifo)->kfifo.mask)
#define kfifo_avail(fifo)		(kfifo_size(fifo) - kfifo_len(fifo))
/* Empties it; nobody else may be at work. _out: on the reader's side only. */
#define kfifo_reset(fifo)		((void)((fifo)->kfifo.in = (fifo)->kfifo.out = 0))
#define kfifo_reset_out(fifo)		((void)WRITE_ONCE((fifo)->kfifo.out, smp_load_acquire(&(fifo)->kfifo.in)))
#define kfifo_skip(fifo)		smp_store_release(&(fifo)->kfifo.out, (fifo)->kfifo.out + 1)

/* One element, by value. 1, or 0 when there was no room or nothing. */
#define kfifo_put(fifo, val)						\
({	typeof(*(fifo)->const_type_of) __kf_val = (val);		\
	__kfifo_in(&(fifo)->kfifo, &__kf_val, 1); })
#define kfifo_get(fifo, val)						\
({	typeof((fifo)->type_of) __kf_to = (val);			\
	__kfifo_out(&(fifo)->kfifo, __kf_to, 1); })
#define kfifo_peek(fifo, val)						\
({	typeof((fifo)->type_of) __kf_to = (val);			\
	__kfifo_out_peek(&(fifo)->kfifo, __kf_to, 1); })

/* @n elements, or as many as there are or have room. */
#define kfifo_in(fifo, buf, n)							\
({	typeof((fifo)->ptr) __kf_type __maybe_unused = (typeof((fifo)->ptr))(buf); \
	__kfifo_in(&(fifo)->kfifo, (buf), (n)); })
#define kfifo_out(fifo, buf, n)		__kfifo_out(&(fifo)->kfifo, (buf), (n))
#define kfifo_out_peek(fifo, buf, n)	__kfifo_out_peek(&(fifo)->kfifo, (buf), (n))

#define kfifo_in_spinlocked(fifo, buf, n, lock)				\
({	unsigned long __kf_flags;					\
	unsigned int __kf_n;						\
	spin_lock_irqsave(lock, __kf_flags);				\
	__kf_n = kfifo_in(fifo, buf, n);				\
	spin_unlock_irqrestore(lock, __kf_flags);			\
	__kf_n; })
#define kfifo_out_spinlocked(fifo, buf, n, lock)			\
({	unsigned long __kf_flags;					\
	unsigned int __kf_n;						\
	spin_lock_irqsave(lock, __kf_flags);				\
	__kf_n = kfifo_out(fifo, buf, n);				\
	spin_unlock_irqrestore(lock, __kf_flags);			\
	__kf_n; })
#define kfifo_in_locked(fifo, buf, n, lock)	kfifo_in_spinlocked(fifo, buf, n, lock)
#define kfifo_out_locked(fifo, buf, n, lock)	kfifo_out_spinlocked(fifo, buf, n, lock)

/* Bytes from and to user memory. 0, or -EFAULT; *@copied says how many went over. */
#define kfifo_from_user(fifo, from, len, copied) \
	__kfifo_from_user(&(fifo)->kfifo, from, len, copied)
#define kfifo_to_user(fifo, to, len, copied) __kfifo_to_user(&(fifo)->kfifo, to, len, copied)

#endif
