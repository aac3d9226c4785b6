/* SPDX-License-Identifier: MIT */
/*
 * insmod crash how=WAY goes wrong in that way, in a thread or an interrupt of its own. Without
 * how= nothing happens.
 */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/string.h>

static char *how = "";
module_param(how, charp, 0444);

static const char constant[] = "can't be changed";
static volatile int zero;
static volatile bool enough;		/* never set */

static noinline int use_stack_up(unsigned long depth)
{
	volatile char room[256];

	room[0] = depth;
	return enough ? 0 : use_stack_up(depth + 1) + room[0];
}

static noinline void crash_overflow(void)
{
	use_stack_up(0);
}

static noinline void crash_null_call(void)
{
	void (*volatile nowhere)(void) = NULL;

	nowhere();
	barrier();
}

static noinline void crash_null_write(void)
{
	int *volatile null = NULL;

	*null = 1;
}

static noinline void crash_rodata(void)
{
	*(volatile char *)&constant[0] = 'C';
}

static noinline void crash_text(void)
{
	*(volatile char *)(unsigned long)crash_rodata = 0;
}

static noinline void crash_bug(void)
{
	BUG();
}

static noinline void crash_divide(void)
{
	zero = 100 / zero;
}

static noinline void crash_warn(void)
{
	WARN(1, "crash: a warning\n");
}

static noinline void crash_panic(void)
{
	panic("crash: asked for");
}

static void fault_in_irq(struct irq_work *work)
{
	crash_null_write();
}

static DEFINE_IRQ_WORK(irq_crash, fault_in_irq);

static void crash_irq(void)
{
	irq_work_queue(&irq_crash);
	irq_work_sync(&irq_crash);
}

static const struct {
	const char *name;
	void (*fn)(void);
} ways[] = {
	{ "overflow", crash_overflow },
	{ "null-call", crash_null_call },
	{ "null-write", crash_null_write },
	{ "rodata", crash_rodata },
	{ "text", crash_text },
	{ "bug", crash_bug },
	{ "divide", crash_divide },
	{ "warn", crash_warn },
	{ "panic", crash_panic },
	{ "irq", crash_irq },
};

static int crash_thread(void *fn)
{
	((void (*)(void))fn)();
	return 0;
}

static int __init crash_init(void)
{
	struct task_struct *t;
	unsigned int i;

	if (!*how)
		return 0;
	for (i = 0; i < ARRAY_SIZE(ways) && strcmp(ways[i].name, how); i++)
		;
	if (i == ARRAY_SIZE(ways))
		return -EINVAL;
	t = kthread_run(crash_thread, ways[i].fn, "crash");
	return PTR_ERR_OR_ZERO(t);
}

static void __exit crash_exit(void)
{
}

module_init(crash_init);
module_exit(crash_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Goes wrong on purpose");
