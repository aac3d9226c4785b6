/* SPDX-License-Identifier: MIT */
/* The open files of a process, by number. fs/file.c. */
#ifndef _LINUX_FDTABLE_H
#define _LINUX_FDTABLE_H

#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct file;
struct task_struct;

/* Threads may share one: CLONE_FILES. */
struct files_struct {
	refcount_t	count;

	spinlock_t	file_lock;	/* guards the rest; process context */
	unsigned int	max_fds;	/* entries there are, a multiple of BITS_PER_LONG */
	unsigned int	next_fd;	/* no free number is below this */
	struct file	**fd;
	unsigned long	*open_fds;	/* numbers taken, be there a file yet or not */
	unsigned long	*close_on_exec;
};

struct files_struct *files_struct_alloc(void);
void put_files_struct(struct files_struct *files);
int copy_files(struct task_struct *task, u64 clone_flags);
void exit_files(struct task_struct *task);
int unshare_files(void);
void do_close_on_exec(struct files_struct *files);

#endif
