/* SPDX-License-Identifier: MIT */
/*
 * Per-CPU variables: definition and access.
 *
 * Naming one (`per_cpu(x, cpu)`, `this_cpu_read(x)`) reaches a CPU's own copy; the symbol
 * itself is only the template that new copies start from. raw_cpu_* do not care whether
 * the task may migrate; this_cpu_* are safe against interrupts and migration; __this_cpu_*
 * are for callers that have preemption off.
 */
#ifndef _LINUX_PERCPU_DEFS_H
#define _LINUX_PERCPU_DEFS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/cache.h>
#include <asm/percpu.h>

#define DECLARE_PER_CPU_SECTION(type, name, sec) extern __percpu __attribute__((section(PERCPU_SECTION sec))) typeof(type) name
#define DEFINE_PER_CPU_SECTION(type, name, sec)	__percpu __attribute__((section(PERCPU_SECTION sec))) typeof(type) name

#define DECLARE_PER_CPU(type, name)	DECLARE_PER_CPU_SECTION(type, name, "")
#define DEFINE_PER_CPU(type, name)	DEFINE_PER_CPU_SECTION(type, name, "")
#define DECLARE_PER_CPU_SHARED_ALIGNED(type, name) \
	DECLARE_PER_CPU_SECTION(type, name, "..shared_aligned") ____cacheline_aligned_in_smp
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name) \
	DEFINE_PER_CPU_SECTION(type, name, "..shared_aligned") ____cacheline_aligned_in_smp
#define DECLARE_PER_CPU_ALIGNED(type, name) DECLARE_PER_CPU_SHARED_ALIGNED(type, name)
#define DEFINE_PER_CPU_ALIGNED(type, name) DEFINE_PER_CPU_SHARED_ALIGNED(type, name)
#define DECLARE_PER_CPU_READ_MOSTLY(type, name) DECLARE_PER_CPU_SECTION(type, name, "..read_mostly")
#define DEFINE_PER_CPU_READ_MOSTLY(type, name) DEFINE_PER_CPU_SECTION(type, name, "..read_mostly")

extern unsigned long __per_cpu_offset[];
#define per_cpu_offset(cpu)	(__per_cpu_offset[cpu])

#define SHIFT_PERCPU_PTR(ptr, off) RELOC_HIDE((typeof(*(ptr)) *)(ptr), (off))
#define per_cpu_ptr(ptr, cpu)	SHIFT_PERCPU_PTR((ptr), per_cpu_offset(cpu))
#define raw_cpu_ptr(ptr)	SHIFT_PERCPU_PTR((ptr), __my_cpu_offset)
#define this_cpu_ptr(ptr)	raw_cpu_ptr(ptr)
#define per_cpu(var, cpu)	(*per_cpu_ptr(&(var), cpu))
#define get_cpu_var(var)	(*({ preempt_disable(); this_cpu_ptr(&(var)); }))
#define put_cpu_var(var)	do { (void)&(var); preempt_enable(); } while (0)
#define get_cpu_ptr(ptr)	({ preempt_disable(); this_cpu_ptr(ptr); })
#define put_cpu_ptr(ptr)	do { (void)(ptr); preempt_enable(); } while (0)

void __bad_percpu_size(void);	/* never defined: a size with no single-instruction access */

#define __pcpu_size_call_return(stem, var, ...)				\
({	typeof(var) __pscr;						\
	switch (sizeof(var)) {						\
	case 1: __pscr = (typeof(var))stem##1(var, ##__VA_ARGS__); break; \
	case 2: __pscr = (typeof(var))stem##2(var, ##__VA_ARGS__); break; \
	case 4: __pscr = (typeof(var))stem##4(var, ##__VA_ARGS__); break; \
	case 8: __pscr = (typeof(var))stem##8(var, ##__VA_ARGS__); break; \
	default: __bad_percpu_size();					\
	}								\
	__pscr; })
#define __pcpu_size_call_return48(stem, var, ...)			\
({	typeof(var) __pscr;						\
	switch (sizeof(var)) {						\
	case 4: __pscr = (typeof(var))stem##4(var, ##__VA_ARGS__); break; \
	case 8: __pscr = (typeof(var))stem##8(var, ##__VA_ARGS__); break; \
	default: __bad_percpu_size();					\
	}								\
	__pscr; })
