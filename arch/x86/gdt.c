/* SPDX-License-Identifier: MIT */
/*
 * Segments, the task state segment, and the stacks that it names: one set per CPU.
 *
 * Long mode ignores segment bases and limits; what is left of the GDT are the privilege
 * levels and the TSS. The TSS holds no task: it only tells the CPU which stack to take
 * for which exception (SDM Vol. 3, "64-Bit Task State Segment").
 *
 * A stack of its own have the exceptions that may come when the one in use can't be trusted:
 * double fault (it may be full), NMI, debug and machine check (they may hit before
 * the entry code has set anything up).
 */
#include <linux/arch.h>
#include <linux/kernel.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/percpu-defs.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <asm/current.h>
#include <asm/desc.h>
#include <asm/msr.h>
#include <asm/page.h>
#include <asm/segment.h>
#include <asm/traps.h>
#include <asm/user.h>
#include <asm/vdso.h>

/* SDM Vol. 3, "Segment Descriptors": present, code or data, accessed; L = 64-bit, G and D set. */
#define SEG_CODE64(dpl)		(0x00af9b000000ffffULL | (u64)(dpl) << 45)
#define SEG_CODE32(dpl)		(0x00cf9b000000ffffULL | (u64)(dpl) << 45)
#define SEG_DATA(dpl)		(0x00cf93000000ffffULL | (u64)(dpl) << 45)
#define SEG_LIMIT_USER		(0x0040f10000000000ULL)		/* in bytes; to be looked at alone */
#define SEG_TSS_AVAILABLE	(0x0000890000000000ULL)

#define SEG_BASE_LIMIT(base, limit)					\
	(((u64)(base) & 0xffffff) << 16 | ((u64)(base) >> 24 & 0xff) << 56 | \
	 ((u64)(limit) & 0xffff) | ((u64)(limit) >> 16 & 0xf) << 48)

/* Own CPU's; the template is constant, so that a new CPU's copy is right from the start. */
static DEFINE_PER_CPU_ALIGNED(u64[GDT_ENTRIES], cpu_gdt) = {
	[GDT_ENTRY_KERNEL32_CS]	= SEG_CODE32(0),
	[GDT_ENTRY_KERNEL_CS]	= SEG_CODE64(0),
	[GDT_ENTRY_KERNEL_DS]	= SEG_DATA(0),
	[GDT_ENTRY_USER32_CS]	= SEG_CODE32(3),
	[GDT_ENTRY_USER_DS]	= SEG_DATA(3),
	[GDT_ENTRY_USER_CS]	= SEG_CODE64(3),
};

DEFINE_PER_CPU_ALIGNED(struct x86_tss, cpu_tss) = {
	.io_bitmap_base	= sizeof(struct x86_tss),	/* beyond the limit: no port for user mode */
};

/* Counted below zero while frames are on it; entry.S writes it. See irq_stack_deepest(). */
DEFINE_PER_CPU(u32, irq_depth_max);

/**
 * cpu_stack_name - what a back-trace calls a stack
 * @which: one of CPU_STACK_*
 */
const char *cpu_stack_name(enum cpu_stack which)
{
	static const char *const names[NR_CPU_STACKS] = { "IRQ", "#DF", "NMI", "#DB", "#MC" };

	return names[which];
}

/**
 * cpu_stack_of - tell which stack an address lies in, its guard page included
 * @addr: any address
 * @cpu: set to the CPU that owns the stack
 * @which: set to the stack
 *
 * Return: false when @addr is in no CPU's interrupt or exception stack.
 */
bool cpu_stack_of(unsigned long addr, unsigned int *cpu, enum cpu_stack *which)
{
	unsigned long off = addr - CPU_STACKS_BASE, in_cpu = off % CPU_STACKS_STRIDE;
	unsigned long slot = in_cpu / CPU_STACK_SLOT;

	if (off >= NR_CPUS * CPU_STACKS_STRIDE || slot >= NR_CPU_STACKS)
		return false;
	*cpu = off / CPU_STACKS_STRIDE;
	*which = (enum cpu_stack)slot;
	return cpu_stack_top(*cpu, *which) - addr <= cpu_stack_size(*which) + PAGE_SIZE;
}

/**
 * cpu_has_stacks - whether a CPU's interrupt and exception stacks are mapped
 * @cpu: below NR_CPUS
 */
bool cpu_has_stacks(unsigned int cpu)
{
	return cpu_possible(cpu) && READ_ONCE(per_cpu(pcpu_hot, cpu).hardirq_stack);
}

/**
 * irq_stack_deepest - most interrupt frames ever stacked on one CPU
 * @cpu: a CPU that is or was online
 *
 * Counts every interrupt and softirq run that had not returned at the same time.
 */
