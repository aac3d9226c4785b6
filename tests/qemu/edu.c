/* SPDX-License-Identifier: MIT */
/* The device that the interrupt tests use. */
#include "edu.h"
#include "test.h"

bool edu_open(struct edu *edu, unsigned int flags)
{
	edu->pdev = pci_get_device(EDU_VENDOR, EDU_DEVICE, NULL);
	if (!edu->pdev)
		return false;
	if (pci_enable_device(edu->pdev))
		goto put;
	pci_set_master(edu->pdev);
	edu->regs = pci_iomap(edu->pdev, 0, 0);
	if (!edu->regs)
		goto disable;
	if (pci_alloc_irq_vectors(edu->pdev, 1, 1, flags) != 1)
		goto unmap;
	edu->irq = pci_irq_vector(edu->pdev, 0);
	writel(~0u, edu->regs + EDU_IRQ_ACK);
	return true;

unmap:
	pci_iounmap(edu->pdev, edu->regs);
disable:
	pci_disable_device(edu->pdev);
put:
	pci_dev_put(edu->pdev);
	return false;
}

void edu_close(struct edu *edu)
{
	writel(~0u, edu->regs + EDU_IRQ_ACK);
	pci_free_irq_vectors(edu->pdev);
	pci_iounmap(edu->pdev, edu->regs);
	pci_disable_device(edu->pdev);
	pci_dev_put(edu->pdev);
}
