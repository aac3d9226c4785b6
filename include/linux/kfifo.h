/* SPDX-License-Identifier: MIT */
/*
 * Queues of fixed size. One reader and one writer need no lock between them; more of a kind
 * exclude each other, for which the _spinlocked forms help. The type of the elements is
 * known from the queue; struct kfifo is one of bytes. A queue of records holds runs of bytes,
 * each with its length in one or two bytes before it, and gives back one run at a time.
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

#define __STRUCT_KFIFO(type, size, recsize, ptrtype)			\
{									\
	union {								\
		struct __kfifo	kfifo;					\
		type		*type_of;				\
		const type	*const_type_of;				\
		char		(*rectype)[recsize];			\
		ptrtype		*ptr;					\
	};								\
	type		buf[size];					\
}
#define STRUCT_KFIFO(type, size)	struct __STRUCT_KFIFO(type, size, 0, type)
#define STRUCT_KFIFO_PTR(type)		struct __STRUCT_KFIFO(type, 0, 0, type)
#define STRUCT_KFIFO_REC_1(size)	struct __STRUCT_KFIFO(unsigned char, size, 1, void)
#define STRUCT_KFIFO_REC_2(size)	struct __STRUCT_KFIFO(unsigned char, size, 2, void)

/* Bytes, in memory from kfifo_alloc() or kfifo_init(); and records of up to 255 or 65535 bytes. */
struct kfifo __STRUCT_KFIFO(unsigned char, 0, 0, void);
struct kfifo_rec_ptr_1 __STRUCT_KFIFO(unsigned char, 0, 1, void);
struct kfifo_rec_ptr_2 __STRUCT_KFIFO(unsigned char, 0, 2, void);

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

unsigned int __kfifo_in_r(struct __kfifo *f, const void *buf, unsigned int len, size_t recsize);
unsigned int __kfifo_out_r(struct __kfifo *f, void *buf, unsigned int len, size_t recsize);
unsigned int __kfifo_out_peek_r(struct __kfifo *f, void *buf, unsigned int len, size_t recsize);
unsigned int __kfifo_len_r(struct __kfifo *f, size_t recsize);
unsigned int __kfifo_avail_r(struct __kfifo *f, size_t recsize);
void __kfifo_skip_r(struct __kfifo *f, size_t recsize);
int __kfifo_from_user_r(struct __kfifo *f, const void __user *from, unsigned long bytes,
			unsigned int *copied, size_t recsize);
int __kfifo_to_user_r(struct __kfifo *f, void __user *to, unsigned long bytes,
		      unsigned int *copied, size_t recsize);

#define kfifo_alloc(fifo, size, gfp)	__kfifo_alloc(&(fifo)->kfifo, size, sizeof((fifo)->buf[0]), gfp)
#define kfifo_free(fifo)		__kfifo_free(&(fifo)->kfifo)
#define kfifo_init(fifo, buffer, size)	__kfifo_init(&(fifo)->kfifo, buffer, size, sizeof((fifo)->buf[0]))
#define kfifo_initialized(fifo)		((fifo)->kfifo.data != NULL)
#define kfifo_esize(fifo)		((fifo)->kfifo.esize)
#define kfifo_recsize(fifo)		(sizeof(*(fifo)->rectype))
#define kfifo_size(fifo)		((fifo)->kfifo.mask + 1)

#define kfifo_len(fifo)							\
	(READ_ONCE((fifo)->kfifo.in) - READ_ONCE((fifo)->kfifo.out))
#define kfifo_is_empty(fifo)		(kfifo_len(fifo) == 0)
#define kfifo_is_full(fifo)		(kfifo_len(fifo) > (fifo)->kfifo.mask)
/* What can be put in: elements, or bytes of the next record. */
#define kfifo_avail(fifo)						\
	(kfifo_recsize(fifo) ? __kfifo_avail_r(&(fifo)->kfifo, kfifo_recsize(fifo)) : \
			       kfifo_size(fifo) - kfifo_len(fifo))
/* Bytes that the next kfifo_out() can give: of the next record, or of one element. */
#define kfifo_peek_len(fifo)						\
	(!kfifo_recsize(fifo) ? kfifo_len(fifo) * sizeof((fifo)->buf[0]) : \
	 __kfifo_len_r(&(fifo)->kfifo, kfifo_recsize(fifo)))
/* Empties it; nobody else may be at work. _out: on the reader's side only. */
#define kfifo_reset(fifo)		((void)((fifo)->kfifo.in = (fifo)->kfifo.out = 0))
#define kfifo_reset_out(fifo)		((void)WRITE_ONCE((fifo)->kfifo.out, smp_load_acquire(&(fifo)->kfifo.in)))
#define kfifo_skip(fifo)						\
do {									\
	if (kfifo_recsize(fifo))					\
		__kfifo_skip_r(&(fifo)->kfifo, kfifo_recsize(fifo));	\
	else								\
		smp_store_release(&(fifo)->kfifo.out, (fifo)->kfifo.out + 1); \
} while (0)

/* The same for elements and records; what it is, is known when it is compiled. */
#define __kfifo_do(fifo, fn, ...)					\
	(kfifo_recsize(fifo) ?						\
	 fn##_r(&(fifo)->kfifo, ##__VA_ARGS__, kfifo_recsize(fifo)) :	\
	 fn(&(fifo)->kfifo, ##__VA_ARGS__))

/* One element, by value. 1, or 0 when there was no room or nothing. */
#define kfifo_put(fifo, val)						\
({	typeof(*(fifo)->const_type_of) __kf_val = (val);		\
	__kfifo_do(fifo, __kfifo_in, &__kf_val, 1); })
#define kfifo_get(fifo, val)						\
({	typeof((fifo)->type_of) __kf_to = (val);			\
	__kfifo_do(fifo, __kfifo_out, __kf_to, 1); })
#define kfifo_peek(fifo, val)						\
({	typeof((fifo)->type_of) __kf_to = (val);			\
	__kfifo_do(fifo, __kfifo_out_peek, __kf_to, 1); })

/* @n elements, or as many as there are or have room; a record of @n bytes, all of it or none. */
#define kfifo_in(fifo, buf, n)							\
({	typeof((fifo)->ptr) __kf_type __maybe_unused = (typeof((fifo)->ptr))(buf); \
	__kfifo_do(fifo, __kfifo_in, (buf), (n)); })
#define kfifo_out(fifo, buf, n)		__kfifo_do(fifo, __kfifo_out, (buf), (n))
#define kfifo_out_peek(fifo, buf, n)	__kfifo_do(fifo, __kfifo_out_peek, (buf), (n))

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
	__kfifo_do(fifo, __kfifo_from_user, from, len, copied)
#define kfifo_to_user(fifo, to, len, copied) \
	__kfifo_do(fifo, __kfifo_to_user, to, len, copied)

#endif
