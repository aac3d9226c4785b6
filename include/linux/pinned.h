/* SPDX-License-Identifier: MIT */
/*
 * Trees of files that the kernel itself makes, and removes while they may be in use: what
 * sysfs and debugfs are built of.
 *
 * An entry is a directory entry that its file system pins; behind it lies a record of the
 * file system's with a struct pinned. Every operation on the file is bracketed
 * by pinned_use() and pinned_unuse(); removal makes further ones fail and waits for those
 * that run, so that code and data behind them may go right after.
 */
#ifndef _LINUX_PINNED_H
#define _LINUX_PINNED_H

#include <linux/atomic.h>
#include <linux/types.h>

struct completion;
struct dentry;
struct inode;
struct path;
struct super_block;

struct pinned {
	atomic_t		users;		/* operations that run; negative: removed */
	struct completion	*drained;	/* set before users becomes negative */
};

bool pinned_use(struct pinned *p);
void pinned_unuse(struct pinned *p);
void pinned_reuse(struct pinned *p);
void pinned_drain(struct pinned *p);

struct dentry *pinned_add(struct dentry *parent, const char *name, struct inode *inode,
			  void *fsdata);
bool pinned_unlink(struct dentry *dentry);
struct dentry *pinned_child(struct dentry *dir);
struct dentry *pinned_find(struct dentry *dir, const char *name);
struct inode *pinned_inode(struct super_block *sb, umode_t mode, void *record);

#endif
