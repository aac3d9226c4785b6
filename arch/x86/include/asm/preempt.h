/* SPDX-License-Identifier: MIT */
/* preempt_count in the running CPU's hot per-CPU line: each change is one instruction. */
#ifndef _ASM_X86_PREEMPT_H
#define _ASM_X86_PREEMPT_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/percpu-defs.h>
#include <asm/current.h>

#define __PREEMPT_NEED_RESCHED	0x80000000

static __always_inline int preempt_count(void)
{
	return raw_cpu_read_4(pcpu_hot.preempt_count) & ~__PREEMPT_NEED_RESCHED;
}

/* Of another CPU, as it was a moment ago. */
#define preempt_count_of(cpu) \
	((int)(READ_ONCE(per_cpu_ptr(&pcpu_hot, (cpu))->preempt_count) & ~__PREEMPT_NEED_RESCHED))

/* Keeps the need-resched bit as it is. For the scheduler and for entry code. */
static __always_inline void preempt_count_set(int pc)
{
	u32 old = raw_cpu_read_4(pcpu_hot.preempt_count);

	/* Interrupts that change the bit in between are excluded by the callers: IRQs off. */
	raw_cpu_write_4(pcpu_hot.preempt_count,
			(old & __PREEMPT_NEED_RESCHED) | ((u32)pc & ~__PREEMPT_NEED_RESCHED));
}

static __always_inline void set_preempt_need_resched(void)
{
	raw_cpu_and_4(pcpu_hot.preempt_count, ~__PREEMPT_NEED_RESCHED);
}

static __always_inline void clear_preempt_need_resched(void)
{
	raw_cpu_or_4(pcpu_hot.preempt_count, __PREEMPT_NEED_RESCHED);
}

static __always_inline bool test_preempt_need_resched(void)
{
	return !(raw_cpu_read_4(pcpu_hot.preempt_count) & __PREEMPT_NEED_RESCHED);
}

static __always_inline void __preempt_count_add(int val)
{
	raw_cpu_add_4(pcpu_hot.preempt_count, val);
}

static __always_inline void __preempt_count_sub(int val)
{
	raw_cpu_add_4(pcpu_hot.preempt_count, -val);
}

/* The same by more than one. */
static __always_inline bool __preempt_count_sub_and_test(int val)
{
	bool zero;

	__asm__ __volatile__("addl %2, %%gs:%1"
			     : "=@ccz" (zero), "+m" (pcpu_hot.preempt_count) : "ri" (-val) : "memory");
	return zero;
}

/* preempt_count() & mask, in one instruction. @mask is a constant without the need-resched bit. */
#define preempt_count_has(mask)		raw_cpu_test_4(pcpu_hot.preempt_count, (int)(mask))

/* True when the count fell to zero with a reschedule due: one flag test. */
static __always_inline bool __preempt_count_dec_and_test(void)
{
	bool zero;

	__asm__ __volatile__("decl %%gs:%1"
			     : "=@ccz" (zero), "+m" (pcpu_hot.preempt_count) : : "memory");
	return zero;
}

static __always_inline bool should_resched(int preempt_offset)
{
	return unlikely(raw_cpu_read_4(pcpu_hot.preempt_count) == (u32)preempt_offset);
}

#endif
