/* SPDX-License-Identifier: MIT */
/* What programs say to /dev/factorial besides numbers. */
#ifndef _CHARDEV_H
#define _CHARDEV_H

#include <linux/ioctl.h>
#include <linux/types.h>

struct chardev_stats {
	__u32 interrupts;
	__u32 lost;		/* results that found the ring full */
};

#define CHARDEV_GET_STATS	_IOR('F', 1, struct chardev_stats)
#define CHARDEV_RESET_STATS	_IO('F', 2)

#endif
