/* SPDX-License-Identifier: MIT */
/* The end of the road, and what has tainted the kernel on the way. kernel/panic/ implements it. */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/compiler_types.h>
#include <linux/types.h>

struct pt_regs;

void panic(const char *fmt, ...) __noreturn __cold __printf(1, 2);
bool panic_in_progress(void);
void nmi_panic(struct pt_regs *regs, const char *msg);
void oops_enter(void);
void oops_exit(void);
/* @prompt is called at the end of a panic, interrupts off, other CPUs stopped. For the console. */
void panic_set_prompt(void (*prompt)(const char *msg));

extern int panic_timeout;	/* seconds until restart; 0 waits for ever, < 0 at once */
extern int panic_on_oops;
extern int panic_on_warn;

#define TAINT_PROPRIETARY_MODULE	0
#define TAINT_FORCED_MODULE		1
#define TAINT_CPU_OUT_OF_SPEC		2
#define TAINT_FORCED_RMMOD		3
#define TAINT_MACHINE_CHECK		4
#define TAINT_BAD_PAGE			5
#define TAINT_USER			6
#define TAINT_DIE			7
#define TAINT_OVERRIDDEN_ACPI_TABLE	8
#define TAINT_WARN			9
#define TAINT_CRAP			10
#define TAINT_FIRMWARE_WORKAROUND	11
#define TAINT_OOT_MODULE		12
#define TAINT_UNSIGNED_MODULE		13
#define TAINT_SOFTLOCKUP		14
#define TAINT_FLAGS_COUNT		19

enum lockdep_ok {
	LOCKDEP_STILL_OK,
	LOCKDEP_NOW_UNRELIABLE,
};

const char *print_tainted(void);
void add_taint(unsigned int flag, enum lockdep_ok lockdep_ok);
int test_taint(unsigned int flag);

#endif
