/* SPDX-License-Identifier: MIT */
/* Showing tasks to people. */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/sched/debug.h>
#include "internals.h"

/* R running, S sleeping, D not to be disturbed, I idle, T stopped, P parked, Z, X dead: as ps has it. */
char task_state_to_char(struct task_struct *p)
{
	unsigned int state = READ_ONCE(p->__state);

	if (READ_ONCE(p->exit_state))
		return p->exit_state & EXIT_ZOMBIE ? 'Z' : 'X';
	if (state == TASK_RUNNING || state == TASK_WAKING)
		return 'R';
	if ((state & TASK_IDLE) == TASK_IDLE)
		return 'I';
	if (state & TASK_UNINTERRUPTIBLE)
		return 'D';
	if (state & TASK_INTERRUPTIBLE)
		return 'S';
	if (state & (__TASK_STOPPED | __TASK_TRACED))
		return state & __TASK_STOPPED ? 'T' : 't';
	return state & TASK_PARKED ? 'P' : 'X';
}

/**
 * sched_show_task - print a task's line and back-trace
 * @p: any task; a running one's trace is a guess
 */
void sched_show_task(struct task_struct *p)
{
	pr_info("task:%-15.15s state:%c pid:%-5d ppid:%-6d flags:0x%08x cpu:%u\n", p->comm,
		task_state_to_char(p), p->pid, p->parent ? p->parent->pid : 0, p->flags,
		task_cpu(p));
	show_stack(p, NULL, KERN_INFO);
}
EXPORT_SYMBOL(sched_show_task);

/**
 * show_state_filter - print all tasks whose state has a bit of a mask
 * @state_filter: TASK_*; 0 for all tasks
 */
void show_state_filter(unsigned int state_filter)
{
	struct task_struct *p;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	for_each_process(p)
		if (!state_filter || (READ_ONCE(p->__state) & state_filter))
			sched_show_task(p);
	read_unlock_irqrestore(&tasklist_lock, flags);
}
