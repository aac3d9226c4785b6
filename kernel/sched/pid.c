/* SPDX-License-Identifier: MIT */
/*
 * Giving out numbers, and finding tasks by them. See linux/pid.h.
 *
 * A number is found from when a task first uses it until none does: tasklist_lock guards that. Before
 * and after, pid_lock keeps it from being given out twice.
 *
 * Lock order: tasklist_lock, then pid_lock. Both with interrupts off.
 */
#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/hashtable.h>
#include <linux/init.h>
#include <linux/pid.h>
#include <linux/slab.h>
#include "internals.h"

#define PID_MAX		32768

static DEFINE_SPINLOCK(pid_lock);		/* guards to the blank line */
static DECLARE_BITMAP(pids, PID_MAX) = { 1 };	/* in use; 0 is the idle tasks' */
static int newest_pid;

static DEFINE_HASHTABLE(pid_hash, 8);		/* of those that tasks use; tasklist_lock */
static struct kmem_cache *pid_cache;

/* The group and session of task 1, until it makes its own. Nobody finds it, and it stays for good. */
struct pid init_struct_pid = { .count = REFCOUNT_INIT(1) };

void __init pid_init(void)
{
	pid_cache = KMEM_CACHE(pid, SLAB_PANIC | SLAB_HWCACHE_ALIGN);
}

/* Numbers go up and round, so that one is not used again soon. pid_lock held. */
static int take_number(void)
{
	int nr = find_next_zero_bit(pids, PID_MAX, newest_pid + 1);

	if (nr >= PID_MAX)
		nr = find_next_zero_bit(pids, PID_MAX, 1);
	if (nr >= PID_MAX)
		return -EAGAIN;
	__set_bit(nr, pids);
	WRITE_ONCE(newest_pid, nr);
	return nr;
}

int last_pid(void)
{
	return READ_ONCE(newest_pid);
}

/**
 * alloc_pid - a number that nobody has
 *
 * Context: process, may sleep. Return: it, counted once, for its users' lists; NULL when there is
 * no number or no memory left.
 */
struct pid *alloc_pid(void)
{
	struct pid *pid = kmem_cache_zalloc(pid_cache, GFP_KERNEL);

	if (!pid)
		return NULL;
	refcount_set(&pid->count, 1);
	spin_lock_irq(&pid_lock);
	pid->nr = take_number();
	spin_unlock_irq(&pid_lock);
	if (pid->nr < 0) {
		kmem_cache_free(pid_cache, pid);
		return NULL;
	}
	return pid;
}

/* put_pid - drop a reference; NULL is ignored. Any context. */
void put_pid(struct pid *pid)
{
	if (pid && refcount_dec_and_test(&pid->count))
		kmem_cache_free(pid_cache, pid);
}
EXPORT_SYMBOL(put_pid);

/* free_pid - no task uses the number, and none finds it: others may have it */
void free_pid(struct pid *pid)
{
	unsigned long flags;

	spin_lock_irqsave(&pid_lock, flags);
	__clear_bit(pid->nr, pids);
	spin_unlock_irqrestore(&pid_lock, flags);
	put_pid(pid);
}

static struct pid **task_pid_slot(struct task_struct *task, enum pid_type type)
{
	return type == PIDTYPE_PID ? &task->thread_pid : &task->signal->pids[type];
}

/**
 * attach_pid - @task uses a number
 * @task: the task
 * @type: how; all but PIDTYPE_PID for leaders of thread groups only
 * @pid: the number
 *
 * Context: tasklist_lock held to write.
 */
void attach_pid(struct task_struct *task, enum pid_type type, struct pid *pid)
{
	*task_pid_slot(task, type) = pid;
	hlist_add_head(&task->pid_links[type], &pid->tasks[type]);
	if (pid != &init_struct_pid && hlist_unhashed(&pid->hash))
		hash_add(pid_hash, &pid->hash, pid->nr);
}

static void leave_pid(struct task_struct *task, enum pid_type type, struct pid *new)
{
	struct pid **slot = task_pid_slot(task, type), *old = *slot;
	unsigned int i;

	hlist_del_init(&task->pid_links[type]);
	*slot = new;
	if (old == &init_struct_pid)
		return;
	for (i = 0; i < PIDTYPE_MAX; i++)
		if (!hlist_empty(&old->tasks[i]))
			return;
	hash_del(&old->hash);
	free_pid(old);
}

/* detach_pid - the opposite. tasklist_lock held to write. */
void detach_pid(struct task_struct *task, enum pid_type type)
{
	leave_pid(task, type, NULL);
}

/* change_pid - from one number to another: setpgid(), setsid() */
void change_pid(struct task_struct *task, enum pid_type type, struct pid *pid)
{
	leave_pid(task, type, pid);
	hlist_add_head(&task->pid_links[type], &pid->tasks[type]);
}

/* find_vpid - what has a number; valid while tasklist_lock is held. NULL: nobody. */
struct pid *find_vpid(int nr)
{
	struct pid *pid;

	hash_for_each_possible(pid_hash, pid, hash, nr)
		if (pid->nr == nr)
			return pid;
	return NULL;
}
EXPORT_SYMBOL(find_vpid);

/* find_get_pid - the same, counted; any context */
struct pid *find_get_pid(pid_t nr)
{
	struct pid *pid;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	pid = get_pid(find_vpid(nr));
	read_unlock_irqrestore(&tasklist_lock, flags);
	return pid;
}
EXPORT_SYMBOL(find_get_pid);

/* pid_task - the first that uses a number in a way, or NULL. tasklist_lock held. */
struct task_struct *pid_task(struct pid *pid, enum pid_type type)
{
	return pid ? hlist_entry_safe(pid->tasks[type].first, struct task_struct, pid_links[type])
		   : NULL;
}
EXPORT_SYMBOL(pid_task);

/* get_pid_task - the same with a reference; any context */
struct task_struct *get_pid_task(struct pid *pid, enum pid_type type)
{
	struct task_struct *task;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	task = pid_task(pid, type);
	if (task)
		get_task_struct(task);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return task;
}
EXPORT_SYMBOL(get_pid_task);

/**
 * get_task_pid - a number that a task has now
 * @task: the task
 * @type: which; but for PIDTYPE_PID others may change it at any time
 *
 * Context: any. Return: it, counted; NULL: it is released, or a kernel thread without such a one.
 */
struct pid *get_task_pid(struct task_struct *task, enum pid_type type)
{
	struct pid *pid = NULL;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	if (type == PIDTYPE_PID || task->signal)
		pid = get_pid(*task_pid_slot(task, type));
	read_unlock_irqrestore(&tasklist_lock, flags);
	return pid;
}
EXPORT_SYMBOL_GPL(get_task_pid);

/**
 * find_task_by_pid - the task of a number
 * @nr: the number
 *
 * Context: tasklist_lock held. Return: the task, valid while the lock is held, or NULL.
 */
struct task_struct *find_task_by_pid(pid_t nr)
{
	return pid_task(find_vpid(nr), PIDTYPE_PID);
}
EXPORT_SYMBOL(find_task_by_pid);

/* The same with a reference, which the caller puts. */
struct task_struct *find_get_task_by_pid(pid_t nr)
{
	struct task_struct *p;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	p = find_task_by_pid(nr);
	if (p)
		get_task_struct(p);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return p;
}
EXPORT_SYMBOL(find_get_task_by_pid);
