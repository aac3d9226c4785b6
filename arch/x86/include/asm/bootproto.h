/* SPDX-License-Identifier: MIT */
/*
 * What loaders hand over. Multiboot2 Specification 2.0, "Boot information format"; Xen,
 * "x86/HVM direct boot ABI" (struct hvm_start_info).
 *
 * Both are turned into one struct boot_info by boot_parse(), and nothing else looks at them.
 */
#ifndef _ASM_X86_BOOTPROTO_H
#define _ASM_X86_BOOTPROTO_H

#define MULTIBOOT2_HEADER_MAGIC			0xe85250d6
#define MULTIBOOT2_HEADER_TAG_END		0
#define MULTIBOOT2_HEADER_TAG_MODULE_ALIGN	6
#define MULTIBOOT2_HEADER_TAG_RELOCATABLE	10
#define MULTIBOOT2_MAGIC			0x36d76289	/* in EAX at entry */

#define XEN_ELFNOTE_PHYS32_ENTRY		18
#define PVH_MAGIC				0x336ec578	/* first word of hvm_start_info */

#ifndef __ASSEMBLER__
#include <linux/types.h>
#include <asm/setup.h>

/* Kinds of memory, numbered as the BIOS's E820 call and both protocols do. */
#define E820_RAM		1
#define E820_RESERVED		2
#define E820_ACPI		3	/* tables */
#define E820_NVS		4
#define E820_UNUSABLE		5

struct boot_mem {
	u64	start;
	u64	end;			/* one past the last byte */
	u32	type;			/* E820_* */
};

#define BOOT_MAX_MEM		128
#define RSDP_SIZE		36

/* What setup_arch() knows about the machine, whoever loaded us. */
struct boot_info {
	char		loader[64];	/* name, for the log */
	u32		nr_mem;		/* sorted by address and disjoint */
	struct boot_mem	mem[2 * BOOT_MAX_MEM];
	u64		initrd_start;	/* physical; 0, 0 without one */
	u64		initrd_end;
	bool		has_rsdp;	/* else look for it where a BIOS leaves it */
	u8		rsdp[RSDP_SIZE];
	char		cmdline[COMMAND_LINE_SIZE];
};

extern struct boot_info boot_info;

/* What the trampoline left: protocol magic and the physical address of its structure. */
extern u32 boot_protocol;
extern u32 boot_protocol_info;

void boot_parse(void);
void boot_parse_pvh(u64 pa);
void boot_parse_multiboot2(u64 pa);

const void *boot_phys(u64 pa, u64 size, const char *what);
void boot_set_cmdline(const char *text, u64 size);
void boot_set_initrd(u64 start, u64 end);
void boot_set_rsdp(const void *rsdp, u64 size);

void memmap_add(u64 start, u64 size, u32 type);
#define MIN_RAM		(8ULL << 20)	/* the kernel can't run in less */
u64 memmap_sanitize(void);
bool memmap_covers(u64 start, u64 end, u32 type);
void memmap_print(void);

#endif
#endif
