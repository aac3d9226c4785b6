/* SPDX-License-Identifier: MIT */
/*
 * I/O APICs: the controllers of interrupt wires. Intel 290566, "82093AA I/O Advanced
 * Programmable Interrupt Controller (IOAPIC)".
 */
#ifndef _ASM_X86_IO_APIC_H
#define _ASM_X86_IO_APIC_H

#include <linux/types.h>
#include <linux/build_bug.h>

/* Delivery modes: as the local APIC's, APIC_DM_* >> 8. */
#define IOAPIC_DM_FIXED		0
#define IOAPIC_DM_LOWEST	1
#define IOAPIC_DM_SMI		2
#define IOAPIC_DM_NMI		4
#define IOAPIC_DM_INIT		5
#define IOAPIC_DM_EXTINT	7

/* "I/O Redirection Table Registers": 64 bits, reached as two words. */
union ioapic_rte {
	struct {
		u32	low, high;
	};
	struct {
		u64	vector		: 8,
			delivery_mode	: 3,
			dest_logical	: 1,
			delivery_status	: 1,	/* R: sent, not yet accepted */
			active_low	: 1,
			remote_irr	: 1,	/* R: level, accepted, not yet ended */
			is_level	: 1,
			masked		: 1,
			reserved	: 39,
			dest		: 8;	/* APIC id, or set of logical ids */
	};
};
static_assert(sizeof(union ioapic_rte) == 8);

bool ioapic_init(void);
bool ioapic_in_use(void);
int ioapic_map_gsi(u32 gsi, unsigned int type);

int ioapic_deliver_nmi(unsigned int irq);

#endif
