/* SPDX-License-Identifier: MIT */
/*
 * Numbers of tasks, thread groups, process groups and sessions. kernel/sched/pid.c.
 *
 * A number stays taken as long as a task uses it in any of the four ways, so that a process
 * group outlives its leader without a stranger getting its number. The structure lives as long as
 * somebody counts it, and so compares safely when the number is gone.
 */
#ifndef _LINUX_PID_H
#define _LINUX_PID_H

#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/types.h>

enum pid_type {
	PIDTYPE_PID,		/* the task's own */
	PIDTYPE_TGID,		/* its process's; leaders are in the list */
	PIDTYPE_PGID,		/* process group; leaders of thread groups are in the list */
	PIDTYPE_SID,		/* session; likewise */
	PIDTYPE_MAX,
};

struct pid {
	refcount_t		count;
	int			nr;		/* fixed */
	struct hlist_node	hash;		/* tasklist_lock; in it while a task uses the number */
	struct hlist_head	tasks[PIDTYPE_MAX]; /* tasklist_lock */
};

struct task_struct;
extern struct pid init_struct_pid;		/* number 0 */

struct pid *alloc_pid(void);
void free_pid(struct pid *pid);			/* of a task that was not attached after all */
void put_pid(struct pid *pid);
struct pid *find_get_pid(pid_t nr);
/* tasklist_lock held to write. */
void attach_pid(struct task_struct *task, enum pid_type type, struct pid *pid);
void detach_pid(struct task_struct *task, enum pid_type type);
void change_pid(struct task_struct *task, enum pid_type type, struct pid *pid);
/* tasklist_lock held. */
struct task_struct *pid_task(struct pid *pid, enum pid_type type);
struct pid *find_vpid(int nr);
/* Not held; what they return is counted. */
struct task_struct *get_pid_task(struct pid *pid, enum pid_type type);
struct pid *get_task_pid(struct task_struct *task, enum pid_type type);

static inline struct pid *get_pid(struct pid *pid)
{
	if (pid)
		refcount_inc(&pid->count);
	return pid;
}

static inline pid_t pid_nr(struct pid *pid) { return pid ? pid->nr : 0; }
#define pid_vnr(pid)	pid_nr(pid)

/* tasklist_lock held. */
#define do_each_pid_task(pid, type, task)				\
	do {								\
		if ((pid) != NULL)					\
			hlist_for_each_entry((task), &(pid)->tasks[type], pid_links[type]) {
#define while_each_pid_task(pid, type, task)				\
			}						\
	} while (0)

#endif
