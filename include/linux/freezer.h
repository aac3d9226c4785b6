/* SPDX-License-Identifier: MIT */
/*
 * The freezer: tasks stand still where they say that they can, while the whole machine is to be quiet.
 *
 * Kernel threads are left alone, unless they call set_freezable(); then they come to
 * try_to_freeze() often, or sleep in one of the freezable ways. Workqueues made with
 * WQ_FREEZABLE start no work meanwhile.
 */
#ifndef _LINUX_FREEZER_H
#define _LINUX_FREEZER_H

#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/wait.h>

extern bool pm_freezing;	/* user space is to stand still */
extern bool pm_nosig_freezing;	/* freezable kernel threads and workqueues too */

bool freezing_slow_path(struct task_struct *p);
bool frozen(struct task_struct *p);
bool __refrigerator(bool check_kthr_stop);
bool freeze_task(struct task_struct *p);
void __thaw_task(struct task_struct *p);
bool set_freezable(void);

/* Is @p asked to freeze? */
static inline bool freezing(struct task_struct *p)
{
	return unlikely(READ_ONCE(pm_freezing)) && freezing_slow_path(p);
}

/* Stand still here as long as that is asked. Return: whether it was. Context: process, may sleep. */
static inline bool try_to_freeze(void)
{
	might_sleep();
	return freezing(current) && __refrigerator(false);
}

int freeze_processes(void);
int freeze_kernel_threads(void);
void thaw_processes(void);
void thaw_kernel_threads(void);

/* linux/workqueue.h's half, for freeze_kernel_threads() alone. */
void freeze_workqueues_begin(void);
bool freeze_workqueues_busy(void);
void thaw_workqueues(void);

/* A task that sleeps in a freezable way is frozen where it is. Who marked itself by this alone never was. */
static inline void freezer_do_not_count(void) { }
static inline void freezer_count(void) { try_to_freeze(); }

#endif
