/* SPDX-License-Identifier: MIT */
/* An entry of debugfs, between the files of fs/debugfs/. */
#ifndef _FS_DEBUGFS_INTERNALS_H
#define _FS_DEBUGFS_INTERNALS_H

#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/pinned.h>

/* The record of a file: its entry's d_fsdata, which frees it. */
struct debugfs_node {
	struct pinned			pin;
	const struct file_operations	*fops;	/* the owner's */
};

extern const struct file_operations debugfs_file_operations;

static inline struct debugfs_node *dentry_node(const struct dentry *dentry)
{
	return dentry->d_fsdata;
}

#endif
