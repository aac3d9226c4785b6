/* SPDX-License-Identifier: MIT */
/* Where the names of a process begin. fs/fs_struct.c. */
#ifndef _LINUX_FS_STRUCT_H
#define _LINUX_FS_STRUCT_H

#include <linux/path.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>

struct task_struct;

/* Threads may share one: CLONE_FS. */
struct fs_struct {
	refcount_t	users;

	spinlock_t	lock;		/* guards the rest; process context */
	int		umask;
	struct path	root, pwd;	/* counted */
};

struct fs_struct *fs_struct_alloc(void);
void free_fs_struct(struct fs_struct *fs);
int copy_fs(struct task_struct *task, u64 clone_flags);
void exit_fs(struct task_struct *task);
void set_fs_root(struct fs_struct *fs, const struct path *path);
void set_fs_pwd(struct fs_struct *fs, const struct path *path);
/* Counted. A kernel thread's are the root of all. */
void get_fs_root(struct path *root);
void get_fs_pwd(struct path *pwd);
int current_umask(void);

#endif
