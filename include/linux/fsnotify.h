/* SPDX-License-Identifier: MIT */
/*
 * Telling those who watch files of what happens to them: fs/fsnotify.c. While nobody watches any,
 * it costs a load and a branch.
 *
 * Context of all: process.
 */
#ifndef _LINUX_FSNOTIFY_H
#define _LINUX_FSNOTIFY_H

#include <linux/dcache.h>
#include <linux/fs.h>
#include <uapi/linux/inotify.h>

extern unsigned int fsnotify_watches;		/* there are so many: fs/fsnotify.c */

void __fsnotify_dentry(struct dentry *dentry, u32 mask);
void __fsnotify_inode(struct inode *inode, u32 mask);
void __fsnotify_name(struct inode *dir, u32 mask, const struct inode *child,
		     const struct qstr *name, u32 cookie);
void __fsnotify_move(struct inode *old_dir, const struct qstr *old, struct inode *new_dir,
		     const struct qstr *new, struct inode *moved, struct inode *replaced);
void __fsnotify_inoderemove(struct inode *inode);
void fsnotify_sb_delete(struct super_block *sb);

static inline bool fsnotify_wanted(void)
{
	return unlikely(READ_ONCE(fsnotify_watches));
}

/*
 * Something happens to a file: those hear of it who watch it, or the directory where it has this
 * name.
 */
static inline void fsnotify_dentry(struct dentry *dentry, u32 mask)
{
	if (fsnotify_wanted())
		__fsnotify_dentry(dentry, mask);
}

/* Through an open file. One that is open for its path alone has nothing done to it. */
static inline void fsnotify_file(struct file *file, u32 mask)
{
	if (fsnotify_wanted() && !(file->f_mode & FMODE_PATH))
		__fsnotify_dentry(file->f_path.dentry, mask);
}

static inline void fsnotify_access(struct file *file) { fsnotify_file(file, IN_ACCESS); }
static inline void fsnotify_modify(struct file *file) { fsnotify_file(file, IN_MODIFY); }
static inline void fsnotify_open(struct file *file) { fsnotify_file(file, IN_OPEN); }

static inline void fsnotify_close(struct file *file)
{
	fsnotify_file(file, file->f_mode & FMODE_WRITE ? IN_CLOSE_WRITE : IN_CLOSE_NOWRITE);
}

/* It has a name more or less. */
static inline void fsnotify_link_count(struct inode *inode)
{
	if (fsnotify_wanted())
		__fsnotify_inode(inode, IN_ATTRIB);
}

/* @dir, whose i_rwsem is held, has a new name. */
static inline void fsnotify_create(struct inode *dir, struct dentry *dentry)
{
	if (fsnotify_wanted() && dentry->d_inode)
		__fsnotify_name(dir, IN_CREATE, dentry->d_inode, &dentry->d_name, 0);
}

/* Its last name, and its last user by a name, are gone. */
static inline void fsnotify_inoderemove(struct inode *inode)
{
	if (fsnotify_wanted())
		__fsnotify_inoderemove(inode);
}

#endif