u32 irq_stack_deepest(unsigned int cpu)
{
	return READ_ONCE(per_cpu(irq_depth_max, cpu));
}

static int map_stack(unsigned int cpu, enum cpu_stack which)
{
	unsigned long size = cpu_stack_size(which), va = cpu_stack_top(cpu, which) - size;
	phys_addr_t pa;

	if (slab_is_available()) {
		unsigned long page = __get_free_pages(GFP_ATOMIC | __GFP_ZERO, get_order(size));

		if (!page)
			return -ENOMEM;
		pa = __pa(page);
	} else {
		pa = memblock_phys_alloc(size, PAGE_SIZE);
		if (!pa)
			return -ENOMEM;
	}
	return arch_map_kernel(va, pa, size, ARCH_MAP_READ | ARCH_MAP_WRITE);
}

/**
 * cpu_stacks_alloc - give a CPU its interrupt and exception stacks
 * @cpu: the CPU, before it runs cpu_desc_init()
 *
 * The stacks stay for good: a CPU that comes a second time finds them.
 *
 * Context: boot, or the CPU that starts @cpu; one caller at a time.
 * Return: 0; -ENOMEM.
 */
int cpu_stacks_alloc(unsigned int cpu)
{
	struct x86_tss *tss = per_cpu_ptr(&cpu_tss, cpu);
	struct pcpu_hot *hot = per_cpu_ptr(&pcpu_hot, cpu);
	int which, ret;

	if (hot->hardirq_stack)
		return 0;
	for (which = 0; which < NR_CPU_STACKS; which++) {
		ret = map_stack(cpu, which);
		if (ret)
			return ret;
		if (which != CPU_STACK_IRQ)
			tss->ist[which - 1] = cpu_stack_top(cpu, which);
	}
	/* The entry code pushes one word first: then the ABI's 16-byte alignment holds. */
	hot->hardirq_stack = cpu_stack_top(cpu, CPU_STACK_IRQ) - 8;
	return 0;
}

DEFINE_PER_CPU(bool, tls_loaded);

/* load_tls - the running task's three entries into this CPU's GDT. Interrupts off. */
void load_tls(const struct thread_struct *t)
{
	u64 *gdt = this_cpu_ptr(cpu_gdt) + GDT_ENTRY_TLS_MIN;
	unsigned int i;

	for (i = 0; i < GDT_TLS_ENTRIES; i++)
		gdt[i] = t->tls[i];
	raw_cpu_write(tls_loaded, t->has_tls);
}

static void load_gdt(unsigned int cpu)
{
	u64 *gdt = per_cpu(cpu_gdt, cpu);
	unsigned long tss = (unsigned long)per_cpu_ptr(&cpu_tss, cpu);
	struct desc_ptr ptr = { sizeof(cpu_gdt) - 1, (unsigned long)gdt };

	gdt[GDT_ENTRY_TSS] = SEG_TSS_AVAILABLE | SEG_BASE_LIMIT(tss, sizeof(struct x86_tss) - 1);
	gdt[GDT_ENTRY_TSS + 1] = tss >> 32;
	/* The node, above the CPU's number, is 0: there is one. */
	static_assert(NR_CPUS <= VDSO_CPUNODE_MASK + 1);
	gdt[GDT_ENTRY_CPUNODE] = SEG_LIMIT_USER | SEG_BASE_LIMIT(0, cpu);

	__asm__ __volatile__("lgdt %0" : : "m" (ptr));
	/* CS by a far return. FS and GS stay: loading a selector would clear the base. */
	__asm__ __volatile__("pushq %0; leaq 1f(%%rip), %%rax; pushq %%rax; lretq; 1:"
			     : : "i" (__KERNEL_CS) : "rax", "memory");
	__asm__ __volatile__("movl %0, %%ss; movl %1, %%ds; movl %1, %%es"
			     : : "r" (__KERNEL_DS), "r" (0) : "memory");
	__asm__ __volatile__("ltr %w0" : : "r" (GDT_ENTRY_TSS * 8));
	/* After a reset there is a local table, at address 0: where a program may have memory. */
	__asm__ __volatile__("lldt %w0" : : "r" (0));
}

/**
 * cpu_desc_init - descriptor tables of the running CPU
 *
 * From here on double fault, NMI, debug and machine check run on stacks of their own.
 *
 * Context: boot of that CPU, interrupts off, its per-CPU base set. On the boot CPU after
 * setup_per_cpu_areas(); for the others cpu_stacks_alloc() came first.
 */
void cpu_desc_init(void)
{
	unsigned int cpu = raw_smp_processor_id();

	if (cpu_stacks_alloc(cpu))
		panic("CPU %u: no memory for its interrupt stacks", cpu);
	load_gdt(cpu);
	idt_load();
	mce_cpu_init();
}
