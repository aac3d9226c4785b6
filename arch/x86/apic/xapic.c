/* SPDX-License-Identifier: MIT */
/*
 * Local APIC in xAPIC mode: a page of 32-bit registers, 16 bytes apart, 8-bit ids.
 *
 * Intel SDM Vol. 3, "Local APIC" and "Issuing Interprocessor Interrupts". The ICR is two
 * registers, so that destination and command are written with interrupts off, and it holds
 * one message: the next one waits for "Delivery Status" to clear.
 */
#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/processor.h>
#include <asm/smp.h>

/* A logical destination in flat mode is one bit a CPU; there are eight. */
#define FLAT_CPUS	8

/* An ICR that stays busy longer than this is broken; sending is all that is left to do. */
#define ICR_POLLS	100000

volatile u32 *apic_page;

static u32 xapic_read(u32 reg)
{
	return apic_page[reg / 4];
}

static void xapic_write(u32 reg, u32 val)
{
	apic_page[reg / 4] = val;
}

static u32 xapic_id(void)
{
	return XAPIC_ID(xapic_read(APIC_ID));
}

static void xapic_wait_icr(void)
{
	int polls;

	for (polls = 0; xapic_read(APIC_ICR) & APIC_ICR_BUSY; polls++) {
		if (polls == ICR_POLLS) {
			inc_irq_stat(icr_read_retry_count);
			return;
		}
		cpu_relax();
	}
}

static void xapic_icr_write(u32 low, u32 dest)
{
	xapic_wait_icr();
	xapic_write(APIC_ICR2, XAPIC_ICR2_DEST(dest));
	xapic_write(APIC_ICR, low);
}

static u32 xapic_logical_id(unsigned int cpu)
{
	return cpu < FLAT_CPUS ? 1u << cpu : 0;
}

static void xapic_init_ldr(void)
{
	xapic_write(APIC_DFR, APIC_DFR_FLAT);
	xapic_write(APIC_LDR, XAPIC_LOGICAL_ID(xapic_logical_id(smp_processor_id())));
}

/* With few CPUs one message reaches all of a mask; else it takes one each. */
static void xapic_send_mask(const struct cpumask *mask, u32 low)
{
	unsigned int cpu;

	if (nr_cpu_ids <= FLAT_CPUS) {
		xapic_icr_write(low | APIC_DEST_LOGICAL, cpumask_bits(mask)[0] & 0xff);
		return;
	}
	for_each_cpu(cpu, mask)
		xapic_icr_write(low, cpu_physical_id(cpu));
}

static void xapic_send_self(u32 vector)
{
	xapic_wait_icr();
	xapic_write(APIC_ICR, APIC_DEST_SELF | APIC_DM_FIXED | APIC_INT_ASSERT | vector);
}

const struct apic_ops xapic_ops = {
	.name		= "xAPIC",
	.read		= xapic_read,
	.write		= xapic_write,
	.id		= xapic_id,
	.icr_write	= xapic_icr_write,
	.init_ldr	= xapic_init_ldr,
	.logical_id	= xapic_logical_id,
	.send_mask	= xapic_send_mask,
	.send_self	= xapic_send_self,
};
