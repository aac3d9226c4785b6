/* SPDX-License-Identifier: MIT */
/*
 * PCI messages on x86: the domain of drivers/pci/msi.c on top of the vectors.
 *
 * The acknowledge is the local APIC's EOI and nothing else; it is called without the detour
 * through the parent's chip, as every message's interrupt pays for it.
 */
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/msi.h>
#include <linux/printk.h>
#include <asm/hw_irq.h>

static int x86_msi_set_affinity(struct irq_data *data, const struct cpumask *mask, bool force)
{
	int ret = pci_msi_set_affinity(data, mask, force);

	if (ret >= 0)
		vector_move_done(data);
	return ret;
}

static struct irq_chip pci_msi_chip = {
	.name			= "PCI-MSI",
	.irq_set_affinity	= x86_msi_set_affinity,
	.irq_ack		= apic_ack_irq,
	.irq_retrigger		= irq_chip_retrigger_hierarchy,
};

/** pci_msi_arch_init - offer PCI messages. Context: boot, after vector_init(). */
void __init pci_msi_arch_init(void)
{
	if (!pci_msi_create_irq_domain(irq_domain_alloc_named_fwnode("PCI-MSI"), &pci_msi_chip,
				       x86_vector_domain))
		pr_warn("PCI: no memory for MSI\n");
}
