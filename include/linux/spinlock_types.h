/* SPDX-License-Identifier: MIT */
/*
 * Spin locks: a word that is 0 when free, and holds the line of those who wait.
 *
 * raw_spinlock_t is what the core uses where nothing may ever sleep; spinlock_t is the
 * same lock under the name drivers use.
 */
#ifndef _LINUX_SPINLOCK_TYPES_H
#define _LINUX_SPINLOCK_TYPES_H

#include <linux/types.h>
#include <linux/stddef.h>
#include <linux/build_bug.h>
#include <linux/threads.h>
#include <linux/lockdep_types.h>

/* Eight bits are enough for a ticket: a CPU waits for a lock once at a time. */
static_assert(NR_CPUS <= 256, "a ticket of a spin lock has eight bits");

typedef struct {
	union {
		u32 word;		/* 0: free, and nobody waits */
		struct {
			u8 locked;	/* cleared by the owner only */
			u8 serving;	/* the ticket whose turn is next; written by who has it */
			u8 unused;
			u8 next;	/* the next ticket to draw; added to as a part of the word */
		};
	};
} arch_spinlock_t;

#define ARCH_SPIN_LOCKED	0x00000001
#define ARCH_SPIN_TICKET	0x01000000	/* one more in `next` */

typedef struct raw_spinlock {
	arch_spinlock_t raw_lock;
#ifdef CONFIG_DEBUG
	unsigned int magic, owner_cpu;
	void *owner;
	struct lockdep_map dep_map;
#endif
} raw_spinlock_t;

typedef struct spinlock {
	union {
		struct raw_spinlock rlock;
#ifdef CONFIG_DEBUG
		struct {
			unsigned char before_map[offsetof(struct raw_spinlock, dep_map)];
			struct lockdep_map dep_map;	/* rlock's, under the name that all locks have */
		};
#endif
	};
} spinlock_t;

#ifdef CONFIG_DEBUG
#define SPINLOCK_MAGIC		0xdead4ead
#define SPINLOCK_OWNER_INIT	((void *)-1L)
#define __SPIN_DEBUG_INIT(lockname) \
	.magic = SPINLOCK_MAGIC, .owner_cpu = -1U, .owner = SPINLOCK_OWNER_INIT, \
	.dep_map = { .name = #lockname, .wait_type_inner = LD_WAIT_SPIN },
#else
#define __SPIN_DEBUG_INIT(lockname)
#endif

#define __ARCH_SPIN_LOCK_UNLOCKED	{ { 0 } }
#define __RAW_SPIN_LOCK_INITIALIZER(name) \
	{ .raw_lock = __ARCH_SPIN_LOCK_UNLOCKED, __SPIN_DEBUG_INIT(name) }
#define __RAW_SPIN_LOCK_UNLOCKED(name) (raw_spinlock_t)__RAW_SPIN_LOCK_INITIALIZER(name)
#define DEFINE_RAW_SPINLOCK(x)	raw_spinlock_t x = __RAW_SPIN_LOCK_INITIALIZER(x)
#define __SPIN_LOCK_INITIALIZER(name) { { .rlock = __RAW_SPIN_LOCK_INITIALIZER(name) } }
#define __SPIN_LOCK_UNLOCKED(name) (spinlock_t)__SPIN_LOCK_INITIALIZER(name)
#define DEFINE_SPINLOCK(x)	spinlock_t x = __SPIN_LOCK_INITIALIZER(x)

#endif
