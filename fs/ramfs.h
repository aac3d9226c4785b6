/* SPDX-License-Identifier: MIT */
/* Between ramfs.c, which has the names, and ramfs_data.c, which has what is in files. */
#ifndef _FS_RAMFS_H
#define _FS_RAMFS_H

#include <linux/fs.h>

extern const struct file_operations ramfs_file_fops;
extern const struct inode_operations ramfs_file_iops;

bool ramfs_charge(unsigned long bytes);
void ramfs_uncharge(unsigned long bytes);
bool ramfs_alloc_data(struct inode *inode);
void ramfs_free_data(struct inode *inode);
unsigned int *ramfs_seals(struct inode *inode);

#endif
