/* SPDX-License-Identifier: MIT */
/*
 * The local APIC of each CPU, asked for its registers, and the messages between CPUs.
 */
#include <linux/acpi.h>
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/smp.h>
#include "test.h"

/* The tick may come from IRQ 0 instead: nolapic_timer. */
static bool timer_unused(void)
{
	return strstr(saved_command_line, "nolapic_timer") && num_possible_cpus() == 1;
}

static int check_registers(void *unused)
{
	unsigned int cpu = raw_smp_processor_id();

	expect_eq(apic->id(), cpu_physical_id(cpu));
	expect_eq(apic->read(APIC_SPIV) & 0x1ff, APIC_SPIV_APIC_ENABLED | SPURIOUS_APIC_VECTOR);
	expect_eq(apic->read(APIC_TASKPRI), apic_lowest ? 0x20 : 0x10);
	expect_eq(apic->read(APIC_LVTERR) & (APIC_LVT_MASKED | 0xff), ERROR_APIC_VECTOR);
	expect_eq(apic->read(APIC_LVTT) & 0xff, timer_unused() ? 0 : LOCAL_TIMER_VECTOR);
	expect_eq(apic_is_bsp(), cpu == 0);
	return 0;
}

TEST(apic, registers, "A2", "each CPU's local APIC is enabled, lets devices through, and has its vectors")
{
	unsigned int cpu;

	need(apic, "no local APIC in use");
	for_each_online_cpu(cpu)
		test_on_cpu(cpu, check_registers, NULL);
}

static int check_lint(void *unused)
{
	unsigned int cpu = raw_smp_processor_id(), i, nmi_pins = 0;
	u32 lint0 = apic->read(APIC_LVT0), lint1 = apic->read(APIC_LVT1);
	bool wire = skip_ioapic_setup && cpu == 0;

	for (i = 0; i < acpi_madt.nr_local_nmis; i++)
		if (acpi_madt.local_nmis[i].cpu == cpu ||
		    acpi_madt.local_nmis[i].cpu == ACPI_NMI_ALL_CPUS)
			nmi_pins |= 1 << acpi_madt.local_nmis[i].lint;
	if (!(nmi_pins & 1))
		expect_eq(lint0 & (APIC_LVT_MASKED | 0x700),
			  APIC_DM_EXTINT | (wire ? 0 : APIC_LVT_MASKED));
	if (nmi_pins & 2)
		expect_eq(lint1 & (APIC_LVT_MASKED | 0x700), APIC_DM_NMI);
	return 0;
}

TEST(apic, lint, "A2 A1", "LINT0 is the 8259A's wire only without I/O APICs, LINT1 is NMI where the MADT says")
{
	unsigned int cpu;

	need(apic, "no local APIC in use");
	for_each_online_cpu(cpu)
		test_on_cpu(cpu, check_lint, NULL);
}

TEST(apic, spurious, "A2", "a spurious interrupt is counted and needs no end")
{
	unsigned int before = 0, after = 0, cpu;

	for_each_online_cpu(cpu)
		before += per_cpu(irq_stat, cpu).irq_spurious_count;
	__asm__ __volatile__("int $0xff" : : : "memory");
	for_each_online_cpu(cpu)
		after += per_cpu(irq_stat, cpu).irq_spurious_count;
	expect_eq(after, before + 1);
}

static int wait_for_own_timer(void *unused)
{
	unsigned int cpu = raw_smp_processor_id();
	unsigned int start = READ_ONCE(per_cpu(irq_stat, cpu).apic_timer_irqs);

	wait_until(READ_ONCE(per_cpu(irq_stat, cpu).apic_timer_irqs) - start >= 3);
	return 0;
}

TEST(apic, timer, "A2", "each CPU's timer interrupts it")
{
	unsigned int cpu;

	need(apic && !timer_unused(), "the local APIC's timer is not in use");
	for_each_online_cpu(cpu)
		test_on_cpu(cpu, wait_for_own_timer, NULL);
}

/* -- Messages ----------------------------------------------------------------------------------- */

static atomic_t got[NR_CPUS];

static void note_call(void *from)
{
	atomic_inc(&got[raw_smp_processor_id()]);
}

static int call_all_others(void *unused)
{
	unsigned int cpu, self = raw_smp_processor_id();

	for_each_online_cpu(cpu) {
		int before = atomic_read(&got[cpu]);

		if (cpu == self)
			continue;
		expect_eq(smp_call_function_single(cpu, note_call, NULL, 1), 0);
		expect_eq(atomic_read(&got[cpu]), before + 1);
	}
	return 0;
}

TEST(ipi, every_pair, "A8", "every CPU can call a function on every other, and it has run when the call returns")
{
	unsigned int cpu;

	need(num_online_cpus() > 1, "one CPU only");
	for_each_online_cpu(cpu)
		test_on_cpu(cpu, call_all_others, NULL);
}

TEST(ipi, mask, "A8 A2", "a message to a set of CPUs reaches each of the set once and no other")
{
	unsigned int cpu;
	struct cpumask even;

	need(num_online_cpus() > 1, "one CPU only");
	cpumask_clear(&even);
	memset(got, 0, sizeof(got));
	for (cpu = 0; cpu < NR_CPUS; cpu += 2) {
		if (cpu_online(cpu))
			cpumask_set_cpu(cpu, &even);
	}
	on_each_cpu_mask(&even, note_call, NULL, true);
	for_each_online_cpu(cpu)
		expect_eq(atomic_read(&got[cpu]), !(cpu & 1));
	on_each_cpu(note_call, NULL, 1);
	for_each_online_cpu(cpu)
		expect_eq(atomic_read(&got[cpu]), !(cpu & 1) + 1);
}

TEST(ipi, counted, "A8", "calls and reschedules are counted where they arrive")
{
	unsigned int cpu, calls, resched;

	need(num_online_cpus() > 1, "one CPU only");
	cpu = cpumask_any_but(cpu_online_mask, raw_smp_processor_id());
	calls = per_cpu(irq_stat, cpu).irq_call_count;
	expect_eq(smp_call_function_single(cpu, note_call, NULL, 1), 0);
	expect(per_cpu(irq_stat, cpu).irq_call_count > calls);

	resched = per_cpu(irq_stat, cpu).irq_resched_count;
	arch_send_ipi_cpu(cpu, IPI_RESCHEDULE);
	wait_until(READ_ONCE(per_cpu(irq_stat, cpu).irq_resched_count) > resched);
}

static atomic_t worked;
static bool worked_in_irq;

static void note_work(struct irq_work *work)
{
	worked_in_irq = in_hardirq() && irqs_disabled();
	atomic_inc(&worked);
}

TEST(ipi, irq_work, "A8", "irq_work runs in interrupt context, here and on every other CPU")
{
	static struct irq_work work = IRQ_WORK_INIT(note_work);
	unsigned int cpu;
	int n = 0;

	atomic_set(&worked, 0);
	for_each_online_cpu(cpu) {
		expect(irq_work_queue_on(&work, cpu));
		wait_until(atomic_read(&worked) == n + 1);
		n++;
		irq_work_sync(&work);
	}
	expect(worked_in_irq);
}
