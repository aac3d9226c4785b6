/* SPDX-License-Identifier: MIT */
/*
 * Reaching user memory: each access may fault, and then goes on behind itself with what it could
 * not do. SMAP lets none through unless RFLAGS.AC is set, from stac() to clac().
 */
#ifndef _ASM_X86_UACCESS_H
#define _ASM_X86_UACCESS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <asm/cpufeature.h>
#include <asm/extable.h>
#include <asm/processor.h>

static __always_inline void stac(void)
{
	if (boot_cpu_has(X86_FEATURE_SMAP))
		__asm__ __volatile__("stac" : : : "memory", "cc");
}

static __always_inline void clac(void)
{
	if (boot_cpu_has(X86_FEATURE_SMAP))
		__asm__ __volatile__("clac" : : : "memory", "cc");
}

/* All of [addr, addr + size) lies where a program may have memory. */
static __always_inline bool arch_user_range(unsigned long addr, unsigned long size)
{
	return size <= TASK_SIZE_MAX && addr <= TASK_SIZE_MAX - size;
}

/*
 * Whole words first, so that an aligned word is read or written at once. Return: the bytes at the
 * end that were not done.
 */
static inline unsigned long arch_copy_user(void *to, const void *from, unsigned long n)
{
	unsigned long words = n / 8, bytes = n % 8;

	stac();
	__asm__ __volatile__("1: rep movsq\n"
			     "   movq %[bytes], %%rcx\n"
			     "2: rep movsb\n"
			     "   jmp 4f\n"
			     "3: leaq (%[bytes], %%rcx, 8), %%rcx\n"
			     "4:\n"
			     _ASM_EXTABLE(1b, 3b)
			     _ASM_EXTABLE(2b, 4b)
			     : "+c" (words), "+D" (to), "+S" (from) : [bytes] "r" (bytes)
			     : "memory");
	clac();
	return words;
}

static inline unsigned long arch_clear_user(void *to, unsigned long n)
{
	unsigned long words = n / 8, bytes = n % 8;

	stac();
	__asm__ __volatile__("1: rep stosq\n"
			     "   movq %[bytes], %%rcx\n"
			     "2: rep stosb\n"
			     "   jmp 4f\n"
			     "3: leaq (%[bytes], %%rcx, 8), %%rcx\n"
			     "4:\n"
			     _ASM_EXTABLE(1b, 3b)
			     _ASM_EXTABLE(2b, 4b)
			     : "+c" (words), "+D" (to) : [bytes] "r" (bytes), "a" (0UL)
			     : "memory");
	clac();
	return words;
}

/* One access of 1, 2, 4 or 8 bytes, to an address that was checked. Return: 0; -EFAULT. */
#define __arch_get_user(op, reg, err, value, ptr)			\
	__asm__ __volatile__("1: " op " (%[at]), %" reg "[val]\n"	\
			     "   jmp 3f\n"				\
			     "2: movl %[fault], %[error]\n"		\
			     "   xorl %k[val], %k[val]\n"		\
			     "3:\n"					\
			     _ASM_EXTABLE(1b, 2b)			\
			     : [val] "=q" (value), [error] "+r" (err)	\
			     : [at] "r" (ptr), [fault] "i" (-EFAULT) : "memory")
#define __arch_put_user(op, reg, err, value, ptr)			\
	__asm__ __volatile__("1: " op " %" reg "[val], (%[at])\n"	\
			     "   jmp 3f\n"				\
			     "2: movl %[fault], %[error]\n"		\
			     "3:\n"					\
			     _ASM_EXTABLE(1b, 2b)			\
			     : [error] "+r" (err)				\
			     : [at] "r" (ptr), [val] "q" (value), [fault] "i" (-EFAULT) \
			     : "memory")

