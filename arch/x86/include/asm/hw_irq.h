/* SPDX-License-Identifier: MIT */
/*
 * Vectors as the CPU sees them: which line each one belongs to, and what was counted.
 */
#ifndef _ASM_X86_HW_IRQ_H
#define _ASM_X86_HW_IRQ_H

#include <linux/types.h>
#include <linux/atomic.h>
#include <linux/percpu.h>
#include <asm/irq_vectors.h>

struct irq_desc;
struct irq_data;
struct irq_domain;
struct irq_chip;

/*
 * What an interrupt on this CPU's vector means. A line's descriptor as it is: hand it the
 * interrupt. With VECTOR_SPECIAL set, more is to be done first (arch/x86/vector.c), and with
 * nothing but VECTOR_SPECIAL nobody expects an interrupt there.
 *
 * Read by its CPU with interrupts off; written under vector_lock, by any CPU.
 */
#define VECTOR_SPECIAL		1UL
#define VECTOR_UNUSED		((struct irq_desc *)VECTOR_SPECIAL)
typedef struct irq_desc *vector_irq_t[NR_VECTORS];
DECLARE_PER_CPU(vector_irq_t, vector_irq);

/* Where a line's interrupts go: what its controller or device must be told. */
struct irq_cfg {
	u32		dest_apicid;	/* the CPU's APIC id, or the logical ids of a set */
	u8		vector;		/* 0: nowhere yet */
	bool		logical;	/* how to read dest_apicid; fixed while open, as is */
	bool		lowest;		/* the CPU of the set with the lowest priority, or each */
};

extern struct irq_domain *x86_vector_domain;
void vector_init(void);
void pci_msi_arch_init(void);
struct irq_cfg *irqd_cfg(struct irq_data *irqd);
struct irq_desc *vector_resolve(u32 vector);
void vector_move_done(struct irq_data *irqd);
void vector_cpu_offline(void);
void apic_ack_irq(struct irq_data *irqd);

/* Interrupts that are no line's. Each CPU counts its own with one instruction. */
struct irq_cpustat {
	unsigned int __nmi_count;
	unsigned int apic_timer_irqs;
	unsigned int irq_spurious_count;
	unsigned int apic_perf_irqs;
	unsigned int apic_irq_work_irqs;
	unsigned int icr_read_retry_count;
	unsigned int irq_resched_count;
	unsigned int irq_call_count;
	unsigned int irq_tlb_count;
	unsigned int irq_thermal_count;
	unsigned int irq_threshold_count;
	unsigned int irq_deferred_error_count;
	unsigned int mce_exception_count;
	unsigned int mce_poll_count;
};
typedef struct irq_cpustat irq_cpustat_t;

DECLARE_PER_CPU(struct irq_cpustat, irq_stat);
#define inc_irq_stat(member)	this_cpu_inc(irq_stat.member)

extern atomic_t irq_err_count;	/* spurious 8259A interrupts, local APIC errors */
extern atomic_t irq_mis_count;

#endif
