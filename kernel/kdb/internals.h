/* SPDX-License-Identifier: MIT */
/*
 * The console on the serial line. main.c: the two ways in and the prompt; line.c: editing
 * a line; commands are in files by subject, each with its table.
 */
#ifndef _KERNEL_KDB_INTERNALS_H
#define _KERNEL_KDB_INTERNALS_H

#include <linux/kdb.h>
#include <linux/types.h>

struct pt_regs;

#define KDB_LINE_MAX	256
#define KDB_MAX_ARGS	16
#define KDB_USAGE	1	/* the words make no sense: show what they should be */

/**
 * struct kdb_command - one word of the prompt
 * @args: what may follow, for help
 * @sleeps: needs a running machine; refused in a panic or SysRq entry
 * @run: argv[0] is the command. Return: 0; -errno, which the prompt prints; KDB_USAGE
 */
struct kdb_command {
	const char *name;
	const char *args;
	const char *help;
	bool sleeps;
	int (*run)(int argc, char **argv);
};

extern const struct kdb_command kdb_file_commands[];	/* files.c; each ends with a NULL name */
extern const struct kdb_command kdb_inspect_commands[];	/* inspect.c */
extern const struct kdb_command kdb_machine_commands[];	/* machine.c */
extern const struct kdb_command kdb_module_commands[];	/* modules.c */

void kdb_printf(const char *fmt, ...) __printf(1, 2);
void kdb_puts(const char *s, size_t n);
int kdb_getc(void);
bool kdb_interrupted(void);

/* Edit one line into @buf; false when it was given up with Ctrl-C. */
bool kdb_read_line(const char *prompt, char *buf, size_t size);

struct pt_regs *kdb_regs(void);		/* of the interrupted context, or NULL at the prompt */
int kdb_run_line(char *line);
void kdb_leave(void);			/* the `go` command */
void kdb_help(const char *word);
int kdb_parse_number(const char *s, unsigned long *val);

#endif
