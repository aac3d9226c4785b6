/* SPDX-License-Identifier: MIT */
/*
 * Lines that go to a set of CPUs: to each of it (lines handled per CPU), or to the one with the
 * lowest priority (apic=lowest), and the task priorities that decide which.
 *
 * QEMU takes the first CPU of a set whatever the TPRs say, so that the tests ask the chips: what
 * the redirection entry or the message says, what each CPU's logical id and TPR are.
 */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/kthread.h>
#include <linux/pci.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/msi.h>
#include "edu.h"
#include "test.h"
#include "x86_ioapic.h"

static struct edu edu;
static unsigned int type_was;		/* the pin's trigger; 0: the line is a message */
static atomic_t received, received_on[NR_CPUS];

static irqreturn_t count_handler(int irq, void *data)
{
	writel(~0u, edu.regs + EDU_IRQ_ACK);
	atomic_inc(&received_on[smp_processor_id()]);
	atomic_inc(&received);
	return IRQ_HANDLED;
}

static void raise(void)
{
	writel(1, edu.regs + EDU_IRQ_RAISE);
}

/* -- edu's line, by message or by pin, the pin as edge: each raise is one interrupt ----------- */

static void restore_pin(void)
{
	irq_clear_status_flags(edu.irq, IRQ_PER_CPU);
	irq_set_irq_type(edu.irq, type_was);
}

static bool open_line(unsigned int kind, bool to_each)
{
	unsigned int cpu;

	if (!x86_vector_domain || (kind == PCI_IRQ_LEGACY && !ioapic_in_use()))
		return false;
	if (!edu_open(&edu, kind))
		return false;
	atomic_set(&received, 0);
	for_each_possible_cpu(cpu)
		atomic_set(&received_on[cpu], 0);
	type_was = 0;
	if (kind == PCI_IRQ_LEGACY) {
		type_was = irq_get_trigger_type(edu.irq);
		irq_set_irq_type(edu.irq, IRQ_TYPE_EDGE_RISING);
	}
	irq_set_affinity(edu.irq, cpu_online_mask);
	if (to_each) {
		irq_set_status_flags(edu.irq, IRQ_PER_CPU);
		irq_set_handler(edu.irq, handle_percpu_irq);
	}
	if (!request_irq(edu.irq, count_handler, 0, "set-test", &edu))
		return true;
	if (type_was)
		restore_pin();
	edu_close(&edu);
	return false;
}

static void close_line(void)
{
	free_irq(edu.irq, &edu);
	if (type_was)
		restore_pin();
	edu_close(&edu);
}

/* -- What the chips were told ------------------------------------------------------------------- */

static u32 logical_ids(const struct cpumask *mask)
{
	unsigned int cpu;
	u32 ids = 0;

	for_each_cpu(cpu, mask)
		ids |= apic->logical_id(cpu);
	return ids;
}

static void check_message(const struct cpumask *set, bool lowest)
{
	u8 pos = edu.pdev->msi_cap;
	u32 address;
	u16 data;

	pci_read_config_dword(edu.pdev, pos + PCI_MSI_ADDRESS_LO, &address);
	pci_read_config_word(edu.pdev, pos + PCI_MSI_DATA_64, &data);
	expect_eq(address, X86_MSI_ADDR_BASE | X86_MSI_ADDR_DEST(logical_ids(set)) |
			   X86_MSI_ADDR_DEST_LOGICAL | (lowest ? X86_MSI_ADDR_REDIRECT : 0));
	expect_eq(data & ~0xff, lowest ? X86_MSI_DATA_LOWEST : X86_MSI_DATA_FIXED);
}

/* The controller names @asked's CPUs, each of which knows the vector; the line says so too. */
static void check_set(const struct cpumask *asked, bool lowest)
{
	struct irq_data *irqd = irq_get_irq_data(edu.irq);
	struct irq_cfg *cfg = irqd_cfg(irqd);
	struct cpumask set;
	unsigned int cpu;

	cpumask_clear(&set);
	for_each_cpu_and(cpu, asked, cpu_online_mask)
		if (apic->logical_id(cpu))
			cpumask_set_cpu(cpu, &set);
	expect(cpumask_equal(irq_get_effective_affinity_mask(edu.irq), &set));
	for_each_cpu(cpu, &set)
		expect(((unsigned long)per_cpu(vector_irq, cpu)[cfg->vector] & ~VECTOR_SPECIAL) ==
		       (unsigned long)irq_to_desc(edu.irq));
	if (type_was) {
		union ioapic_rte rte = read_entry(irqd_to_hwirq(irqd));

		expect_eq(rte.vector, cfg->vector);
		expect_eq(rte.dest, logical_ids(&set));
		expect_eq(rte.dest_logical, 1);
		expect_eq(rte.delivery_mode, lowest ? IOAPIC_DM_LOWEST : IOAPIC_DM_FIXED);
	} else {
		check_message(&set, lowest);
	}
}

