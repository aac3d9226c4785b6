/* SPDX-License-Identifier: MIT */
/*
 * Reader-writer semaphores for those that are written as good as never: a reader counts itself
 * on its CPU and takes no lock, a writer waits until the sum of the counts is 0.
 *
 *	reader				writer
 *	count++				block = true
 *	full barrier			full barrier
 *	block? then go the slow way	sum == 0? else wait
 *
 * The slow way is rw_sem, which the writer holds meanwhile.
 */
#ifndef _LINUX_PERCPU_RWSEM_H
#define _LINUX_PERCPU_RWSEM_H

#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/rwsem.h>
#include <linux/types.h>
#include <linux/wait.h>

struct percpu_rw_semaphore {
	unsigned int __percpu	*read_count;	/* one may be taken here and dropped there: the sum counts */
	bool			block;		/* a writer has it, or waits; rw_sem held for writing */
	struct rw_semaphore	rw_sem;
	wait_queue_head_t	writer;		/* waits for the readers to end */
};

#define __DEFINE_PERCPU_RWSEM(name, is_static)				\
	static DEFINE_PER_CPU(unsigned int, __percpu_rwsem_count_##name); \
	is_static struct percpu_rw_semaphore name = {			\
		.read_count = &__percpu_rwsem_count_##name,		\
		.rw_sem = __RWSEM_INITIALIZER(name.rw_sem),		\
		.writer = __WAIT_QUEUE_HEAD_INITIALIZER(name.writer),	\
	}
#define DEFINE_PERCPU_RWSEM(name)		__DEFINE_PERCPU_RWSEM(name, /* not static */)
#define DEFINE_STATIC_PERCPU_RWSEM(name)	__DEFINE_PERCPU_RWSEM(name, static)

int __percpu_init_rwsem(struct percpu_rw_semaphore *sem, const char *name,
			struct lock_class_key *key);
void percpu_free_rwsem(struct percpu_rw_semaphore *sem);

#define percpu_init_rwsem(sem)						\
({									\
	static struct lock_class_key __key;				\
									\
	__percpu_init_rwsem(sem, #sem, &__key);				\
})

void percpu_down_read(struct percpu_rw_semaphore *sem);
bool percpu_down_read_trylock(struct percpu_rw_semaphore *sem);
void percpu_up_read(struct percpu_rw_semaphore *sem);
void percpu_down_write(struct percpu_rw_semaphore *sem);
void percpu_up_write(struct percpu_rw_semaphore *sem);

bool percpu_is_read_locked(struct percpu_rw_semaphore *sem);
bool percpu_is_write_locked(struct percpu_rw_semaphore *sem);

#endif
