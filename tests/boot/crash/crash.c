/* SPDX-License-Identifier: MIT */
/*
 * insmod crash how=WAY goes wrong in that way, in a thread or an interrupt of its own. Who writes a way
 * to /proc/crash runs into it in the system call. Without either nothing happens.
 */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static char *how = "";
module_param(how, charp, 0444);

static DEFINE_SPINLOCK(lock);
static DEFINE_MUTEX(mutex);
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

static noinline void crash_locked(void)
{
	spin_lock(&lock);
	crash_null_write();
	barrier();		/* no jump instead of the call */
}

static noinline void crash_mutex(void)
{
	mutex_lock(&mutex);
	crash_null_write();
	barrier();
}

static noinline void crash_irqs_off(void)
{
	local_irq_disable();
	crash_null_write();
	barrier();
}

/* User memory without the functions that are there for it. */
static noinline void crash_user(void)
{
	*(volatile int *)0x400000UL = 1;
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
	{ "locked", crash_locked },
	{ "mutex", crash_mutex },
	{ "irqs-off", crash_irqs_off },
	{ "user", crash_user },
};

/* Return: the function of that way, or NULL. */
static void (*find_way(const char *name))(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ways); i++)
		if (!strcmp(name, ways[i].name))
			return ways[i].fn;
	return NULL;
}

static ssize_t crash_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char name[16] = "";
	void (*fn)(void);

	if (count >= sizeof(name) || copy_from_user(name, buf, count))
		return -EINVAL;
	fn = find_way(name);
	if (fn)
		fn();
	return -EINVAL;
}

static const struct proc_ops crash_ops = {
	.proc_write	= crash_write,
};

static int crash_thread(void *fn)
{
	((void (*)(void))fn)();
	return 0;
}

static int __init crash_init(void)
{
	void (*fn)(void) = find_way(how);

	if (*how && !fn)
		return -EINVAL;
	if (!proc_create("crash", 0200, NULL, &crash_ops))
		return -ENOMEM;
	if (fn && IS_ERR(kthread_run(crash_thread, fn, "crash"))) {
		remove_proc_entry("crash", NULL);
		return -ENOMEM;
	}
	return 0;
}

static void __exit crash_exit(void)
{
	remove_proc_entry("crash", NULL);
}

module_init(crash_init);
module_exit(crash_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Goes wrong on purpose");
