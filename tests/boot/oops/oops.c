/* SPDX-License-Identifier: MIT */
/* A bug in a system call, on demand: whoever writes its name to /proc/oops runs into it. */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static DEFINE_SPINLOCK(lock);
static DEFINE_MUTEX(mutex);
static volatile int zero;
static volatile bool enough;		/* never set */

static noinline void oops_null(void)
{
	int *volatile null = NULL;

	*null = 1;
}

static noinline void oops_bug(void)
{
	BUG();
}

static noinline void oops_divide(void)
{
	zero = 100 / zero;
}

static noinline int use_stack_up(unsigned long depth)
{
	volatile char room[256];

	room[0] = depth;
	return enough ? 0 : use_stack_up(depth + 1) + room[0];
}

static noinline void oops_stack(void)
{
	use_stack_up(0);
}

static noinline void oops_locked(void)
{
	spin_lock(&lock);
	oops_null();
	barrier();		/* no jump instead of the call */
}

static noinline void oops_mutex(void)
{
	mutex_lock(&mutex);
	oops_null();
	barrier();		/* no jump instead of the call */
}

static noinline void oops_irqs_off(void)
{
	local_irq_disable();
	oops_null();
	barrier();		/* no jump instead of the call */
}

/* User memory without the functions that are there for it. */
static noinline void oops_user(void)
{
	*(volatile int *)0x400000UL = 1;
}

static const struct {
	const char	*name;
	void		(*fn)(void);
} ways[] = {
	{ "null", oops_null }, { "bug", oops_bug }, { "divide", oops_divide }, { "stack", oops_stack },
	{ "user", oops_user }, { "irqs-off", oops_irqs_off }, { "locked", oops_locked },
	{ "mutex", oops_mutex },
};

static ssize_t oops_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char name[16] = "";
	unsigned int i;

	if (count >= sizeof(name) || copy_from_user(name, buf, count))
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(ways); i++)
		if (!strcmp(name, ways[i].name))
			ways[i].fn();
	return -EINVAL;
}

static const struct proc_ops oops_ops = {
	.proc_write	= oops_write,
};

static int __init oops_init(void)
{
	return proc_create("oops", 0200, NULL, &oops_ops) ? 0 : -ENOMEM;
}

static void __exit oops_exit_module(void)
{
	remove_proc_entry("oops", NULL);
}

module_init(oops_init);
module_exit(oops_exit_module);
MODULE_LICENSE("Dual MIT/GPL");
