/* SPDX-License-Identifier: MIT */
/*
 * What becomes of a system call that a signal has interrupted. Its result says what it wants;
 * programs never see that. restart_syscall() is put in place of a call that is to go on.
 */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <asm/syscall.h>
#include "internals.h"

/* restart_behind_handler - a handler will run: does the call fail, or is it made again after it? */
void restart_behind_handler(struct pt_regs *regs, const struct k_sigaction *ka)
{
	if (!syscall_in_progress(regs))
		return;
	switch (syscall_get_error(regs)) {
	case -ERESTART_RESTARTBLOCK:
	case -ERESTARTNOHAND:
		syscall_set_return_value(regs, -EINTR);
		break;
	case -ERESTARTSYS:
		if (!(ka->sa.sa_flags & SA_RESTART)) {
			syscall_set_return_value(regs, -EINTR);
			break;
		}
		fallthrough;
	case -ERESTARTNOINTR:
		syscall_restart(regs);
		break;
	}
}

/* restart_without_handler - nothing came of the signal: the call goes on as if there had been none */
void restart_without_handler(struct pt_regs *regs)
{
	if (!syscall_in_progress(regs))
		return;
	switch (syscall_get_error(regs)) {
	case -ERESTARTNOHAND:
	case -ERESTARTSYS:
	case -ERESTARTNOINTR:
		syscall_restart(regs);
		break;
	case -ERESTART_RESTARTBLOCK:
		syscall_continue(regs);
		break;
	}
}

SYSCALL_DEFINE0(restart_syscall)
{
	struct restart_block *restart = &current->restart_block;

	return restart->fn ? restart->fn(restart) : -EINTR;
}
