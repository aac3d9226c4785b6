/* SPDX-License-Identifier: MIT */
/*
 * MSI-X, by the network card e1000e, which raises any of its five interrupts on request. Intel
 * 316080, "82574 GbE Controller Family Datasheet", "Interrupt Registers".
 */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/msi.h>
#include <linux/pci.h>
#include <linux/smp.h>
#include "test.h"

#define E1000E_DEVICE	0x10d3

/* BAR 0 */
#define ICR	0x00c0		/* W: clear causes */
#define ICS	0x00c8		/* W: raise causes */
#define IMS	0x00d0		/* W: let causes through */
#define IMC	0x00d8		/* W: hold causes back */
#define IVAR	0x00e4		/* vector of each cause: four bits, of which the highest is "valid" */

#define VECTORS		5
#define CAUSE(n)	(1u << (20 + (n)))	/* receive 0 and 1, transmit 0 and 1, other */
#define IVAR_EACH_OWN	0x000cba98u		/* cause n: vector n, valid */

static struct pci_dev *pdev;
static void __iomem *regs, *table, *pba;
static atomic_t received[VECTORS], wrong;
static int last_cpu[VECTORS];

static irqreturn_t handler(int irq, void *data)
{
	int n = (int)(long)data;

	if (pci_irq_vector(pdev, n) != irq)
		atomic_inc(&wrong);
	writel(CAUSE(n), regs + ICR);
	last_cpu[n] = smp_processor_id();
	atomic_inc(&received[n]);
	return IRQ_HANDLED;
}

static void __iomem *map_structure(int at)
{
	u32 where;

	pci_read_config_dword(pdev, pdev->msix_cap + at, &where);
	return pci_iomap_range(pdev, where & PCI_MSIX_TABLE_BIR, where & PCI_MSIX_TABLE_OFFSET, 0);
}

static bool card_open(void)
{
	int n;

	pdev = pci_get_device(PCI_VENDOR_ID_INTEL, E1000E_DEVICE, NULL);
	if (!pdev)
		return false;
	if (!expect_eq(pci_enable_device(pdev), 0))
		return false;
	pci_set_master(pdev);
	regs = pci_iomap(pdev, 0, 0);
	table = map_structure(PCI_MSIX_TABLE);
	pba = map_structure(PCI_MSIX_PBA);
	if (!expect(regs && table && pba))
		return false;
	for (n = 0; n < VECTORS; n++)
		atomic_set(&received[n], 0);
	atomic_set(&wrong, 0);
	writel(~0u, regs + IMC);
	writel(IVAR_EACH_OWN, regs + IVAR);
	writel(~0u, regs + ICR);
	return true;
}

static void card_close(void)
{
	writel(~0u, regs + IMC);
	iounmap(regs);
	iounmap(table);
	iounmap(pba);
	pci_disable_device(pdev);
	pci_dev_put(pdev);
}

/*
 * The card throttles each vector, and some versions of QEMU send once more when the interval
 * ends, 128 us after the last. Count anew when that is over.
 */
static int settled(int n)
{
	msleep(2);
	return atomic_read(&received[n]);
}

static bool lines_open(void)
{
	int n;

	if (!card_open())
		return false;
	if (!expect_eq(pci_alloc_irq_vectors(pdev, VECTORS, VECTORS, PCI_IRQ_MSIX), VECTORS))
		return false;
	for (n = 0; n < VECTORS; n++)
		expect_eq(request_irq(pci_irq_vector(pdev, n), handler, 0, "msix-test",
				      (void *)(long)n), 0);
	return true;
}

static void lines_close(void)
{
	int n;

	for (n = 0; n < VECTORS; n++) {
		settled(n);	/* QEMU 7.2 dies when MSI-X goes off within the interval */
		free_irq(pci_irq_vector(pdev, n), (void *)(long)n);
	}
	pci_free_irq_vectors(pdev);
	card_close();
}

static void raise(int n)
{
	writel(CAUSE(n), regs + IMS);
	writel(CAUSE(n), regs + ICS);
}

static bool raise_and_wait(int n)
{
	int before = settled(n);

	raise(n);
	return wait_until(atomic_read(&received[n]) > before);
}

#define NO_CARD	"no e1000e, or no MSI here"

static bool card_present(void)
{
	static const struct pci_device_id ids[] = {
		{ PCI_DEVICE(PCI_VENDOR_ID_INTEL, E1000E_DEVICE) },
		{ }
	};

	return pci_msi_domain && pci_dev_present(ids);
}

