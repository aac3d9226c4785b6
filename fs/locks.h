/* SPDX-License-Identifier: MIT */
/* Between locks.c, which keeps the locks of files, and the calls that ask for them. */
#ifndef _FS_LOCKS_H
#define _FS_LOCKS_H

#include <linux/fs.h>
#include <linux/list.h>
#include <uapi/linux/fcntl.h>

#define OFFSET_MAX	LLONG_MAX

enum lock_kind {
	LOCK_FLOCK,		/* flock(): of the whole file, by an open file */
	LOCK_POSIX,		/* F_SETLK: by a process, or who shares its files */
	LOCK_OFD,		/* F_OFD_SETLK: by an open file; POSIX ones are in its way */
};

/* One that is held, or asked for. */
struct file_lock {
	struct list_head	of_inode;	/* in i_locks; locks_lock, as all of one that is held */
	struct list_head	all;		/* in all_locks */
	struct inode		*inode;
	const void		*owner;		/* file or files_struct: not counted, takes its locks along */
	pid_t			pid;		/* of the process that asked */
	enum lock_kind		kind;
	short			type;		/* F_RDLCK, F_WRLCK; asked for: or F_UNLCK */
	loff_t			start, end;	/* both are in it; OFFSET_MAX: however long it gets */
};

int lock_file(const struct file_lock *want, bool wait);
bool test_file_lock(const struct file_lock *want, struct file_lock *found);

#endif
