/* SPDX-License-Identifier: MIT */
/*
 * Vectors: their layout, their moves between CPUs under load, what happens when they run out.
 * The messages that QEMU's edu sends are read from its own registers.
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdomain.h>
#include <linux/kthread.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/msi.h>
#include <asm/smp.h>
#include "edu.h"
#include "test.h"

static struct edu edu;
static atomic_t received;
static atomic_t last_cpu;

static irqreturn_t count_handler(int irq, void *data)
{
	atomic_set(&last_cpu, smp_processor_id());
	atomic_inc(&received);
	return IRQ_HANDLED;
}

static bool open_msi(void)
{
	if (!edu_open(&edu, PCI_IRQ_MSI))
		return false;
	atomic_set(&received, 0);
	if (expect_eq(request_irq(edu.irq, count_handler, 0, "vector-test", &edu), 0))
		return true;
	edu_close(&edu);
	return false;
}

static void close_msi(void)
{
	free_irq(edu.irq, &edu);
	edu_close(&edu);
}

/* Wait for one interrupt, which must come: it was raised once, and a lost edge has no second. */
static bool raise_one(int number)
{
	writel(1, edu.regs + EDU_IRQ_RAISE);
	return wait_until(atomic_read(&received) == number);
}

static void read_message(u32 *address, u16 *data)
{
	u8 pos = edu.pdev->msi_cap;

	pci_read_config_dword(edu.pdev, pos + PCI_MSI_ADDRESS_LO, address);
	pci_read_config_word(edu.pdev, pos + PCI_MSI_DATA_64, data);
}

TEST(vectors, message, "A4 A10", "an MSI names the CPU's local APIC and a vector for devices")
{
	unsigned int cpu;
	u32 address;
	u16 data;

	need(open_msi(), "no edu device, or no MSI here");
	read_message(&address, &data);
	cpu = cpumask_first(irq_get_effective_affinity_mask(edu.irq));
	if (!apic_lowest) {
		expect_eq(address, X86_MSI_ADDR_BASE | cpu_physical_id(cpu) << 12);
		expect_eq(data & ~0xff, 0);
	}
	expect((data & 0xff) >= FIRST_DEVICE_VECTOR && (data & 0xff) < FIRST_SYSTEM_VECTOR);
	expect((data & 0xff) != IA32_SYSCALL_VECTOR);
	raise_one(1);
	expect(cpumask_test_cpu(atomic_read(&last_cpu), irq_get_effective_affinity_mask(edu.irq)));
	close_msi();
}

TEST(vectors, move, "A10 A4", "a line that is steered to a CPU interrupts that CPU")
{
	unsigned int cpu, round;
	int n = 0;

	need(open_msi(), "no edu device, or no MSI here");
	for (round = 0; round < 3; round++) {
		for_each_target_cpu(cpu) {
			expect_eq(irq_set_affinity(edu.irq, cpumask_of(cpu)), 0);
			if (!raise_one(++n))
				goto out;
			expect_eq(atomic_read(&last_cpu), cpu);
		}
	}
out:
	close_msi();
}

TEST(vectors, move_quiet, "A10", "a line may be steered any number of times without an interrupt between")
{
	unsigned int cpu = 0, round;

	need(open_msi(), "no edu device, or no MSI here");
	for (round = 0; round < 1000; round++) {
		cpu = next_target_cpu(cpu);
		if (!expect_eq(irq_set_affinity(edu.irq, cpumask_of(cpu)), 0))
			break;
	}
	raise_one(1);
	expect_eq(atomic_read(&last_cpu), cpu);
	raise_one(2);
	close_msi();
}

static atomic_t moves;

static int mover(void *unused)
{
	unsigned int cpu = 0;

	while (!kthread_should_stop()) {
		cpu = next_target_cpu(cpu);
		if (irq_set_affinity(edu.irq, cpumask_of(cpu)) == 0)
			atomic_inc(&moves);
		cond_resched();
	}
	return 0;
}

#define STORM		5000
#define ENOUGH_MOVES	100

