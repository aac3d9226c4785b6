/* SPDX-License-Identifier: MIT */
/*
 * Oopses: what is reported, that the task ends, that the machine goes on.
 *
 * A victim is a kernel thread that does something fatal. A callback on the die chain notes the
 * report; the thread is gone when its state says so.
 */
#include <linux/arch.h>
#include <linux/bug.h>
#include <linux/hardirq.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kdebug.h>
#include <linux/kthread.h>
#include <linux/panic.h>
#include <linux/sched/task.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <asm/apic.h>
#include <asm/desc.h>
#include <asm/ptrace.h>
#include "test.h"

#define MAX_TRACE	24

static struct {
	int		count;
	char		str[32];
	char		comm[TASK_COMM_LEN];
	long		err;
	struct pt_regs	regs;
	bool		in_hardirq, on_df_stack;
	unsigned long	trace[MAX_TRACE];
	unsigned int	len;
} report;

static struct task_struct *victim;	/* whose oopses are noted */
static unsigned long go_on_at;		/* if set, the oops is called off and it goes on here */

static int note_oops(struct notifier_block *nb, unsigned long event, void *data)
{
	struct die_args *args = data;
	enum cpu_stack which;
	unsigned int cpu;

	if (event != DIE_OOPS || current != victim)
		return NOTIFY_DONE;
	report.count++;
	strscpy(report.str, args->str, sizeof(report.str));
	strscpy(report.comm, current->comm, sizeof(report.comm));
	report.err = args->err;
	report.regs = *args->regs;
	report.in_hardirq = in_hardirq();
	report.on_df_stack = cpu_stack_of((unsigned long)args->regs, &cpu, &which) &&
			     which == CPU_STACK_DF;
	report.len = stack_trace_save_regs(args->regs, report.trace, MAX_TRACE, 0);
	if (!go_on_at)
		return NOTIFY_DONE;
	args->regs->ip = go_on_at;
	return NOTIFY_STOP;
}

static struct notifier_block oops_nb = { .notifier_call = note_oops };

/* Place of the function @name in a back-trace, -1 if it is not there. */
static int place_in(const unsigned long *trace, unsigned int len, const char *name)
{
	char text[KSYM_SYMBOL_LEN];
	unsigned int i;

	for (i = 0; i < len; i++) {
		/* A return address may be behind the end of a function that ends in a call. */
		sprint_symbol_no_offset(text, i ? trace[i] - 1 : trace[i]);
		if (!strcmp(text, name))
			return i;
	}
	return -1;
}

static void run_victim(int (*fn)(void *))
{
	struct task_struct *t = kthread_create(fn, NULL, "victim");

	memset(&report, 0, sizeof(report));
	require(!IS_ERR(t));
	get_task_struct(t);
	victim = t;
	register_die_notifier(&oops_nb);
	wake_up_process(t);
	wait_until(READ_ONCE(t->__state) == TASK_DEAD && !READ_ONCE(t->on_cpu));
	unregister_die_notifier(&oops_nb);
	put_task_struct(t);
	victim = NULL;
	expect_eq(report.count, 1);
	expect_str(report.comm, "victim");
	expect(test_taint(TAINT_DIE));
}

static int *volatile bad_pointer = (int *)0x10;	/* volatile: the compiler knows nothing of it */

static noinline int null_write(void *unused)
{
	*bad_pointer = 1;
	return 0;
}

TEST(oops, null_write, "B8", "a write through NULL ends the task, with a report, and nothing else")
{
	run_victim(null_write);
	expect_str(report.str, "Oops");
	expect_eq(report.err, 2);
	expect_eq(place_in(report.trace, report.len, "null_write"), 0);
	expect(place_in(report.trace, report.len, "kthread_main") > 0);
}

static noinline int null_call(void *unused)
{
	int (*volatile fn)(void) = NULL;

	return fn() + 1;
}

TEST(oops, null_call, "B8", "a call through NULL shows who called")
{
	run_victim(null_call);
	expect_eq(report.regs.ip, 0);
	expect_eq(place_in(report.trace, report.len, "null_call"), 1);
}

