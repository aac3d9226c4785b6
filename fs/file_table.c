/* SPDX-License-Identifier: MIT */
/* Open files: opening, counting, closing. */
#include <linux/err.h>
#include <linux/eventpoll.h>
#include <linux/export.h>
#include <linux/fsnotify.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/task_work.h>
#include "internals.h"

static struct kmem_cache *filp_cache;

void __init files_init(void)
{
	filp_cache = kmem_cache_create("filp", sizeof(struct file), 0,
				       SLAB_HWCACHE_ALIGN | SLAB_PANIC, NULL);
}

static void set_modes(struct file *f)
{
	if ((f->f_mode & FMODE_LSEEK) && !f->f_op->llseek)
		f->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	if ((f->f_mode & FMODE_READ) && f->f_op->read)
		f->f_mode |= FMODE_CAN_READ;
	if ((f->f_mode & FMODE_WRITE) && f->f_op->write)
		f->f_mode |= FMODE_CAN_WRITE;
}

/* A file with nothing open behind it yet. Takes @path over. */
static struct file *alloc_file(const struct path *path, int flags)
{
	struct file *f = kmem_cache_zalloc(filp_cache, GFP_KERNEL);

	if (!f)
		return NULL;
	atomic_long_set(&f->f_count, 1);
	spin_lock_init(&f->f_lock);
	mutex_init(&f->f_pos_lock);
	f->f_path = *path;
	f->f_inode = path->dentry->d_inode;
	f->f_flags = flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC);
	f->f_mode = OPEN_FMODE(flags) | FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	return f;
}

static const struct file_operations path_fops;		/* of O_PATH: none */

/* The file's operations, and its open() where that is meant. */
static int open_inode(struct inode *inode, struct file *f)
{
	if (f->f_flags & O_PATH) {
		f->f_mode = FMODE_PATH;
		f->f_op = &path_fops;
		return 0;
	}
	f->f_op = fops_get(inode->i_fop);
	if (!f->f_op)
		return -ENODEV;
	return f->f_op->open ? f->f_op->open(inode, f) : 0;
}

/**
 * dentry_open - open the file at a path
 * @path: counted again by the file
 * @flags: O_*
 *
 * Context: process, may sleep. Return: the file; -EISDIR: a directory for writing; -EROFS;
 * -ETXTBSY: a program's that runs, for writing; -ENXIO: nothing behind it; -ENOMEM; what its own
 * open says.
 */
struct file *dentry_open(const struct path *path, int flags)
{
	struct inode *inode = path->dentry->d_inode;
	fmode_t mode = OPEN_FMODE(flags);
	struct file *f;
	int err;

	if (S_ISDIR(inode->i_mode) && (mode & FMODE_WRITE))
		return ERR_PTR(-EISDIR);
	f = alloc_file(path, flags);
	if (!f)
		return ERR_PTR(-ENOMEM);
	path_get(path);
	if (S_ISREG(inode->i_mode) || S_ISDIR(inode->i_mode))
		f->f_mode |= FMODE_ATOMIC_POS;
	err = file_want_write(f) ?: open_inode(inode, f);
	if (err) {
		kobject_put(f->f_hold);
		fops_put(f->f_op);
		file_drop_write(f);
		path_put(&f->f_path);
		kmem_cache_free(filp_cache, f);
		return ERR_PTR(err);
	}
	set_modes(f);
	return f;
}
EXPORT_SYMBOL(dentry_open);

/**
 * alloc_file_pseudo - an open file of an inode that no directory has
 * @inode: taken over when it succeeds
 * @mnt: of its file system
 * @name: shown where the file's path is; copied
 * @flags: O_*
 * @fops: its operations; their open is not called
 *
 * Context: process, may sleep. Return: the file, or ERR_PTR(-ENOMEM).
 */
struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt, const char *name, int flags,
			       const struct file_operations *fops)
{
	const struct qstr qname = QSTR_INIT(name, strlen(name));
	struct path path = { .mnt = mnt, .dentry = d_alloc(NULL, &qname) };
	struct file *f;

	if (!path.dentry)
		return ERR_PTR(-ENOMEM);
	path.dentry->d_sb = mnt->mnt_sb;
	path.dentry->d_inode = inode;
	f = alloc_file(&path, flags);
	if (!f) {
		path.dentry->d_inode = NULL;
		dput(path.dentry);
		return ERR_PTR(-ENOMEM);
	}
	mntget(mnt);
	f->f_op = fops_get(fops);
	set_modes(f);
	return f;
}
EXPORT_SYMBOL(alloc_file_pseudo);

/* alloc_file_clone - another file at the same path, with its own flags; ERR_PTR(-ENOMEM) */
struct file *alloc_file_clone(struct file *base, int flags, const struct file_operations *fops)
{
	struct file *f = alloc_file(&base->f_path, flags);

	if (!f)
		return ERR_PTR(-ENOMEM);
	path_get(&f->f_path);
	f->f_op = fops_get(fops);
	set_modes(f);
	return f;
}
EXPORT_SYMBOL(alloc_file_clone);

/*
 * The path of a name that is to be created unless it is there. At the end no symlink. What is made
 * needs no O_TRUNC any more.
 */
