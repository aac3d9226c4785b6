/* SPDX-License-Identifier: MIT */
/* A task's user side on this machine: arch/x86/64/user.c. */
#ifndef _ASM_X86_USER_H
#define _ASM_X86_USER_H

#include <linux/types.h>
#include <linux/percpu-defs.h>

struct task_struct;
struct thread_struct;

void save_user_state(struct task_struct *prev);
void load_user_state(struct task_struct *next);
void reload_user_segments(struct task_struct *task, unsigned short sel);
bool tls_selector_loads(const struct thread_struct *t, unsigned short sel);
DECLARE_PER_CPU(bool, tls_loaded);	/* the GDT has entries of some task's; own CPU's */
void load_tls(const struct thread_struct *t);	/* interrupts off */

#endif
