/* SPDX-License-Identifier: MIT */
/* How tasks come, are found, and go. */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/sched.h>

extern rwlock_t tasklist_lock;		/* irqs off to write; guards the list and parents */
extern struct task_struct init_task;	/* boot CPU's idle task, head of the list of all others */

/* What clone() is asked for. */
struct kernel_clone_args {
	u64			flags;		/* CLONE_* */
	int __user		*child_tid;
	int __user		*parent_tid;
	int			exit_signal;
	unsigned long		stack;		/* 0: the parent's */
	unsigned long		tls;
};

struct task_struct *task_alloc(void (*fn)(void *arg), void *arg);
struct task_struct *task_alloc_user(void (*fn)(void *arg), void *arg);
void task_free(struct task_struct *p);		/* one that was never listed */
void task_list(struct task_struct *p, struct pid *pid);
void __task_unlist(struct task_struct *p);
void __noreturn task_exit(void);

pid_t kernel_clone(struct kernel_clone_args *args);
void become_process(void);
int kernel_execve(const char *filename, const char *const *argv, const char *const *envp);
void __noreturn do_group_exit(int exit_code);
struct task_struct *fork_idle(int cpu);		/* a CPU's idle task, for arch_cpu_start() */
void __noreturn do_exit(long code);
void __noreturn make_task_dead(int signr);	/* from an oops, in whatever context */
void __put_task_struct(struct task_struct *t);
struct task_struct *find_task_by_pid(pid_t nr);	/* caller holds tasklist_lock */
struct task_struct *find_get_task_by_pid(pid_t nr);

static inline struct task_struct *get_task_struct(struct task_struct *t)
{
	refcount_inc(&t->usage);
	return t;
}

/* May be called from any context: the memory is given back by a task. */
static inline void put_task_struct(struct task_struct *t)
{
	if (refcount_dec_and_test(&t->usage))
		__put_task_struct(t);
}

#endif
