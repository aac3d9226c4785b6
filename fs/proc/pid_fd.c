/* SPDX-License-Identifier: MIT */
/* /proc/PID/fd: a process's open files, each a link to what it was opened as. */
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/fdtable.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include "internals.h"

/* Number @fd of a task, and how it is open; counted. -ENOENT: there is none. */
static int fd_of(struct task_struct *task, unsigned int fd, struct path *path, fmode_t *mode)
{
	struct files_struct *files;
	struct file *file = NULL;

	task_lock(task);
	files = task->files;
	if (files) {
		spin_lock(&files->file_lock);
		file = fd < files->max_fds ? files->fd[fd] : NULL;
		if (file) {
			*path = file->f_path;
			path_get(path);
			*mode = file->f_mode;
		}
		spin_unlock(&files->file_lock);
	}
	task_unlock(task);
	return file ? 0 : -ENOENT;
}

static int fd_path(struct dentry *dentry, struct path *path)
{
	struct inode *inode = dentry->d_inode;
	struct task_struct *task = proc_task(inode);
	fmode_t mode;
	int err;

	if (!task)
		return -ESRCH;
	err = fd_of(task, PROC_I(inode)->fd, path, &mode);
	put_task_struct(task);
	return err;
}

static int fd_readlink(struct dentry *dentry, char __user *buf, int size)
{
	struct path path;
	int ret = fd_path(dentry, &path);

	if (ret)
		return ret;
	ret = pid_readlink_path(&path, buf, size);
	path_put(&path);
	return ret;
}

static const struct inode_operations fd_link_iops = {
	.get_path	= fd_path,
	.readlink	= fd_readlink,
};

/* The link's permissions say how the file is open. */
static struct dentry *add_link(struct inode *dir, struct dentry *dentry, unsigned int fd, fmode_t mode)
{
	struct pid *pid = PROC_I(dir)->pid;
	struct inode *inode = proc_pid_inode(dir->i_sb, pid, S_IFLNK | (mode & FMODE_READ ? 0500 : 0) |
					     (mode & FMODE_WRITE ? 0300 : 0), proc_pid_ino(pid, PID_INO_FD + fd));

	if (inode) {
		PROC_I(inode)->fd = fd;
		inode->i_size = 64;
		inode->i_op = &fd_link_iops;
	}
	return proc_pid_add(dentry, inode);
}

static struct dentry *fd_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	int fd = proc_name_to_int(&dentry->d_name), err = -ENOENT;
	struct task_struct *task = proc_task(dir);
	struct path path;
	fmode_t mode;

	if (task && fd >= 0) {
		err = fd_of(task, fd, &path, &mode);
		if (!err)
			path_put(&path);
	}
	if (task)
		put_task_struct(task);
	return err ? ERR_PTR(err) : add_link(dir, dentry, fd, mode);
}

/* The first number in use from @fd on; -1. */
static int next_fd(struct task_struct *task, unsigned int fd)
{
	struct files_struct *files;
	int found = -1;

	task_lock(task);
	files = task->files;
	if (files) {
		spin_lock(&files->file_lock);
		for (; fd < files->max_fds && found < 0; fd++)
			if (files->fd[fd])
				found = fd;
		spin_unlock(&files->file_lock);
	}
	task_unlock(task);
	return found;
}

static int fd_readdir(struct file *file, struct dir_context *ctx)
{
	struct inode *dir = file_inode(file);
	struct task_struct *task = proc_task(dir);
	char name[12];
	int fd;

	if (!task)
		return -ENOENT;
	if (dir_emit_dots(file, ctx)) {
		while ((fd = next_fd(task, ctx->pos - 2)) >= 0) {
			ctx->pos = fd + 2;
			if (!dir_emit(ctx, name, scnprintf(name, sizeof(name), "%d", fd),
				      proc_pid_ino(PROC_I(dir)->pid, PID_INO_FD + fd), DT_LNK))
				break;
			ctx->pos++;
		}
	}
	put_task_struct(task);
	return 0;
}

const struct inode_operations pid_fd_iops = {
	.lookup		= fd_lookup,
};

const struct file_operations pid_fd_fops = {
	.llseek		= dcache_dir_lseek,
	.read		= generic_read_dir,
	.iterate_shared	= fd_readdir,
};
