/* SPDX-License-Identifier: MIT */
/*
 * The checker of lock orders, and contracts about locks and contexts. Debug build only.
 *
 * Every lock is of a class: one per place that initialises it, or its own if it is static.
 * The checker learns in which order classes are taken, and in which contexts, and reports what
 * could deadlock the first time that it could, not the first time that it does. kernel/lockdep/.
 */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/lockdep_types.h>
#include <linux/debug_locks.h>
#include <linux/bug.h>
#include <linux/instruction_pointer.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>

struct task_struct;

/* lock_is_held() where nobody keeps count, as in an NMI, gives the third. */
#define LOCK_STATE_UNKNOWN	(-1)
#define LOCK_STATE_NOT_HELD	0
#define LOCK_STATE_HELD		1

#ifdef CONFIG_DEBUG

#define lockdep_assert(cond)		WARN_ON_ONCE(!(cond))

/* What every kind of lock calls. @read: 0 exclusive, 1 shared, 2 shared and may recur. */
void lock_acquire(struct lockdep_map *lock, unsigned int subclass, int trylock, int read,
		  int check, struct lockdep_map *nest_lock, unsigned long ip);
void lock_release(struct lockdep_map *lock, unsigned long ip);
void lock_downgrade(struct lockdep_map *lock, unsigned long ip);
int lock_is_held_type(const struct lockdep_map *lock, int read);
#define lock_is_held(lock)		lock_is_held_type(lock, -1)

void lockdep_init_map_type(struct lockdep_map *lock, const char *name, struct lock_class_key *key,
			   int subclass, u8 inner, u8 outer, u8 lock_type);
void lockdep_register_key(struct lock_class_key *key);
void lockdep_unregister_key(struct lock_class_key *key);
void lockdep_free_key_range(void *start, unsigned long size);
void lockdep_reset_lock(struct lockdep_map *lock);
void lockdep_reset(void);
void lockdep_off(void);
void lockdep_on(void);

extern struct lock_class_key __lockdep_no_validate__;

#define lockdep_depth(tsk)		((tsk)->lockdep.depth)
#define lockdep_recursing(tsk)		((tsk)->lockdep.recursion)

#define STATIC_LOCKDEP_MAP_INIT(_name, _key) \
	{ .name = (_name), .key = (struct lock_class_key *)(void *)(_key) }

#define lockdep_init_map_waits(lock, name, key, sub, inner, outer) \
	lockdep_init_map_type(lock, name, key, sub, inner, outer, LD_LOCK_NORMAL)
#define lockdep_init_map_wait(lock, name, key, sub, inner) \
	lockdep_init_map_waits(lock, name, key, sub, inner, LD_WAIT_INV)
#define lockdep_init_map(lock, name, key, sub) \
	lockdep_init_map_wait(lock, name, key, sub, LD_WAIT_INV)

/* Give a lock another class than that of its initialisation; before its first use. */
#define __lockdep_reclass(lock, name, key, sub)				\
	lockdep_init_map_type(&(lock)->dep_map, name, key, sub,		\
			      (lock)->dep_map.wait_type_inner,		\
			      (lock)->dep_map.wait_type_outer,		\
			      (lock)->dep_map.lock_type)
