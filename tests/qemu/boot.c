/* SPDX-License-Identifier: MIT */
/*
 * What boot leaves behind: the kernel's map, the protections of each CPU, per-CPU bases, the CPUs
 * themselves. Asked of the page tables, control registers and MSRs, not of our copies.
 */
#include <linux/acpi.h>
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/uaccess.h>
#include <asm/cpufeature.h>
#include <asm/msr.h>
#include <asm/pgtable.h>
#include <asm/processor.h>
#include <asm/sections.h>
#include <asm/smp.h>
#include "test.h"

static int nr_leaves, nr_bad;

static bool can_read(const void *at)
{
	char byte;

	return copy_from_kernel_nofault(&byte, at, 1) == 0;
}

static bool can_write(void *at)
{
	char byte;

	return copy_from_kernel_nofault(&byte, at, 1) == 0 &&
	       copy_to_kernel_nofault(at, &byte, 1) == 0;
}

static void *alias(void *sym)
{
	return __va(__pa_symbol(sym));
}

TEST(boot, null, "", "the pages at address 0 and at the end of the address space are not mapped")
{
	expect(!can_read((void *)0));
	expect(!can_read((void *)4095));
	expect(!can_read((void *)0x200000));
	expect(!can_read((void *)-1L));
}

TEST(boot, text_ro, "", "text and constants can't be written, through neither of their addresses")
{
	expect(can_read(_stext) && !can_write(_stext));
	expect(can_read(__start_rodata) && !can_write(__start_rodata));
	expect(can_read(alias(_stext)) && !can_write(alias(_stext)));
	expect(can_read(alias(__start_rodata)) && !can_write(alias(__start_rodata)));
	expect(can_write(&nr_leaves) && can_write(alias(&nr_leaves)));
}

TEST(boot, stack_guard, "", "there is a hole under the boot stack")
{
	expect(can_read(init_stack));
	expect(!can_read((void *)((unsigned long)init_stack - 1)));
	expect(!can_read(init_stack_guard));
}

/* Every entry below @table; @rw and @nx as they accumulate from above. */
static void check_wx(pte_t *table, unsigned int shift, bool rw, bool nx)
{
	int i;

	for (i = shift == PGDIR_SHIFT ? PTRS_PER_TABLE / 2 : 0; i < PTRS_PER_TABLE; i++) {
		pte_t e = READ_ONCE(table[i]);
		bool w = rw && (e & _PAGE_RW), n = nx || (e & _PAGE_NX);

		if (!(e & _PAGE_PRESENT))
			continue;
		if (shift == PAGE_SHIFT || (e & _PAGE_PSE)) {
			nr_leaves++;
			nr_bad += w && !n;
		} else {
			check_wx(__va(e & PTE_PFN_MASK), shift - 9, w, n);
		}
	}
}

TEST(boot, wx, "", "no page of the kernel can be both written and executed")
{
	need(boot_cpu_has(X86_FEATURE_NX), "this CPU has no NX");
	nr_leaves = nr_bad = 0;
	check_wx(__va(read_cr3() & PTE_PFN_MASK), PGDIR_SHIFT, true, false);
	test_note("%d mappings", nr_leaves);
	expect(nr_leaves > 100);
	expect_eq(nr_bad, 0);
}

TEST(boot, direct_map, "", "every page of RAM is mapped where the direct map says")
{
	unsigned long pfn, bad = 0, seen = 0;

	for (pfn = 0; pfn < max_pfn; pfn++) {
		if (!pfn_valid(pfn))
			continue;
		seen++;
		bad += arch_kernel_pa((unsigned long)__va(PFN_PHYS(pfn))) != PFN_PHYS(pfn);
	}
	test_note("%lu pages", seen);
	expect(seen > 0);
	expect_eq(bad, 0);
}

static int count_missing_protections(void *unused)
{
	static const struct {
		unsigned int feature;
		unsigned long cr4;
	} table[] = {
		{ X86_FEATURE_SMEP, X86_CR4_SMEP }, { X86_FEATURE_SMAP, X86_CR4_SMAP },
		{ X86_FEATURE_UMIP, X86_CR4_UMIP }, { X86_FEATURE_PGE, X86_CR4_PGE },
	};
	int bad = !(read_cr0() & X86_CR0_WP);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		bad += boot_cpu_has(table[i].feature) && !(read_cr4() & table[i].cr4);
	bad += boot_cpu_has(X86_FEATURE_NX) && !(__rdmsr(MSR_EFER) & EFER_NX);
	return bad;
}

TEST(boot, protections, "", "WP, NX, SMEP, SMAP and UMIP are on in every CPU that has them")
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		expect_eq(test_on_cpu(cpu, count_missing_protections, NULL), 0);
}

static int check_identity(void *unused)
{
	unsigned int cpu = raw_smp_processor_id();

	return (__rdmsr(MSR_GS_BASE) != __per_cpu_offset[cpu]) +
	       (__my_cpu_offset != __per_cpu_offset[cpu]) +
	       (apicid_to_cpu(cpu_physical_id(cpu)) != (int)cpu) +
	       (per_cpu_ptr(&pcpu_hot, cpu)->current_task != current);
}

TEST(boot, percpu_base, "", "GS of every CPU leads to its own copy of the per-CPU variables")
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		expect_eq(test_on_cpu(cpu, check_identity, NULL), 0);
}

TEST(boot, all_cpus, "", "every CPU that the machine has came up")
{
	expect_eq(num_online_cpus(), min(num_present_cpus(), max(setup_max_cpus, 1u)));
}

TEST(boot, acpi, "", "ACPI tables are found by name, and only those that exist")
{
	struct acpi_table_header *t;

	need(!acpi_disabled, "no ACPI on this machine");
	expect_eq(acpi_get_table(ACPI_SIG_MADT, 0, &t), AE_OK);
	expect_eq(memcmp(t->signature, "APIC", 4), 0);
	expect_eq(acpi_get_table(ACPI_SIG_MADT, 2, &t), AE_NOT_FOUND);
	expect_eq(acpi_get_table("NONE", 0, &t), AE_NOT_FOUND);
	expect_eq(acpi_get_table(NULL, 0, &t), AE_BAD_PARAMETER);
	expect(acpi_madt.present && acpi_madt.nr_ioapics > 0);
}

TEST(boot, map_unmap, "", "a page that is mapped, protected and unmapped behaves so at once")
{
	unsigned long page = __get_free_page(GFP_KERNEL), va = VMALLOC_END - 16 * PAGE_SIZE;
	char *at = (char *)va;

	require(page);
	expect_eq(arch_map_kernel(va, __pa(page), PAGE_SIZE, ARCH_MAP_READ | ARCH_MAP_WRITE), 0);
	expect(can_write(at));
	*at = 42;
	expect_eq(*(char *)page, 42);
	expect_eq(arch_kernel_pa(va + 7), __pa(page) + 7);
	expect_eq(arch_protect_kernel(va, PAGE_SIZE, ARCH_MAP_READ), 0);
	expect(can_read(at) && !can_write(at));
	arch_unmap_kernel(va, PAGE_SIZE);
	arch_flush_kernel_range(va, va + PAGE_SIZE);
	expect(!can_read(at));
	expect_eq(arch_protect_kernel(va, PAGE_SIZE, ARCH_MAP_READ), -EFAULT);
	expect_eq(arch_kernel_pa(va), (phys_addr_t)-1);
	free_page(page);
}
