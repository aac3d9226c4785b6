/* SPDX-License-Identifier: MIT */
/*
 * Locks that are still held where nothing may be: in memory that is given back, by a task that
 * ends, by a handler that returns.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

static void report_freed(const void *from, unsigned long len, const struct held_lock *lock)
{
	if (!debug_locks_off())
		return;
	report_banner("WARNING: held lock freed!");
	pr_warn("%s/%d is freeing memory %px-%px, with a lock still held there!\n", current->comm,
		current->pid, from, from + len - 1);
	print_lock(lock);
	report_tail();
}

/**
 * debug_check_no_locks_freed - memory is given back, or initialised again
 * @from: its start
 * @len: its length in bytes
 *
 * Context: any.
 */
void debug_check_no_locks_freed(const void *from, unsigned long len)
{
	const struct task_lockdep *t = &current->lockdep;
	unsigned long flags;

	if (likely(!t->depth || in_nmi()))
		return;
	raw_local_irq_save(flags);
	for (unsigned int i = 0; debug_locks && i < t->depth; i++) {
		if ((unsigned long)t->held[i].instance - (unsigned long)from >= len)
			continue;
		report_freed(from, len, &t->held[i]);
		break;
	}
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(debug_check_no_locks_freed);

/** debug_check_no_locks_held - the current task ends, or goes where it may stop for long */
void debug_check_no_locks_held(void)
{
	char title[64];

	if (likely(!current->lockdep.depth) || !debug_locks_off())
		return;
	snprintf(title, sizeof(title), "WARNING: %s/%d still has locks held!", current->comm,
		 current->pid);
	report_banner(title);
	report_tail();
}
EXPORT_SYMBOL_GPL(debug_check_no_locks_held);

static void drop_above(unsigned int depth)
{
	struct task_lockdep *t = &current->lockdep;
	unsigned long flags;

	raw_local_irq_save(flags);
	t->chain_key = t->held[depth].prev_chain_key;
	t->depth = depth;
	raw_local_irq_restore(flags);
}

/** lockdep_forget_held - print what the current task holds as it dies, and take it off its stack */
void lockdep_forget_held(void)
{
	if (!current->lockdep.depth)
		return;
	print_held_locks(current);
	drop_above(0);
}

/**
 * lockdep_check_handler - a function that somebody gave us has returned
 * @depth: what lockdep_depth(current) was before
 * @kind: what it was, for the report
 * @function: the function
 *
 * Locks that it left are reported with its name, and forgotten: whom it interrupted shall not be
 * blamed for them.
 */
void lockdep_check_handler(unsigned int depth, const char *kind, const void *function)
{
	const struct task_lockdep *t = &current->lockdep;

	if (likely(t->depth <= depth))
		return;
	if (debug_locks_off()) {
		report_banner("WARNING: lock held when a handler returned!");
		pr_warn("%s %pS left %u lock%s held\n", kind, function, t->depth - depth,
			t->depth - depth > 1 ? "s" : "");
		report_tail();
	}
	drop_above(depth);
}

#endif
