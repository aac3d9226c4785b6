/* SPDX-License-Identifier: MIT */
/* Flags of open() and of the calls that take a directory and a name; what fcntl() does. */
#ifndef _UAPI_LINUX_FCNTL_H
#define _UAPI_LINUX_FCNTL_H

#define O_ACCMODE	00000003
#define O_RDONLY	00000000
#define O_WRONLY	00000001
#define O_RDWR		00000002
#define O_CREAT		00000100
#define O_EXCL		00000200
#define O_NOCTTY	00000400
#define O_TRUNC		00001000
#define O_APPEND	00002000
#define O_NONBLOCK	00004000
#define O_NDELAY	O_NONBLOCK
#define O_DSYNC		00010000
#define FASYNC		00020000
#define O_DIRECT	00040000
#define O_LARGEFILE	00100000
#define O_DIRECTORY	00200000
#define O_NOFOLLOW	00400000
#define O_NOATIME	01000000
#define O_CLOEXEC	02000000
#define O_SYNC		(04000000 | O_DSYNC)
#define O_PATH		010000000

#define AT_FDCWD		-100
#define AT_SYMLINK_NOFOLLOW	0x100
#define AT_REMOVEDIR		0x200
#define AT_SYMLINK_FOLLOW	0x400
#define AT_EMPTY_PATH		0x1000
#define AT_EACCESS		0x200
#define AT_NO_AUTOMOUNT		0x800
#define AT_STATX_SYNC_TYPE	0x6000

#define F_DUPFD			0
#define F_GETFD			1
#define F_SETFD			2
#define F_GETFL			3
#define F_SETFL			4
#define F_GETLK			5
#define F_SETLK			6
#define F_SETLKW		7
#define F_SETOWN		8
#define F_GETOWN		9
#define F_OFD_GETLK		36
#define F_OFD_SETLK		37
#define F_OFD_SETLKW		38
#define F_DUPFD_CLOEXEC		1030
#define F_ADD_SEALS		1033
#define F_GET_SEALS		1034
#define FD_CLOEXEC		1

/* What F_SETLK and its like are about. */
#define F_RDLCK			0
#define F_WRLCK			1
#define F_UNLCK			2
struct flock {
	short	l_type;
	short	l_whence;	/* what l_start counts from: SEEK_* */
	long	l_start;
	long	l_len;		/* 0: to the end, wherever that is */
	int	l_pid;
};

/* What is not done to a file any more. */
#define F_SEAL_SEAL		0x0001	/* to set more of these */
#define F_SEAL_SHRINK		0x0002
#define F_SEAL_GROW		0x0004
#define F_SEAL_WRITE		0x0008
#define F_SEAL_FUTURE_WRITE	0x0010	/* but by mappings that are there */
#define F_ALL_SEALS \
	(F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)

#define LOCK_SH			1
#define LOCK_EX			2
#define LOCK_NB			4
#define LOCK_UN			8

#define RENAME_NOREPLACE	1
#define RENAME_EXCHANGE		2
#define RENAME_WHITEOUT		4

#define POSIX_FADV_NOREUSE	5

#endif
