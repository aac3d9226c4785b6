/* SPDX-License-Identifier: MIT */
/* The PVH start structure. Xen, "x86/HVM direct boot ABI"; QEMU -kernel speaks it too. */
#include <linux/build_bug.h>
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <asm/bootproto.h>

struct hvm_start_info {
	u32	magic;			/* PVH_MAGIC */
	u32	version;		/* the memory map came with 1 */
	u32	flags;
	u32	nr_modules;
	u64	modlist_paddr;
	u64	cmdline_paddr;
	u64	rsdp_paddr;
	u64	memmap_paddr;
	u32	memmap_entries;
	u32	reserved;
};
static_assert(sizeof(struct hvm_start_info) == 56);
static_assert(offsetof(struct hvm_start_info, memmap_paddr) == 40);

struct hvm_modlist_entry {
	u64	paddr;
	u64	size;
	u64	cmdline_paddr;
	u64	reserved;
};

struct hvm_memmap_table_entry {
	u64	addr;
	u64	size;
	u32	type;			/* as E820 */
	u32	reserved;
};
static_assert(sizeof(struct hvm_memmap_table_entry) == 24);

static void __init parse_memmap(const struct hvm_start_info *info)
{
	const struct hvm_memmap_table_entry *map;
	u32 i;

	if (info->version < 1 || !info->memmap_entries)
		return;
	map = boot_phys(info->memmap_paddr, (u64)info->memmap_entries * sizeof(*map), "memory map");
	for (i = 0; map && i < info->memmap_entries; i++)
		memmap_add(map[i].addr, map[i].size, map[i].type);
}

static void __init parse_modules(const struct hvm_start_info *info)
{
	const struct hvm_modlist_entry *mod;
	u32 i;

	if (!info->nr_modules)
		return;
	mod = boot_phys(info->modlist_paddr, (u64)info->nr_modules * sizeof(*mod), "module list");
	for (i = 0; mod && i < info->nr_modules; i++)
		boot_set_initrd(mod[i].paddr, mod[i].paddr + mod[i].size);
}

/**
 * boot_parse_pvh - read the start structure
 * @pa: physical address of struct hvm_start_info
 */
void __init boot_parse_pvh(u64 pa)
{
	const struct hvm_start_info *info = boot_phys(pa, sizeof(*info), "PVH start info");
	const char *cmdline;
	const void *rsdp;

	strscpy(boot_info.loader, "a virtual machine monitor", sizeof(boot_info.loader));
	if (!info)
		return;
	if (info->magic != PVH_MAGIC) {
		pr_err("boot: PVH start info at %#llx has magic %#x, not %#x\n", pa, info->magic,
		       PVH_MAGIC);
		return;
	}
	parse_memmap(info);
	parse_modules(info);
	if (info->cmdline_paddr) {
		cmdline = boot_phys(info->cmdline_paddr, COMMAND_LINE_SIZE, "command line");
		if (cmdline)
			boot_set_cmdline(cmdline, COMMAND_LINE_SIZE);
	}
	if (info->rsdp_paddr) {
		rsdp = boot_phys(info->rsdp_paddr, RSDP_SIZE, "RSDP");
		if (rsdp)
			boot_set_rsdp(rsdp, RSDP_SIZE);
	}
}