TEST(vectors, storm, "A10", "moved all the time, a line loses none of the edges sent and sees none twice")
{
	struct task_struct *task;
	int n;

	need(num_online_cpus() > 1, "one CPU only");
	need(num_online_cpus() <= 8, "with so many emulated CPUs it takes long");
	need(open_msi(), "no edu device, or no MSI here");
	atomic_set(&moves, 0);
	task = kthread_run(mover, NULL, "mover");
	if (expect(!IS_ERR(task))) {
		for (n = 1; n <= STORM || atomic_read(&moves) < ENOUGH_MOVES; n++) {
			unsigned long end = jiffies + TEST_PATIENCE;

			writel(1, edu.regs + EDU_IRQ_RAISE);
			while (atomic_read(&received) < n && time_before(jiffies, end))
				cpu_relax();
			if (!expect_eq(atomic_read(&received), n))
				break;
			cond_resched();
		}
		kthread_stop(task);
	}
	test_note("%d interrupts, %d moves", atomic_read(&received), atomic_read(&moves));
	close_msi();
}

TEST(vectors, disabled_edge, "A4 A6", "an MSI that comes while its line is disabled is delivered on enable")
{
	need(open_msi(), "no edu device, or no MSI here");
	disable_irq(edu.irq);
	disable_irq(edu.irq);
	writel(1, edu.regs + EDU_IRQ_RAISE);
	msleep(20);
	expect_eq(atomic_read(&received), 0);
	enable_irq(edu.irq);
	msleep(20);
	expect_eq(atomic_read(&received), 0);
	enable_irq(edu.irq);
	wait_until(atomic_read(&received) == 1);
	close_msi();
}

/* -- Running out -------------------------------------------------------------------------------- */

static void free_lines(const int *irqs, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		irq_domain_deactivate_irq(irq_get_irq_data(irqs[i]));
		irq_domain_free_irqs(irqs[i], 1);
	}
}

/* Open lines until there are no vectors; returns how many. */
static int fill_vectors(int *irqs, int max)
{
	struct irq_data *irqd;
	int count, irq;

	for (count = 0; count < max; count++) {
		irq = irq_domain_alloc_irqs(x86_vector_domain, 1, NUMA_NO_NODE, NULL);
		if (irq < 0)
			break;
		irqd = irq_get_irq_data(irq);
		if (irq_domain_activate_irq(irqd, false)) {
			irq_domain_free_irqs(irq, 1);
			break;
		}
		expect(irqd_cfg(irqd)->vector >= FIRST_DEVICE_VECTOR);
		expect(irqd_cfg(irqd)->vector < FIRST_SYSTEM_VECTOR);
		expect(irqd_cfg(irqd)->vector != IA32_SYSCALL_VECTOR);
		irqs[count] = irq;
	}
	return count;
}

static void nothing(struct irq_work *work)
{
}

/* Vectors come back by irq_work on their CPUs, first come first served. */
static void wait_for_vectors(void)
{
	static struct irq_work behind = IRQ_WORK_INIT(nothing);
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		irq_work_queue_on(&behind, cpu);
		irq_work_sync(&behind);
	}
}

TEST(vectors, exhaust, "A10", "vectors run out with an error, evenly over the CPUs, and all come back")
{
	int max = 1, first, second;
	unsigned int cpu;
	int *irqs;

	need(x86_vector_domain, "no local APIC in use");
	need(num_online_cpus() <= 8, "so many lines take long");
	/* With apic=lowest a line has its vector on every CPU. */
	for_each_target_cpu(cpu)
		if (!apic_lowest || cpu == 0)
			max += FIRST_SYSTEM_VECTOR - FIRST_DEVICE_VECTOR - 1;
	irqs = kcalloc(max, sizeof(*irqs), GFP_KERNEL);
	require(irqs);
	wait_for_vectors();		/* of other tests' lines */
	first = fill_vectors(irqs, max);
	expect(first < max);
	expect(first > max - 40);		/* the machine's own lines have the rest */
	free_lines(irqs, first);
	wait_for_vectors();
	second = fill_vectors(irqs, max);
	expect_eq(second, first);
	free_lines(irqs, second);
	wait_for_vectors();
	test_note("%d vectors on %u CPUs", first, num_online_cpus());
	kfree(irqs);
}

TEST(vectors, unassigned, "A10", "an interrupt at a vector that nobody has is counted, and nothing else happens")
{
	int before = atomic_read(&irq_err_count);

	__asm__ __volatile__("int $0xeb" : : : "memory");
	expect_eq(atomic_read(&irq_err_count), before + 1);
}