static noinline int hit_bug(void *unused)
{
	BUG();
	return 0;
}

TEST(oops, bug, "B8", "BUG() ends the task as an invalid opcode")
{
	run_victim(hit_bug);
	expect_str(report.str, "invalid opcode");
	expect(place_in(report.trace, report.len, "hit_bug") > 0);
}

static volatile bool enough;		/* never set */

static noinline int use_stack_up(unsigned long depth)
{
	volatile char room[256];

	room[0] = depth;
	return enough ? 0 : use_stack_up(depth + 1) + room[0];
}

static int overflow_stack(void *unused)
{
	return use_stack_up(0);
}

TEST(oops, stack_overflow, "B4", "a kernel stack that overflows is reported from the double fault's stack, and the task ends")
{
	run_victim(overflow_stack);
	expect_str(report.str, "stack guard page");
	expect(report.on_df_stack);
	expect(place_in(report.trace, report.len, "use_stack_up") == 0);
}

static noinline int die_with_irqs_off(void *unused)
{
	preempt_disable();
	local_irq_disable();
	*bad_pointer = 1;
	return 0;
}

TEST(oops, atomic, "B8", "a task that dies with interrupts and preemption off leaves the CPU usable")
{
	run_victim(die_with_irqs_off);
	expect(!irqs_disabled());
	expect_eq(preempt_count(), 0);
}

/* -- In and across interrupts ------------------------------------------------------------------ */

static unsigned long irq_trace[MAX_TRACE];
static unsigned int irq_trace_len;
static volatile bool irq_done;

static noinline void take_trace(struct irq_work *work)
{
	irq_trace_len = stack_trace_save(irq_trace, MAX_TRACE, 0);
	irq_done = true;
}

static noinline void be_interrupted(struct irq_work *work)
{
	irq_done = false;
	irq_work_queue(work);
	while (!irq_done)
		cpu_relax();
}

TEST(backtrace, across_irq, "B8", "a back-trace from a handler goes on in what was interrupted")
{
	DEFINE_IRQ_WORK(work, take_trace);
	int handler, entry, interrupted;

	be_interrupted(&work);
	irq_work_sync(&work);
	handler = place_in(irq_trace, irq_trace_len, "take_trace");
	/* Without a local APIC it is the tick that runs it, a device's interrupt. */
	entry = place_in(irq_trace, irq_trace_len,
			 apic ? "asm_sysvec_irq_work" : "device_interrupt");
	interrupted = place_in(irq_trace, irq_trace_len, "be_interrupted");
	expect_eq(handler, 0);
	expect(entry > handler);
	expect(interrupted > entry);
	expect(place_in(irq_trace, irq_trace_len, "test_backtrace_across_irq") > interrupted);
}

static noinline void fault_in_irq(struct irq_work *work)
{
	go_on_at = (unsigned long)&&done;
	__asm__ goto("movl $1, 0x30" : : : "memory" : done);
done:
	go_on_at = 0;
	irq_done = true;
}

TEST(oops, in_irq, "B7 B8", "an exception in hard-IRQ context is reported as that")
{
	DEFINE_IRQ_WORK(work, fault_in_irq);

	memset(&report, 0, sizeof(report));
	victim = current;
	register_die_notifier(&oops_nb);
	preempt_disable();
	be_interrupted(&work);
	preempt_enable();
	unregister_die_notifier(&oops_nb);
	irq_work_sync(&work);
	victim = NULL;
	expect_eq(report.count, 1);
	expect(report.in_hardirq);
	expect_eq(place_in(report.trace, report.len, "fault_in_irq"), 0);
	expect(place_in(report.trace, report.len, "be_interrupted") > 0);
}

TEST(warn, goes_on, "B8", "WARN() reports, taints and goes on; its value is the condition")
{
	bool yes = WARN(1, "this warning is part of a test\n");
	bool no = WARN_ON(0);

	expect(yes);
	expect(!no);
	expect(test_taint(TAINT_WARN));
}
