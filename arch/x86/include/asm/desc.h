/* SPDX-License-Identifier: MIT */
/*
 * Descriptor tables: the gates of the IDT, the segments of the GDT, the TSS, and the
 * stacks that the TSS names.
 *
 * Intel SDM Vol. 3, "64-Bit Mode IDT", "64-Bit Task State Segment".
 */
#ifndef _ASM_X86_DESC_H
#define _ASM_X86_DESC_H

#include <linux/build_bug.h>
#include <linux/stddef.h>
#include <linux/types.h>
#include <linux/percpu-defs.h>
#include <asm/idtentry.h>

/* -- Gates ------------------------------------------------------------------------------ */

#define GATE_INTERRUPT	0xe	/* clears RFLAGS.IF on the way in */
#define GATE_TRAP	0xf	/* leaves it */

struct gate_desc {
	u16	offset_low;
	u16	selector;
	u8	ist;		/* bits 0-2: slot of the interrupt stack table, 0 = none */
	u8	type_dpl_p;	/* bits 0-3 type, 5-6 DPL, 7 present */
	u16	offset_middle;
	u32	offset_high;
	u32	reserved;
} __packed;
static_assert(sizeof(struct gate_desc) == 16);

#define gate_type(g)	((g)->type_dpl_p & 0xf)
#define gate_dpl(g)	(((g)->type_dpl_p >> 5) & 3)
#define gate_present(g)	((g)->type_dpl_p >> 7)

static inline unsigned long gate_offset(const struct gate_desc *g)
{
	return g->offset_low | (unsigned long)g->offset_middle << 16 |
	       (unsigned long)g->offset_high << 32;
}

struct desc_ptr {
	u16	size;
	u64	address;
} __packed;

/* 2.6's four kinds of gate: who may come through by INT n, and whether IF stays. */
void set_intr_gate(unsigned int vector, const void *addr);	  /* kernel only, IF off */
void set_trap_gate(unsigned int vector, const void *addr);	  /* kernel only, IF kept */
void set_system_intr_gate(unsigned int vector, const void *addr); /* user too, IF off */
void set_system_gate(unsigned int vector, const void *addr);	  /* user too, IF kept */
void set_intr_gate_ist(unsigned int vector, const void *addr, unsigned int ist);

void idt_setup_early(void);
void idt_load(void);
const struct gate_desc *idt_gate(unsigned int vector);

/* -- Task state --------------------------------------------------------------------------- */

struct x86_tss {
	u32	reserved1;
	u64	sp0;		/* stack on the way from user mode to the kernel */
	u64	sp1, sp2;
	u64	reserved2;
	u64	ist[7];
	u64	reserved3;
	u16	reserved4;
	u16	io_bitmap_base;
} __packed;
static_assert(sizeof(struct x86_tss) == 104);

DECLARE_PER_CPU_ALIGNED(struct x86_tss, cpu_tss);

void cpu_desc_init(void);

/* -- Stacks other than tasks' -------------------------------------------------------------- */

/*
 * CPU n's interrupt and exception stacks lie at CPU_STACKS_BASE + n * CPU_STACKS_STRIDE, each
 * with an unmapped page below it. All addresses follow from the number of the CPU, so
 * that a stack pointer alone says which stack of which CPU it is in.
 */
#define CPU_STACKS_BASE		0xfffffe0000000000UL
#define CPU_STACKS_STRIDE	0x20000UL
#define IRQ_STACK_SIZE		0x4000UL
#define IST_STACK_SIZE		0x2000UL
#define CPU_STACK_SLOT		(IRQ_STACK_SIZE + 0x1000)

enum cpu_stack {			/* 1 to 4 as in the interrupt stack table */
	CPU_STACK_IRQ = 0,
	CPU_STACK_DF = IST_DF,
	CPU_STACK_NMI = IST_NMI,
	CPU_STACK_DB = IST_DB,
	CPU_STACK_MCE = IST_MCE,
	NR_CPU_STACKS,
};
static_assert(NR_CPU_STACKS * CPU_STACK_SLOT <= CPU_STACKS_STRIDE);

static inline unsigned long cpu_stack_size(enum cpu_stack which)
{
	return which == CPU_STACK_IRQ ? IRQ_STACK_SIZE : IST_STACK_SIZE;
}

static inline unsigned long cpu_stack_top(unsigned int cpu, enum cpu_stack which)
{
	return CPU_STACKS_BASE + cpu * CPU_STACKS_STRIDE + (which + 1) * CPU_STACK_SLOT;
}

const char *cpu_stack_name(enum cpu_stack which);
bool cpu_stack_of(unsigned long addr, unsigned int *cpu, enum cpu_stack *which);
bool cpu_has_stacks(unsigned int cpu);
int cpu_stacks_alloc(unsigned int cpu);
u32 irq_stack_deepest(unsigned int cpu);

#endif
