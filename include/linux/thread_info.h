/* SPDX-License-Identifier: MIT */
/* What entry code and inlines want of a task without knowing the rest of it. The stack's size. */
#ifndef _LINUX_THREAD_INFO_H
#define _LINUX_THREAD_INFO_H

#define THREAD_SIZE_ORDER	2
#ifdef __ASSEMBLER__
#define THREAD_SIZE		(4096 << THREAD_SIZE_ORDER)
#else
#define THREAD_SIZE		(4096UL << THREAD_SIZE_ORDER)
#endif
#define THREAD_ALIGN		THREAD_SIZE

#define TIF_NOTIFY_RESUME	1	/* run task_works before user mode goes on */
#define TIF_SIGPENDING		2	/* return to user mode through signal delivery */
#define TIF_NEED_RESCHED	3	/* leave the CPU at the next chance */
#define TIF_NEED_FPU_LOAD	14	/* the machine's: other registers are to be loaded as well */
#define _TIF_NOTIFY_RESUME	(1 << TIF_NOTIFY_RESUME)
#define _TIF_SIGPENDING		(1 << TIF_SIGPENDING)
#define _TIF_NEED_RESCHED	(1 << TIF_NEED_RESCHED)
#define _TIF_NEED_FPU_LOAD	(1 << TIF_NEED_FPU_LOAD)

/* What has to be done before user mode goes on; a reschedule is told by preempt_count. */
#define _TIF_WORK_LOOP		(_TIF_NOTIFY_RESUME | _TIF_SIGPENDING)
#define _TIF_WORK_MASK		(_TIF_WORK_LOOP | _TIF_NEED_FPU_LOAD)

#ifndef __ASSEMBLER__
#include <linux/types.h>
#include <asm/current.h>

struct thread_info {
	unsigned long flags;	/* TIF_*: atomic bit operations only */
	int rcu_depth;		/* rcu_read_lock() nesting; the task alone, and what interrupts it */
	int rcu_special;	/* on a list of preempted readers; written under RCU's lock */
};

/* It is the first thing in a task. */
#define current_thread_info()	((struct thread_info *)current)
#endif

#endif
