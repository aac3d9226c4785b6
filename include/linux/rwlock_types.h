/* SPDX-License-Identifier: MIT */
/* Reader-writer spin locks. asm-generic/rwlock.h tells what the word holds. */
#ifndef _LINUX_RWLOCK_TYPES_H
#define _LINUX_RWLOCK_TYPES_H

#include <linux/spinlock_types.h>

typedef struct {
	union {
		u32 word;
		u8 writer;	/* the word's low byte (little endian) */
	};
	arch_spinlock_t line;	/* where waiting readers and writers queue up */
} arch_rwlock_t;

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "arch_rwlock_t.writer");

typedef struct {
	arch_rwlock_t raw_lock;
#ifdef CONFIG_DEBUG
	unsigned int magic, owner_cpu;
	void *owner;		/* the writer */
	struct lockdep_map dep_map;
#endif
} rwlock_t;

#ifdef CONFIG_DEBUG
#define RWLOCK_MAGIC		0xdeaf1eed
#define __RW_DEBUG_INIT(lockname) \
	.magic = RWLOCK_MAGIC, .owner_cpu = -1U, .owner = SPINLOCK_OWNER_INIT, \
	.dep_map = { .name = #lockname, .wait_type_inner = LD_WAIT_SPIN },
#else
#define __RW_DEBUG_INIT(lockname)
#endif

#define __RW_LOCK_UNLOCKED(lockname) \
	(rwlock_t) { .raw_lock = { { 0 }, __ARCH_SPIN_LOCK_UNLOCKED }, __RW_DEBUG_INIT(lockname) }
#define DEFINE_RWLOCK(x)	rwlock_t x = __RW_LOCK_UNLOCKED(x)

#endif
