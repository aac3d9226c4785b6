/* SPDX-License-Identifier: MIT */
/* Open files that are nothing but their operations: eventfd, timerfd and their like. All have one inode. */
#include <linux/anon_inodes.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/init.h>
#include <linux/mount.h>
#include "internals.h"

#define ANON_INODE_FS_MAGIC	0x09041934

static struct vfsmount *anon_inode_mnt;		/* both set at boot */
static struct inode *anon_inode;

/**
 * anon_inode_getfile - an open file without a name
 * @name: for /proc/PID/fd: "[eventfd]"
 * @fops: its operations
 * @priv: its private_data
 * @flags: O_ACCMODE and O_NONBLOCK count
 *
 * It has no positions to read from, as pread() would. Context: process, may sleep.
 * Return: the file, or ERR_PTR(-ENOMEM).
 */
struct file *anon_inode_getfile(const char *name, const struct file_operations *fops, void *priv, int flags)
{
	struct file *file;
	char path[32];

	snprintf(path, sizeof(path), "anon_inode:%s", name);
	ihold(anon_inode);
	file = alloc_file_pseudo(anon_inode, anon_inode_mnt, path, flags & (O_ACCMODE | O_NONBLOCK), fops);
	if (IS_ERR(file)) {
		iput(anon_inode);
		return file;
	}
	file->f_mode &= ~(FMODE_PREAD | FMODE_PWRITE);
	file->private_data = priv;
	return file;
}
EXPORT_SYMBOL_GPL(anon_inode_getfile);

/**
 * anon_inode_getfd - the same with a number, for current
 * @flags: O_CLOEXEC as well
 *
 * Return: the number; -EMFILE; -ENOMEM. @priv is the caller's still when it fails.
 */
int anon_inode_getfd(const char *name, const struct file_operations *fops, void *priv, int flags)
{
	int fd = get_unused_fd_flags(flags);
	struct file *file;

	if (fd < 0)
		return fd;
	file = anon_inode_getfile(name, fops, priv, flags);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}
EXPORT_SYMBOL_GPL(anon_inode_getfd);

static int anon_inodefs_fill(struct super_block *sb, void *data)
{
	struct inode *root = new_inode(sb);

	sb->s_magic = ANON_INODE_FS_MAGIC;
	if (root)
		inode_init_owner(root, NULL, S_IFDIR | 0600);
	sb->s_root = d_make_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

static struct file_system_type anon_inode_fs_type = {
	.name		= "anon_inodefs",
	.fill_super	= anon_inodefs_fill,
	.kill_sb	= kill_litter_super,
};

static int __init anon_inode_init(void)
{
	anon_inode_mnt = kern_mount(&anon_inode_fs_type);
	if (IS_ERR(anon_inode_mnt))
		return PTR_ERR(anon_inode_mnt);
	anon_inode = new_inode(anon_inode_mnt->mnt_sb);
	if (!anon_inode)
		return -ENOMEM;
	anon_inode->i_mode = 0600;	/* of no type */
	anon_inode->i_atime = anon_inode->i_mtime = anon_inode->i_ctime = current_time(anon_inode);
	return 0;
}
fs_initcall(anon_inode_init);
