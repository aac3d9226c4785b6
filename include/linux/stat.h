/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STAT_H
#define _LINUX_STAT_H

#include <uapi/linux/stat.h>
#include <linux/types.h>
#include <linux/time64.h>

#define S_IRWXUGO	(S_IRWXU | S_IRWXG | S_IRWXO)
#define S_IALLUGO	(S_ISUID | S_ISGID | S_ISVTX | S_IRWXUGO)
#define S_IRUGO		(S_IRUSR | S_IRGRP | S_IROTH)
#define S_IWUGO		(S_IWUSR | S_IWGRP | S_IWOTH)
#define S_IXUGO		(S_IXUSR | S_IXGRP | S_IXOTH)

/* What stat() tells of a file. */
struct kstat {
	u32			result_mask;
	umode_t			mode;
	unsigned int		nlink;
	u32			blksize;
	u64			ino;
	dev_t			dev;
	dev_t			rdev;
	kuid_t			uid;
	kgid_t			gid;
	loff_t			size;
	struct timespec64	atime, mtime, ctime;
	u64			blocks;
};

#endif
