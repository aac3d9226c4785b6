/* SPDX-License-Identifier: MIT */
/* A name for "preemption (or interrupts) off to guard this per-CPU data", checked like a lock. */
#ifndef _LINUX_LOCAL_LOCK_H
#define _LINUX_LOCAL_LOCK_H

#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/percpu-defs.h>
#include <linux/preempt.h>

#ifdef CONFIG_DEBUG

typedef struct {
	struct lockdep_map	dep_map;
} local_lock_t;

#define INIT_LOCAL_LOCK(lockname) {					\
	.dep_map = { .name = #lockname, .wait_type_inner = LD_WAIT_CONFIG, \
		     .lock_type = LD_LOCK_PERCPU } }
/* @lock is a per-CPU pointer, as in all of these; this one sets up the CPU's own. */
#define local_lock_init(lock)						\
do {									\
	static struct lock_class_key __key;				\
									\
	lockdep_init_map_type(&(lock)->dep_map, #lock, &__key, 0, LD_WAIT_CONFIG, LD_WAIT_INV, \
			      LD_LOCK_PERCPU);				\
} while (0)
#define __local_lock_acquire(lock)	lock_map_acquire(&this_cpu_ptr(lock)->dep_map)
#define __local_lock_release(lock)	lock_map_release(&this_cpu_ptr(lock)->dep_map)

#else

typedef struct { } local_lock_t;

#define INIT_LOCAL_LOCK(lockname)	{ }
#define local_lock_init(lock)		do { (void)(lock); } while (0)
#define __local_lock_acquire(lock)	do { (void)(lock); } while (0)
#define __local_lock_release(lock)	do { (void)(lock); } while (0)

#endif

#define local_lock(lock)						\
do {									\
	preempt_disable();						\
	__local_lock_acquire(lock);					\
} while (0)
#define local_unlock(lock)						\
do {									\
	__local_lock_release(lock);					\
	preempt_enable();						\
} while (0)
#define local_lock_irq(lock)						\
do {									\
	local_irq_disable();						\
	__local_lock_acquire(lock);					\
} while (0)
#define local_unlock_irq(lock)						\
do {									\
	__local_lock_release(lock);					\
	local_irq_enable();						\
} while (0)
#define local_lock_irqsave(lock, flags)					\
do {									\
	local_irq_save(flags);						\
	__local_lock_acquire(lock);					\
} while (0)
#define local_unlock_irqrestore(lock, flags)				\
do {									\
	__local_lock_release(lock);					\
	local_irq_restore(flags);					\
} while (0)

#endif
