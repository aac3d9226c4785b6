/* SPDX-License-Identifier: MIT */
/*
 * Messages between CPUs: sending each kind, and the vectors where they arrive.
 *
 * Intel SDM Vol. 3, "Issuing Interprocessor Interrupts". The ICR of an xAPIC is two registers,
 * so that senders keep interrupts off between them.
 */
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/hardirq.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/smp.h>

/* What goes into the ICR's low word for each kind. "Level": always assert, but to end an INIT. */
#define APIC_FIXED	(APIC_DM_FIXED | APIC_INT_ASSERT)
static const u32 ipi_command[NR_IPI_KINDS] = {
	[IPI_RESCHEDULE]		= APIC_FIXED | RESCHEDULE_VECTOR,
	[IPI_CALL_FUNCTION]		= APIC_FIXED | CALL_FUNCTION_VECTOR,
	[IPI_CALL_FUNCTION_SINGLE]	= APIC_FIXED | CALL_FUNCTION_SINGLE_VECTOR,
	[IPI_IRQ_WORK]			= APIC_FIXED | IRQ_WORK_VECTOR,
	[IPI_STOP]			= APIC_FIXED | REBOOT_VECTOR,
	[IPI_NMI_BACKTRACE]		= APIC_DM_NMI | APIC_INT_ASSERT,
};

static void send_command(u32 apicid, u32 low)
{
	unsigned long flags;

	if (!apic)
		return;
	local_irq_save(flags);
	apic->icr_write(low, apicid);
	local_irq_restore(flags);
}

void arch_send_ipi(const struct cpumask *mask, enum ipi_kind kind)
{
	unsigned long flags;

	if (!apic || cpumask_empty(mask))
		return;
	local_irq_save(flags);
	apic->send_mask(mask, ipi_command[kind]);
	local_irq_restore(flags);
}

void arch_send_ipi_cpu(unsigned int cpu, enum ipi_kind kind)
{
	unsigned long flags;

	if (!apic)
		return;
	local_irq_save(flags);
	/* To itself there is a shorter way, though not for an NMI. */
	if (cpu == (unsigned int)smp_processor_id() && kind != IPI_NMI_BACKTRACE)
		apic->send_self(ipi_command[kind] & 0xff);
	else
		apic->icr_write(ipi_command[kind], cpu_physical_id(cpu));
	local_irq_restore(flags);
}

/* See <linux/arch.h>. The xAPIC's case without a call: the ICR is free but for a moment. */
void arch_irq_work_raise(void)
{
	if (unlikely(x2apic_mode || !apic_page || (apic_page[APIC_ICR / 4] & APIC_ICR_BUSY))) {
		arch_send_ipi_cpu((unsigned int)smp_processor_id(), IPI_IRQ_WORK);
		return;
	}
	apic_page[APIC_ICR / 4] = APIC_DEST_SELF | APIC_FIXED | IRQ_WORK_VECTOR;
}

/**
 * apic_send_ipi - raise @vector on @cpu
 * Context: any, but an NMI that interrupted a sender on this CPU.
 */
void apic_send_ipi(unsigned int cpu, u32 vector)
{
	send_command(cpu_physical_id(cpu), APIC_FIXED | vector);
}

/**
 * apic_send_init - reset a CPU: it then waits for apic_send_startup()
 * @apicid: the CPU's
 *
 * "MP Initialization Protocol Algorithm": 10 ms are to pass before the start-up message.
 */
void apic_send_init(u32 apicid)
{
	send_command(apicid, APIC_DM_INIT | APIC_INT_ASSERT);
}

/**
 * apic_send_startup - let a CPU that was reset begin
 * @apicid: the CPU's
 * @page: number of the page below 1 MiB where it begins, in real mode
 *
 * To be repeated after 200 us when the CPU does not show up.
 */
void apic_send_startup(u32 apicid, u8 page)
{
	send_command(apicid, APIC_DM_STARTUP | APIC_INT_ASSERT | page);
}

/* -- Arrival --------------------------------------------------------------------------------- */

/* They look alike: count, end the interrupt, tell the core. */
#define DEFINE_IPI_HANDLER(name, action, count)				\
void sysvec_##name(struct pt_regs *regs)				\
{									\
	irq_enter();							\
	apic_eoi();							\
	inc_irq_stat(count);						\
	action;								\
	irq_exit();							\
}

DEFINE_IPI_HANDLER(reschedule_ipi, smp_handle_ipi(IPI_RESCHEDULE), irq_resched_count)
DEFINE_IPI_HANDLER(call_function, smp_handle_ipi(IPI_CALL_FUNCTION), irq_call_count)
DEFINE_IPI_HANDLER(call_function_single, smp_handle_ipi(IPI_CALL_FUNCTION_SINGLE), irq_call_count)
DEFINE_IPI_HANDLER(irq_work, irq_work_run(), apic_irq_work_irqs)

/* Does not come back; uncounted, as nobody can read it any more. */
void sysvec_reboot(struct pt_regs *regs)
{
	irq_enter();
	apic_eoi();
	smp_handle_ipi(IPI_STOP);
	irq_exit();
}