static __always_inline int arch_get_user(void *to, const void *from, unsigned int size)
{
	int err = 0;

	stac();
	switch (size) {
	case 1:
		__arch_get_user("movb", "b", err, *(u8 *)to, from);
		break;
	case 2:
		__arch_get_user("movw", "w", err, *(u16 *)to, from);
		break;
	case 4:
		__arch_get_user("movl", "k", err, *(u32 *)to, from);
		break;
	default:
		__arch_get_user("movq", "q", err, *(u64 *)to, from);
	}
	clac();
	return err;
}

static __always_inline int arch_put_user(void *to, const void *from, unsigned int size)
{
	int err = 0;

	stac();
	switch (size) {
	case 1:
		__arch_put_user("movb", "b", err, *(const u8 *)from, to);
		break;
	case 2:
		__arch_put_user("movw", "w", err, *(const u16 *)from, to);
		break;
	case 4:
		__arch_put_user("movl", "k", err, *(const u32 *)from, to);
		break;
	default:
		__arch_put_user("movq", "q", err, *(const u64 *)from, to);
	}
	clac();
	return err;
}

#define arch_user_access_begin()	stac()
#define arch_user_access_end()		clac()

/* One of several puts between those two, to addresses that were checked. A fault leads to @label. */
#define __arch_unsafe_put(op, reg, value, ptr, label)			\
	asm goto("1: " op " %" reg "0, %1\n" _ASM_EXTABLE(1b, %l2)	\
		 : : "er" (value), "m" (*(ptr)) : : label)
#define arch_unsafe_put_user(value, ptr, label)				\
do {									\
	typeof(*(ptr)) __put = (typeof(*(ptr)))(value);			\
									\
	switch (sizeof(__put)) {					\
	case 1:								\
		__arch_unsafe_put("movb", "b", __put, ptr, label);	\
		break;							\
	case 2:								\
		__arch_unsafe_put("movw", "w", __put, ptr, label);	\
		break;							\
	case 4:								\
		__arch_unsafe_put("movl", "k", __put, ptr, label);	\
		break;							\
	default:							\
		__arch_unsafe_put("movq", "q", __put, ptr, label);	\
	}								\
} while (0)

/*
 * As those, the other way: on a fault @value is as it was. The empty statement is for gcc before
 * 12.4, which loses an output that it keeps in memory if the next thing is a jump (its bug 113921).
 */
#define __arch_unsafe_get(op, reg, type, value, ptr, label)		\
do {									\
	type __got;							\
									\
	asm volatile goto("1: " op " %1, %" reg "0\n" _ASM_EXTABLE(1b, %l2) \
			  : "=q" (__got) : "m" (*(ptr)) : : label);	\
	asm volatile("");						\
	(value) = (typeof(value))(unsigned long)__got;			\
} while (0)
#define arch_unsafe_get_user(value, ptr, label)				\
do {									\
	switch (sizeof(*(ptr))) {					\
	case 1:								\
		__arch_unsafe_get("movb", "b", u8, value, ptr, label);	\
		break;							\
	case 2:								\
		__arch_unsafe_get("movw", "w", u16, value, ptr, label);	\
		break;							\
	case 4:								\
		__arch_unsafe_get("movl", "k", u32, value, ptr, label);	\
		break;							\
	default:							\
		__arch_unsafe_get("movq", "q", u64, value, ptr, label);	\
	}								\
} while (0)

/* If *@to is *@old it becomes @new; *@old: what it was. Return: 0; -EFAULT. */
static __always_inline int arch_cmpxchg_user(u32 *to, u32 *old, u32 new)
{
	int err = 0;

	stac();
	__asm__ __volatile__("1: lock cmpxchgl %[new], (%[to])\n"
			     "   jmp 3f\n"
			     "2: movl %[fault], %[error]\n"
			     "3:\n"
			     _ASM_EXTABLE(1b, 2b)
			     : "+a" (*old), [error] "+r" (err)
			     : [to] "r" (to), [new] "r" (new), [fault] "i" (-EFAULT)
			     : "memory", "cc");
	clac();
	return err;
}

/* Module sources know this header by its older meaning. */
#include <linux/uaccess.h>

#endif
