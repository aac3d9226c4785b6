/* SPDX-License-Identifier: MIT */
/* restart_syscall(): the way to user mode puts it in place of a call that is to go on. */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

SYSCALL_DEFINE0(restart_syscall)
{
	struct restart_block *restart = &current->restart_block;

	return restart->fn ? restart->fn(restart) : -EINTR;
}
