/* SPDX-License-Identifier: MIT */
/*
 * The kernel's own console: a prompt on the serial line, entered at the end of boot, on
 * panic and by SysRq-g.
 */
#ifndef _LINUX_KDB_H
#define _LINUX_KDB_H

#include <linux/types.h>

struct pt_regs;

/**
 * struct kdb_io - the line the console talks on
 * @name: for the messages
 * @read_wait: next key; sleeps until there is one. Task context.
 * @write_wait: send bytes by interrupt; sleeps when there are many. Task context.
 * @read_poll: next key or -1; works with interrupts off and everything else stopped
 * @write_poll: send bytes under the same conditions
 */
struct kdb_io {
	const char *name;
	int (*read_wait)(void);
	void (*write_wait)(const char *s, size_t n);
	int (*read_poll)(void);
	void (*write_poll)(const char *s, size_t n);
};

void kdb_register_io(const struct kdb_io *io);

void kdb_prompt(void);
void kdb_enter(const char *why, struct pt_regs *regs);

#endif
