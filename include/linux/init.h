/* SPDX-License-Identifier: MIT */
/*
 * Boot-time code and the order in which it runs.
 *
 * A built-in file registers itself with one of the initcall levels; init/initcall.c
 * calls them in order. In a module, module_init() and module_exit() are in linux/module.h.
 */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/stringify.h>

#define __init		__section(".init.text") __cold
#define __initdata	__section(".init.data")
#define __initconst	__section(".init.rodata")
#define __exitdata	__section(".exit.data")
#define __exit		__section(".exit.text") __used __cold
#define __ref
#define __refdata
#define __ro_after_init	__section(".data..ro_after_init")
#define __cpuinit
#define __cpuinitdata
#define __devinit
#define __devexit
#define __meminit
#define __devexit_p(x)	x

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);
typedef initcall_t initcall_entry_t;

#ifndef MODULE

#define __define_initcall(fn, id)					\
	static initcall_t __initcall_##fn##id __used			\
		__section(".initcall" #id ".init") = fn

#define early_initcall(fn)	__define_initcall(fn, early)
#define pure_initcall(fn)	__define_initcall(fn, 0)
#define core_initcall(fn)	__define_initcall(fn, 1)
#define postcore_initcall(fn)	__define_initcall(fn, 2)
#define arch_initcall(fn)	__define_initcall(fn, 3)
#define subsys_initcall(fn)	__define_initcall(fn, 4)
#define fs_initcall(fn)		__define_initcall(fn, 5)
#define device_initcall(fn)	__define_initcall(fn, 6)
#define late_initcall(fn)	__define_initcall(fn, 7)
#define __initcall(fn)		device_initcall(fn)

/* One command-line option: @setup_func sees what follows @str; 0 means "not mine". */
struct obs_kernel_param {
	const char *str;
	int (*setup_func)(char *);
	int early;
};

#define __setup_param(str, unique, fn, is_early)			\
	static const char __setup_str_##unique[] __initconst = str;	\
	static struct obs_kernel_param __setup_##unique __used		\
		__section(".init.setup") __aligned(sizeof(long)) =	\
		{ __setup_str_##unique, fn, is_early }

/* __setup: returns 1 when it took the option. early_param: before memory is set up; returns 0. */
#define __setup(str, fn)	__setup_param(str, fn, fn, 0)
#define early_param(str, fn)	__setup_param(str, fn, fn, 1)

extern char boot_command_line[];
extern char *saved_command_line;
extern bool initcall_debug;

void parse_early_param(void);
void do_initcalls(void);
int do_one_initcall(initcall_t fn);

#endif /* !MODULE */
#endif
