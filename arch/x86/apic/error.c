/* SPDX-License-Identifier: MIT */
/*
 * What the local APIC complains of: error and spurious interrupts.
 *
 * Intel SDM Vol. 3, "Error Handling" and "Spurious Interrupt".
 */
#include <linux/bits.h>
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>

/* "Error Status Register (ESR)", bits 0-7 */
static const char *const esr_names[] = {
	"send checksum error",
	"receive checksum error",
	"send accept error",
	"receive accept error",
	"redirectable IPI",
	"send illegal vector",
	"received illegal vector",
	"illegal register address",
};

/* The register shows what was latched by the last write to it. */
static u32 apic_take_errors(void)
{
	apic->write(APIC_ESR, 0);
	return apic->read(APIC_ESR);
}

/**
 * apic_lvt_error_enable - forget old errors, report new ones
 * Context: the CPU whose APIC it is, interrupts off, APIC enabled.
 */
void apic_lvt_error_enable(void)
{
	apic_take_errors();
	apic->write(APIC_LVTERR, ERROR_APIC_VECTOR);
	apic_take_errors();
}

void sysvec_error_interrupt(struct pt_regs *regs)
{
	u32 errors;
	unsigned int i;

	irq_enter();
	errors = apic_take_errors();
	apic_eoi();
	atomic_inc(&irq_err_count);
	for (i = 0; i < ARRAY_SIZE(esr_names); i++)
		if (errors & BIT(i))
			pr_warn_ratelimited("APIC: CPU%d: %s (ESR 0x%02x)\n",
					    smp_processor_id(), esr_names[i], errors);
	irq_exit();
}

/*
 * A true spurious interrupt was never in service and gets no EOI. A device or CPU that was
 * told this vector by mistake does need one.
 */
void sysvec_spurious_apic_interrupt(struct pt_regs *regs)
{
	irq_enter();
	if (apic && apic_bit(APIC_ISR, SPURIOUS_APIC_VECTOR))
		apic_eoi();
	inc_irq_stat(irq_spurious_count);
	irq_exit();
}
