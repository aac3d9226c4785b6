/* SPDX-License-Identifier: MIT */
/*
 * How loaders find the way in: a Multiboot2 header (GRUB) and a PVH note (QEMU -kernel and light
 * VMMs). Multiboot2 Specification 2.0, "OS image format"; Xen, "x86/HVM direct boot ABI".
 */
#include <asm/page.h>
#include <asm/bootproto.h>

#define HEADER_LENGTH	(multiboot2_header_end - multiboot2_header)

	/* Must lie within the first 32 KiB of the file, on an 8-byte boundary. */
	.section .head.text, "ax"
	.balign 8
multiboot2_header:
	.long MULTIBOOT2_HEADER_MAGIC
	.long 0					/* architecture: 32-bit i386 */
	.long HEADER_LENGTH
	.long 0x100000000 - (MULTIBOOT2_HEADER_MAGIC + HEADER_LENGTH)

	.short MULTIBOOT2_HEADER_TAG_MODULE_ALIGN, 0
	.long 8

	.short MULTIBOOT2_HEADER_TAG_RELOCATABLE, 0
	.long 24
	.long KERNEL_LOAD_ADDR			/* lowest, */
	.long 0x80000000			/* highest address it may be moved to */
	.long PMD_SIZE				/* alignment: the early map is of 2 MiB pages */
	.long 1					/* as low as possible */

	.short MULTIBOOT2_HEADER_TAG_END, 0
	.long 8
multiboot2_header_end:

	.section .note.Xen, "a", @note
	.balign 4
	.long 4					/* length of the name */
	.long 8					/* length of the value */
	.long XEN_ELFNOTE_PHYS32_ENTRY
	.asciz "Xen"
	.quad pvh_start - START_KERNEL_map
	.section .note.GNU-stack, "", @progbits
