/* SPDX-License-Identifier: MIT */
/*
 * What C code says to the compiler: expected branches, marked accesses, barriers.
 */
#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#ifndef __ASSEMBLER__
#include <linux/compiler_types.h>
#include <linux/build_bug.h>

#define likely(x)		__builtin_expect(!!(x), 1)
#define unlikely(x)		__builtin_expect(!!(x), 0)
#define unreachable()		__builtin_unreachable()

/* Memory must be re-read and written back across this point. */
#define barrier()		__asm__ __volatile__("" : : : "memory")
/* The same for one object, which the compiler may hold for dead: stores to it still happen. */
#define barrier_data(ptr)	__asm__ __volatile__("" : : "r" (ptr) : "memory")
/* From here on the compiler does not know what is in @v. */
#define OPTIMIZER_HIDE_VAR(v)	__asm__ ("" : "=r" (v) : "0" (v))
#define RELOC_HIDE(ptr, off)						\
({	unsigned long __ptr;						\
	__asm__ ("" : "=r" (__ptr) : "0" (ptr));			\
	(typeof(ptr))(__ptr + (off)); })

#define __UNIQUE_ID(prefix)	__PASTE(__PASTE(__UNIQUE_ID_, prefix), __COUNTER__)

/* Like typeof, without const and volatile, for scalar types. */
#define __unqual_scalar_typeof(x) typeof(_Generic((x),			\
	char: (char)0,							\
	unsigned char: (unsigned char)0, signed char: (signed char)0,	\
	unsigned short: (unsigned short)0, short: (short)0,		\
	unsigned int: (unsigned int)0, int: (int)0,			\
	unsigned long: (unsigned long)0, long: (long)0,			\
	unsigned long long: (unsigned long long)0,			\
	long long: (long long)0,					\
	default: ((void)0, (x))))	/* a comma makes a value, which has no qualifiers */

/*
 * READ_ONCE, WRITE_ONCE: one access, neither torn, repeated nor invented. Fields that
 * several contexts touch without a common lock are reached through these.
 */
#define __READ_ONCE(x)		(*(const volatile __unqual_scalar_typeof(x) *)&(x))
#define READ_ONCE(x)							\
({	_Static_assert(__native_word(x) || sizeof(x) == sizeof(long long), \
		       "READ_ONCE of a type that can tear");		\
	__READ_ONCE(x); })
#define WRITE_ONCE(x, val)						\
do {									\
	_Static_assert(__native_word(x) || sizeof(x) == sizeof(long long), \
		       "WRITE_ONCE of a type that can tear");		\
	*(volatile typeof(x) *)&(x) = (val);				\
} while (0)
#define ACCESS_ONCE(x)		(*(volatile typeof(x) *)&(x))
#define data_race(expr)		({ __auto_type __v = (expr); __v; })

#define __must_be_array(a)	BUILD_BUG_ON_ZERO(__same_type((a), &(a)[0]))

/* Keep a symbol that only assembly or a linker table refers to. */
#define __ADDRESSABLE(sym)						\
	static void * __used __section(".discard.addressable")		\
		__UNIQUE_ID(__PASTE(addressable_, sym)) = (void *)(unsigned long)&sym;

#endif /* !__ASSEMBLER__ */
#endif
