/* SPDX-License-Identifier: MIT */
/*
 * The local APIC: one per CPU, in xAPIC mode (a page of registers) or x2APIC mode (MSRs).
 *
 * Which of the two it is, is decided once on the boot CPU before any other CPU starts.
 */
#ifndef _ASM_X86_APIC_H
#define _ASM_X86_APIC_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <asm/apicdef.h>
#include <asm/msr.h>
#include <asm/processor.h>

struct cpumask;

/* What differs between the modes; apic/xapic.c and apic/x2apic.c fill one each. */
struct apic_ops {
	const char *name;
	u32	(*read)(u32 reg);
	void	(*write)(u32 reg, u32 val);
	u32	(*id)(void);			/* of the running CPU */
	void	(*icr_write)(u32 low, u32 dest); /* irqs off; waits until the last one was sent */
	void	(*init_ldr)(void);		/* logical destination of the running CPU */
	u32	(*logical_id)(unsigned int cpu); /* its bit in an interrupt message; 0: has none */
	void	(*send_mask)(const struct cpumask *mask, u32 low);
	void	(*send_self)(u32 vector);
};

extern const struct apic_ops *apic;	/* NULL: no local APIC in use. Fixed before CPUs start */
extern const struct apic_ops xapic_ops, x2apic_ops;
extern bool x2apic_mode;		/* fixed with @apic */
extern volatile u32 *apic_page;		/* xAPIC registers; fixed with @apic */
extern bool disable_apic;		/* nolapic */
extern bool skip_ioapic_setup;		/* noapic */

/* The end of an interrupt, on every device interrupt's path: no call, and in xAPIC mode one store. */
static __always_inline void apic_eoi(void)
{
	if (unlikely(x2apic_mode))
		wrmsrl(X2APIC_MSR(APIC_EOI), 0);
	else
		apic_page[APIC_EOI / 4] = 0;
}
#define ack_APIC_irq()	apic_eoi()

static inline bool apic_bit(u32 base, unsigned int vector)
{
	return apic->read(base + APIC_BIT_WORD(vector)) & APIC_BIT_MASK(vector);
}

void apic_detect(void);
void setup_local_APIC(void);
void apic_soft_disable(void);
void apic_lvt_error_enable(void);
void apic_reset_task_priority(void);
bool apic_is_bsp(void);

void apic_send_ipi(unsigned int cpu, u32 vector);
void apic_send_init(u32 apicid);
void apic_send_startup(u32 apicid, u8 page);

void setup_boot_APIC_clock(void);

#endif
