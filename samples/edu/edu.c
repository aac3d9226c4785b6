/* SPDX-License-Identifier: MIT */
/*
 * A PCI driver for QEMU's educational device: a factorial and a DMA transfer, each of which
 * tells by an interrupt that it is done.
 *
 * The hard handler acknowledges the device and hands over to the thread; the thread, which
 * may sleep, starts the next step: factorial, then a copy of the result into the device
 * and back. QEMU documentation, "EDU device".
 */
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>

#define EDU_ID		0x00	/* R: 0xRRrr00ed, version */
#define EDU_LIVENESS	0x04	/* RW: reads as the complement of what was written */
#define EDU_FACTORIAL	0x08	/* RW: n, later n! */
#define EDU_STATUS	0x20	/* RW */
#define   STATUS_IRQ_WHEN_DONE 0x80
#define EDU_IRQ_STATUS	0x24	/* R */
#define   IRQ_FACTORIAL	0x001
#define   IRQ_DMA	0x100
#define EDU_IRQ_ACK	0x64	/* W: the bits of EDU_IRQ_STATUS to clear */
#define EDU_DMA_SRC	0x80
#define EDU_DMA_DST	0x88
#define EDU_DMA_COUNT	0x90
#define EDU_DMA_COMMAND	0x98
#define   DMA_RUN	0x1
#define   DMA_FROM_DEVICE 0x2
#define   DMA_IRQ_WHEN_DONE 0x4
#define EDU_BUFFER	0x40000	/* the device's own memory, in its DMA address space */

static int number = 10;
module_param(number, int, 0444);
MODULE_PARM_DESC(number, "whose factorial to compute (0 to 12)");

static bool msi = true;
module_param(msi, bool, 0444);
MODULE_PARM_DESC(msi, "interrupt by message (default) or by the INTx pin");

enum step { FACTORIAL, TO_DEVICE, FROM_DEVICE };

struct edu {
	struct pci_dev	*pdev;
	void __iomem	*regs;
	__le32		*buf;		/* buf[0] goes to the device, buf[1] comes back */
	dma_addr_t	bus;
	int		irq;
	enum step	step;		/* the thread's, once the first step has started */
	u32		result;
	struct completion done;
};

static void start_dma(struct edu *edu, u64 src, u64 dst, u32 direction)
{
	writeq(src, edu->regs + EDU_DMA_SRC);
	writeq(dst, edu->regs + EDU_DMA_DST);
	writeq(sizeof(*edu->buf), edu->regs + EDU_DMA_COUNT);
	writeq(DMA_RUN | direction | DMA_IRQ_WHEN_DONE, edu->regs + EDU_DMA_COMMAND);
}

static irqreturn_t edu_interrupt(int irq, void *dev)
{
	struct edu *edu = dev;
	u32 status = readl(edu->regs + EDU_IRQ_STATUS);

	if (!status)
		return IRQ_NONE;
	writel(status, edu->regs + EDU_IRQ_ACK);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t edu_thread(int irq, void *dev)
{
	struct edu *edu = dev;

	switch (edu->step) {
	case FACTORIAL:
		edu->result = readl(edu->regs + EDU_FACTORIAL);
		pci_info(edu->pdev, "%d! = %u\n", number, edu->result);
		edu->buf[0] = cpu_to_le32(edu->result);
		edu->step = TO_DEVICE;
		start_dma(edu, edu->bus, EDU_BUFFER, 0);
		break;
	case TO_DEVICE:
		edu->step = FROM_DEVICE;
		start_dma(edu, EDU_BUFFER, edu->bus + sizeof(*edu->buf), DMA_FROM_DEVICE);
		break;
	case FROM_DEVICE:
		complete(&edu->done);
		break;
	}
	return IRQ_HANDLED;
}

static int edu_run(struct edu *edu)
{
	init_completion(&edu->done);
	writel(STATUS_IRQ_WHEN_DONE, edu->regs + EDU_STATUS);
	writel(number, edu->regs + EDU_FACTORIAL);
	if (!wait_for_completion_timeout(&edu->done, 10 * HZ))
		return -ETIMEDOUT;
	if (edu->buf[1] != edu->buf[0])
		return -EIO;
	pci_info(edu->pdev, "by DMA into the device and back: %u\n", le32_to_cpu(edu->buf[1]));
	return 0;
}

static int edu_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct edu *edu;
	int err;

	edu = devm_kzalloc(&pdev->dev, sizeof(*edu), GFP_KERNEL);
	if (!edu)
		return -ENOMEM;
	edu->pdev = pdev;
	pci_set_drvdata(pdev, edu);
	err = pci_enable_device(pdev);
	if (err)
		return err;
	err = pci_request_regions(pdev, "edu");
	if (err)
		goto disable;
	err = -ENOMEM;
	edu->regs = pci_iomap(pdev, 0, 0);
	if (!edu->regs)
		goto release;
	pci_set_master(pdev);
	err = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(28));
	if (err)
		goto unmap;
	err = -ENOMEM;
	edu->buf = dma_alloc_coherent(&pdev->dev, PAGE_SIZE, &edu->bus, GFP_KERNEL);
	if (!edu->buf)
		goto unmap;
	err = pci_alloc_irq_vectors(pdev, 1, 1, msi ? PCI_IRQ_MSI : PCI_IRQ_LEGACY);
	if (err < 0)
		goto free;
	edu->irq = pci_irq_vector(pdev, 0);
	err = request_threaded_irq(edu->irq, edu_interrupt, edu_thread, IRQF_ONESHOT | (msi ? 0 : IRQF_SHARED),
				   "edu", edu);
	if (err)
		goto vectors;
	pci_info(pdev, "version %#x, interrupt by %s\n", readl(edu->regs + EDU_ID), msi ? "MSI" : "INTx");
	err = edu_run(edu);
	if (!err)
		return 0;
	pci_err(pdev, "no answer: %d\n", err);
	free_irq(edu->irq, edu);
vectors:
	pci_free_irq_vectors(pdev);
free:
	dma_free_coherent(&pdev->dev, PAGE_SIZE, edu->buf, edu->bus);
unmap:
	pci_iounmap(pdev, edu->regs);
release:
	pci_release_regions(pdev);
disable:
	pci_disable_device(pdev);
	return err;
}

static void edu_remove(struct pci_dev *pdev)
{
	struct edu *edu = pci_get_drvdata(pdev);

	writel(0, edu->regs + EDU_STATUS);
	free_irq(edu->irq, edu);
	pci_free_irq_vectors(pdev);
	dma_free_coherent(&pdev->dev, PAGE_SIZE, edu->buf, edu->bus);
	pci_iounmap(pdev, edu->regs);
	pci_release_regions(pdev);
	pci_disable_device(pdev);
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ }
};
MODULE_DEVICE_TABLE(pci, edu_ids);

static struct pci_driver edu_driver = {
	.name = "edu",
	.id_table = edu_ids,
	.probe = edu_probe,
	.remove = edu_remove,
};

module_pci_driver(edu_driver);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("QEMU's educational PCI device, by threaded interrupts");
