/* SPDX-License-Identifier: MIT */
/* Misuse of RCU, said by name. Most of it is looked for in the debug build only. */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/extable.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include "internals.h"

/* A value that rcu_head_after_call_rcu() can tell from any function. */
void rcu_head_init(struct rcu_head *head)
{
	head->func = (rcu_callback_t)~0UL;
}
EXPORT_SYMBOL_GPL(rcu_head_init);

#ifdef CONFIG_DEBUG

#define READER_MAP(map, text)						\
	static struct lock_class_key map##_key;				\
	struct lockdep_map map = {					\
		.name = text, .key = &map##_key,			\
		.wait_type_outer = LD_WAIT_FREE, .wait_type_inner = LD_WAIT_CONFIG, \
	};								\
	EXPORT_SYMBOL_GPL(map)

READER_MAP(rcu_lock_map, "rcu_read_lock");
READER_MAP(rcu_bh_lock_map, "rcu_read_lock_bh");
READER_MAP(rcu_sched_lock_map, "rcu_read_lock_sched");

/* An rcu_read_unlock() too many. */
void rcu_unbalanced(void)
{
	WARN_ONCE(1, "rcu_read_unlock() without rcu_read_lock()\n");
}
EXPORT_SYMBOL_GPL(rcu_unbalanced);

/* What RCU_LOCKDEP_WARN() found. */
void lockdep_rcu_suspicious(const char *file, int line, const char *s)
{
	pr_warn("\n");
	pr_warn("=============================\n");
	pr_warn("WARNING: suspicious RCU usage\n");
	pr_warn("-----------------------------\n");
	pr_warn("%s:%d %s!\n", file, line, s);
	pr_warn("\nother info that might help us debug this:\n\n");
	pr_warn("rcu_read_lock() depth %d, preempt_count %x, irqs_disabled(): %d, %s/%d on CPU %d\n",
		rcu_preempt_depth(), preempt_count(), irqs_disabled(), current->comm, current->pid,
		raw_smp_processor_id());
	pr_warn("\nstack backtrace:\n");
	dump_stack();
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}
EXPORT_SYMBOL_GPL(lockdep_rcu_suspicious);

/*
 * A head that is queued has its function hidden by its own address, so one that is queued
 * again is known, whatever memory it is in: what comes out of no other value is a function.
 */
static rcu_callback_t hide(const struct rcu_head *head, rcu_callback_t func)
{
	return (rcu_callback_t)((unsigned long)func ^ (unsigned long)head ^ 0x5ca1ab1e0ddba11UL);
}

static bool looks_like_function(rcu_callback_t func)
{
	return __is_kvfree_rcu_offset((unsigned long)func) || __kernel_text_address((unsigned long)func);
}

/* Return: false if @head is queued already. */
bool rcu_head_queue(struct rcu_head *head, rcu_callback_t func)
{
	rcu_callback_t queued = hide(head, head->func);

	if (looks_like_function(queued)) {
		WARN(1, "call_rcu(): head %px queued again for %ps, it waits for %ps\n", head,
		     (void *)func, (void *)queued);
		return false;
	}
	head->func = hide(head, func);
	return true;
}

rcu_callback_t rcu_head_unqueue(struct rcu_head *head)
{
	head->func = hide(head, head->func);
	return head->func;
}

#endif
