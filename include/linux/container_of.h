/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CONTAINER_OF_H
#define _LINUX_CONTAINER_OF_H

#include <linux/build_bug.h>
#include <linux/compiler_types.h>
#include <linux/stddef.h>

/* The structure of @type that @ptr, its @member, lies in. */
#define container_of(ptr, type, member)					\
({	_Static_assert(__same_type(*(ptr), ((type *)0)->member) ||	\
		       __same_type(*(ptr), void),			\
		       "container_of: pointer and member differ in type"); \
	(type *)((char *)(ptr) - offsetof(type, member)); })

#define container_of_const(ptr, type, member)				\
	_Generic(ptr,							\
		const typeof(*(ptr)) *: (const type *)container_of(ptr, type, member), \
		default: container_of(ptr, type, member))

#endif
