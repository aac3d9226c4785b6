/* SPDX-License-Identifier: MIT */
/* What the debug build checks about contexts: sleeping where it can't be, a count that is off. */
#include <linux/bug.h>
#include <linux/debug_handler.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/ratelimit.h>
#include <linux/rcupdate.h>
#include <linux/smp.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

/**
 * debug_show_atomic - say why the task can't be switched, and since where
 *
 * Context: any.
 */
void debug_show_atomic(void)
{
	debug_show_held_locks(current);
	if (irqs_disabled())
		print_irqtrace_events(current);
	if (preempt_count() & (PREEMPT_MASK | SOFTIRQ_MASK)) {
		pr_err("Preemption disabled at:\n");
		pr_err("[<%px>] %pS\n", (void *)current->lockdep.preempt_disable_ip,
		       (void *)current->lockdep.preempt_disable_ip);
	}
}

static void report_sleep(const char *file, int line, int depth_allowed)
{
	static unsigned long last;	/* racy on purpose: a report more or less does not matter */

	if (system_state == SYSTEM_BOOTING && !current->pid)
		return;		/* before there are tasks, nothing can sleep anyway */
	if (READ_ONCE(last) && time_before(jiffies, READ_ONCE(last) + HZ))
		return;
	WRITE_ONCE(last, jiffies ? jiffies : 1);
	pr_err("BUG: sleeping function called from invalid context at %s:%d\n", file, line);
	pr_err("in_atomic(): %d, irqs_disabled(): %d, non_block: 0, pid: %d, name: %s\n",
	       in_atomic(), irqs_disabled(), current->pid, current->comm);
	pr_err("preempt_count: %x, expected: 0\n", preempt_count());
	pr_err("RCU nest depth: %d, expected: %d\n", rcu_preempt_depth(), depth_allowed);
	debug_show_atomic();
	dump_stack();
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

/**
 * __might_resched - report a call from where the task must not be switched
 * @file: of the caller
 * @line: of the caller
 * @offsets: what preempt_count may be; above its eight bits the depth of RCU readers
 */
void __might_resched(const char *file, int line, unsigned int offsets)
{
	int count = offsets & PREEMPT_MASK, depth = (int)(offsets >> PREEMPT_BITS);

	rcu_sleep_check();
	if (preempt_count() != count || rcu_preempt_depth() != depth || irqs_disabled() ||
	    is_idle_task(current))
		report_sleep(file, line, depth);
}
EXPORT_SYMBOL(__might_resched);

void __might_sleep(const char *file, int line)
{
	/* A sleep inside prepare_to_wait() ... schedule() would forget the state set there. */
	WARN_ONCE(!task_is_running(current),
		  "do not call blocking ops when !TASK_RUNNING; state=%x\n",
		  get_current_state());
	__might_resched(file, line, 0);
}
EXPORT_SYMBOL(__might_sleep);

void __cant_sleep(const char *file, int line, int preempt_offset)
{
	if (irqs_disabled() || preempt_count() > preempt_offset)
		return;
	pr_err("BUG: assuming atomic context at %s:%d\n", file, line);
	dump_stack();
}
EXPORT_SYMBOL(__cant_sleep);

/* Each field has its width; what would carry into the next or borrow from it is a bug. */
void preempt_count_add(int val)
{
	WARN_ON_ONCE(preempt_count() < 0);
	__preempt_count_add(val);
	/* The first of nested sections is the one that a report wants to know. */
	if (preempt_count() == val)
		current->lockdep.preempt_disable_ip = _RET_IP_;
	if (val & SOFTIRQ_MASK && softirq_count() == (val & SOFTIRQ_MASK))
		lockdep_softirqs_off(_RET_IP_);
	WARN_ON_ONCE((preempt_count() & PREEMPT_MASK) >= PREEMPT_MASK - 10);
}
EXPORT_SYMBOL(preempt_count_add);

void preempt_count_sub(int val)
{
	if (WARN_ON_ONCE(val > preempt_count()))
		return;
	if (WARN_ON_ONCE(val < (int)PREEMPT_MASK && !(preempt_count() & PREEMPT_MASK)))
		return;
	if (val & SOFTIRQ_MASK && softirq_count() == (val & SOFTIRQ_MASK))
		lockdep_softirqs_on(_RET_IP_);
	__preempt_count_sub(val);
}
EXPORT_SYMBOL(preempt_count_sub);

/* Before a function that somebody registered is called. */
struct handler_state handler_begin(void)
{
	return (struct handler_state){
		.preempt_count = preempt_count(), .locks = lockdep_depth(current),
		.rcu_depth = rcu_preempt_depth(), .irqs_off = irqs_disabled(),
	};
}

static void report_handler(const char *kind, const void *function, const char *left, int before,
			   int after)
{
	static DEFINE_RATELIMIT_STATE(often, 5 * HZ, 10);

	if (!__ratelimit(&often))
		return;
	pr_err("BUG: %s %pS returned with %s: %08x -> %08x\n", kind, function, left, before, after);
	dump_stack();
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

/**
 * handler_end - a function that somebody registered has returned: undo what it left
 * @before: from handler_begin()
 * @kind: what it is, for the report
 * @function: the function
 *
 * Interrupts that it turned on are the caller's business: some may.
 */
void handler_end(const struct handler_state *before, const char *kind, const void *function)
{
	lockdep_check_handler(before->locks, kind, function);
	if (unlikely(preempt_count() != before->preempt_count)) {
		report_handler(kind, function, "preemption imbalance", before->preempt_count,
			       preempt_count());
		preempt_count_set(before->preempt_count);
	}
	if (unlikely(rcu_preempt_depth() != before->rcu_depth)) {
		report_handler(kind, function, "RCU readers unbalanced", before->rcu_depth,
			       rcu_preempt_depth());
		current_thread_info()->rcu_depth = before->rcu_depth;
	}
	if (unlikely(irqs_disabled() && !before->irqs_off)) {
		report_handler(kind, function, "disabled interrupts", 0, 1);
		local_irq_enable();
	}
}

/*
 * The CPU's number means something only while the task stays on it: one that is bound for
 * good, or for now, does.
 */
unsigned int debug_smp_processor_id(void)
{
	static unsigned long last;
	unsigned int cpu = raw_smp_processor_id();

	if (preempt_count() || irqs_disabled() || current->migration_disabled ||
	    (current->nr_cpus_allowed == 1 && (current->flags & PF_NO_SETAFFINITY)) ||
	    system_state < SYSTEM_RUNNING)
		return cpu;
	if (READ_ONCE(last) && time_before(jiffies, READ_ONCE(last) + HZ))
		return cpu;
	WRITE_ONCE(last, jiffies ? jiffies : 1);
	pr_err("BUG: using smp_processor_id() in preemptible [%08x] code: %s/%d\n",
	       preempt_count(), current->comm, current->pid);
	dump_stack();
	return cpu;
}
EXPORT_SYMBOL(debug_smp_processor_id);

#endif
