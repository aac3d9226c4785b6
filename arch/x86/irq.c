/* SPDX-License-Identifier: MIT */
/*
 * Device interrupts from the CPU's side, the counts of those that are no line's, and the
 * bring-up of the interrupt controllers.
 */
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq_time.h>
#include <linux/irqdesc.h>
#include <linux/kernel.h>
#include <linux/kernel_stat.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/seq_file.h>
#include <linux/smp.h>
#include <asm/acpi.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/i8259.h>
#include <asm/io_apic.h>
#include <asm/irq_regs.h>

DEFINE_PER_CPU(struct pt_regs *, irq_regs_nested);
EXPORT_PER_CPU_SYMBOL(irq_regs_nested);
DEFINE_PER_CPU(struct irq_cpustat, irq_stat);
atomic_t irq_err_count;
atomic_t irq_mis_count;

/* A vector that no line has. One that really came from the APIC has to be ended there. */
static void unexpected_vector(u32 vector)
{
	if (apic && apic_bit(APIC_ISR, vector))
		apic_eoi();
	/* A CPU that goes off line: what waited here was raised where the line is now. */
	if (!cpu_online(smp_processor_id()))
		return;
	atomic_inc(&irq_err_count);
	pr_warn_ratelimited("CPU%d: interrupt at vector 0x%02x, which nobody uses\n",
			    smp_processor_id(), vector);
}

/*
 * @slot stays an argument, unused, so that the caller has it where generic_handle_irq_desc() wants
 * it.
 */
static noinline __noclone void special_vector(struct irq_desc *slot, unsigned long vector)
{
	struct irq_desc *desc = x86_vector_domain ? vector_resolve(vector) : NULL;

	if (desc)
		generic_handle_irq_desc(desc);
	else
		unexpected_vector(vector);
}

/**
 * common_interrupt - an interrupt at a device vector
 * @regs: what was interrupted
 * @vector: at which it came
 *
 * The hot path of the kernel: every instruction here is paid by every interrupt.
 *
 * Context: called by the entry code, interrupts off, on this CPU's interrupt stack.
 */
void common_interrupt(struct pt_regs *regs, unsigned long vector)
{
	struct irq_desc *desc;

	irq_enter();
	desc = __this_cpu_read(vector_irq[vector]);
	if (likely(!((unsigned long)desc & VECTOR_SPECIAL)))
		generic_handle_irq_desc(desc);
	else
		special_vector(desc, vector);
	irq_exit();
}

/* By vector: the handler, NULL where a line's is. */
static void (*const system_handlers[NR_VECTORS])(struct pt_regs *) = {
#define SYSTEM_HANDLER(vector, name)	[vector] = sysvec_##name,
	SYSTEM_VECTORS(SYSTEM_HANDLER)
#undef SYSTEM_HANDLER
};

/**
 * timed_interrupt - an interrupt at any vector while time is measured
 * @regs: what was interrupted
 * @vector: at which it came
 *
 * Context: as common_interrupt().
 */
void timed_interrupt(struct pt_regs *regs, unsigned long vector)
{
	enum irq_time_kind outer = irq_time_switch(IRQ_TIME_HARD);
	struct irq_desc *desc;

	if (system_handlers[vector]) {
		system_handlers[vector](regs);
	} else {
		irq_enter();
		desc = __this_cpu_read(vector_irq[vector]);
		if (likely(!((unsigned long)desc & VECTOR_SPECIAL)))
			irq_time_flow(desc);
		else
			special_vector(desc, vector);
		irq_exit();
	}
	irq_time_switch(outer);
}

/* -- /proc/interrupts and /proc/stat ------------------------------------------------------- */

/* What follows the lines in /proc/interrupts: label, count, what it is. */
static const struct {
	const char *label;
	size_t offset;
	const char *what;
} stat_rows[] = {
#define ROW(label, member, what) { label, offsetof(struct irq_cpustat, member), what }
	ROW("NMI", __nmi_count,			"Non-maskable interrupts"),
	ROW("LOC", apic_timer_irqs,		"Local timer interrupts"),
	ROW("SPU", irq_spurious_count,		"Spurious interrupts"),
	ROW("PMI", apic_perf_irqs,		"Performance monitoring interrupts"),
	ROW("IWI", apic_irq_work_irqs,		"IRQ work interrupts"),
	ROW("RTR", icr_read_retry_count,	"APIC ICR read retries"),
	ROW("RES", irq_resched_count,		"Rescheduling interrupts"),
	ROW("CAL", irq_call_count,		"Function call interrupts"),
	ROW("TLB", irq_tlb_count,		"TLB shootdowns"),
	ROW("TRM", irq_thermal_count,		"Thermal event interrupts"),
	ROW("THR", irq_threshold_count,		"Threshold APIC interrupts"),
	ROW("DFR", irq_deferred_error_count,	"Deferred Error APIC interrupts"),
	ROW("MCE", mce_exception_count,		"Machine check exceptions"),
	ROW("MCP", mce_poll_count,		"Machine check polls"),
#undef ROW
};

static unsigned int stat_count(unsigned int row, unsigned int cpu)
{
	const struct irq_cpustat *stat = &per_cpu(irq_stat, cpu);
	size_t offset = stat_rows[row].offset;
	unsigned int count = READ_ONCE(*(const unsigned int *)((const char *)stat + offset));

	/* A TLB shootdown comes as a function call, and is counted as both. */
	if (offset == offsetof(struct irq_cpustat, irq_call_count))
		count -= READ_ONCE(stat->irq_tlb_count);
	return count;
}

/**
 * arch_show_interrupts - the rows of /proc/interrupts that are not lines
 * @p: where to
 * @prec: width of the first column
 *
 * Context: process. Return: 0.
 */
int arch_show_interrupts(struct seq_file *p, int prec)
{
	unsigned int row, cpu;

	for (row = 0; row < ARRAY_SIZE(stat_rows); row++) {
		seq_printf(p, "%*s: ", prec, stat_rows[row].label);
		for_each_online_cpu(cpu)
			seq_printf(p, "%10u ", stat_count(row, cpu));
		seq_printf(p, "  %s\n", stat_rows[row].what);
	}
	seq_printf(p, "%*s: %10u\n", prec, "ERR", atomic_read(&irq_err_count));
	seq_printf(p, "%*s: %10u\n", prec, "MIS", atomic_read(&irq_mis_count));
	return 0;
}

/** arch_irq_stat_cpu - all interrupts of @cpu that are no line's, for /proc/stat */
u64 arch_irq_stat_cpu(unsigned int cpu)
{
	unsigned int row;
	u64 sum = 0;

	for (row = 0; row < ARRAY_SIZE(stat_rows); row++)
		sum += stat_count(row, cpu);
	return sum;
}

/** arch_irq_stat - those that are no CPU's either */
u64 arch_irq_stat(void)
{
	return atomic_read(&irq_err_count);
}

/* -- Bring-up ---------------------------------------------------------------------------------- */

/** arch_probe_nr_irqs - how many lines must exist before any controller registers */
int __init arch_probe_nr_irqs(void)
{
	return NR_IRQS_LEGACY;
}

/**
 * arch_irq_init - the interrupt controllers of the boot CPU
 *
 * The 8259A pair is there on every PC and is put into a known state first, all masked. It
 * keeps the lines 0-15 unless I/O APICs take them over.
 *
 * Context: boot, interrupts off.
 */
void __init arch_irq_init(void)
{
	i8259_init();
	apic_detect();
	if (apic) {
		vector_init();
		pci_msi_arch_init();
	}
	if (!apic || !ioapic_init())
		i8259_take_lines();
	setup_local_APIC();
}
