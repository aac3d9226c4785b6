/* SPDX-License-Identifier: MIT */
/*
 * Consoles: where messages are shown. A driver registers one; it first gets what was said
 * before it came, if it says CON_PRINTBUFFER.
 */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

#include <linux/types.h>
#include <linux/init.h>
#include <linux/boot.h>

#define CON_PRINTBUFFER	1	/* wants the messages from before */
#define CON_CONSDEV	2	/* preferred: the last console= of the command line */
#define CON_ENABLED	4
#define CON_BOOT	8	/* goes when a real console comes */
#define CON_ANYTIME	16	/* works before its CPU is online */
#define CON_BRL		32
#define CON_EXTENDED	64

struct tty_driver;
struct module;

/**
 * struct console - one console
 * @name: "ttyS", "tty": what console= names it
 * @write: show @count bytes. Any context, interrupts in any state, one caller at a time;
 *	while oops_in_progress it must not wait for a lock.
 * @setup: called with the text after the comma of console= (or NULL) before it is enabled
 * @exit: called when it is unregistered
 * @match: takes over a console= that names it in another way; 0 if so
 * @index: number of the device, or -1: the first that console= asks for, or 0
 * @seq: next record to show. Guarded by the console lock, like all that follows.
 */
struct console {
	char	name[16];
	void	(*write)(struct console *con, const char *s, unsigned int count);
	int	(*read)(struct console *con, char *s, unsigned int count);
	struct tty_driver *(*device)(struct console *con, int *index);
	void	(*unblank)(void);
	int	(*setup)(struct console *con, char *options);
	int	(*exit)(struct console *con);
	int	(*match)(struct console *con, char *name, int idx, char *options);
	short	flags;
	short	index;
	int	cflag;
	u64	seq;
	unsigned long dropped;		/* records that were overwritten before it came to them */
	u32	line_caller;		/* whose line is open; see line_open */
	bool	line_open;		/* what was shown last did not end its line */
	bool	line_hidden;		/* ... and was below the log level */
	void	*data;
	struct console *next;
};

extern struct console *console_drivers;	/* guarded by the console lock */
#define for_each_console(con)	for (con = console_drivers; con != NULL; con = con->next)

void register_console(struct console *con);
int unregister_console(struct console *con);
int add_preferred_console(char *name, short idx, char *options);
void console_lock(void);
int console_trylock(void);
void console_unlock(void);
int is_console_locked(void);
void console_flush_all(void);
void console_stop(struct console *con);
void console_start(struct console *con);

#define console_initcall(fn)						\
	static initcall_t __con_initcall_##fn __used			\
		__section(".con_initcall.init") = fn

#endif
