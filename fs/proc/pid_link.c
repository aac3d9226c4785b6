/* SPDX-License-Identifier: MIT */
/* Links of /proc/PID that lead to a file itself, not to its name: exe, cwd, root, and fd/N. */
#include <linux/err.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/uaccess.h>
#include "internals.h"

int pid_exe_path(struct task_struct *task, struct path *path)
{
	struct mm_struct *mm = get_task_mm(task);
	int err = -ENOENT;

	if (!mm)
		return err;
	if (mm->exe_file) {
		*path = mm->exe_file->f_path;
		path_get(path);
		err = 0;
	}
	mmput(mm);
	return err;
}

static int fs_path(struct task_struct *task, bool root, struct path *path)
{
	int err = -ENOENT;

	task_lock(task);
	if (task->fs) {
		spin_lock(&task->fs->lock);
		*path = root ? task->fs->root : task->fs->pwd;
		path_get(path);
		spin_unlock(&task->fs->lock);
		err = 0;
	}
	task_unlock(task);
	return err;
}

int pid_cwd_path(struct task_struct *task, struct path *path)
{
	return fs_path(task, false, path);
}

int pid_root_path(struct task_struct *task, struct path *path)
{
	return fs_path(task, true, path);
}

/* What a link is said to lead to: a path, or the kind and number of what has none. */
static char *name_of(const struct path *path, char *page)
{
	struct inode *inode = path->dentry->d_inode;

	if (S_ISFIFO(inode->i_mode) && !strcmp(path->dentry->d_sb->s_type->name, "pipefs")) {
		snprintf(page, PAGE_SIZE, "pipe:[%lu]", inode->i_ino);
		return page;
	}
	return d_path(path, page, PAGE_SIZE);
}

/* pid_readlink_path - the name of @path for a program. Return: its length; -EFAULT; -ENOMEM. */
int pid_readlink_path(const struct path *path, char __user *buf, int size)
{
	char *page = (char *)__get_free_page(GFP_KERNEL), *name;
	int len;

	if (!page)
		return -ENOMEM;
	name = name_of(path, page);
	len = IS_ERR(name) ? (int)PTR_ERR(name) : (int)min_t(size_t, strlen(name), size);
	if (len > 0 && copy_to_user(buf, name, len))
		len = -EFAULT;
	free_page((unsigned long)page);
	return len;
}

static int link_path(struct dentry *dentry, struct path *path)
{
	struct inode *inode = dentry->d_inode;
	struct task_struct *task = proc_task(inode);
	int err;

	if (!task)
		return -ESRCH;
	err = PROC_I(inode)->entry->get_path(task, path);
	put_task_struct(task);
	return err;
}

static int link_readlink(struct dentry *dentry, char __user *buf, int size)
{
	struct path path;
	int ret = link_path(dentry, &path);

	if (ret)
		return ret;
	ret = pid_readlink_path(&path, buf, size);
	path_put(&path);
	return ret;
}

const struct inode_operations pid_link_iops = {
	.get_path	= link_path,
	.readlink	= link_readlink,
};
