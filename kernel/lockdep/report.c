/* SPDX-License-Identifier: MIT */
/*
 * What the reports have in common. Their first lines and the notation of locks are those that
 * Linux's readers and tools know:
 *
 *	ffff888001234567 (name#2/1){-.+.}-{2:2}, at: function+0x12/0x34
 *
 * address (class name#version/subclass){usage}-{kind of wait outside:inside}. The four letters of
 * usage are hard interrupt, the same for readers, softirq, the same for readers:
 *	.  taken with it disabled, and not in it	-  taken in it
 *	+  taken with it enabled			?  both
 */
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/utsrelease.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

/* The head of a report. */
void report_banner(const char *what)
{
	pr_warn("\n");
	pr_warn(REPORT_LINE);
	pr_warn("%s\n", what);
	pr_warn("%s %s\n", UTS_RELEASE, print_tainted());
	pr_warn(REPORT_SUBLINE);
}

/* Its end: what is held, and where we are. */
void report_tail(void)
{
	print_held_locks(current);
	pr_warn("\nstack backtrace:\n");
	dump_stack();
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

/* A static pool is full: nothing is wrong with the kernel, but the checker can't go on. */
void report_out_of(const char *what, unsigned int size)
{
	if (!debug_locks_off())
		return;
	pr_err("BUG: %s too low! (%u)\n", what, size);
	pr_err("turning off the locking correctness validator.\n");
	dump_stack();
}

static char usage_letter(const struct lock_class *class, unsigned int in)
{
	bool taken_in = class->usage & BIT(in), taken_on = class->usage & BIT(in + USAGE_ON);

	return taken_on ? (taken_in ? '?' : '+') : taken_in ? '-' : '.';
}

/* Both into @buf, which has TEXT_MAX bytes, so that each line of a report is one record of the log. */
char *class_name(char *buf, const struct lock_class *class)
{
	int len;

	if (!class->key)
		return strcpy(buf, "<gone>");
	len = class->name ? scnprintf(buf, TEXT_MAX, "%s", class->name)
			  : scnprintf(buf, TEXT_MAX, "%ps", class->key);
	if (class->name_version > 1)
		len += scnprintf(buf + len, TEXT_MAX - len, "#%d", class->name_version);
	if (class->subclass)
		scnprintf(buf + len, TEXT_MAX - len, "/%d", class->subclass);
	return buf;
}

char *class_text(char *buf, const struct lock_class *class)
{
	snprintf(buf, TEXT_MAX, "(%s){%c%c%c%c}-{%d:%d}", CLASS_NAME(class),
		 usage_letter(class, IN_HARDIRQ), usage_letter(class, IN_HARDIRQ_READ),
		 usage_letter(class, IN_SOFTIRQ), usage_letter(class, IN_SOFTIRQ_READ),
		 class->wait_type_outer ?: class->wait_type_inner, class->wait_type_inner);
	return buf;
}

static const char *lock_text(char *buf, const struct held_lock *lock)
{
	return lock->class_idx ? class_text(buf, held_class(lock))
			       : "(taken while the checker was off)";
}

void print_lock(const struct held_lock *lock)
{
	char buf[TEXT_MAX];

	pr_warn("%px %s, at: %pS\n", lock->instance, lock_text(buf, lock),
		(void *)lock->acquire_ip);
}

/* The locks of another task may change meanwhile: what is printed is then a guess. */
void print_held_locks(struct task_struct *task)
{
	const struct task_lockdep *t = &task->lockdep;
	unsigned int depth = min_t(unsigned int, READ_ONCE(t->depth), MAX_LOCK_DEPTH);
	char buf[TEXT_MAX];

	if (!depth) {
		pr_warn("no locks held by %s/%d.\n", task->comm, task->pid);
		return;
	}
	pr_warn("%u lock%s held by %s/%d:\n", depth, depth > 1 ? "s" : "", task->comm, task->pid);
	for (unsigned int i = 0; i < depth; i++)
		pr_warn(" #%u: %px %s, at: %pS\n", i, t->held[i].instance,
			lock_text(buf, &t->held[i]), (void *)t->held[i].acquire_ip);
}

/** debug_show_held_locks - print what a task holds. Context: any. */
void debug_show_held_locks(struct task_struct *task)
{
	print_held_locks(task);
}
EXPORT_SYMBOL_GPL(debug_show_held_locks);

/** debug_show_all_locks - print what each task holds that holds any. Context: any but NMI. */
void debug_show_all_locks(void)
{
	struct task_struct *p;

	pr_warn("\nShowing all locks held in the system:\n");
	read_lock(&tasklist_lock);
	for_each_process(p)
		if (READ_ONCE(p->lockdep.depth))
			print_held_locks(p);
	read_unlock(&tasklist_lock);
	pr_warn("\n=============================================\n\n");
}
EXPORT_SYMBOL_GPL(debug_show_all_locks);

/**
 * print_irqtrace_events - who turned interrupts and softirqs on and off last
 * @curr: current; the four are counted together, so that one sees their order
 *
 * Context: any.
 */
void print_irqtrace_events(struct task_struct *curr)
{
	const struct irqtrace_events *e = &curr->lockdep.irqtrace;

	pr_warn("irq event stamp: %u\n", e->irq_events);
	pr_warn("hardirqs last  enabled at (%u): %pS\n", e->hardirq_enable_event,
		(void *)e->hardirq_enable_ip);
	pr_warn("hardirqs last disabled at (%u): %pS\n", e->hardirq_disable_event,
		(void *)e->hardirq_disable_ip);
	pr_warn("softirqs last  enabled at (%u): %pS\n", e->softirq_enable_event,
		(void *)e->softirq_enable_ip);
	pr_warn("softirqs last disabled at (%u): %pS\n", e->softirq_disable_event,
		(void *)e->softirq_disable_ip);
}

#endif
