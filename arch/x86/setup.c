/* SPDX-License-Identifier: MIT */
/*
 * The machine's part of the boot: what there is, told to the core.
 */
#include <linux/acpi.h>
#include <linux/arch.h>
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <asm/bootproto.h>
#include <asm/cpufeature.h>
#include <asm/pgtable.h>
#include <asm/sections.h>
#include <asm/setup.h>
#include <asm/smp.h>

#define LOW_MEMORY_END	(1UL << 20)

/* RAM to memblock, without what is in use already. */
static void __init setup_memory(void)
{
	const struct boot_mem *m;
	phys_addr_t start, end;

	for (m = boot_info.mem; m < boot_info.mem + boot_info.nr_mem; m++) {
		start = PFN_PHYS(PFN_UP(m->start));
		end = min_t(u64, PFN_PHYS(PFN_DOWN(m->end)), DIRECT_MAP_END - PAGE_OFFSET);
		if (m->type != E820_RAM || start >= end)
			continue;
		memblock_add(start, end - start);
		max_pfn = max_t(unsigned long, max_pfn, PHYS_PFN(end));
	}

	/* BIOS data, what firmware scribbles on in system management mode, and the trampoline. */
	memblock_reserve(0, LOW_MEMORY_END);
	memblock_reserve(__pa_symbol(_text), _end - _text);
	if (initrd_end) {
		start = PFN_PHYS(PFN_DOWN(initrd_start));
		memblock_reserve(start, PFN_PHYS(PFN_UP(initrd_end)) - start);
	}
}

/**
 * setup_arch - learn about the machine, and set up its memory
 *
 * See <linux/arch.h>. Everything the loader left in memory that is not reserved has been
 * copied or used when this returns.
 */
void __init setup_arch(void)
{
	boot_parse();
	strscpy(boot_command_line, boot_info.cmdline, COMMAND_LINE_SIZE);
	cpu_features_init();
	parse_early_param();

	setup_memory();
	kernel_map_init();

	acpi_boot_init();
	smp_find_cpus();
	smp_reserve_trampoline();
}
