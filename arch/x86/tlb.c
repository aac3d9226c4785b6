/* SPDX-License-Identifier: MIT */
/*
 * User address spaces on a CPU: which one is loaded, and no stale translation of it anywhere.
 *
 * mm_cpumask() has every CPU that may have translations of an address space. A CPU enters itself
 * before it loads CR3, and leaves when it loads another one. A flush changes the page table first,
 * then looks at the mask:
 *
 *	switch			flush
 *	set bit in the mask	change the entry
 *	load CR3 (serialises)	full barrier
 *	walk: new entry		read the mask: tell those
 *
 * A CPU that has an address space only on loan (a kernel thread runs) does not flush but lets go
 * of it, so that it is told once and no more, and walks no table that is about to be freed.
 *
 * Intel SDM Vol. 3, "Invalidation of TLBs and Paging-Structure Caches". INVLPG also drops what is
 * cached of the upper levels.
 */
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/gfp.h>
#include <linux/hardirq.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <asm/hw_irq.h>
#include <asm/msr.h>
#include <asm/pgtable.h>
#include <asm/proto.h>

/* More pages than this, and loading CR3 anew is cheaper than page by page. */
#define FLUSH_SINGLE_MAX	32

/* What CR3 holds. Own CPU's, interrupts off. */
static DEFINE_PER_CPU(struct mm_struct *, loaded_mm) = &init_mm;

/* See <linux/arch.h>. Context: interrupts off. */
void arch_switch_mm(struct mm_struct *next)
{
	struct mm_struct *prev = this_cpu_read(loaded_mm);
	unsigned int cpu = raw_smp_processor_id();

	lockdep_assert_irqs_disabled();
	if (prev == next)
		return;
	if (next != &init_mm)
		cpumask_set_cpu(cpu, mm_cpumask(next));
	this_cpu_write(loaded_mm, next);
	write_cr3(__pa(next->pgd));
	if (prev != &init_mm)
		cpumask_clear_cpu(cpu, mm_cpumask(prev));
}

/* tlb_cpu_init - this CPU comes up, perhaps again, with the kernel's page table. Interrupts off. */
void tlb_cpu_init(void)
{
	struct mm_struct *old = this_cpu_read(loaded_mm);

	this_cpu_write(loaded_mm, &init_mm);
	if (old != &init_mm)
		cpumask_clear_cpu(raw_smp_processor_id(), mm_cpumask(old));
}

struct user_flush {
	struct mm_struct	*mm;
	unsigned long		start, end;
};

/* Interrupts off. */
static void flush_here(void *info)
{
	const struct user_flush *flush = info;
	unsigned long va;

	if (in_hardirq())	/* another CPU's message */
		inc_irq_stat(irq_tlb_count);
	if (this_cpu_read(loaded_mm) != flush->mm)
		return;
	if (current->mm != flush->mm) {
		arch_switch_mm(&init_mm);
	} else if ((flush->end - flush->start) >> PAGE_SHIFT > FLUSH_SINGLE_MAX) {
		write_cr3(read_cr3());
	} else {
		for (va = flush->start; va < flush->end; va += PAGE_SIZE)
			__asm__ __volatile__("invlpg (%0)" : : "r" (va) : "memory");
	}
}

/* See <linux/arch.h>. Context: interrupts on; spin locks may be held. */
void arch_flush_user_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct user_flush flush = { mm, start, end };
	unsigned long flags;
	unsigned int cpu;

	lockdep_assert_irqs_enabled();
	smp_mb();		/* the entries are changed before the mask is read */
	cpu = get_cpu();
	if (cpumask_test_cpu(cpu, mm_cpumask(mm))) {
		local_irq_save(flags);
		flush_here(&flush);
		local_irq_restore(flags);
	}
	if (cpumask_any_but(mm_cpumask(mm), cpu) < nr_cpu_ids)
		smp_call_function_many(mm_cpumask(mm), flush_here, &flush, true);
	put_cpu();
}

/* See <linux/arch.h>. The upper half is the kernel's, whose entries never change. */
pte_t *arch_pgd_alloc(void)
{
	pte_t *pgd = (pte_t *)get_zeroed_page(GFP_KERNEL);

	if (pgd)
		memcpy(pgd + PTRS_PER_TABLE / 2, kernel_pgd + PTRS_PER_TABLE / 2, PAGE_SIZE / 2);
	return pgd;
}

void arch_pgd_free(pte_t *pgd)
{
	free_page((unsigned long)pgd);
}

/* See <linux/mm.h>. x86 knows no write without read, and no page for execution alone. */
pgprot_t vm_get_page_prot(unsigned long vm_flags)
{
	u64 prot = _PAGE_PRESENT | _PAGE_USER | _PAGE_ACCESSED | _PAGE_NX;

	if (!(vm_flags & VM_ACCESS_FLAGS))
		return (pgprot_t) { _PAGE_PROTNONE };
	if (vm_flags & VM_WRITE)
		prot |= _PAGE_RW;
	if (vm_flags & VM_EXEC)
		prot &= ~_PAGE_NX;
	return (pgprot_t) { prot };
}
