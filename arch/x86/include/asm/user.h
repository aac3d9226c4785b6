/* SPDX-License-Identifier: MIT */
/* A task's user side on this machine: arch/x86/64/user.c. */
#ifndef _ASM_X86_USER_H
#define _ASM_X86_USER_H

struct task_struct;

void save_user_state(struct task_struct *prev);
void load_user_state(struct task_struct *next);

#endif
