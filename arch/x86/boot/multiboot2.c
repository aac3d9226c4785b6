/* SPDX-License-Identifier: MIT */
/*
 * The Multiboot2 information structure: a list of tags. Multiboot2 Specification 2.0, "Boot
 * information format".
 */
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <asm/bootproto.h>

#define MB2_TAG_END		0
#define MB2_TAG_CMDLINE		1
#define MB2_TAG_LOADER_NAME	2
#define MB2_TAG_MODULE		3
#define MB2_TAG_BASIC_MEMINFO	4
#define MB2_TAG_MMAP		6
#define MB2_TAG_ACPI_OLD	14
#define MB2_TAG_ACPI_NEW	15
#define MB2_TAG_ALIGN		8
#define MB2_MAX_SIZE		(16u << 20)

struct mb2_info {
	u32	total_size;
	u32	reserved;
};

struct mb2_tag {
	u32	type;			/* MB2_TAG_* */
	u32	size;			/* with this header, without padding */
	u8	data[];
};
#define TAG_PAYLOAD(tag)	((tag)->size - sizeof(struct mb2_tag))

struct mb2_module {
	u32	start;
	u32	end;
	char	cmdline[];
};

struct mb2_meminfo {
	u32	lower_kib;		/* from 0 */
	u32	upper_kib;		/* from 1 MiB */
};

struct mb2_mmap {
	u32	entry_size;
	u32	entry_version;
	u8	entries[];
};

struct mb2_mmap_entry {
	u64	addr;
	u64	len;
	u32	type;			/* as E820 */
	u32	reserved;
};

/* Smallest payload that a tag of each kind we read may have. */
static const u8 min_payload[] __initconst = {
	[MB2_TAG_CMDLINE]	= 1,
	[MB2_TAG_LOADER_NAME]	= 1,
	[MB2_TAG_MODULE]	= sizeof(struct mb2_module),
	[MB2_TAG_BASIC_MEMINFO]	= sizeof(struct mb2_meminfo),
	[MB2_TAG_MMAP]		= sizeof(struct mb2_mmap),
	[MB2_TAG_ACPI_OLD]	= 20,
	[MB2_TAG_ACPI_NEW]	= RSDP_SIZE,
};

static void __init parse_mmap(const struct mb2_tag *tag)
{
	const struct mb2_mmap *map = (const void *)tag->data;
	u32 left = TAG_PAYLOAD(tag) - sizeof(*map);
	const u8 *p = map->entries;

	if (map->entry_size < sizeof(struct mb2_mmap_entry)) {
		pr_err("boot: memory map with entries of %u bytes\n", map->entry_size);
		return;
	}
	for (; left >= map->entry_size; left -= map->entry_size, p += map->entry_size) {
		const struct mb2_mmap_entry *e = (const void *)p;

		memmap_add(e->addr, e->len, e->type);
	}
}

static void __init parse_tag(const struct mb2_tag *tag)
{
	const struct mb2_module *mod = (const void *)tag->data;

	switch (tag->type) {
	case MB2_TAG_CMDLINE:
		boot_set_cmdline((const char *)tag->data, TAG_PAYLOAD(tag));
		break;
	case MB2_TAG_LOADER_NAME:
		strscpy(boot_info.loader, (const char *)tag->data,
			TAG_PAYLOAD(tag) < sizeof(boot_info.loader) ? TAG_PAYLOAD(tag) :
								      sizeof(boot_info.loader));
		break;
	case MB2_TAG_MODULE:
		boot_set_initrd(mod->start, mod->end);
		break;
	case MB2_TAG_MMAP:
		parse_mmap(tag);
		break;
	case MB2_TAG_ACPI_OLD:
		/* A loader that knows both sends both, in either order: the newer one wins. */
		if (!boot_info.has_rsdp)
			boot_set_rsdp(tag->data, TAG_PAYLOAD(tag));
		break;
	case MB2_TAG_ACPI_NEW:
		boot_set_rsdp(tag->data, TAG_PAYLOAD(tag));
		break;
	}
}

/**
 * boot_parse_multiboot2 - read the tags
 * @pa: physical address of the information structure
 */
void __init boot_parse_multiboot2(u64 pa)
{
	const struct mb2_info *info = boot_phys(pa, sizeof(*info), "Multiboot2 information");
	const struct mb2_meminfo *basic = NULL;
	u32 off, total;

	strscpy(boot_info.loader, "an unnamed loader", sizeof(boot_info.loader));
	if (!info)
		return;
	total = info->total_size;
	if (total < sizeof(*info) || total > MB2_MAX_SIZE) {
		pr_err("boot: Multiboot2 information of %u bytes\n", total);
		return;
	}
	for (off = sizeof(*info); off + sizeof(struct mb2_tag) <= total;) {
		const struct mb2_tag *tag = (const void *)((const u8 *)info + off);

		if (tag->type == MB2_TAG_END)
			break;
		if (tag->size < sizeof(*tag) || tag->size > total - off ||
		    (tag->type < sizeof(min_payload) && TAG_PAYLOAD(tag) < min_payload[tag->type])) {
			pr_err("boot: Multiboot2 tag %u at %u has bad size %u; rest ignored\n",
			       tag->type, off, tag->size);
			break;
		}
		if (tag->type == MB2_TAG_BASIC_MEMINFO)
			basic = (const void *)tag->data;
		parse_tag(tag);
		off += (tag->size + MB2_TAG_ALIGN - 1) & ~(u32)(MB2_TAG_ALIGN - 1);
	}
	if (!boot_info.nr_mem && basic) {
		pr_warn("boot: no memory map; using the sizes below and above 1 MiB instead\n");
		memmap_add(0, (u64)basic->lower_kib << 10, E820_RAM);
		memmap_add(1 << 20, (u64)basic->upper_kib << 10, E820_RAM);
	}
}