/*
 * Raise one: did nothing come to another line? Now and then something does: what the card sends
 * once more it sends late when the machine is slow.
 */
static bool arrived_alone(int n)
{
	int before[VECTORS], m;

	for (m = 0; m < VECTORS; m++)
		before[m] = settled(m);
	if (!raise_and_wait(n))
		return false;
	for (m = 0; m < VECTORS; m++)
		if (m != n && atomic_read(&received[m]) != before[m])
			return false;
	return true;
}

TEST(msix, each, "A4", "each message of a device arrives at its own line and no other")
{
	int n;

	need(card_present(), NO_CARD);
	require(lines_open());
	for (n = 0; n < VECTORS; n++)
		wait_until(arrived_alone(n));
	expect_eq(atomic_read(&wrong), 0);
	expect_eq(pci_irq_vector(pdev, VECTORS), -EINVAL);
	lines_close();
}

TEST(msix, affinity, "A4 A10", "each message of a device is steered by itself")
{
	unsigned int cpu;
	int n;

	need(card_present(), NO_CARD);
	require(lines_open());
	for_each_online_cpu(cpu) {
		for (n = 0; n < VECTORS; n++) {
			unsigned int to = (cpu + n) % num_online_cpus();

			expect_eq(irq_set_affinity(pci_irq_vector(pdev, n), cpumask_of(to)), 0);
			/* One that is sent late may still go where the line was. */
			wait_until(raise_and_wait(n) && last_cpu[n] == (int)to);
		}
	}
	lines_close();
}

TEST(msix, mask, "A4 A6", "a message that comes while its table entry is masked waits in the pending bits")
{
	void __iomem *ctrl;
	int n = 2, irq;

	need(card_present(), NO_CARD);
	require(lines_open());
	irq = pci_irq_vector(pdev, n);
	ctrl = table + n * PCI_MSIX_ENTRY_SIZE + PCI_MSIX_ENTRY_VECTOR_CTRL;
	expect_eq(readl(ctrl) & PCI_MSIX_ENTRY_CTRL_MASKBIT, 0);
	irq_set_status_flags(irq, IRQ_DISABLE_UNLAZY);
	disable_irq(irq);
	expect_eq(readl(ctrl) & PCI_MSIX_ENTRY_CTRL_MASKBIT, 1);
	raise(n);
	wait_until(readl(pba) & (1 << n));
	expect_eq(atomic_read(&received[n]), 0);
	raise_and_wait(n + 1);
	enable_irq(irq);
	wait_until(atomic_read(&received[n]) > 0);
	expect_eq(readl(pba) & (1 << n), 0);
	irq_clear_status_flags(irq, IRQ_DISABLE_UNLAZY);
	lines_close();
}

TEST(msix, misuse, "A4", "more messages than there are, or of a device that has them on, are refused")
{
	struct msix_entry entries[2] = { { .entry = 3 }, { .entry = 99 } };
	u16 flags;

	need(card_present(), NO_CARD);
	require(card_open());
	expect_eq(pci_msix_vec_count(pdev), VECTORS);
	expect_eq(pci_alloc_irq_vectors(pdev, VECTORS + 1, VECTORS + 1, PCI_IRQ_MSIX), -ENOSPC);
	expect_eq(pci_alloc_irq_vectors(pdev, 2, 1, PCI_IRQ_MSIX), -ERANGE);
	expect_eq(pci_enable_msix_range(pdev, entries, 2, 2), -EINVAL);
	entries[1].entry = 1;
	expect_eq(pci_enable_msix_range(pdev, entries, 1, 2), 2);
	expect(entries[0].vector && entries[1].vector && entries[0].vector != entries[1].vector);
	expect_eq(pci_enable_msix_range(pdev, entries, 1, 2), -EINVAL);
	expect_eq(pci_enable_msi(pdev), -EINVAL);
	pci_read_config_word(pdev, pdev->msix_cap + PCI_MSIX_FLAGS, &flags);
	expect_eq(flags & (PCI_MSIX_FLAGS_ENABLE | PCI_MSIX_FLAGS_MASKALL), PCI_MSIX_FLAGS_ENABLE);
	pci_disable_msix(pdev);
	pci_read_config_word(pdev, pdev->msix_cap + PCI_MSIX_FLAGS, &flags);
	expect_eq(flags & PCI_MSIX_FLAGS_ENABLE, 0);
	card_close();
}
