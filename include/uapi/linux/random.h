/* SPDX-License-Identifier: MIT */
/* What programs ask of /dev/random and getrandom(). */
#ifndef _UAPI_LINUX_RANDOM_H
#define _UAPI_LINUX_RANDOM_H

#include <linux/types.h>
#include <linux/ioctl.h>

#define RNDGETENTCNT	_IOR('R', 0x00, int)	/* how many bits of entropy there are */
#define RNDADDTOENTCNT	_IOW('R', 0x01, int)	/* what was written is worth so many */
#define RNDGETPOOL	_IOR('R', 0x02, int [2])
#define RNDADDENTROPY	_IOW('R', 0x03, int [2])	/* struct rand_pool_info */
#define RNDZAPENTCNT	_IO('R', 0x04)
#define RNDCLEARPOOL	_IO('R', 0x06)
#define RNDRESEEDCRNG	_IO('R', 0x07)

struct rand_pool_info {
	int	entropy_count;	/* bits */
	int	buf_size;	/* bytes */
	__u32	buf[];
};

/* getrandom() */
#define GRND_NONBLOCK	0x0001
#define GRND_RANDOM	0x0002
#define GRND_INSECURE	0x0004

#endif