#define lockdep_set_class(lock, key)			__lockdep_reclass(lock, #key, key, 0)
#define lockdep_set_class_and_name(lock, key, name)	__lockdep_reclass(lock, name, key, 0)
#define lockdep_set_class_and_subclass(lock, key, sub)	__lockdep_reclass(lock, #key, key, sub)
#define lockdep_set_subclass(lock, sub)					\
	__lockdep_reclass(lock, #lock, (lock)->dep_map.key, sub)
#define lockdep_set_novalidate_class(lock)				\
	lockdep_set_class_and_name(lock, &__lockdep_no_validate__, #lock)
#define lockdep_match_class(lock, k)	((lock)->dep_map.key == (k))

#define lockdep_is_held(lock)		lock_is_held(&(lock)->dep_map)
#define lockdep_is_held_type(lock, r)	lock_is_held_type(&(lock)->dep_map, r)
#define lockdep_assert_held(l)		lockdep_assert(lockdep_is_held(l) != LOCK_STATE_NOT_HELD)
#define lockdep_assert_not_held(l)	lockdep_assert(lockdep_is_held(l) != LOCK_STATE_HELD)
#define lockdep_assert_held_write(l)	lockdep_assert(lockdep_is_held_type(l, 0))
#define lockdep_assert_held_read(l)	lockdep_assert(lockdep_is_held_type(l, 1))
#define lockdep_assert_held_once(l)	lockdep_assert_held(l)
#define lockdep_assert_none_held_once()	lockdep_assert(!current->lockdep.depth)

/* "This function may take @lock": checked where it is said, also when this time it does not. */
#define __might_lock(map, sub, read)					\
do {									\
	lock_acquire(map, sub, 0, read, 1, NULL, _THIS_IP_);		\
	lock_release(map, _THIS_IP_);					\
} while (0)
#define might_lock(lock)		__might_lock(&(lock)->dep_map, 0, 0)
#define might_lock_read(lock)		__might_lock(&(lock)->dep_map, 0, 1)
#define might_lock_nested(lock, sub)	__might_lock(&(lock)->dep_map, sub, 0)

/* Who turned interrupts and softirqs of this CPU on and off. */
void lockdep_softirqs_on(unsigned long ip);
void lockdep_softirqs_off(unsigned long ip);
void print_irqtrace_events(struct task_struct *curr);
void lockdep_check_handler(unsigned int depth, const char *kind, const void *function);
void lockdep_forget_held(void);

#else

#define lockdep_assert(cond)		do { (void)sizeof(cond); } while (0)

#define lock_acquire(l, s, t, r, c, n, i)	do { } while (0)
#define lock_release(l, i)			do { } while (0)
#define lock_downgrade(l, i)			do { } while (0)

#define lockdep_init_map_type(lock, name, key, sub, inner, outer, type) \
	do { (void)(name); (void)(key); } while (0)
#define lockdep_init_map_waits(lock, name, key, sub, inner, outer) \
	do { (void)(name); (void)(key); } while (0)
#define lockdep_init_map_wait(lock, name, key, sub, inner) \
	do { (void)(name); (void)(key); } while (0)
#define lockdep_init_map(lock, name, key, sub)	do { (void)(name); (void)(key); } while (0)
#define lockdep_set_class(lock, key)		do { (void)(key); } while (0)
#define lockdep_set_class_and_name(lock, key, name) do { (void)(key); (void)(name); } while (0)
#define lockdep_set_class_and_subclass(lock, key, sub) do { (void)(key); } while (0)
#define lockdep_set_subclass(lock, sub)		do { } while (0)
#define lockdep_set_novalidate_class(lock)	do { } while (0)

static inline void lockdep_register_key(struct lock_class_key *key) { }
static inline void lockdep_unregister_key(struct lock_class_key *key) { }
static inline void lockdep_free_key_range(void *start, unsigned long size) { }
static inline void lockdep_reset(void) { }
static inline void lockdep_off(void) { }
static inline void lockdep_on(void) { }

#define lockdep_depth(tsk)		0
#define lockdep_recursing(tsk)		0

/* Without the checker nobody knows. No definition: to be asked by code that is compiled out. */
int lock_is_held(const void *lock);
int lockdep_is_held(const void *lock);

#define lockdep_assert_held(l)		do { (void)(l); } while (0)
#define lockdep_assert_not_held(l)	do { (void)(l); } while (0)
#define lockdep_assert_held_write(l)	do { (void)(l); } while (0)
#define lockdep_assert_held_read(l)	do { (void)(l); } while (0)
#define lockdep_assert_held_once(l)	do { (void)(l); } while (0)
#define lockdep_assert_none_held_once()	do { } while (0)

#define might_lock(lock)		do { } while (0)
#define might_lock_read(lock)		do { } while (0)
#define might_lock_nested(lock, sub)	do { } while (0)

static inline void lockdep_softirqs_on(unsigned long ip) { }
static inline void lockdep_softirqs_off(unsigned long ip) { }
static inline void print_irqtrace_events(struct task_struct *curr) { }
static inline void lockdep_check_handler(unsigned int depth, const char *kind,
					 const void *function) { }
static inline void lockdep_forget_held(void) { }

#endif

/* For what waits like a lock and is none: works, timers, completions, stages of a start. */
#define lock_map_acquire(l)		lock_acquire(l, 0, 0, 0, 1, NULL, _THIS_IP_)
#define lock_map_acquire_read(l)	lock_acquire(l, 0, 0, 2, 1, NULL, _THIS_IP_)
#define lock_map_acquire_tryread(l)	lock_acquire(l, 0, 1, 2, 1, NULL, _THIS_IP_)
#define lock_map_release(l)		lock_release(l, _THIS_IP_)

#define lockdep_assert_irqs_disabled()	lockdep_assert(irqs_disabled())
#define lockdep_assert_irqs_enabled()	lockdep_assert(!irqs_disabled())
#define lockdep_assert_in_irq()		lockdep_assert(in_hardirq())
#define lockdep_assert_in_softirq()	lockdep_assert(in_softirq() && !in_hardirq())
#define lockdep_assert_preemption_enabled() lockdep_assert(!preempt_count() && !irqs_disabled())
#define lockdep_assert_preemption_disabled() lockdep_assert(preempt_count() || irqs_disabled())

#define SINGLE_DEPTH_NESTING	1

#endif
