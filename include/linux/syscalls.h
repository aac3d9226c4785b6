/* SPDX-License-Identifier: MIT */
/*
 * System calls: how one is defined, next to what it is about.
 *
 *	SYSCALL_DEFINE2(munmap, unsigned long, addr, size_t, len)
 *	{
 *		...
 *	}
 *
 * makes sys_munmap(), which takes the six words that the entry code passes and converts those
 * it has a use for. The machine's table (for x86: arch/x86/64/syscalls_64.h) has name and number; a
 * name without a definition is -ENOSYS. Results are a value, or a negative errno.
 *
 * Context of all: process, interrupts and preemption on, on behalf of current's program. User
 * pointers are __user, and reached only through linux/uaccess.h.
 */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/errno.h>

/* The words as they came. */
#define __SYSCALL_WORDS	unsigned long __w1, unsigned long __w2, unsigned long __w3, \
			unsigned long __w4, unsigned long __w5, unsigned long __w6
typedef long (*sys_call_ptr_t)(__SYSCALL_WORDS);

#define __SC_DECL1(t, a)		t a
#define __SC_DECL2(t, a, ...)		t a, __SC_DECL1(__VA_ARGS__)
#define __SC_DECL3(t, a, ...)		t a, __SC_DECL2(__VA_ARGS__)
#define __SC_DECL4(t, a, ...)		t a, __SC_DECL3(__VA_ARGS__)
#define __SC_DECL5(t, a, ...)		t a, __SC_DECL4(__VA_ARGS__)
#define __SC_DECL6(t, a, ...)		t a, __SC_DECL5(__VA_ARGS__)

#define __SC_PASS1(t1, a1)		(t1)__w1
#define __SC_PASS2(t1, a1, t2, a2)	__SC_PASS1(t1, a1), (t2)__w2
#define __SC_PASS3(t1, a1, t2, a2, t3, a3) \
	__SC_PASS2(t1, a1, t2, a2), (t3)__w3
#define __SC_PASS4(t1, a1, t2, a2, t3, a3, t4, a4) \
	__SC_PASS3(t1, a1, t2, a2, t3, a3), (t4)__w4
#define __SC_PASS5(t1, a1, t2, a2, t3, a3, t4, a4, t5, a5) \
	__SC_PASS4(t1, a1, t2, a2, t3, a3, t4, a4), (t5)__w5
#define __SC_PASS6(t1, a1, t2, a2, t3, a3, t4, a4, t5, a5, t6, a6) \
	__SC_PASS5(t1, a1, t2, a2, t3, a3, t4, a4, t5, a5), (t6)__w6

#define __SYSCALL_DEFINE(n, name, ...)					\
	static inline long __do_sys_##name(__SC_DECL##n(__VA_ARGS__));	\
	long sys_##name(__SYSCALL_WORDS);				\
	long sys_##name(__SYSCALL_WORDS)				\
	{								\
		return __do_sys_##name(__SC_PASS##n(__VA_ARGS__));	\
	}								\
	static inline long __do_sys_##name(__SC_DECL##n(__VA_ARGS__))

#define SYSCALL_DEFINE0(name)						\
	long sys_##name(__SYSCALL_WORDS);				\
	long sys_##name(__SYSCALL_WORDS)
#define SYSCALL_DEFINE1(name, ...)	__SYSCALL_DEFINE(1, name, __VA_ARGS__)
#define SYSCALL_DEFINE2(name, ...)	__SYSCALL_DEFINE(2, name, __VA_ARGS__)
#define SYSCALL_DEFINE3(name, ...)	__SYSCALL_DEFINE(3, name, __VA_ARGS__)
#define SYSCALL_DEFINE4(name, ...)	__SYSCALL_DEFINE(4, name, __VA_ARGS__)
#define SYSCALL_DEFINE5(name, ...)	__SYSCALL_DEFINE(5, name, __VA_ARGS__)
#define SYSCALL_DEFINE6(name, ...)	__SYSCALL_DEFINE(6, name, __VA_ARGS__)

#endif
