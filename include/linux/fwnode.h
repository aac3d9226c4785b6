/* SPDX-License-Identifier: MIT */
/* A name for a piece of firmware or hardware that a domain of interrupt numbers belongs to. */
#ifndef _LINUX_FWNODE_H
#define _LINUX_FWNODE_H

#include <linux/types.h>

struct fwnode_operations;
struct device;

struct fwnode_handle {
	struct fwnode_handle		*secondary;
	const struct fwnode_operations	*ops;	/* says of which kind it is; compared only */
	struct device			*dev;
	u8				flags;
};

struct fwnode_operations {
	const char *(*get_name)(const struct fwnode_handle *fwnode);
};

#endif
