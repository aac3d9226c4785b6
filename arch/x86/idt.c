/* SPDX-License-Identifier: MIT */
/*
 * The interrupt descriptor table: 256 gates, filled from the tables of <asm/idtentry.h>
 * and <asm/irq_vectors.h>. All CPUs share it.
 *
 * Intel SDM Vol. 3, "IDT Descriptors".
 */
#include <linux/arch.h>
#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <asm/desc.h>
#include <asm/msr.h>
#include <asm/segment.h>

/* Written at boot, and by tests on vectors that are otherwise unused. One CPU at a time. */
static struct gate_desc idt[NR_VECTORS] __aligned(4096);

static void pack_gate_in(struct gate_desc *gate, const void *addr, unsigned int type,
			 unsigned int dpl, unsigned int ist)
{
	unsigned long offset = (unsigned long)addr;

	*gate = (struct gate_desc) {
		.offset_low	= (u16)offset,
		.selector	= __KERNEL_CS,
		.ist		= (u8)ist,
		.type_dpl_p	= (u8)(0x80 | dpl << 5 | type),
		.offset_middle	= (u16)(offset >> 16),
		.offset_high	= (u32)(offset >> 32),
	};
}

static void pack_gate(unsigned int vector, const void *addr, unsigned int type,
		      unsigned int dpl, unsigned int ist)
{
	pack_gate_in(&idt[vector], addr, type, dpl, ist);
}

/**
 * set_intr_gate - gate that clears IF and that user code may not name with INT n
 * @vector: 0-255
 * @addr: the entry code
 */
void set_intr_gate(unsigned int vector, const void *addr)
{
	pack_gate(vector, addr, GATE_INTERRUPT, 0, IST_NONE);
}

/**
 * set_trap_gate - gate that leaves IF as it is, closed to user code
 * @vector: 0-255
 * @addr: the entry code; only for kernel-mode use, see <asm/idtentry.h>
 */
void set_trap_gate(unsigned int vector, const void *addr)
{
	pack_gate(vector, addr, GATE_TRAP, 0, IST_NONE);
}

/**
 * set_system_intr_gate - gate that clears IF, open to user code
 * @vector: 0-255
 * @addr: the entry code
 */
void set_system_intr_gate(unsigned int vector, const void *addr)
{
	pack_gate(vector, addr, GATE_INTERRUPT, 3, IST_NONE);
}

/**
 * set_system_gate - gate that leaves IF as it is, open to user code
 * @vector: 0-255
 * @addr: the entry code, which must bear an interrupt before SWAPGS
 */
void set_system_gate(unsigned int vector, const void *addr)
{
	pack_gate(vector, addr, GATE_TRAP, 3, IST_NONE);
}

/**
 * set_intr_gate_ist - interrupt gate that takes a stack of the interrupt stack table
 * @vector: 0-255
 * @addr: the entry code
 * @ist: IST_*
 */
void set_intr_gate_ist(unsigned int vector, const void *addr, unsigned int ist)
{
	pack_gate(vector, addr, GATE_INTERRUPT, 0, ist);
}

/**
 * idt_gate - look at a gate
 * @vector: 0-255
 */
const struct gate_desc *idt_gate(unsigned int vector)
{
	return &idt[vector];
}

struct exception_gate {
	const void	*entry;
	u8		vector, dpl, ist;
};

static const struct exception_gate exception_gates[] = {
#define EXCEPTION_GATE(vec, mnemonic, name, title, gate, d, stack, ...)	\
	{ .entry = exc_##name, .vector = vec, .dpl = d, .ist = stack },
	EXCEPTIONS(EXCEPTION_GATE)
};

struct system_gate {
	const void	*entry;
	unsigned int	vector;
};

static const struct system_gate system_gates[] = {
#define SYSTEM_GATE(vec, name)	{ .entry = asm_sysvec_##name, .vector = vec },
	SYSTEM_VECTORS(SYSTEM_GATE)
};

/**
 * idt_setup_early - fill the table and load it on the boot CPU
 *
 * No gate names a stack yet: there is no TSS that could say where it is.
 *
 * Context: first C code of the boot CPU; needs no per-CPU area, memory or console.
 */
void idt_setup_early(void)
{
	struct desc_ptr ptr = { sizeof(idt) - 1, (unsigned long)idt };
	unsigned int vector, i;

	for (i = 0; i < ARRAY_SIZE(exception_gates); i++) {
		const struct exception_gate *g = &exception_gates[i];

		pack_gate(g->vector, g->entry, GATE_INTERRUPT, g->dpl, IST_NONE);
	}
	for (vector = FIRST_EXTERNAL_VECTOR; vector < NR_VECTORS; vector++)
		set_intr_gate(vector, irq_entries_start +
			      (vector - FIRST_EXTERNAL_VECTOR) * IRQ_ENTRY_SIZE);
	for (i = 0; i < ARRAY_SIZE(system_gates); i++)
		set_intr_gate(system_gates[i].vector, system_gates[i].entry);

	/* What firmware may have left there must not become our per-CPU base by a SWAPGS. */
	wrmsrl(MSR_KERNEL_GS_BASE, 0);
	__asm__ __volatile__("lidt %0" : : "m" (ptr));
}

/**
 * idt_load - have the running CPU use the table, with the stacks its TSS names
 *
 * Context: boot of that CPU; its TSS is loaded.
 */
void idt_load(void)
{
	struct desc_ptr ptr = { sizeof(idt) - 1, (unsigned long)idt };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(exception_gates); i++)
		idt[exception_gates[i].vector].ist = exception_gates[i].ist;
	wrmsrl(MSR_KERNEL_GS_BASE, 0);
	__asm__ __volatile__("lidt %0" : : "m" (ptr));
}

/* The entry of @vector that is not for user code to name, as it is usually. */
static const void *plain_entry(unsigned int vector)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(system_gates); i++)
		if (system_gates[i].vector == vector)
			return system_gates[i].entry;
	return irq_entries_start + (vector - FIRST_EXTERNAL_VECTOR) * IRQ_ENTRY_SIZE;
}

/* The same vector's gate with another entry: what differs lies in its first eight bytes. */
static void change_entry(unsigned int vector, const void *from, const void *to)
{
	struct gate_desc old = idt[vector], new;
	u64 word;

	pack_gate_in(&new, from, GATE_INTERRUPT, 0, IST_NONE);
	if (memcmp(&old, &new, sizeof(old)))
		return;		/* somebody else's: left as it is */
	pack_gate_in(&new, to, GATE_INTERRUPT, 0, IST_NONE);
	memcpy(&word, &new, sizeof(word));
	WRITE_ONCE(*(u64 *)&idt[vector], word);
}

/**
 * arch_time_interrupts - have interrupts enter by way of timed_interrupt(), or directly
 *
 * A gate changes by one store, so that every CPU finds it whole. See <linux/arch.h>.
 */
void arch_time_interrupts(bool on)
{
	unsigned int vector;

	for (vector = FIRST_EXTERNAL_VECTOR; vector < NR_VECTORS; vector++) {
		const void *plain = plain_entry(vector);
		const void *timed = irq_entries_timed +
				    (vector - FIRST_EXTERNAL_VECTOR) * IRQ_ENTRY_SIZE;

		change_entry(vector, on ? plain : timed, on ? timed : plain);
	}
}
