/* SPDX-License-Identifier: MIT */
/* The result of a call, and why it failed. */
#ifndef _TESTS_USER_SHOW_H
#define _TESTS_USER_SHOW_H

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define SHOW(call)							\
do {									\
	long ret;							\
									\
	errno = 0;							\
	ret = (long)(call);						\
	printf("%s: %ld %s\n", #call, ret, strerror(errno));		\
} while (0)

#endif
