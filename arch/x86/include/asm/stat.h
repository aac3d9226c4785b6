/* SPDX-License-Identifier: MIT */
/* What stat() fills in for 64-bit programs: System V ABI, AMD64, as Linux has it. */
#ifndef _ASM_X86_STAT_H
#define _ASM_X86_STAT_H

#include <linux/types.h>

struct stat {
	unsigned long	st_dev;
	unsigned long	st_ino;
	unsigned long	st_nlink;
	unsigned int	st_mode;
	unsigned int	st_uid;
	unsigned int	st_gid;
	unsigned int	__pad0;
	unsigned long	st_rdev;
	long		st_size;
	long		st_blksize;
	long		st_blocks;		/* of 512 bytes */
	unsigned long	st_atime, st_atime_nsec;
	unsigned long	st_mtime, st_mtime_nsec;
	unsigned long	st_ctime, st_ctime_nsec;
	long		__unused[3];
};

#endif
