/* SPDX-License-Identifier: MIT */
/* Locks for the tests of the lock checker, and the contexts to take them in. */
#ifndef _TESTS_LOCKDEP_H
#define _TESTS_LOCKDEP_H

#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

extern spinlock_t lock_a, lock_b, lock_c;
extern struct mutex lock_m;

void take_a(void);
void take_a_then_b(void);

/* Run @fn in such a context on this CPU, and come back after it. */
void in_hardirq_do(void (*fn)(void));
void in_softirq_do(void (*fn)(void));

/*
 * After a provoked report: on again, and the locks' classes as if they had never been used.
 * @b and @c may be NULL.
 */
void forget(struct lockdep_map *a, struct lockdep_map *b, struct lockdep_map *c);
#define forget_locks(a, b, c)	forget(&(a)->dep_map, &(b)->dep_map, &(c)->dep_map)

#endif
