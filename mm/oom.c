/* SPDX-License-Identifier: MIT */
/*
 * When memory for programs runs out. A part is kept back for the kernel itself; a program that
 * would need it costs the largest process its life, so that the machine goes on.
 */
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include "internals.h"

/**
 * alloc_user_page - a page for a program: data, or a table that maps it
 * @zeroed: else what is in it is undefined
 *
 * Context: process, may sleep. Return: the page, or NULL when only the kernel's part is left.
 */
struct page *alloc_user_page(bool zeroed)
{
	might_sleep();
	return __alloc_pages_nocheck(GFP_USER | __GFP_NOWARN | (zeroed ? __GFP_ZERO : 0), 0);
}

/* Its pages are on their way already. tasklist_lock held. */
static bool is_ending(struct task_struct *p)
{
	return fatal_signal_pending(p) || (READ_ONCE(p->flags) & PF_EXITING) ||
	       (READ_ONCE(p->signal->flags) & SIGNAL_GROUP_EXIT);
}

/* The process with most pages, counted, or NULL; whether it ends. Task 1 is spared. */
static struct task_struct *largest_process(unsigned long *pages, bool *ending)
{
	struct task_struct *p, *t, *worst = NULL;
	unsigned long most = 0;

	read_lock(&tasklist_lock);
	/* Threads: the first may have ended, and no longer know the memory of the others. */
	for_each_process_thread(p, t) {
		unsigned long rss;

		task_lock(t);
		rss = t->mm ? get_mm_rss(t->mm) + READ_ONCE(t->mm->pgtables) : 0;
		task_unlock(t);
		if (t->signal && t->tgid != 1 && rss > most) {
			most = rss;
			worst = t;
		}
	}
	if (worst) {
		get_task_struct(worst);
		*ending = is_ending(worst);
	}
	read_unlock(&tasklist_lock);
	*pages = most;
	return worst;
}

/**
 * out_of_memory - make room: end a process
 *
 * Context: process that holds no mmap_lock; sleeps a little, for what was ended to be gone.
 */
void out_of_memory(void)
{
	unsigned long pages;
	struct task_struct *victim;
	bool ending;

	if (fatal_signal_pending(current))
		return;
	victim = largest_process(&pages, &ending);
	if (!victim) {
		msleep(10);
		return;
	}
	if (!ending) {
		pr_err("Out of memory: Killed process %d (%s), %lukB\n", victim->pid, victim->comm,
		       pages << (PAGE_SHIFT - 10));
		send_sig(SIGKILL, victim, 1);
	}
	if (victim != current)
		msleep(10);
	put_task_struct(victim);
}
