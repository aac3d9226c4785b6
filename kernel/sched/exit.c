/* SPDX-License-Identifier: MIT */
/* The end of a task, by its own will or by an oops. */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/task_work.h>
#include "internals.h"

/**
 * task_work_add - have a task call a function as it exits
 * @task: the task; current, or one that can't exit meanwhile
 * @work: link and function
 * @notify: when a task with a user side should look sooner; kernel threads have none
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
 * do_exit - end the current task
 * @code: its result, for who asks
 *
 * Context: process, preemption and interrupts on. Does not return.
 */
void __noreturn do_exit(long code)
{
	struct task_struct *p = current;

	if (unlikely(p->pid == 1))
		panic("Attempted to kill init! exitcode=0x%08x\n", (int)code);
	/* First, so that a work can tell those who still count on the task that it goes. */
	WRITE_ONCE(p->flags, p->flags | PF_EXITING);
	task_work_run();
	p->exit_code = code;
	task_unlist(p);
	kthread_signal_exit(p->kthread);
	exit_rcu();
	debug_check_no_locks_held();

	do_task_dead();
}
EXPORT_SYMBOL(do_exit);

/**
 * make_task_dead - end the current task after an oops
 * @signr: the signal the fault would have been, kept as its result
 *
 * Context: any. Where there is no task to end, the machine stops.
 */
void __noreturn make_task_dead(int signr)
{
	struct task_struct *p = current;

	if (in_interrupt())
		panic("Aiee, killing interrupt handler!");
	if (!p->pid)
		panic("Attempted to kill the idle task!");
	if (p->pid == 1)
		panic("Attempted to kill init! exitcode=0x%08x", signr);
	if (irqs_disabled()) {
		pr_info("note: %s[%d] exited with irqs disabled\n", p->comm, p->pid);
		local_irq_enable();
	}
	if (in_atomic()) {
		pr_info("note: %s[%d] exited with preempt_count %d\n", p->comm, p->pid,
			preempt_count());
		preempt_count_set(PREEMPT_ENABLED);
	}
	lockdep_forget_held();	/* what it held stays locked: that was bound to be so */
	if (p->flags & PF_EXITING) {
		/* It died while it died. It stays as it is: its state can't be trusted. */
		pr_alert("Fixing recursive fault but reboot is needed!\n");
		for (;;) {
			set_current_state(TASK_UNINTERRUPTIBLE);
			schedule();
		}
	}
	do_exit(signr);
}
