/* SPDX-License-Identifier: MIT */
/* Root, working directory and umask of a process. */
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/namei.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include "internals.h"

#define UMASK_DEFAULT	0022

static struct fs_struct *new_fs(const struct path *root, const struct path *pwd, int umask)
{
	struct fs_struct *fs = kzalloc(sizeof(*fs), GFP_KERNEL);

	if (!fs)
		return NULL;
	refcount_set(&fs->users, 1);
	spin_lock_init(&fs->lock);
	fs->umask = umask;
	fs->root = *root;
	fs->pwd = *pwd;
	path_get(root);
	path_get(pwd);
	return fs;
}

/* fs_struct_alloc - that of the first process. Return: it, or NULL. */
struct fs_struct *fs_struct_alloc(void)
{
	return new_fs(&init_root, &init_root, UMASK_DEFAULT);
}

/* free_fs_struct - drop a reference */
void free_fs_struct(struct fs_struct *fs)
{
	if (!refcount_dec_and_test(&fs->users))
		return;
	path_put(&fs->root);
	path_put(&fs->pwd);
	kfree(fs);
}

/* copy_fs - @task shares current's, or gets a copy. Return: 0; -ENOMEM. */
int copy_fs(struct task_struct *task, u64 clone_flags)
{
	struct fs_struct *fs = current->fs;
	struct path root, pwd;

	if (clone_flags & CLONE_FS) {
		refcount_inc(&fs->users);
		task->fs = fs;
		return 0;
	}
	get_fs_root(&root);
	get_fs_pwd(&pwd);
	task->fs = new_fs(&root, &pwd, current_umask());
	path_put(&root);
	path_put(&pwd);
	return task->fs ? 0 : -ENOMEM;
}

/* exit_fs - current needs none any more; a kernel thread has none */
void exit_fs(struct task_struct *task)
{
	struct fs_struct *fs = task->fs;

	if (!fs)
		return;
	task_lock(task);
	task->fs = NULL;
	task_unlock(task);
	free_fs_struct(fs);
}

static void replace_path(struct fs_struct *fs, struct path *which, const struct path *path)
{
	struct path old;

	path_get(path);
	spin_lock(&fs->lock);
	old = *which;
	*which = *path;
	spin_unlock(&fs->lock);
	path_put(&old);
}

/* set_fs_root - chroot(): @path is counted again */
void set_fs_root(struct fs_struct *fs, const struct path *path)
{
	replace_path(fs, &fs->root, path);
}

void set_fs_pwd(struct fs_struct *fs, const struct path *path)
{
	replace_path(fs, &fs->pwd, path);
}

static void get_path_of(struct fs_struct *fs, const struct path *which, struct path *path)
{
	if (!fs) {
		*path = init_root;
		path_get(path);
		return;
	}
	spin_lock(&fs->lock);
	*path = *which;
	path_get(path);
	spin_unlock(&fs->lock);
}

void get_fs_root(struct path *root)
{
	get_path_of(current->fs, current->fs ? &current->fs->root : NULL, root);
}

void get_fs_pwd(struct path *pwd)
{
	get_path_of(current->fs, current->fs ? &current->fs->pwd : NULL, pwd);
}

int current_umask(void)
{
	return current->fs ? READ_ONCE(current->fs->umask) : 0;
}

SYSCALL_DEFINE1(umask, int, mask)
{
	return xchg(&current->fs->umask, mask & S_IRWXUGO);
}
