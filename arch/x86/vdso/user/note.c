/* SPDX-License-Identifier: MIT */
/* The kernel's version, where the dynamic linker looks for it: System V gABI, "Note Section". */
#include <linux/types.h>
#include <linux/version.h>

static const struct {
	u32	name_size, size, type;
	char	name[8];
	u32	version;
} version_note __attribute__((used, aligned(4), section(".note.Linux"))) = {
	.name_size = sizeof("Linux"), .size = sizeof(u32), .type = 0,
	.name = "Linux", .version = LINUX_VERSION_CODE,
};
