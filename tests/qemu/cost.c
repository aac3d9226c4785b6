/* SPDX-License-Identifier: MIT */
/*
 * What an interrupt costs, in instructions: QEMU's edu device raises its MSI by a write to a
 * register, so the time stamps before the write, in the handler's first line, in its last and
 * after the write bound the two halves of the way.
 *
 * Under `-icount shift=0` the time-stamp counter ticks once an instruction; elsewhere these
 * figures mean nothing and the test is skipped. Each includes one reading of the counter.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/pci.h>
#include "cost.h"
#include "test.h"

#define EDU_RAISE	0x60	/* W: bits to set in the interrupt status */
#define EDU_ACK		0x64	/* W: bits to clear */
#define ROUNDS		51

/* Stub, entry, flow, exit, return: what the design allows an MSI edge line in all. */
#define MSI_LIMIT	150

static struct {
	void __iomem *regs;
	u64 begun, ended;
} edu;

static irqreturn_t cost_handler(int irq, void *dev)
{
	u64 begun = get_cycles();

	writel(1, edu.regs + EDU_ACK);
	edu.begun = begun;
	edu.ended = get_cycles();
	return IRQ_HANDLED;
}

static void measure(u32 *to_handler, u32 *to_resumed)
{
	u32 in[ROUNDS], out[ROUNDS];
	int i;

	for (i = 0; i < ROUNDS; i++) {
		u64 before, after;

		edu.begun = 0;
		before = get_cycles();
		writel(1, edu.regs + EDU_RAISE);
		after = get_cycles();
		if (!expect(edu.begun != 0))
			return;
		in[i] = edu.begun - before;
		out[i] = after - edu.ended;
	}
	*to_handler = median(in, ROUNDS);
	*to_resumed = median(out, ROUNDS);
}

TEST(cost, msi_edge, "A4 C3", "an MSI on an edge line costs at most 150 instructions, stub to handler and handler to iret")
{
	struct pci_dev *pdev = pci_get_device(0x1234, 0x11e8, NULL);
	u32 in = 0, out = 0;
	int irq;

	need(counts_instructions(), "the time-stamp counter does not count instructions: boot with --icount");
	need(pdev, "no edu device");
	require(!pci_enable_device(pdev));
	pci_set_master(pdev);
	edu.regs = pci_iomap(pdev, 0, 0);
	require(edu.regs);
	require(pci_alloc_irq_vectors(pdev, 1, 1, PCI_IRQ_MSI) == 1);
	irq = pci_irq_vector(pdev, 0);
	require(!request_irq(irq, cost_handler, 0, "cost", &edu));
	/* On this CPU, so that the interrupt comes at the next instruction. */
	irq_set_affinity(irq, cpumask_of(raw_smp_processor_id()));

	measure(&in, &out);
	test_note("MSI edge: write to handler %u, handler to resumed %u, together %u", in, out, in + out);
	expect(in && out && in + out <= MSI_LIMIT);

	free_irq(irq, &edu);
	pci_free_irq_vectors(pdev);
	pci_iounmap(pdev, edu.regs);
	pci_disable_device(pdev);
	pci_dev_put(pdev);
}
