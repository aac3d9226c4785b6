/* SPDX-License-Identifier: MIT */
/* A system call as its frame shows it, for signals that interrupt one. */
#ifndef _ASM_X86_SYSCALL_H
#define _ASM_X86_SYSCALL_H

#include <linux/err.h>
#include <asm/ptrace.h>

/* In orig_ax, above the number: it counts as i386 does. */
#define SYSCALL_32		(1UL << 32)

#define NR_restart_syscall_64	219
#define NR_restart_syscall_32	0

/* SYSCALL and INT 0x80 are two bytes long. */
#define SYSCALL_LENGTH		2

/* The frame is a system call's; interrupts and exceptions leave -1 there. */
static inline bool syscall_in_progress(const struct pt_regs *regs)
{
	return (int)regs->orig_ax != -1;
}

/* Its result, if that is an error; else 0. */
static inline long syscall_get_error(const struct pt_regs *regs)
{
	return IS_ERR_VALUE(regs->ax) ? (long)regs->ax : 0;
}

static inline void syscall_set_return_value(struct pt_regs *regs, long value)
{
	regs->ax = value;
}

/* The program makes it again. */
static inline void syscall_restart(struct pt_regs *regs)
{
	regs->ax = regs->orig_ax & ~SYSCALL_32;
	regs->ip -= SYSCALL_LENGTH;
}

/* The program makes the call restart_syscall() instead. */
static inline void syscall_continue(struct pt_regs *regs)
{
	regs->ax = regs->orig_ax & SYSCALL_32 ? NR_restart_syscall_32 : NR_restart_syscall_64;
	regs->ip -= SYSCALL_LENGTH;
}

#endif