static int check_logical_id(void *unused)
{
	unsigned int cpu = raw_smp_processor_id();
	u32 ldr = apic->read(APIC_LDR);

	if (x2apic_mode) {
		expect_eq(ldr, apic->id() >> 4 << 16 | 1u << (apic->id() & 0xf));
		expect_eq(apic->logical_id(cpu), apic->id() < 8 ? ldr : 0);
	} else {
		expect_eq(apic->read(APIC_DFR), APIC_DFR_FLAT);
		expect_eq(ldr, XAPIC_LOGICAL_ID(apic->logical_id(cpu)));
		expect_eq(apic->logical_id(cpu), cpu < 8 ? 1u << cpu : 0);
	}
	return 0;
}

TEST(apicset, ids, "A3 A2", "each CPU's local APIC has the logical id that messages to a set name it by")
{
	unsigned int cpu;

	need(apic, "no local APIC in use");
	for_each_online_cpu(cpu)
		test_on_cpu(cpu, check_logical_id, NULL);
}

/* The n-th of some sets that overlap in many ways: all, each alone, pairs, all but one. */
static void nth_set(unsigned int n, struct cpumask *set)
{
	unsigned int cpus = num_online_cpus(), cpu = n / 4 % cpus;

	cpumask_clear(set);
	if (n % 4 == 0 || n % 4 == 3)
		cpumask_copy(set, cpu_online_mask);
	if (n % 4 == 3 && cpus > 1)
		cpumask_clear_cpu(cpu, set);
	if (n % 4 == 1 || n % 4 == 2)
		cpumask_set_cpu(cpu, set);
	if (n % 4 == 2)
		cpumask_set_cpu((cpu + 1) % cpus, set);
	if (!logical_ids(set))		/* none that a message to a set can name */
		cpumask_set_cpu(0, set);
}

/* -- To each of a set ----------------------------------------------------------------------------- */

static bool all_have(const struct cpumask *set, const int *before)
{
	unsigned int cpu;

	for_each_cpu(cpu, set)
		if (atomic_read(&received_on[cpu]) == before[cpu])
			return false;
	return true;
}

static void check_to_each(void)
{
	static int before[NR_CPUS];
	const struct cpumask *set;
	struct cpumask asked;
	unsigned int cpu, n;

	set = irq_get_effective_affinity_mask(edu.irq);
	check_set(cpu_online_mask, false);
	for (n = 0; n < 8 * num_online_cpus(); n++) {
		nth_set(n, &asked);
		expect_eq(irq_set_affinity(edu.irq, &asked), 0);
		check_set(&asked, false);
		for_each_possible_cpu(cpu)
			before[cpu] = atomic_read(&received_on[cpu]);
		raise();
		if (!wait_until(all_have(set, before)))
			break;
		for_each_online_cpu(cpu)
			expect_eq(atomic_read(&received_on[cpu]) - before[cpu],
				  cpumask_test_cpu(cpu, set));
	}
	close_line();
}

TEST(apicset, message_to_each, "A3 A4", "a message of a line handled per CPU interrupts each CPU of its set once")
{
	need(open_line(PCI_IRQ_MSI, true), "no edu device, or no MSI here");
	check_to_each();
}

TEST(apicset, pin_to_each, "A3", "an I/O APIC line handled per CPU interrupts each CPU of its set once, or all")
{
	need(open_line(PCI_IRQ_LEGACY, true), "no I/O APIC, or no edu device with a line of its own");
	check_to_each();
}

/* -- To the lowest of a set ------------------------------------------------------------------------ */

static void check_lowest(void)
{
	struct cpumask asked;
	unsigned int n;

	check_set(cpu_online_mask, true);
	for (n = 0; n < 4 * num_online_cpus(); n++) {
		nth_set(n, &asked);
		expect_eq(irq_set_affinity(edu.irq, &asked), 0);
		check_set(&asked, true);
		raise();
		if (!wait_until(atomic_read(&received) == (int)n + 1))
			break;
	}
}

/* As the bus would, once it has chosen a CPU. */
static void check_every_cpu_takes_it(void)
{
	unsigned int cpu;

	expect_eq(irq_set_affinity(edu.irq, cpu_online_mask), 0);
	for_each_cpu(cpu, irq_get_effective_affinity_mask(edu.irq)) {
		int before = atomic_read(&received_on[cpu]);

		apic_send_ipi(cpu, irqd_cfg(irq_get_irq_data(edu.irq))->vector);
		wait_until(atomic_read(&received_on[cpu]) == before + 1);
	}
}

