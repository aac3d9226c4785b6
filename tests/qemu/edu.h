/* SPDX-License-Identifier: MIT */
/*
 * QEMU's "edu" device, which interrupts when it is told to. QEMU docs/specs/edu.txt.
 */
#ifndef _TESTS_EDU_H
#define _TESTS_EDU_H

#include <linux/cpumask.h>
#include <linux/pci.h>
#include <asm/apic.h>
#include <asm/smp.h>

#define EDU_VENDOR		PCI_VENDOR_ID_QEMU
#define EDU_DEVICE		0x11e8

#define EDU_ID			0x00	/* R: 0xRRrr00ed */
#define EDU_LIVENESS		0x04	/* RW: reads back inverted */
#define EDU_FACTORIAL		0x08
#define EDU_STATUS		0x20
#define   EDU_STATUS_COMPUTING		0x01
#define   EDU_STATUS_IRQ_WHEN_DONE	0x80
#define EDU_IRQ_STATUS		0x24	/* R: what was raised and not acknowledged */
#define EDU_IRQ_RAISE		0x60	/* W */
#define EDU_IRQ_ACK		0x64	/* W */

struct edu {
	struct pci_dev *pdev;
	void __iomem *regs;
	int irq;
};

/* edu.c: switch it on with the interrupts that @flags (PCI_IRQ_*) allow; false: not there. */
bool edu_open(struct edu *edu, unsigned int flags);
void edu_close(struct edu *edu);

/* A message from a device has eight bits for the CPU's APIC id, or for logical ids. */
static inline bool can_be_interrupted(unsigned int cpu)
{
	return apic_lowest ? apic->logical_id(cpu) : cpu_physical_id(cpu) < 0xff;
}

#define for_each_target_cpu(cpu)					\
	for_each_online_cpu(cpu)					\
		if (can_be_interrupted(cpu))

/* The next one in turn, after any CPU. */
static inline unsigned int next_target_cpu(unsigned int cpu)
{
	do {
		cpu = cpumask_next(cpu, cpu_online_mask);
		if (cpu >= nr_cpu_ids)
			cpu = cpumask_first(cpu_online_mask);
	} while (!can_be_interrupted(cpu));
	return cpu;
}

#endif