static int create_path(int dfd, const char *name, int *flags, umode_t mode, struct path *path)
{
	struct last_name last;
	struct dentry *dentry;
	struct inode *dir;
	int err = path_parent_at(dfd, name, &last);

	if (err)
		return err;
	dir = last.parent.dentry->d_inode;
	inode_lock(dir);
	dentry = lookup_one_len((const char *)last.name.name, last.parent.dentry, last.name.len);
	err = PTR_ERR_OR_ZERO(dentry);
	if (err == -EACCES || (!err && last.slash)) {
		err = -EISDIR;		/* "/", ".", "..", "name/" */
	} else if (!err && d_is_negative(dentry)) {
		err = last.parent.mnt->mnt_flags & MNT_READONLY ? -EROFS :
		      vfs_create(NULL, dir, dentry, mode, *flags & O_EXCL);
		*flags &= ~O_TRUNC;
	} else if (!err && (*flags & O_EXCL)) {
		err = -EEXIST;
	}
	inode_unlock(dir);
	if (err) {
		if (!IS_ERR(dentry))
			dput(dentry);
		path_put(&last.parent);
		return err;
	}
	path->mnt = last.parent.mnt;
	dput(last.parent.dentry);
	path->dentry = dentry;
	cross_mounts(path);
	return 0;
}

static int open_path(int dfd, const char *name, int *flags, umode_t mode, struct path *path)
{
	unsigned int lookup = (*flags & O_NOFOLLOW ? 0 : LOOKUP_FOLLOW) |
			      (*flags & O_DIRECTORY ? LOOKUP_DIRECTORY : 0);
	int err;

	if (!(*flags & O_CREAT))
		return kern_path_at(dfd, name, lookup, path);
	/* What is there, be it at the end of a symlink, is opened; else the name is made. */
	if (!(*flags & O_EXCL)) {
		err = kern_path_at(dfd, name, lookup, path);
		if (!err && S_ISDIR(path->dentry->d_inode->i_mode)) {
			path_put(path);
			return -EISDIR;
		}
		if (err != -ENOENT)
			return err;
	}
	err = create_path(dfd, name, flags, mode, path);
	if (!err && S_ISLNK(path->dentry->d_inode->i_mode)) {
		path_put(path);
		return -ENOENT;		/* a symlink to nowhere */
	}
	return err;
}

/**
 * file_open_at - open a file by name
 * @dfd: open directory that a relative name begins in, or AT_FDCWD
 * @name: path name
 * @flags: O_*
 * @mode: permissions, when O_CREAT makes the file
 *
 * Context: process, may sleep. Return: the file, or ERR_PTR: as open(). filp_close() it.
 */
struct file *file_open_at(int dfd, const char *name, int flags, umode_t mode)
{
	struct path path;
	struct file *f;
	int err;

	if (flags & O_PATH)
		flags &= O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC;
	err = open_path(dfd, name, &flags, mode, &path);
	if (err)
		return ERR_PTR(err);
	err = may_open(&path, flags);
	f = err ? ERR_PTR(err) : dentry_open(&path, flags);
	/* For this the file need not be open to write; of a directory it is an error. */
	if (!IS_ERR(f) && (flags & (O_TRUNC | O_PATH)) == O_TRUNC &&
	    (S_ISREG(f->f_inode->i_mode) || S_ISDIR(f->f_inode->i_mode))) {
		err = vfs_truncate(&path, 0);
		if (err) {
			fput(f);
			f = ERR_PTR(err);
		}
	}
	path_put(&path);
	return f;
}

/* filp_open - the same from the working directory; of a kernel thread, the root of all */
struct file *filp_open(const char *name, int flags, umode_t mode)
{
	return file_open_at(AT_FDCWD, name, flags, mode);
}
EXPORT_SYMBOL(filp_open);

struct file *get_file(struct file *f)
{
	atomic_long_inc(&f->f_count);
	return f;
}
EXPORT_SYMBOL(get_file);

static void release_file(struct callback_head *work)
{
	struct file *f = container_of(work, struct file, f_task_work);

	fsnotify_close(f);
	eventpoll_release(f);
	locks_remove_file(f);
	if (f->f_op->release)
		f->f_op->release(f->f_inode, f);
	kobject_put(f->f_hold);		/* its release may be the module's */
	fops_put(f->f_op);
	file_drop_write(f);
	path_put(&f->f_path);
	kmem_cache_free(filp_cache, f);
}

/**
 * fput - drop a reference; the last one releases the file
 * @f: the file
 *
 * That may sleep, and take locks that the caller has: a task with a program does it on its way back
 * there. Context: process; a kernel thread, and a task that ends, may sleep here.
 */
void fput(struct file *f)
{
	if (!atomic_long_dec_and_test(&f->f_count))
		return;
	init_task_work(&f->f_task_work, release_file);
	if (!(current->flags & PF_KTHREAD) && !task_work_add(current, &f->f_task_work, TWA_RESUME))
		return;
	might_sleep();
	release_file(&f->f_task_work);
}
EXPORT_SYMBOL(fput);

/**
 * filp_close - close what filp_open() returned
 * @filp: the file
 * @id: passed to its flush; the table of files that had it, which gives up its locks of the file
 *
 * Context: process, may sleep. Return: 0, or what flush says; the file is closed anyway.
 */
int filp_close(struct file *filp, fl_owner_t id)
{
	int err = filp->f_op->flush ? filp->f_op->flush(filp, id) : 0;

	locks_remove_posix(filp, id);
	fput(filp);
	return err;
}
EXPORT_SYMBOL(filp_close);

int generic_file_open(struct inode *inode, struct file *filp)
{
	return 0;
}
EXPORT_SYMBOL(generic_file_open);

/* nonseekable_open - for ->open() of a file without positions to seek to */
int nonseekable_open(struct inode *inode, struct file *filp)
{
	filp->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	return 0;
}
EXPORT_SYMBOL(nonseekable_open);

/* stream_open - for ->open() of a file with no position at all */
int stream_open(struct inode *inode, struct file *filp)
{
	filp->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	filp->f_mode |= FMODE_STREAM;
	return 0;
}
EXPORT_SYMBOL(stream_open);
