/* SPDX-License-Identifier: MIT */
/* A device on a level line whose driver does not know it: the handler never quiets it. */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/pci.h>
#include "fault.h"

#define EDU_IRQ_RAISE	0x60	/* W; QEMU documentation, "EDU device" */
#define EDU_IRQ_ACK	0x64

static struct pci_dev *pdev;
static void __iomem *regs;

static irqreturn_t ignore_device(int irq, void *dev)
{
	return IRQ_NONE;
}

static int interrupt_for_ever(void)
{
	int err;

	pdev = pci_get_device(PCI_VENDOR_ID_QEMU, 0x11e8, NULL);
	if (!pdev)
		return -ENODEV;
	err = pci_enable_device(pdev);
	if (err)
		goto put;
	err = -ENOMEM;
	regs = pci_iomap(pdev, 0, 0);
	if (!regs)
		goto disable;
	err = request_irq(pdev->irq, ignore_device, IRQF_SHARED, KBUILD_MODNAME, &pdev);
	if (err)
		goto unmap;
	writel(1, regs + EDU_IRQ_RAISE);
	return 0;

unmap:
	pci_iounmap(pdev, regs);
disable:
	pci_disable_device(pdev);
put:
	pci_dev_put(pdev);
	return err;
}

static void quiet_device(void)
{
	writel(~0u, regs + EDU_IRQ_ACK);
	free_irq(pdev->irq, &pdev);
	pci_iounmap(pdev, regs);
	pci_disable_device(pdev);
	pci_dev_put(pdev);
}

FAULT(interrupt_for_ever, quiet_device);
