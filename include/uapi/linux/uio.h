/* SPDX-License-Identifier: MIT */
/* Pieces of memory, for readv() and its like. */
#ifndef _UAPI_LINUX_UIO_H
#define _UAPI_LINUX_UIO_H

#include <linux/types.h>

struct iovec {
	void __user	*iov_base;
	size_t		iov_len;
};

#define UIO_FASTIOV	8
#define UIO_MAXIOV	1024

#endif
