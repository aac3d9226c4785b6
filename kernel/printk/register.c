/* SPDX-License-Identifier: MIT */
/* Which consoles are used: console= on the command line, and drivers as they come. */
#define pr_fmt(fmt) "printk: " fmt

#include <linux/console.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "internals.h"

#define PREFERRED_MAX	8

/* In the order of the command line. Written during boot and by drivers' probes only. */
static struct preferred {
	char	name[16];
	int	index;
	char	*options;
} preferred[PREFERRED_MAX];
static int nr_preferred;

/**
 * add_preferred_console - as console=@name@idx,@options on the command line
 * @name: "ttyS"
 * @idx: number of the device
 * @options: kept; may be NULL
 *
 * Return: 0; -E2BIG when there are too many.
 */
int add_preferred_console(char *name, short idx, char *options)
{
	struct preferred p = { .index = idx, .options = options };
	int i;

	strscpy(p.name, name, sizeof(p.name));
	for (i = 0; i < nr_preferred; i++) {
		if (!strcmp(preferred[i].name, name) && preferred[i].index == idx)
			break;
	}
	if (i == PREFERRED_MAX)
		return -E2BIG;
	/* Named again: it becomes the last, and so the one that counts. */
	if (i < nr_preferred)
		memmove(&preferred[i], &preferred[i + 1], (--nr_preferred - i) * sizeof(p));
	preferred[nr_preferred++] = p;
	return 0;
}
EXPORT_SYMBOL(add_preferred_console);

/* console=ttyS0,115200n8: the device's name, its number, what its driver is told. */
static int __init console_setup(char *str)
{
	char name[sizeof(preferred[0].name)];
	char *options = strchr(str, ','), *end;
	size_t len;

	if (options)
		*options++ = '\0';
	if (!*str || !strcmp(str, "null"))
		return 1;
	/* A bare number means a serial line. */
	len = strcspn(str, "0123456789");
	end = str + len;
	if (!len)
		strcpy(name, "ttyS");
	else
		strscpy(name, str, min(len + 1, sizeof(name)));
	if (add_preferred_console(name, simple_strtoul(end, NULL, 10), options))
		pr_warn("console=%s: more than %d consoles\n", str, PREFERRED_MAX);
	return 1;
}
__setup("console=", console_setup);

/* Find @con in the list of wanted ones, or take it if none was named. Whether it is used. */
static bool enable_console(struct console *con)
{
	bool wanted = con->flags & CON_BOOT || con->flags & CON_ENABLED;
	char *options = NULL;

	for (int i = nr_preferred - 1; i >= 0 && !wanted; i--) {
		struct preferred *p = &preferred[i];

		if (con->match && !con->match(con, p->name, p->index, p->options)) {
			wanted = true;
		} else if (!strcmp(con->name, p->name) && (con->index < 0 || con->index == p->index)) {
			con->index = p->index;
			options = p->options;
			wanted = true;
		}
		if (wanted && i == nr_preferred - 1)
			con->flags |= CON_CONSDEV;
	}
	if (!wanted && !nr_preferred) {
		con->index = max_t(short, con->index, 0);
		con->flags |= CON_CONSDEV;
		wanted = true;
	}
	if (!wanted || (con->setup && con->setup(con, options))) {
		con->flags &= ~CON_CONSDEV;
		return false;
	}
	con->flags |= CON_ENABLED;
	return true;
}

static void console_name(char *buf, size_t size, const struct console *con)
{
	if (con->flags & CON_BOOT)
		snprintf(buf, size, "%s", con->name);
	else
		snprintf(buf, size, "%s%d", con->name, con->index);
}

/* Take @con off the list. The caller holds the console lock. */
static bool unlink_console(struct console *con)
{
	for (struct console **link = &console_drivers; *link; link = &(*link)->next) {
		if (*link == con) {
			WRITE_ONCE(*link, con->next);
			con->flags &= ~CON_ENABLED;
			return true;
		}
	}
	return false;
}

/* A real console is there: what stood in for it goes. Its place in the log is handed on. */
static void replace_boot_consoles(struct console *con)
{
	struct console *boot, *next;

	for (boot = console_drivers; boot; boot = next) {
		next = boot->next;
		if (!(boot->flags & CON_BOOT) || !unlink_console(boot))
			continue;
		con->seq = boot->seq;
		con->line_open = boot->line_open;
		con->line_hidden = boot->line_hidden;
		con->line_caller = boot->line_caller;
		pr_info("bootconsole [%s] disabled\n", boot->name);
	}
}

/**
 * register_console - offer a console
 * @con: stays the kernel's until unregister_console()
 *
 * It is used if console= names it, or if console= names none and there is none yet. With
 * CON_PRINTBUFFER it first shows what was said so far, unless a boot console did.
 *
 * Context: process or boot.
 */
void register_console(struct console *con)
{
	char name[24];
	struct console *c;

	for_each_console(c) {
		if (WARN(c == con, "console %s registered twice\n", con->name))
			return;
		/* Nothing was named: one real console is enough. */
		if (!nr_preferred && !(c->flags & CON_BOOT) && !(con->flags & CON_ENABLED))
			return;
	}
	if (!enable_console(con))
		return;

	console_lock();
	con->seq = con->flags & CON_PRINTBUFFER ? printk_first_seq() : printk_next_seq();
	con->dropped = 0;
	console_name(name, sizeof(name), con);
	pr_info("console [%s] enabled\n", name);
	if (con->flags & CON_CONSDEV && !(con->flags & CON_BOOT))
		replace_boot_consoles(con);
	con->next = console_drivers;
	WRITE_ONCE(console_drivers, con);
	console_unlock();
}
EXPORT_SYMBOL(register_console);

/**
 * unregister_console - stop using a console
 * @con: the console
 *
 * Context: process. Return: 0; -ENODEV it was not in use.
 */
int unregister_console(struct console *con)
{
	char name[24];
	bool found;

	console_name(name, sizeof(name), con);
	console_lock();
	found = unlink_console(con);
	console_unlock();
	if (!found)
		return -ENODEV;
	pr_info("console [%s] disabled\n", name);
	return con->exit ? con->exit(con) : 0;
}
EXPORT_SYMBOL(unregister_console);

/** console_init - let the drivers that work this early register their consoles */
void __init console_init(void)
{
	extern initcall_t __con_initcall_start[], __con_initcall_end[];

	for (initcall_t *fn = __con_initcall_start; fn < __con_initcall_end; fn++)
		(*fn)();
}
