/* SPDX-License-Identifier: MIT */
/* The way out of interrupts and exceptions: who runs next; and how deep they nest. */
#include <linux/completion.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kdebug.h>
#include <linux/kthread.h>
#include <linux/minmax.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/apic.h>
#include <asm/desc.h>
#include <asm/irq_regs.h>
#include <asm/ptrace.h>
#include <asm/traps.h>
#include "test.h"

/* A task of higher priority on our CPU, asleep until a handler wakes it. */
static struct task_struct *urgent;
static volatile int urgent_runs;

static int urgent_thread(void *unused)
{
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		schedule();
		__set_current_state(TASK_RUNNING);
		if (kthread_should_stop())
			break;
		urgent_runs++;
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static bool asleep(struct task_struct *t)
{
	return READ_ONCE(t->__state) == TASK_INTERRUPTIBLE && !READ_ONCE(t->on_rq);
}

static volatile bool woken;

static void wake_urgent(struct irq_work *work)
{
	wake_up_process(urgent);
	woken = true;
}

static int take_int3(struct notifier_block *nb, unsigned long event, void *data)
{
	if (event != DIE_INT3)
		return NOTIFY_DONE;
	wake_urgent(NULL);
	return NOTIFY_STOP;
}

static struct notifier_block int3_nb = { .notifier_call = take_int3 };

static void spin_until_woken(void)
{
	while (!woken)
		cpu_relax();
}

static bool start_urgent(void)
{
	urgent = kthread_create(urgent_thread, NULL, "urgent");
	if (IS_ERR(urgent))
		return false;
	kthread_bind(urgent, raw_smp_processor_id());
	sched_set_fifo(urgent);
	wake_up_process(urgent);
	wait_until(asleep(urgent));
	urgent_runs = 0;
	woken = false;
	return true;
}

/* Runs bound to one CPU, so that the urgent task and this one share it. */
static int preempt_by_irq(void *unused)
{
	DEFINE_IRQ_WORK(work, wake_urgent);

	if (!expect(start_urgent()))
		return 0;
	irq_work_queue(&work);
	spin_until_woken();
	/* The interrupt's return has switched: nothing else here could have. */
	expect_eq(urgent_runs, 1);
	wait_until(asleep(urgent));
	irq_work_sync(&work);

	woken = false;
	preempt_disable();
	irq_work_queue(&work);
	spin_until_woken();
	expect_eq(urgent_runs, 1);
	expect(need_resched());
	preempt_enable();
	expect_eq(urgent_runs, 2);
	irq_work_sync(&work);
	kthread_stop(urgent);
	return 0;
}

TEST(irq_return, preempts, "B6", "the return from an interrupt switches tasks if preemption is allowed, and only then")
{
	test_on_cpu(0, preempt_by_irq, NULL);
}

static int preempt_by_exception(void *unused)
{
	unsigned long flags;

	if (!expect(start_urgent()))
		return 0;
	register_die_notifier(&int3_nb);
	__asm__ __volatile__("int3" : : : "memory");
	expect_eq(urgent_runs, 1);
	wait_until(asleep(urgent));

	local_irq_save(flags);
	__asm__ __volatile__("int3" : : : "memory");
	expect_eq(urgent_runs, 1);
	local_irq_restore(flags);
	wait_until(urgent_runs == 2);
	unregister_die_notifier(&int3_nb);
	kthread_stop(urgent);
	return 0;
}

TEST(irq_return, exception, "B6", "the return from an exception switches tasks if interrupts were on, and only then")
{
	test_on_cpu(0, preempt_by_exception, NULL);
}

/* -- Nesting ------------------------------------------------------------------------------------------ */

static volatile bool irq_in_exception;

static void irq_during_exception(struct irq_work *work)
{
	irq_in_exception = true;
}

static DEFINE_IRQ_WORK(exception_work, irq_during_exception);

/* #DE leaves interrupts on: one that is raised here comes here. */
static int take_divide(struct notifier_block *nb, unsigned long event, void *data)
{
	struct die_args *args = data;
	int i;

	if (event != DIE_TRAP || args->trapnr != X86_TRAP_DE)
		return NOTIFY_DONE;
	irq_work_queue(&exception_work);
	for (i = 0; i < 100000000 && !irq_in_exception; i++)
		cpu_relax();
	args->regs->cx = 1;
	return NOTIFY_STOP;
}

static struct notifier_block divide_nb = { .notifier_call = take_divide };

TEST(nesting, irq_in_exception, "B7", "an interrupt may interrupt an exception handler")
{
	unsigned int divisor = 0, rest = 0, result;

	irq_in_exception = false;
	register_die_notifier(&divide_nb);
	__asm__ __volatile__("divl %%ecx"
			     : "=a" (result), "+c" (divisor), "+d" (rest) : "0" (7) : "cc", "memory");
	unregister_die_notifier(&divide_nb);
	irq_work_sync(&exception_work);
	expect(irq_in_exception);
	expect_eq(result, 7);
}

/* Breakpoints, each in the handler of the one before, and in the last one a read that faults. */
static struct {
	int		left;
	const char	*unmapped;
	long		read;
} nest;

static int nest_int3(struct notifier_block *nb, unsigned long event, void *data)
{
	char byte;

	if (event != DIE_INT3)
		return NOTIFY_DONE;
	if (--nest.left)
		__asm__ __volatile__("int3" : : : "memory");
	else
		nest.read = copy_from_kernel_nofault(&byte, nest.unmapped, 1);
	return NOTIFY_STOP;
}

static struct notifier_block nest_nb = { .notifier_call = nest_int3 };

TEST(nesting, exception_in_exception, "B7", "an exception handler may meet exceptions itself; the deepest nesting is recorded")
{
	const char *page = vmalloc(PAGE_SIZE);
	unsigned int before;

	require(page);
	nest.unmapped = page + PAGE_SIZE;
	nest.read = 0;
	register_die_notifier(&nest_nb);
	preempt_disable();
	before = exception_nesting_deepest(raw_smp_processor_id());
	nest.left = max(before, 1U);
	__asm__ __volatile__("int3" : : : "memory");
	expect(exception_nesting_deepest(raw_smp_processor_id()) > max(before, 1U));
	preempt_enable();
	unregister_die_notifier(&nest_nb);
	expect_eq(nest.left, 0);
	expect_eq(nest.read, -EFAULT);
	vfree(page);
}

/* Three interrupts, each on top of the one before; the registers that each finds, first and last. */
#define LEVELS	3
static struct {
	struct irq_work work;
	struct pt_regs *first, *last;
	volatile bool done;
} levels[LEVELS];

/* As a handler of old that enables interrupts: another one comes on top of it. */
static void nesting_irq(struct irq_work *work)
{
	int n = 0;

	while (work != &levels[n].work)
		n++;
	levels[n].first = get_irq_regs();
	if (n + 1 < LEVELS) {
		irq_work_queue(&levels[n + 1].work);
		local_irq_enable();
		while (!levels[n + 1].done)
			cpu_relax();
		local_irq_disable();
	}
	levels[n].last = get_irq_regs();
	levels[n].done = true;
	if (!n)
		woken = true;
}

static int nest_irqs(void *unused)
{
	int n;

	memset(levels, 0, sizeof(levels));
	woken = false;
	for (n = 0; n < LEVELS; n++)
		init_irq_work(&levels[n].work, nesting_irq);
	expect(!get_irq_regs());
	irq_work_queue(&levels[0].work);
	spin_until_woken();
	for (n = 0; n < LEVELS; n++) {
		irq_work_sync(&levels[n].work);
		expect(levels[n].first && levels[n].first == levels[n].last);
	}
	/* They lie on the interrupt stack, each below the one before. */
	expect(!object_is_on_stack(levels[1].first));
	expect(levels[2].first < levels[1].first);
	expect(!get_irq_regs());
	expect(irq_stack_deepest(0) >= LEVELS);
	return 0;
}

TEST(nesting, irq_in_irq, "B7", "interrupts nest when a handler enables them; each finds the registers that it interrupted")
{
	need(apic, "without a local APIC irq_work waits for the tick, and a line does not interrupt itself");
	test_on_cpu(0, nest_irqs, NULL);
}
