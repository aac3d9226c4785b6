/* SPDX-License-Identifier: MIT */
/*
 * Local APIC: finding it, choosing its mode, and bringing up the one of each CPU.
 *
 * Intel SDM Vol. 3, "Advanced Programmable Interrupt Controller (APIC)". Command line:
 * nolapic (no local APIC at all: one CPU, the 8259A, no messages between CPUs), nox2apic.
 *
 * With I/O APICs in use, nothing comes in on LINT0. Without, the boot CPU's LINT0 is the
 * 8259A's wire ("virtual wire mode"): ExtINT delivery has the 8259A give the vector and
 * needs no EOI here.
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/irqflags.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <asm/acpi.h>
#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/irq_vectors.h>
#include <asm/smp.h>

const struct apic_ops *apic __ro_after_init;
bool x2apic_mode __ro_after_init;
bool disable_apic __ro_after_init;
static bool nox2apic __initdata;

static int __init parse_nolapic(char *arg)
{
	disable_apic = true;
	return 0;
}
early_param("nolapic", parse_nolapic);

static int __init parse_nox2apic(char *arg)
{
	nox2apic = true;
	return 0;
}
early_param("nox2apic", parse_nox2apic);

static u64 apic_base(void)
{
	u64 base;

	rdmsrl(MSR_IA32_APICBASE, base);
	return base;
}

/*
 * SDM Vol. 3, "x2APIC State Transitions": from x2APIC mode the only way to xAPIC mode leads
 * through "disabled".
 */
static void apic_enter_mode(void)
{
	u64 base = apic_base();

	if (!x2apic_mode && (base & X2APIC_ENABLE)) {
		base &= ~(u64)(X2APIC_ENABLE | MSR_IA32_APICBASE_ENABLE);
		wrmsrl(MSR_IA32_APICBASE, base);
	}
	if (!(base & MSR_IA32_APICBASE_ENABLE)) {
		base |= MSR_IA32_APICBASE_ENABLE;
		wrmsrl(MSR_IA32_APICBASE, base);
	}
	if (x2apic_mode && !(base & X2APIC_ENABLE))
		wrmsrl(MSR_IA32_APICBASE, base | X2APIC_ENABLE);
}

/**
 * apic_detect - decide whether and in which mode local APICs are used
 *
 * Context: boot CPU, interrupts off, before any other CPU starts. Leaves @apic NULL when
 * there is none to use, in which case X86_FEATURE_APIC is off too.
 */
void __init apic_detect(void)
{
	u64 phys;

	if (!boot_cpu_has(X86_FEATURE_APIC) || disable_apic) {
		pr_info("APIC: %s, using the 8259A alone\n",
			disable_apic ? "disabled by nolapic" : "none in this CPU");
		setup_clear_cpu_cap(X86_FEATURE_APIC);
		return;
	}

	x2apic_mode = boot_cpu_has(X86_FEATURE_X2APIC) && !nox2apic;
	if (!x2apic_mode) {
		phys = acpi_madt.present ? acpi_madt.lapic_address
					 : apic_base() & MSR_IA32_APICBASE_BASE;
		apic_page = ioremap(phys ?: APIC_DEFAULT_PHYS_BASE, 4096);
		if (!apic_page) {
			pr_err("APIC: no address space for its registers, using the 8259A alone\n");
			setup_clear_cpu_cap(X86_FEATURE_APIC);
			return;
		}
	}
	apic_enter_mode();
	apic = x2apic_mode ? &x2apic_ops : &xapic_ops;
	pr_info("APIC: %s mode, id %u, version 0x%x\n", apic->name, apic->id(),
		GET_APIC_VERSION(apic->read(APIC_LVR)));
}

/* True on the CPU that the firmware started. */
bool apic_is_bsp(void)
{
	return apic_base() & MSR_IA32_APICBASE_BSP;
}

/* A kernel before us (kexec, firmware) may have left interrupts without an end. */
static void apic_end_stale(void)
{
	int rounds, word;
	u32 in_service;

	for (rounds = 0; rounds < 256; rounds++) {
		in_service = 0;
		for (word = 0; word < APIC_BIT_WORDS; word++)
			in_service |= apic->read(APIC_ISR + word * 0x10);
		if (!in_service)
			return;
		apic_eoi();
	}
}

/* LINT pins: an 8259A on LINT0 as the opening comment says, NMI where the MADT says. */
static void apic_setup_lint(unsigned int cpu)
{
	bool wire = cpu == 0 && skip_ioapic_setup;
	u32 lint[2] = {
		APIC_DM_EXTINT | (wire ? 0 : APIC_LVT_MASKED),
		APIC_DM_NMI | (cpu == 0 && !acpi_madt.nr_local_nmis ? 0 : APIC_LVT_MASKED),
	};
	unsigned int i;

	for (i = 0; i < acpi_madt.nr_local_nmis; i++) {
		const struct acpi_local_nmi *nmi = &acpi_madt.local_nmis[i];

		if (nmi->lint > 1 || (nmi->cpu != cpu && nmi->cpu != ACPI_NMI_ALL_CPUS))
			continue;
		lint[nmi->lint] = APIC_DM_NMI;
		if (ACPI_INTI_POLARITY(nmi->flags) == ACPI_POLARITY_LOW)
			lint[nmi->lint] |= APIC_LVT_POLARITY_LOW;
		/* "LVT": NMI delivery is edge triggered, whatever the trigger bit says. */
	}
	apic->write(APIC_LVT0, lint[0]);
	apic->write(APIC_LVT1, lint[1]);
}

/* Entries that only some models have, and whose features nobody uses yet. */
static void apic_mask_unused_lvt(void)
{
	u32 maxlvt = GET_APIC_MAXLVT(apic->read(APIC_LVR));

	if (maxlvt >= 4)
		apic->write(APIC_LVTPC, APIC_LVT_MASKED);
	if (maxlvt >= 5)
		apic->write(APIC_LVTTHMR, APIC_LVT_MASKED);
	if (maxlvt >= 6)
		apic->write(APIC_LVTCMCI, APIC_LVT_MASKED);
}

/**
 * setup_local_APIC - bring up the running CPU's local APIC
 *
 * Context: each CPU once as it comes up, interrupts off; the boot CPU after apic_detect().
 */
void setup_local_APIC(void)
{
	if (!apic)
		return;

	apic_enter_mode();
	apic->write(APIC_LVTT, APIC_LVT_MASKED);
	apic->write(APIC_LVTERR, APIC_LVT_MASKED);
	apic_mask_unused_lvt();

	apic->init_ldr();
	apic_reset_task_priority();
	apic_end_stale();
	apic->write(APIC_SPIV, APIC_SPIV_APIC_ENABLED | SPURIOUS_APIC_VECTOR);

	/* LVT entries can be unmasked only once the APIC is enabled. */
	apic_setup_lint(smp_processor_id());
	apic_lvt_error_enable();
}

/**
 * apic_soft_disable - have the running CPU's local APIC take nothing but NMI and INIT
 *
 * Context: interrupts off. setup_local_APIC() undoes it.
 */
void apic_soft_disable(void)
{
	apic->write(APIC_LVTT, APIC_LVT_MASKED);
	apic->write(APIC_LVTERR, APIC_LVT_MASKED);
	apic_mask_unused_lvt();
	apic->write(APIC_LVT0, APIC_LVT_MASKED);
	apic->write(APIC_LVT1, APIC_LVT_MASKED);
	apic->write(APIC_SPIV, SPURIOUS_APIC_VECTOR);
}
