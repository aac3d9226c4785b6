/* SPDX-License-Identifier: MIT */
/*
 * The physical memory map, as firmware tells it: in any order, and sometimes with overlaps.
 *
 * Entries are collected with memmap_add() and then made sorted and disjoint once. Where two
 * overlap, the higher type wins: memory that one entry calls RAM and another calls
 * reserved is not RAM. ACPI 6.5, "System Address Map Interfaces".
 */
#include <linux/init.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <asm/bootproto.h>

static struct boot_mem raw[BOOT_MAX_MEM] __initdata;

/**
 * memmap_add - note one entry of the firmware's map
 * @start: physical address
 * @size: bytes
 * @type: E820_*; one that is not known means reserved
 */
void __init memmap_add(u64 start, u64 size, u32 type)
{
	u64 end = start + size;

	if (!size)
		return;
	if (end < start)
		end = ~0ULL;
	if (type < E820_RAM || type > E820_UNUSABLE)
		type = E820_RESERVED;
	if (boot_info.nr_mem == BOOT_MAX_MEM) {
		pr_warn_once("boot: memory map has more than %d entries\n", BOOT_MAX_MEM);
		return;
	}
	raw[boot_info.nr_mem++] = (struct boot_mem){ start, end, type };
}

/* The type of the memory from @at up to the next bound, which goes to @next; 0 for a hole. */
static u32 __init type_at(u64 at, u32 nr, u64 *next)
{
	u32 i, type = 0;

	*next = ~0ULL;
	for (i = 0; i < nr; i++) {
		if (raw[i].start > at)
			*next = min(*next, raw[i].start);
		else if (raw[i].end > at) {
			*next = min(*next, raw[i].end);
			type = max(type, raw[i].type);
		}
	}
	return type;
}

/**
 * memmap_sanitize - turn what was noted into the sorted, disjoint map of boot_info
 *
 * Return: bytes of RAM in it.
 */
u64 __init memmap_sanitize(void)
{
	struct boot_mem *out = boot_info.mem;
	u64 at, next, ram = 0;
	u32 type, n = 0, nr = boot_info.nr_mem;

	for (at = 0; at != ~0ULL; at = next) {
		type = type_at(at, nr, &next);
		if (!type)
			continue;
		if (type == E820_RAM)
			ram += next - at;
		if (n && out[n - 1].end == at && out[n - 1].type == type)
			out[n - 1].end = next;
		else
			out[n++] = (struct boot_mem){ at, next, type };
	}
	boot_info.nr_mem = n;
	return ram;
}

/**
 * memmap_covers - is all of a range memory of one type?
 * @start: physical address
 * @end: one past its last byte
 * @type: E820_*
 */
bool __init memmap_covers(u64 start, u64 end, u32 type)
{
	u32 i;

	/* Neighbours of one type are one entry. */
	for (i = 0; i < boot_info.nr_mem; i++)
		if (boot_info.mem[i].start <= start && boot_info.mem[i].end >= end)
			return boot_info.mem[i].type == type;
	return false;
}

/** memmap_print - the map, in the log */
void __init memmap_print(void)
{
	static const char * const names[] __initconst = {
		[E820_RAM] = "usable", [E820_RESERVED] = "reserved", [E820_ACPI] = "ACPI data",
		[E820_NVS] = "ACPI NVS", [E820_UNUSABLE] = "unusable",
	};
	const struct boot_mem *m;

	for (m = boot_info.mem; m < boot_info.mem + boot_info.nr_mem; m++)
		pr_info("boot: [mem %#018llx-%#018llx] %s\n", m->start, m->end - 1, names[m->type]);
}