#define __pcpu_size_call(stem, var, ...)				\
do {									\
	switch (sizeof(var)) {						\
	case 1: stem##1(var, ##__VA_ARGS__); break;			\
	case 2: stem##2(var, ##__VA_ARGS__); break;			\
	case 4: stem##4(var, ##__VA_ARGS__); break;			\
	case 8: stem##8(var, ##__VA_ARGS__); break;			\
	default: __bad_percpu_size();					\
	}								\
} while (0)

#define raw_cpu_read(v)		__pcpu_size_call_return(raw_cpu_read_, v)
#define raw_cpu_write(v, n)	__pcpu_size_call(raw_cpu_write_, v, n)
#define raw_cpu_add(v, n)	__pcpu_size_call(raw_cpu_add_, v, n)
#define raw_cpu_and(v, n)	__pcpu_size_call(raw_cpu_and_, v, n)
#define raw_cpu_or(v, n)	__pcpu_size_call(raw_cpu_or_, v, n)
#define raw_cpu_add_return(v, n) (__pcpu_size_call_return48(raw_cpu_xadd_, v, n) + (n))
#define raw_cpu_xchg(v, n)	__pcpu_size_call_return48(raw_cpu_xchg_, v, n)
#define raw_cpu_cmpxchg(v, o, n) __pcpu_size_call_return48(raw_cpu_cmpxchg_, v, o, n)
#define raw_cpu_try_cmpxchg(v, oldp, n)	raw_cpu_try_cmpxchg_8(v, oldp, n)	/* words only */
#define raw_cpu_sub(v, n)	raw_cpu_add(v, -(typeof(v))(n))
#define raw_cpu_inc(v)		raw_cpu_add(v, 1)
#define raw_cpu_dec(v)		raw_cpu_sub(v, 1)

#define this_cpu_read(v)	raw_cpu_read(v)
#define this_cpu_write(v, n)	raw_cpu_write(v, n)
#define this_cpu_add(v, n)	raw_cpu_add(v, n)
#define this_cpu_sub(v, n)	raw_cpu_sub(v, n)
#define this_cpu_and(v, n)	raw_cpu_and(v, n)
#define this_cpu_or(v, n)	raw_cpu_or(v, n)
#define this_cpu_inc(v)		raw_cpu_inc(v)
#define this_cpu_dec(v)		raw_cpu_dec(v)
#define this_cpu_add_return(v, n) raw_cpu_add_return(v, n)
#define this_cpu_sub_return(v, n) raw_cpu_add_return(v, -(typeof(v))(n))
#define this_cpu_inc_return(v)	raw_cpu_add_return(v, 1)
#define this_cpu_dec_return(v)	raw_cpu_add_return(v, -1)
#define this_cpu_xchg(v, n)	raw_cpu_xchg(v, n)
#define this_cpu_cmpxchg(v, o, n) raw_cpu_cmpxchg(v, o, n)
#define this_cpu_try_cmpxchg(v, oldp, n) raw_cpu_try_cmpxchg(v, oldp, n)

#define __this_cpu_read(v)	raw_cpu_read(v)
#define __this_cpu_write(v, n)	raw_cpu_write(v, n)
#define __this_cpu_add(v, n)	raw_cpu_add(v, n)
#define __this_cpu_sub(v, n)	raw_cpu_sub(v, n)
#define __this_cpu_and(v, n)	raw_cpu_and(v, n)
#define __this_cpu_or(v, n)	raw_cpu_or(v, n)
#define __this_cpu_inc(v)	raw_cpu_inc(v)
#define __this_cpu_dec(v)	raw_cpu_dec(v)
#define __this_cpu_add_return(v, n) raw_cpu_add_return(v, n)
#define __this_cpu_sub_return(v, n) raw_cpu_add_return(v, -(typeof(v))(n))
#define __this_cpu_inc_return(v) raw_cpu_add_return(v, 1)
#define __this_cpu_dec_return(v) raw_cpu_add_return(v, -1)
#define __this_cpu_xchg(v, n)	raw_cpu_xchg(v, n)
#define __this_cpu_cmpxchg(v, o, n) raw_cpu_cmpxchg(v, o, n)

#endif
