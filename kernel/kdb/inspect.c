/* SPDX-License-Identifier: MIT */
/* Commands that look: tasks, back-traces, the log, memory. They work in a panic too. */
#include <linux/cpumask.h>
#include <linux/ctype.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/nmi.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "internals.h"

#define MD_LINE		16	/* bytes a line of md */
#define MD_DEFAULT	64

/* A number in any base, or a symbol's name with an optional +offset. */
int kdb_parse_number(const char *s, unsigned long *val)
{
	char name[KSYM_NAME_LEN];
	const char *plus = strchrnul(s, '+');
	unsigned long off = 0;

	if (!kstrtoul(s, 0, val) || !kstrtoul(s, 16, val))
		return 0;
	if (*plus && kstrtoul(plus + 1, 0, &off))
		return -EINVAL;
	if ((size_t)(plus - s) >= sizeof(name))
		return -EINVAL;
	memcpy(name, s, plus - s);
	name[plus - s] = '\0';
	*val = kallsyms_lookup_name(name);
	if (!*val)
		return -ENOENT;
	*val += off;
	return 0;
}

static char state_char(const struct task_struct *t)
{
	unsigned int s = READ_ONCE(t->__state);

	if (s == TASK_RUNNING)
		return READ_ONCE(t->on_cpu) ? 'R' : 'r';
	if (s & TASK_INTERRUPTIBLE)
		return 'S';
	if (s == TASK_IDLE)
		return 'I';
	return s & TASK_UNINTERRUPTIBLE ? 'D' : s & TASK_PARKED ? 'P' : 'X';
}

static void print_task(struct task_struct *t)
{
	kdb_printf("%5d %c %3u %4d  %s\n", t->pid, state_char(t), task_cpu(t), t->prio, t->comm);
}

/*
 * The list of tasks shall stay. In a machine that has crashed its lock may be held for ever: then
 * it stays as well. Return: whether the lock was taken.
 */
static bool lock_tasks(void)
{
	for (int ms = 0; ms < 100; ms++) {
		if (read_trylock(&tasklist_lock))
			return true;
		mdelay(1);
	}
	return false;
}

static void unlock_tasks(bool locked)
{
	if (locked)
		read_unlock(&tasklist_lock);
}

static int cmd_ps(int argc, char **argv)
{
	struct task_struct *t;
	unsigned int cpu;
	bool locked;

	kdb_printf("  PID S CPU PRIO  COMMAND\n");
	for_each_online_cpu(cpu)
		print_task(idle_task(cpu));
	locked = lock_tasks();
	for_each_process(t)
		print_task(t);
	unlock_tasks(locked);
	return 0;
}

static int cmd_bt(int argc, char **argv)
{
	struct task_struct *t;
	unsigned long pid;
	bool locked;

	if (argc == 1 && kdb_regs()) {
		show_regs(kdb_regs());
		return 0;
	}
	if (argc == 1) {
		show_stack(NULL, NULL, KERN_DEFAULT);
		return 0;
	}
	if (!strcmp(argv[1], "-a")) {
		trigger_all_cpu_backtrace();
		return 0;
	}
	if (kstrtoul(argv[1], 10, &pid))
		return KDB_USAGE;
	locked = lock_tasks();
	t = find_task_by_pid(pid);
	if (t)
		get_task_struct(t);
	unlock_tasks(locked);
	if (!t)
		return -ESRCH;
	show_stack(t, NULL, KERN_DEFAULT);
	put_task_struct(t);
	return 0;
}

static int cmd_dmesg(int argc, char **argv)
{
	struct kmsg_dump_iter iter;
	char line[KDB_LINE_MAX * 4];
	size_t len;

	kmsg_dump_rewind(&iter);
	while (kmsg_dump_get_line(&iter, false, line, sizeof(line), &len) && !kdb_interrupted())
		kdb_puts(line, len);
	return 0;
}

/* One line of memory, read so that an unmapped address is said and not faulted on. */
static int dump_line(unsigned long addr)
{
	u8 bytes[MD_LINE];
	char text[MD_LINE + 1] = "";
	int i;

	if (copy_from_kernel_nofault(bytes, (void *)addr, sizeof(bytes)))
		return -EFAULT;
	kdb_printf("%016lx ", addr);
	for (i = 0; i < MD_LINE; i++) {
		kdb_printf(i == MD_LINE / 2 ? "  %02x" : " %02x", bytes[i]);
		text[i] = isascii(bytes[i]) && isprint(bytes[i]) ? bytes[i] : '.';
	}
	kdb_printf("  %s\n", text);
	return 0;
}

static int cmd_md(int argc, char **argv)
{
	unsigned long addr, end, bytes = MD_DEFAULT;
	int err = argc < 2 ? KDB_USAGE : kdb_parse_number(argv[1], &addr);

	if (!err && argc > 2)
		err = kstrtoul(argv[2], 0, &bytes);
	if (err)
		return err;
	for (end = addr + bytes; addr < end && !err && !kdb_interrupted(); addr += MD_LINE)
		err = dump_line(addr);
	return err;
}

static int cmd_sym(int argc, char **argv)
{
	unsigned long addr;
	int err = argc < 2 ? KDB_USAGE : kdb_parse_number(argv[1], &addr);

	if (!err)
		kdb_printf("%016lx %pS\n", addr, (void *)addr);
	return err;
}

const struct kdb_command kdb_inspect_commands[] = {
	{ "ps", "", "tasks: number, state, CPU, priority, name", false, cmd_ps },
	{ "bt", "[PID | -a]", "back-trace of here, of a task, of all CPUs", false, cmd_bt },
	{ "dmesg", "", "the kernel's log", false, cmd_dmesg },
	{ "md", "ADDRESS|SYMBOL [BYTES]", "memory, in hexadecimal", false, cmd_md },
	{ "sym", "ADDRESS|SYMBOL", "which symbol an address is in", false, cmd_sym },
	{ }
};
