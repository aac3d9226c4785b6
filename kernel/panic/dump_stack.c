/* SPDX-License-Identifier: MIT */
/*
 * Back-traces, printed and saved. The walk itself is the architecture's.
 *
 * The printed form is Linux's, so that the tools which read its logs read ours.
 */
#include <linux/arch.h>
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>
#include <linux/stacktrace.h>
#include <linux/utsrelease.h>

struct print_state {
	const char *log_lvl;
	const char *stack;	/* the one whose opening tag is printed; NULL before the first */
	struct pt_regs *shown;	/* the caller has printed this frame */
	bool skip;		/* the next frame is ours */
};

static bool print_frame(void *cookie, const struct stack_frame *frame)
{
	struct print_state *st = cookie;
	char text[KSYM_SYMBOL_LEN];

	if (st->skip) {
		st->skip = false;
		return true;
	}
	if (st->stack != frame->stack) {
		if (st->stack)
			printk("%s </%s>\n", st->log_lvl, st->stack);
		printk("%s <%s>\n", st->log_lvl, frame->stack);
		st->stack = frame->stack;
	}
	if (frame->regs && frame->regs != st->shown) {
		arch_show_ip(frame->regs, st->log_lvl);
		return true;
	}
	if (frame->regs)
		sprint_symbol(text, frame->addr);
	else
		sprint_backtrace(text, frame->addr);
	printk("%s %s%s\n", st->log_lvl, frame->reliable ? "" : "? ", text);
	return true;
}

static noinline void show_trace(struct task_struct *task, struct pt_regs *regs, const char *log_lvl)
{
	struct print_state st = {
		.log_lvl = log_lvl, .shown = regs, .skip = !regs && (!task || task == current),
	};

	printk("%sCall Trace:\n", log_lvl);
	arch_stack_walk(task, regs, print_frame, &st);
	if (st.stack)
		printk("%s </%s>\n", log_lvl, st.stack);
}

/**
 * show_stack - print a task's back-trace
 * @task: the task; NULL for the current one
 * @sp: ignored: the walk starts where the task stands
 * @loglvl: KERN_* of each line
 *
 * Context: any. A task that runs on another CPU has no trace that could be taken from here.
 */
void show_stack(struct task_struct *task, unsigned long *sp, const char *loglvl)
{
	if (task && task != current && READ_ONCE(task->on_cpu)) {
		printk("%sCall Trace: running on CPU %u\n", loglvl, task_cpu(task));
		return;
	}
	show_trace(task, NULL, loglvl);
}
EXPORT_SYMBOL_GPL(show_stack);

/**
 * show_regs_print_info - who is running, on what
 * @log_lvl: KERN_*
 *
 * Context: any.
 */
void show_regs_print_info(const char *log_lvl)
{
	printk("%sCPU: %d PID: %d Comm: %.20s %s %s\n", log_lvl, raw_smp_processor_id(),
	       current->pid, current->comm, print_tainted(), UTS_RELEASE);
}

/**
 * show_regs - print a frame: who, registers, code, back-trace
 * @regs: what was interrupted
 *
 * Context: any.
 */
void show_regs(struct pt_regs *regs)
{
	show_regs_print_info(KERN_DEFAULT);
	arch_show_regs(regs, KERN_DEFAULT);
	show_trace(NULL, regs, KERN_DEFAULT);
}
EXPORT_SYMBOL_GPL(show_regs);

/* The CPU whose back-trace is being printed, so that two do not mix; -1 for none. */
static atomic_t dump_owner = ATOMIC_INIT(-1);

/**
 * dump_stack_lvl - print where we are
 * @log_lvl: KERN_* of each line
 *
 * Context: any. One CPU after the other; one that is inside (an NMI, a fault in here) goes on.
 */
void dump_stack_lvl(const char *log_lvl)
{
	int cpu = raw_smp_processor_id(), owner;
	unsigned long flags;

	local_irq_save(flags);
	while ((owner = atomic_cmpxchg(&dump_owner, -1, cpu)) != -1 && owner != cpu) {
		local_irq_restore(flags);
		smp_cond_load_relaxed(&dump_owner.counter, VAL == -1);
		local_irq_save(flags);
	}
	show_regs_print_info(log_lvl);
	show_trace(NULL, NULL, log_lvl);
	if (owner == -1)
		atomic_set(&dump_owner, -1);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(dump_stack_lvl);

/**
 * dump_stack - print where we are
 *
 * Context: any.
 */
void dump_stack(void)
{
	dump_stack_lvl(KERN_DEFAULT);
}
EXPORT_SYMBOL(dump_stack);

struct save_state {
	unsigned long	*store;
	unsigned int	size, len, skip;
};

static bool save_frame(void *cookie, const struct stack_frame *frame)
{
	struct save_state *st = cookie;

	if (!frame->reliable)
		return true;
	if (st->skip) {
		st->skip--;
		return true;
	}
	if (st->len < st->size)
		st->store[st->len++] = frame->addr;
	return st->len < st->size;
}

/**
 * stack_trace_save - the caller's back-trace
 * @store: receives the return addresses, innermost first
 * @size: room in @store
 * @skipnr: leave out that many, counted from the caller
 *
 * Context: any. Return: the number of addresses stored.
 */
unsigned int noinline stack_trace_save(unsigned long *store, unsigned int size,
				       unsigned int skipnr)
{
	struct save_state st = { store, size, 0, skipnr + 1 };

	arch_stack_walk(NULL, NULL, save_frame, &st);
	return st.len;
}
EXPORT_SYMBOL_GPL(stack_trace_save);

/**
 * stack_trace_save_regs - back-trace of what was interrupted
 * @regs: the frame
 * @store: receives the addresses, innermost first
 * @size: room in @store
 * @skipnr: leave out that many
 *
 * Context: any, on the CPU that was interrupted. Return: the number stored.
 */
unsigned int stack_trace_save_regs(struct pt_regs *regs, unsigned long *store,
				   unsigned int size, unsigned int skipnr)
{
	struct save_state st = { store, size, 0, skipnr };

	arch_stack_walk(NULL, regs, save_frame, &st);
	return st.len;
}

/**
 * stack_trace_print - print a saved back-trace
 * @trace: addresses
 * @nr_entries: how many
 * @spaces: indentation
 */
void stack_trace_print(const unsigned long *trace, unsigned int nr_entries, int spaces)
{
	unsigned int i;

	for (i = 0; i < nr_entries; i++)
		printk("%*c%pS\n", 1 + spaces, ' ', (void *)trace[i]);
}
EXPORT_SYMBOL_GPL(stack_trace_print);

/**
 * stack_trace_snprint - the same into a buffer
 * @buf: the buffer
 * @size: its size
 * @entries: addresses
 * @nr_entries: how many
 * @spaces: indentation
 *
 * Return: the number of bytes written.
 */
int stack_trace_snprint(char *buf, size_t size, const unsigned long *entries,
			unsigned int nr_entries, int spaces)
{
	unsigned int i;
	int len = 0;

	for (i = 0; i < nr_entries; i++)
		len += scnprintf(buf + len, size - len, "%*c%pS\n", 1 + spaces, ' ',
				 (void *)entries[i]);
	return len;
}
EXPORT_SYMBOL_GPL(stack_trace_snprint);
