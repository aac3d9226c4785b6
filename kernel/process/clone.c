/* SPDX-License-Identifier: MIT */
/*
 * The calls that make processes and threads, from fork() to clone3(): what each means in
 * kernel_clone().
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

SYSCALL_DEFINE0(fork)
{
	struct kernel_clone_args args = { .exit_signal = SIGCHLD };

	return kernel_clone(&args);
}

SYSCALL_DEFINE0(vfork)
{
	struct kernel_clone_args args = {
		.flags = CLONE_VFORK | CLONE_VM, .exit_signal = SIGCHLD,
	};

	return kernel_clone(&args);
}

SYSCALL_DEFINE5(clone, unsigned long, flags, unsigned long, stack, int __user *, parent_tid,
		int __user *, child_tid, unsigned long, tls)
{
	struct kernel_clone_args args = {
		.flags = (u32)flags & ~(u32)CSIGNAL, .exit_signal = flags & CSIGNAL, .stack = stack,
		.parent_tid = parent_tid, .child_tid = child_tid, .tls = tls,
	};

	return kernel_clone(&args);
}

SYSCALL_DEFINE1(set_tid_address, int __user *, tidptr)
{
	current->clear_child_tid = tidptr;
	return current->pid;
}

/* -- clone3() ---------------------------------------------------------------------------------- */

/* Older programs know of the first 64 bytes; newer ones may know of more, and leave it zero. */
static int read_clone_args(struct clone_args *args, const void __user *from, size_t size)
{
	size_t known = min(size, sizeof(*args)), at;
	u8 more;

	if (size > PAGE_SIZE)
		return -E2BIG;
	if (size < CLONE_ARGS_SIZE_VER0)
		return -EINVAL;
	for (at = sizeof(*args); at < size; at++) {
		if (get_user(more, (const u8 __user *)from + at))
			return -EFAULT;
		if (more)
			return -E2BIG;
	}
	memset(args, 0, sizeof(*args));
	return copy_from_user(args, from, known) ? -EFAULT : 0;
}

/* A number of the caller's choice, and control groups, are not to be had. */
static int check_clone_args(const struct clone_args *args)
{
	if (args->set_tid || args->set_tid_size || args->exit_signal > CSIGNAL ||
	    (args->flags & (CLONE_DETACHED | CSIGNAL | ~(u64)U32_MAX)))
		return -EINVAL;
	if ((args->flags & (CLONE_THREAD | CLONE_PARENT)) && args->exit_signal)
		return -EINVAL;
	if (!args->stack != !args->stack_size || !access_ok((void __user *)args->stack, args->stack_size))
		return -EINVAL;
	return 0;
}

SYSCALL_DEFINE2(clone3, const void __user *, uargs, size_t, size)
{
	struct clone_args from;
	struct kernel_clone_args args;
	int err = read_clone_args(&from, uargs, size) ?: check_clone_args(&from);

	if (err)
		return err;
	args = (struct kernel_clone_args) {
		.flags = from.flags, .exit_signal = from.exit_signal, .tls = from.tls,
		.stack = from.stack ? from.stack + from.stack_size : 0,
		.parent_tid = (int __user *)from.parent_tid, .child_tid = (int __user *)from.child_tid,
	};
	return kernel_clone(&args);
}
