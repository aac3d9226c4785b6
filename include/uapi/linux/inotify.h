/* SPDX-License-Identifier: MIT */
/* What happens to files, as an inotify file tells of it. */
#ifndef _UAPI_LINUX_INOTIFY_H
#define _UAPI_LINUX_INOTIFY_H

#include <linux/types.h>
#include <uapi/linux/fcntl.h>

struct inotify_event {
	__s32	wd;		/* -1: of IN_Q_OVERFLOW */
	__u32	mask;
	__u32	cookie;		/* the same for both of a move */
	__u32	len;		/* of name, with zeroes behind it; 0: there is none */
	char	name[];
};

#define IN_ACCESS		0x00000001
#define IN_MODIFY		0x00000002
#define IN_ATTRIB		0x00000004
#define IN_CLOSE_WRITE		0x00000008
#define IN_CLOSE_NOWRITE	0x00000010
#define IN_OPEN			0x00000020
#define IN_MOVED_FROM		0x00000040
#define IN_MOVED_TO		0x00000080
#define IN_CREATE		0x00000100
#define IN_DELETE		0x00000200
#define IN_DELETE_SELF		0x00000400
#define IN_MOVE_SELF		0x00000800
#define IN_ALL_EVENTS		0x00000fff

/* Told unasked. */
#define IN_UNMOUNT		0x00002000
#define IN_Q_OVERFLOW		0x00004000	/* what came then is lost */
#define IN_IGNORED		0x00008000	/* the watch is gone */
#define IN_ISDIR		0x40000000

/* Of inotify_add_watch(). */
#define IN_ONLYDIR		0x01000000
#define IN_DONT_FOLLOW		0x02000000
#define IN_EXCL_UNLINK		0x04000000	/* nothing of files in it that were removed */
#define IN_MASK_CREATE		0x10000000	/* -EEXIST if there is a watch */
#define IN_MASK_ADD		0x20000000	/* in addition to what it watches */
#define IN_ONESHOT		0x80000000

#define IN_CLOEXEC		O_CLOEXEC
#define IN_NONBLOCK		O_NONBLOCK

#endif
