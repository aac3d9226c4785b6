/* SPDX-License-Identifier: MIT */
/* The archive that a boot loader hands over, unpacked into the root file system. */
#ifndef _LINUX_INITRD_H
#define _LINUX_INITRD_H

#include <linux/types.h>

/* initrd_start and initrd_end, physical: linux/arch.h */
void populate_rootfs(void);
int unpack_to_rootfs(const char *buf, size_t len);

#endif
