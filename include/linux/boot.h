/* SPDX-License-Identifier: MIT */
/*
 * The steps of init/main.c, each implemented by the folder that it brings up. Drivers and
 * modules have no use for this header.
 */
#ifndef _LINUX_BOOT_H
#define _LINUX_BOOT_H

#include <linux/compiler_types.h>
#include <linux/types.h>

extern const char linux_banner[];

void parse_command_line(void);		/* init/params.c: every option but the early ones */
void do_initcalls(void);		/* init/initcall.c */
void populate_rootfs(void);		/* init/initramfs.c: unpack the initramfs into / */

void mm_init(void);			/* mm: from memblock to pages, slab, vmalloc */
void sched_init(void);			/* kernel/sched: this CPU's run queue and idle task */
void smp_init(void);			/* kernel/cpu: start the other CPUs */
void workqueue_init_early(void);	/* kernel/workqueue: queueing works */
void workqueue_init(void);		/* ... and workers run */
void softirq_init(void);		/* kernel/softirq */
void init_timers(void);			/* kernel/time: the wheel */
void timekeeping_init(void);		/* kernel/time: the clocks */
void console_init(void);		/* kernel/printk: consoles found so far */
void vfs_init(void);			/* fs: the root */
void proc_root_init(void);		/* fs/proc: /proc */
void load_boot_modules(void);		/* kernel/module: what modules= names */
void load_listed_modules(void);		/* ... what /etc/modules names */

/* kernel/sched: makes task 1 (@init) and task 2 (kthreadd), then is this CPU's idle task. */
void rest_init(int (*init)(void *)) __noreturn;

bool have_first_program(void);		/* init/program.c: is there a program for task 1? */
void run_first_program(void);		/* ... task 1 becomes it */
void set_boot_payload(int (*fn)(void));	/* init/main.c */

#endif
