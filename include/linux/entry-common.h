/* SPDX-License-Identifier: MIT */
/* The way back to user mode, for entry code: kernel/process/user_exit.c. */
#ifndef _LINUX_ENTRY_COMMON_H
#define _LINUX_ENTRY_COMMON_H

struct pt_regs;

void exit_to_user_mode_loop(struct pt_regs *regs);

#endif
