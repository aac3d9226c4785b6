/* SPDX-License-Identifier: MIT */
/*
 * Local APIC in x2APIC mode: registers are MSRs, ids have 32 bits, the ICR is one MSR
 * and is never busy.
 *
 * Intel SDM Vol. 3, "Extended XAPIC (x2APIC)". A logical destination names a cluster in its
 * upper half and 16 CPUs of it in its lower ("Logical Destination Mode in x2APIC Mode").
 */
#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <asm/apic.h>
#include <asm/smp.h>

#define LOGICAL_CLUSTER(ldr)	((ldr) >> 16)

/* Written by each CPU as it comes up, before it is online; read by senders. */
static DEFINE_PER_CPU(u32, x2apic_ldr);

static u32 x2apic_read(u32 reg)
{
	u64 val;

	rdmsrl(X2APIC_MSR(reg), val);
	return val;
}

static void x2apic_write(u32 reg, u32 val)
{
	wrmsrl(X2APIC_MSR(reg), val);
}

static u32 x2apic_id(void)
{
	return x2apic_read(APIC_ID);
}

/*
 * WRMSR to these registers doesn't wait for earlier stores, so that the message could
 * overtake the data it tells of. SDM Vol. 3, "MSR Access in x2APIC Mode" asks for
 * MFENCE and LFENCE.
 */
static void x2apic_icr_write(u32 low, u32 dest)
{
	__asm__ __volatile__("mfence; lfence" : : : "memory");
	wrmsrl(X2APIC_MSR(APIC_ICR), (u64)dest << 32 | low);
}

static void x2apic_init_ldr(void)
{
	this_cpu_write(x2apic_ldr, x2apic_read(APIC_LDR));
}

/* A device's message has eight bits for it: the first half of cluster 0, APIC ids 0-7. */
static u32 x2apic_logical_id(unsigned int cpu)
{
	u32 ldr = per_cpu(x2apic_ldr, cpu);

	return ldr <= 0xff ? ldr : 0;
}

/* One message a cluster: the first CPU of one that is still to be told names it. */
static void x2apic_send_mask(const struct cpumask *mask, u32 low)
{
	struct cpumask left;
	unsigned int cpu, other;

	cpumask_copy(&left, mask);
	for_each_cpu(cpu, &left) {
		u32 dest = per_cpu(x2apic_ldr, cpu);

		for_each_cpu(other, &left) {
			u32 ldr = per_cpu(x2apic_ldr, other);

			if (LOGICAL_CLUSTER(ldr) != LOGICAL_CLUSTER(dest))
				continue;
			dest |= ldr;
			if (other != cpu)
				cpumask_clear_cpu(other, &left);
		}
		x2apic_icr_write(low | APIC_DEST_LOGICAL, dest);
	}
}

static void x2apic_send_self(u32 vector)
{
	__asm__ __volatile__("mfence; lfence" : : : "memory");
	wrmsrl(X2APIC_MSR(APIC_SELF_IPI), vector);
}

const struct apic_ops x2apic_ops = {
	.name		= "x2APIC",
	.read		= x2apic_read,
	.write		= x2apic_write,
	.id		= x2apic_id,
	.icr_write	= x2apic_icr_write,
	.init_ldr	= x2apic_init_ldr,
	.logical_id	= x2apic_logical_id,
	.send_mask	= x2apic_send_mask,
	.send_self	= x2apic_send_self,
};
