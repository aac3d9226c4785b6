/* SPDX-License-Identifier: MIT */
/* SysRq: keys that reach the kernel whatever the rest of it does; also by /proc/sysrq-trigger. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/reboot.h>
#include <linux/sched/debug.h>
#include <linux/spinlock.h>
#include <linux/sysrq.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>
#include <asm/irq_regs.h>
#include "internals.h"

static void sysrq_kdb(int key)
{
	kdb_enter("SysRq", get_irq_regs());
}

static void sysrq_backtrace(int key)
{
	trigger_all_cpu_backtrace();
}

static void sysrq_tasks(int key)
{
	show_state();
}

static void sysrq_crash(int key)
{
	panic("sysrq triggered crash");
}

static void sysrq_reboot(int key)
{
	emergency_restart();
}

static void power_off(struct work_struct *work)
{
	machine_power_off();
}
static DECLARE_WORK(power_off_work, power_off);

/* Not from the interrupt: the notifiers may sleep. */
static void sysrq_power_off(int key)
{
	schedule_work(&power_off_work);
}

static const struct sysrq_key_op kdb_op = { .handler = sysrq_kdb, .help_msg = "debug(g)", .action_msg = "kdb" };
static const struct sysrq_key_op bt_op = { .handler = sysrq_backtrace, .help_msg = "show-backtrace-all-active-cpus(l)", .action_msg = "Show backtrace of all active CPUs" };
static const struct sysrq_key_op tasks_op = { .handler = sysrq_tasks, .help_msg = "show-task-states(t)", .action_msg = "Show State" };
static const struct sysrq_key_op crash_op = { .handler = sysrq_crash, .help_msg = "crash(c)", .action_msg = "Trigger a crash" };
static const struct sysrq_key_op reboot_op = { .handler = sysrq_reboot, .help_msg = "reboot(b)", .action_msg = "Resetting" };

static const struct sysrq_key_op off_op = { .handler = sysrq_power_off, .help_msg = "poweroff(o)", .action_msg = "Power Off" };

static DEFINE_SPINLOCK(sysrq_lock);	/* guards the table; taken with irqs off */
static const struct sysrq_key_op *ops[128] = {
	['g'] = &kdb_op,
	['l'] = &bt_op,
	['t'] = &tasks_op,
	['c'] = &crash_op,
	['b'] = &reboot_op,
	['o'] = &off_op,
};

/**
 * handle_sysrq - do what @key asks for; an unknown key prints the list
 * Context: any, usually hard IRQ.
 */
void handle_sysrq(int key)
{
	const struct sysrq_key_op *op = NULL;
	unsigned long flags;
	unsigned int i;

	spin_lock_irqsave(&sysrq_lock, flags);
	if (key > 0 && key < (int)ARRAY_SIZE(ops))
		op = ops[key];
	spin_unlock_irqrestore(&sysrq_lock, flags);
	if (op) {
		pr_info("sysrq: %s\n", op->action_msg);
		op->handler(key);
		return;
	}
	pr_info("sysrq: HELP :");
	for (i = 0; i < ARRAY_SIZE(ops); i++)
		if (ops[i])
			pr_cont(" %s", ops[i]->help_msg);
	pr_cont("\n");
}
EXPORT_SYMBOL(handle_sysrq);

static int swap_op(int key, const struct sysrq_key_op *old, const struct sysrq_key_op *new)
{
	unsigned long flags;
	int err = -EINVAL;

	if (key <= 0 || key >= (int)ARRAY_SIZE(ops))
		return err;
	spin_lock_irqsave(&sysrq_lock, flags);
	if (ops[key] == old) {
		ops[key] = new;
		err = 0;
	}
	spin_unlock_irqrestore(&sysrq_lock, flags);
	return err;
}

/** register_sysrq_key - Context: any. Return: 0; -EINVAL when the key is taken or no ASCII */
int register_sysrq_key(int key, const struct sysrq_key_op *op)
{
	return swap_op(key, NULL, op);
}
EXPORT_SYMBOL(register_sysrq_key);

/** unregister_sysrq_key - Context: any. Return: 0; -EINVAL when @op has not got the key */
int unregister_sysrq_key(int key, const struct sysrq_key_op *op)
{
	return swap_op(key, op, NULL);
}
EXPORT_SYMBOL(unregister_sysrq_key);

/* -- /proc/sysrq-trigger: the first byte of a write is a key ---------------------------------------- */

static ssize_t trigger_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char key;

	if (!count)
		return 0;
	if (get_user(key, buf))
		return -EFAULT;
	handle_sysrq(key);
	return count;
}

static const struct proc_ops trigger_ops = {
	.proc_write	= trigger_write,
	.proc_lseek	= noop_llseek,
};

static int __init sysrq_init(void)
{
	proc_create("sysrq-trigger", 0200, NULL, &trigger_ops);
	return 0;
}
fs_initcall(sysrq_init);
