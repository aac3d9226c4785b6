/* SPDX-License-Identifier: MIT */
/*
 * Per-CPU access by GS on x86-64.
 *
 * A per-CPU variable is linked at its place in the template (.data..percpu). GS.base of
 * CPU n is __per_cpu_offset[n], the distance from the template to that CPU's copy, so
 * %gs:variable(%rip) is the copy. Until setup_per_cpu_areas() ran, GS.base is 0 and the
 * boot CPU works on the template itself. One instruction each: safe against interrupts
 * and migration without disabling anything.
 */
#ifndef _ASM_X86_PERCPU_H
#define _ASM_X86_PERCPU_H

#include <linux/types.h>
#include <linux/compiler.h>

#define PERCPU_SECTION ".data..percpu"

#define __pcpu_read(op, reg, var)					\
({	typeof(var) __pv;						\
	__asm__ __volatile__(op " %%gs:%1, %0" : "=" reg (__pv) : "m" (var)); \
	__pv; })
#define __pcpu_write(op, reg, var, val)					\
	__asm__ __volatile__(op " %1, %%gs:%0" : "=m" (var) : reg ((typeof(var))(val)) : "memory")
#define __pcpu_rmw(op, reg, var, val)					\
	__asm__ __volatile__(op " %1, %%gs:%0" : "+m" (var) : reg ((typeof(var))(val)) : "memory")
#define __pcpu_xadd(op, reg, var, val)					\
({	typeof(var) __pa = (typeof(var))(val);				\
	__asm__ __volatile__(op " %0, %%gs:%1" : "+" reg (__pa), "+m" (var) : : "memory"); \
	__pa; })
#define __pcpu_cmpxchg(op, reg, var, old, new)				\
({	typeof(var) __pold = (old);					\
	__asm__ __volatile__(op " %2, %%gs:%1"				\
			     : "+a" (__pold), "+m" (var) : reg ((typeof(var))(new)) : "memory"); \
	__pold; })

/* One compare with memory; with "=@cc" the branch comes straight from the flags. */
#define __pcpu_flag(op, flag, var, val)					\
({	bool __pf;							\
	__asm__ __volatile__(op " %2, %%gs:%1" : "=@cc" flag (__pf) : "m" (var), "i" (val) : "memory"); \
	__pf; })
#define raw_cpu_nonzero_4(v)		__pcpu_flag("cmpl", "nz", v, 0)
#define raw_cpu_test_4(v, mask)		__pcpu_flag("testl", "nz", v, mask)

/* @oldp is what was found there, for the next attempt. */
#define raw_cpu_try_cmpxchg_8(var, oldp, new)				\
({	bool __done;							\
	__asm__ __volatile__("cmpxchgq %3, %%gs:%2"			\
			     : "=@ccz" (__done), "+a" (*(oldp)), "+m" (var) : "r" (new) : "memory"); \
	__done; })

#define raw_cpu_read_1(v)	__pcpu_read("movb", "q", v)
#define raw_cpu_read_2(v)	__pcpu_read("movw", "r", v)
#define raw_cpu_read_4(v)	__pcpu_read("movl", "r", v)
#define raw_cpu_read_8(v)	__pcpu_read("movq", "r", v)
#define raw_cpu_write_1(v, n)	__pcpu_write("movb", "qi", v, n)
#define raw_cpu_write_2(v, n)	__pcpu_write("movw", "ri", v, n)
#define raw_cpu_write_4(v, n)	__pcpu_write("movl", "ri", v, n)
#define raw_cpu_write_8(v, n)	__pcpu_write("movq", "re", v, n)
#define raw_cpu_add_1(v, n)	__pcpu_rmw("addb", "qi", v, n)
#define raw_cpu_add_2(v, n)	__pcpu_rmw("addw", "ri", v, n)
#define raw_cpu_add_4(v, n)	__pcpu_rmw("addl", "ri", v, n)
#define raw_cpu_add_8(v, n)	__pcpu_rmw("addq", "re", v, n)
#define raw_cpu_and_1(v, n)	__pcpu_rmw("andb", "qi", v, n)
#define raw_cpu_and_2(v, n)	__pcpu_rmw("andw", "ri", v, n)
#define raw_cpu_and_4(v, n)	__pcpu_rmw("andl", "ri", v, n)
#define raw_cpu_and_8(v, n)	__pcpu_rmw("andq", "re", v, n)
#define raw_cpu_or_1(v, n)	__pcpu_rmw("orb", "qi", v, n)
#define raw_cpu_or_2(v, n)	__pcpu_rmw("orw", "ri", v, n)
#define raw_cpu_or_4(v, n)	__pcpu_rmw("orl", "ri", v, n)
#define raw_cpu_or_8(v, n)	__pcpu_rmw("orq", "re", v, n)
#define raw_cpu_xadd_4(v, n)	__pcpu_xadd("xaddl", "r", v, n)
#define raw_cpu_xadd_8(v, n)	__pcpu_xadd("xaddq", "r", v, n)
#define raw_cpu_xchg_4(v, n)	__pcpu_xadd("xchgl", "r", v, n)
#define raw_cpu_xchg_8(v, n)	__pcpu_xadd("xchgq", "r", v, n)
#define raw_cpu_cmpxchg_4(v, o, n) __pcpu_cmpxchg("cmpxchgl", "r", v, o, n)
#define raw_cpu_cmpxchg_8(v, o, n) __pcpu_cmpxchg("cmpxchgq", "r", v, o, n)

/* The running CPU's offset, for pointers: this_cpu_ptr(). Also what GS.base holds. */
extern unsigned long this_cpu_off;
#define __my_cpu_offset		raw_cpu_read_8(this_cpu_off)

#endif
