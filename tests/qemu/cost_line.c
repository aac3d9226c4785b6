/* SPDX-License-Identifier: MIT */
/*
 * What attaching and detaching a handler costs, and closing and opening its line, in instructions.
 * The limits are a little above what was reached.
 */
#include <linux/interrupt.h>
#include <linux/pci.h>
#include "cost.h"
#include "test.h"

#define ROUNDS	51

static irqreturn_t nobody(int irq, void *dev)
{
	return IRQ_NONE;
}

static u32 request_cost(int irq)
{
	u32 v[ROUNDS];
	int i;

	for (i = 0; i < ROUNDS; i++) {
		u64 begun = get_cycles();

		if (!expect(!request_irq((unsigned int)irq, nobody, IRQF_SHARED, "cost", v)))
			return 0;
		free_irq((unsigned int)irq, v);
		v[i] = (u32)(get_cycles() - begun);
	}
	return median(v, ROUNDS);
}

static u32 disable_cost(int irq)
{
	u32 v[ROUNDS];
	int i;

	if (!expect(!request_irq((unsigned int)irq, nobody, IRQF_SHARED, "cost", v)))
		return 0;
	for (i = 0; i < ROUNDS; i++) {
		u64 begun = get_cycles();

		disable_irq((unsigned int)irq);
		enable_irq((unsigned int)irq);
		v[i] = (u32)(get_cycles() - begun);
	}
	free_irq((unsigned int)irq, v);
	return median(v, ROUNDS);
}

static void measure(const char *what, unsigned int kind, u32 request_limit, u32 disable_limit)
{
	struct pci_dev *pdev = pci_get_device(0x1234, 0x11e8, NULL);
	u32 request, disable;
	int irq;

	need(counts_instructions(), "the time-stamp counter does not count instructions: boot with --icount");
	need(pdev, "no edu device");
	require(!pci_enable_device(pdev));
	require(pci_alloc_irq_vectors(pdev, 1, 1, kind) == 1);
	irq = pci_irq_vector(pdev, 0);
	request = request_cost(irq);
	disable = disable_cost(irq);
	test_note("%s: request and free %u, disable and enable %u", what, request, disable);
	expect(request && request <= request_limit);
	expect(disable && disable <= disable_limit);
	pci_free_irq_vectors(pdev);
	pci_disable_device(pdev);
	pci_dev_put(pdev);
}

TEST(cost, line_msi, "C1 A6", "attaching and detaching, disabling and enabling an MSI line cost what they may")
{
	measure("MSI", PCI_IRQ_MSI, 5000, 230);
}

TEST(cost, line_intx, "C1 A6", "attaching and detaching, disabling and enabling a wire of the I/O APIC cost what they may")
{
	measure("INTx", PCI_IRQ_LEGACY, 5000, 290);
}
