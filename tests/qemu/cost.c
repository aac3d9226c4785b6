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
#include <linux/sort.h>
#include <linux/timex.h>
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

/* A loop of two instructions a turn: does the counter count them? */
static bool counts_instructions(void)
{
	unsigned long n = 10000;
	u64 t = get_cycles();

	asm volatile("1: decq %0; jnz 1b" : "+r" (n));
	t = get_cycles() - t;
	return t > 20000 && t < 20100;
}

static int cmp_u32(const void *a, const void *b)
{
	return *(const u32 *)a < *(const u32 *)b ? -1 : *(const u32 *)a > *(const u32 *)b;
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
	sort(in, ROUNDS, sizeof(*in), cmp_u32, NULL);
	sort(out, ROUNDS, sizeof(*out), cmp_u32, NULL);
	*to_handler = in[ROUNDS / 2];
	*to_resumed = out[ROUNDS / 2];
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