TEST(apicset, lowest_pin, "A3", "with apic=lowest an I/O APIC line is sent to the lowest of the set that its affinity says, and each of it can take it")
{
	need(apic_lowest, "boot with apic=lowest");
	need(open_line(PCI_IRQ_LEGACY, false), "no I/O APIC, or no edu device with a line of its own");
	check_lowest();
	check_every_cpu_takes_it();
	close_line();
}

TEST(apicset, lowest_message, "A3 A4", "with apic=lowest so is a message")
{
	need(apic_lowest, "boot with apic=lowest");
	need(open_line(PCI_IRQ_MSI, false), "no edu device, or no MSI here");
	check_lowest();
	check_every_cpu_takes_it();
	close_line();
}

static atomic_t moves;

static int mover(void *unused)
{
	struct cpumask set;
	unsigned int n = 0;

	while (!kthread_should_stop()) {
		nth_set(n++, &set);
		if (irq_set_affinity(edu.irq, &set) == 0)
			atomic_inc(&moves);
		cond_resched();
	}
	return 0;
}

#define STORM		3000
#define ENOUGH_MOVES	100

static void storm(void)
{
	struct task_struct *task;
	int n;

	atomic_set(&moves, 0);
	task = kthread_run(mover, NULL, "mover");
	if (expect(!IS_ERR(task))) {
		for (n = 1; n <= STORM || atomic_read(&moves) < ENOUGH_MOVES; n++) {
			unsigned long end = jiffies + TEST_PATIENCE;

			raise();
			while (atomic_read(&received) < n && time_before(jiffies, end))
				cond_resched();
			if (!expect_eq(atomic_read(&received), n))
				break;
		}
		kthread_stop(task);
	}
	test_note("%d interrupts, %d moves", atomic_read(&received), atomic_read(&moves));
	close_line();
}

TEST(apicset, storm_message, "A3 A10", "with apic=lowest, a message whose set changes all the time is handled just once each time")
{
	need(apic_lowest, "boot with apic=lowest");
	need(open_line(PCI_IRQ_MSI, false), "no edu device, or no MSI here");
	storm();
}

TEST(apicset, storm_pin, "A3 A10", "so is an edge at an I/O APIC's input")
{
	need(apic_lowest, "boot with apic=lowest");
	need(open_line(PCI_IRQ_LEGACY, false), "no I/O APIC, or no edu device with a line of its own");
	storm();
}

/* -- Task priorities ------------------------------------------------------------------------------- */

static struct {
	bool idle;
	u32 tpr;
} seen;

static void note_tpr(void *unused)
{
	if (!is_idle_task(current))
		return;
	seen.idle = true;
	seen.tpr = apic->read(APIC_TASKPRI);
}

static bool seen_idle(unsigned int cpu)
{
	smp_call_function_single(cpu, note_tpr, NULL, 1);
	return seen.idle;
}

static u32 tpr_as(int policy, int priority)
{
	struct sched_param param = { .sched_priority = priority };

	expect_eq(sched_setscheduler(current, policy, &param), 0);
	return apic->read(APIC_TASKPRI);
}

/* A device gets through, whatever this CPU does. */
static void check_interruptible(void)
{
	unsigned int cpu = raw_smp_processor_id();
	int before = atomic_read(&received_on[cpu]);

	if (!apic->logical_id(cpu))
		return;
	expect_eq(irq_set_affinity(edu.irq, cpumask_of(cpu)), 0);
	raise();
	wait_until(atomic_read(&received_on[cpu]) == before + 1);
}

static int check_tpr(void *unused)
{
	u32 low, middle, high;

	expect_eq(apic->read(APIC_TASKPRI), 0x20);
	low = tpr_as(SCHED_FIFO, 1);
	middle = tpr_as(SCHED_RR, 50);
	high = tpr_as(SCHED_FIFO, 99);
	check_interruptible();
	expect_eq(apic->read(APIC_TASKPRI), high);
	expect(low > 0x20 && middle > low && high > middle);
	expect(high < FIRST_DEVICE_VECTOR);
	expect_eq(tpr_as(SCHED_NORMAL, 0), 0x20);
	return 0;
}

TEST(apicset, tpr, "A3 A2", "with apic=lowest each CPU's TPR is lowest when idle, higher for a task, highest by priority for a real-time one, and holds no device back")
{
	unsigned int cpu, self;

	need(apic_lowest, "boot with apic=lowest");
	need(open_line(PCI_IRQ_MSI, false), "no edu device, or no MSI here");
	for_each_online_cpu(cpu) {
		test_on_cpu(cpu, check_tpr, NULL);
		seen.idle = false;
		self = get_cpu();
		put_cpu();
		if (cpu != self && wait_until(seen_idle(cpu)))
			expect_eq(seen.tpr, 0x10);
	}
	close_line();
}
