/* SPDX-License-Identifier: MIT */
/*
 * From whatever the loader left to one struct boot_info.
 *
 * Nothing the loader says is believed before it is checked: what can be done without is
 * reported and left out, and without a memory map the machine stops. Runs on the early page
 * tables, which reach the first 4 GiB; both protocols keep their structures there.
 */
#include <linux/arch.h>
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <asm/bootproto.h>
#include <asm/page.h>
#include <asm/sections.h>

#define EARLY_MAP_END	(4ULL << 30)

struct boot_info boot_info __initdata;

phys_addr_t initrd_start, initrd_end;

/**
 * boot_phys - look at memory that the loader points to
 * @pa: physical address
 * @size: bytes that will be looked at
 * @what: for the message when that is out of reach
 *
 * Return: its virtual address; NULL when the early page tables don't reach it, which is said.
 */
const void * __init boot_phys(u64 pa, u64 size, const char *what)
{
	if (!pa || pa >= EARLY_MAP_END || size > EARLY_MAP_END - pa) {
		pr_warn("boot: %s at %#llx (%llu bytes) is out of reach\n", what, pa, size);
		return NULL;
	}
	return __va(pa);
}

/**
 * boot_set_cmdline - take the command line
 * @text: it; ends at a NUL or at @size
 * @size: bytes that may be read
 */
void __init boot_set_cmdline(const char *text, u64 size)
{
	size_t len = strnlen(text, size);

	if (len >= sizeof(boot_info.cmdline)) {
		len = sizeof(boot_info.cmdline) - 1;
		pr_warn("boot: command line cut after %zu characters\n", len);
	}
	memcpy(boot_info.cmdline, text, len);
	boot_info.cmdline[len] = '\0';
}

/**
 * boot_set_initrd - take the initramfs; the first one counts
 * @start: physical address
 * @end: one past its last byte
 */
void __init boot_set_initrd(u64 start, u64 end)
{
	if (boot_info.initrd_end) {
		pr_warn("boot: module at %#llx ignored: there is an initramfs already\n", start);
		return;
	}
	boot_info.initrd_start = start;
	boot_info.initrd_end = end;
}

/**
 * boot_set_rsdp - take ACPI's root pointer
 * @rsdp: it, still to be checked
 * @size: its length
 *
 * Copied: the loader's own copy lies in memory that will be reused.
 */
void __init boot_set_rsdp(const void *rsdp, u64 size)
{
	if (size > RSDP_SIZE)
		size = RSDP_SIZE;
	memset(boot_info.rsdp, 0, RSDP_SIZE);
	memcpy(boot_info.rsdp, rsdp, size);
	boot_info.has_rsdp = true;
}

/* An initramfs that can't be whole, or that our own image lies on, is as good as none. */
static void __init check_initrd(void)
{
	u64 start = boot_info.initrd_start, end = boot_info.initrd_end;
	const char *fault = NULL;

	if (!start && !end)
		return;
	if (end <= start)
		fault = "is empty";
	else if (start < __pa_symbol(_end) && end > __pa_symbol(_text))
		fault = "overlaps the kernel";
	else if (!memmap_covers(start, end, E820_RAM))
		fault = "is truncated: it does not lie in RAM";
	if (fault) {
		pr_err("boot: initramfs [%#llx-%#llx) %s; ignored\n", start, end, fault);
		boot_info.initrd_start = boot_info.initrd_end = 0;
		return;
	}
	initrd_start = start;
	initrd_end = end;
	pr_info("boot: initramfs [%#llx-%#llx), %llu KiB\n", start, end, (end - start) >> 10);
}

/**
 * boot_parse - fill in boot_info
 *
 * Does not return without a usable memory map.
 *
 * Context: setup_arch(), early page tables, early console.
 */
void __init boot_parse(void)
{
	u64 ram;

	switch (boot_protocol) {
	case PVH_MAGIC:
		boot_parse_pvh(boot_protocol_info);
		break;
	case MULTIBOOT2_MAGIC:
		boot_parse_multiboot2(boot_protocol_info);
		break;
	default:
		pr_emerg("boot: the loader speaks neither PVH nor Multiboot2 (EAX was %#x)\n",
			 boot_protocol);
	}
	pr_info("boot: loaded by %s%s, image at %#lx\n", boot_info.loader,
		boot_protocol == PVH_MAGIC ? " (PVH)" : " (Multiboot2)", __pa_symbol(_text));
	ram = memmap_sanitize();
	memmap_print();
	if (!ram)
		pr_emerg("boot: no usable memory map from the loader; can't go on\n");
	else if (ram < MIN_RAM)
		pr_emerg("boot: %llu KiB of RAM are too little, %llu KiB are needed; can't go on\n",
			 ram >> 10, MIN_RAM >> 10);
	if (ram < MIN_RAM)
		arch_cpu_halt_forever();
	check_initrd();
}
