/* SPDX-License-Identifier: MIT */
/* Calls that a task makes itself, later; its very end. kernel/process/exit.c has what comes before. */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/task_work.h>
#include "internals.h"

/**
 * task_work_add - have a task call a function later
 * @task: the task; current, or one that can't exit meanwhile
 * @work: link and function
 * @notify: TWA_NONE: as it exits; else a task with a program does before it is back in that
 *
 * Context: any. Return: 0; -ESRCH when @task is past the point where it would call it.
 */
int task_work_add(struct task_struct *task, struct callback_head *work,
		  enum task_work_notify_mode notify)
{
	struct callback_head *head = READ_ONCE(task->task_works);

	do {
		if (READ_ONCE(task->flags) & PF_EXITING)
			return -ESRCH;
		work->next = head;
	} while (!try_cmpxchg(&task->task_works, &head, work));
	if (notify != TWA_NONE && !(task->flags & PF_KTHREAD))
		set_tsk_thread_flag(task, TIF_NOTIFY_RESUME);
	return 0;
}
EXPORT_SYMBOL(task_work_add);

/**
 * task_work_cancel - take back the first call of a given function
 * @task: current
 * @func: the function
 *
 * Context: process. Only a task itself takes its works away, so only adding races.
 * Return: the work, or NULL when there is none.
 */
struct callback_head *task_work_cancel(struct task_struct *task, task_work_func_t func)
{
	struct callback_head **link = &task->task_works, *work;

	for (work = READ_ONCE(*link); work; work = READ_ONCE(*link)) {
		if (work->func != func)
			link = &work->next;
		else if (try_cmpxchg(link, &work, work->next))
			return work;
	}
	return NULL;
}
EXPORT_SYMBOL(task_work_cancel);

/* Run what has been added, newest first, until there is no more. */
void task_work_run(void)
{
	struct callback_head *work, *next;

	while ((work = xchg(&current->task_works, NULL))) {
		for (; work; work = next) {
			next = work->next;
			work->func(work);
		}
	}
}

/**
 * task_exit - the end of current, which is in no list any more
 *
 * Context: process, preemption and interrupts on. Does not return.
 */
void __noreturn task_exit(void)
{
	kthread_signal_exit(current->kthread);
	exit_rcu();
	debug_check_no_locks_held();
	do_task_dead();
}
