/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOCKDEP_TYPES_H
#define _LINUX_LOCKDEP_TYPES_H

/* One per place that initialises locks: all locks from there are of one class. */
struct lock_class_key {
	char unused;
};

struct lockdep_map {
	const char		*name;
	struct lock_class_key	*key;
};

#endif
