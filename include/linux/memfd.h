/* SPDX-License-Identifier: MIT */
/* Seals of files in memory: fs/memfd.c. */
#ifndef _LINUX_MEMFD_H
#define _LINUX_MEMFD_H

struct file;

long memfd_fcntl(struct file *file, unsigned int cmd, unsigned long arg);

#endif
