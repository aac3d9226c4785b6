/* SPDX-License-Identifier: MIT */
/*
 * The prompt, and the two ways to it.
 *
 * Task 1 stands at the prompt with everything running: keys and output go by interrupts,
 * commands may sleep. A panic or SysRq-g enters the same prompt with interrupts off on
 * this CPU: keys and output are polled, and commands that would have to sleep say so.
 *
 * One CPU at a time is in the stopped prompt (kdb_owner); a second entry is refused, as is
 * an entry from within.
 */
#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/stdarg.h>
#include <linux/string.h>
#include "internals.h"

static const struct kdb_io *kdb_io;	/* set once by a driver, before the prompt */
static atomic_t kdb_owner = ATOMIC_INIT(-1);	/* CPU in the stopped prompt */

/* The owner's; nobody else looks at them. */
static struct pt_regs *stopped_regs;
static bool leave;

static bool stopped(void)
{
	return atomic_read(&kdb_owner) == raw_smp_processor_id();
}

/** kdb_register_io - the line to talk on; the first one stays. Context: boot. */
void kdb_register_io(const struct kdb_io *io)
{
	if (!kdb_io)
		kdb_io = io;
}

/* Output of a command. Context: the prompt. */
void kdb_puts(const char *s, size_t n)
{
	if (!kdb_io)
		return;
	if (stopped())
		kdb_io->write_poll(s, n);
	else
		kdb_io->write_wait(s, n);
}

void kdb_printf(const char *fmt, ...)
{
	char buf[KDB_LINE_MAX];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vscnprintf(buf, sizeof(buf), fmt, args);
	va_end(args);
	kdb_puts(buf, n);
}

/* The next key. */
int kdb_getc(void)
{
	int c;

	if (!stopped())
		return kdb_io->read_wait();
	while ((c = kdb_io->read_poll()) < 0) {
		touch_nmi_watchdog();
		cpu_relax();
	}
	return c;
}

/* Long output of the stopped prompt ends at a key. */
bool kdb_interrupted(void)
{
	return stopped() && kdb_io->read_poll() >= 0;
}

struct pt_regs *kdb_regs(void)
{
	return stopped() ? stopped_regs : NULL;
}

void kdb_leave(void)
{
	leave = true;
}

static const struct kdb_command *const tables[] = {
	kdb_file_commands,
	kdb_inspect_commands,
	kdb_machine_commands,
	kdb_module_commands,
};

static const struct kdb_command *find_command(const char *name)
{
	const struct kdb_command *c;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tables); i++)
		for (c = tables[i]; c->name; c++)
			if (!strcmp(c->name, name))
				return c;
	return NULL;
}

/* All commands, or the one of that name. */
void kdb_help(const char *word)
{
	const struct kdb_command *c;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tables); i++)
		for (c = tables[i]; c->name; c++)
			if (!word || !strcmp(c->name, word))
				kdb_printf("  %-10s %-22s %s\n", c->name, c->args, c->help);
	if (!word)
		kdb_printf("Up and down recall lines; Ctrl-C drops a line. Under QEMU, Ctrl-A x ends the machine.\n");
}

/* Words split at blanks; "..." keeps blanks. Returns their number, or -E2BIG. */
static int split(char *line, char **argv)
{
	int argc = 0;

	for (;;) {
		line += strspn(line, " \t");
		if (!*line)
			return argc;
		if (argc == KDB_MAX_ARGS)
			return -E2BIG;
		if (*line == '"') {
			argv[argc++] = ++line;
			line += strcspn(line, "\"");
		} else {
			argv[argc++] = line;
			line += strcspn(line, " \t");
		}
		if (*line)
			*line++ = '\0';
	}
}

/**
 * kdb_run_line - run one line of the prompt
 * @line: is cut into words
 *
 * Context: the prompt. Return: what the command returned; -ENOENT for an unknown one.
 */
int kdb_run_line(char *line)
{
	char *argv[KDB_MAX_ARGS];
	const struct kdb_command *cmd;
	int argc = split(line, argv), err;

	if (argc <= 0)
		return argc;
	cmd = find_command(argv[0]);
	if (!cmd) {
		kdb_printf("%s: no such command; `help` lists them\n", argv[0]);
		return -ENOENT;
	}
	if (cmd->sleeps && stopped()) {
		kdb_printf("%s: needs a running machine; `go` resumes it\n", argv[0]);
		return -EBUSY;
	}
	err = cmd->run(argc, argv);
	if (err == KDB_USAGE)
		kdb_printf("usage: %s %s\n", cmd->name, cmd->args);
	else if (err)
		kdb_printf("%s: %pe\n", argv[0], ERR_PTR(err));
	return err;
}

static void prompt_loop(void)
{
	char line[KDB_LINE_MAX], prompt[16];

	for (leave = false; !leave;) {
		snprintf(prompt, sizeof(prompt), "[%d]kdb> ", raw_smp_processor_id());
		if (kdb_read_line(prompt, line, sizeof(line)))
			kdb_run_line(line);
	}
}

/**
 * kdb_prompt - stand at the prompt with the machine running
 *
 * Without a serial line there is nobody to talk to: sleeps for good.
 * Context: task 1. Does not return.
 */
void kdb_prompt(void)
{
	if (!kdb_io) {
		pr_notice("kdb: no serial line, so no prompt\n");
		for (;;)
			schedule_timeout_idle(MAX_SCHEDULE_TIMEOUT);
	}
	kdb_printf("\nTophalf is up on %u CPUs. `help` lists the commands; under QEMU, Ctrl-A x ends the machine.\n",
		   num_online_cpus());
	for (;;) {
		prompt_loop();
		kdb_printf("the machine is running already\n");
	}
}

/**
 * kdb_enter - stop here and talk: panic, SysRq-g
 * @why: printed first
 * @regs: the interrupted context, or NULL
 *
 * Context: any; runs with interrupts off. Returns when `go` is typed, or at once when
 * there is no line or the prompt is open already.
 */
void kdb_enter(const char *why, struct pt_regs *regs)
{
	unsigned long flags;

	if (!kdb_io)
		return;
	local_irq_save(flags);
	if (atomic_cmpxchg(&kdb_owner, -1, raw_smp_processor_id()) == -1) {
		stopped_regs = regs;
		kdb_printf("\nEntering kdb on CPU %d: %s. This CPU is stopped; `go` resumes it.\n",
			   raw_smp_processor_id(), why);
		prompt_loop();
		atomic_set(&kdb_owner, -1);
	}
	local_irq_restore(flags);
}

/* After a panic the machine stays for questions. */
static void panic_prompt(const char *msg)
{
	kdb_enter(msg, NULL);
}

static int __init kdb_init(void)
{
	panic_set_prompt(panic_prompt);
	return 0;
}
core_initcall(kdb_init);
