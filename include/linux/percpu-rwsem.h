/* SPDX-License-Identifier: MIT */
/* An rw-semaphore under the name of Linux's per-CPU one: the same rules, without its cheap readers. */
#ifndef _LINUX_PERCPU_RWSEM_H
#define _LINUX_PERCPU_RWSEM_H

#include <linux/rwsem.h>

struct percpu_rw_semaphore {
	struct rw_semaphore rw_sem;
};

#define DEFINE_STATIC_PERCPU_RWSEM(name) \
	static struct percpu_rw_semaphore name = { .rw_sem = __RWSEM_INITIALIZER(name.rw_sem) }
#define DEFINE_PERCPU_RWSEM(name) \
	struct percpu_rw_semaphore name = { .rw_sem = __RWSEM_INITIALIZER(name.rw_sem) }

#define percpu_init_rwsem(sem)		({ init_rwsem(&(sem)->rw_sem); 0; })
static inline void percpu_free_rwsem(struct percpu_rw_semaphore *sem) { }
static inline void percpu_down_read(struct percpu_rw_semaphore *sem) { down_read(&sem->rw_sem); }
static inline bool percpu_down_read_trylock(struct percpu_rw_semaphore *sem)
{
	return down_read_trylock(&sem->rw_sem);
}
static inline void percpu_up_read(struct percpu_rw_semaphore *sem) { up_read(&sem->rw_sem); }
static inline void percpu_down_write(struct percpu_rw_semaphore *sem) { down_write(&sem->rw_sem); }
static inline void percpu_up_write(struct percpu_rw_semaphore *sem) { up_write(&sem->rw_sem); }
static inline bool percpu_is_write_locked(struct percpu_rw_semaphore *sem)
{
	return rwsem_is_locked(&sem->rw_sem);
}

/* By anyone. */
static inline bool percpu_is_read_locked(struct percpu_rw_semaphore *sem)
{
	return rwsem_is_locked(&sem->rw_sem);
}

#endif
