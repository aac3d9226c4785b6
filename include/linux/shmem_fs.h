/* SPDX-License-Identifier: MIT */
/* Files in memory that no directory has: fs/ramfs.c. */
#ifndef _LINUX_SHMEM_FS_H
#define _LINUX_SHMEM_FS_H

#include <linux/types.h>

struct file;

struct file *shmem_file_setup(const char *name, loff_t size, unsigned long flags);
unsigned int *shmem_seals(struct file *file);

#endif
