// SPDX-License-Identifier: MIT
/*
 * A device's interrupt, by MSI and by INTx: from the write that makes QEMU's edu raise it to the
 * handler's first line, from the handler's last line to the interrupted code; and from the same
 * write to what the handler puts off: a tasklet, the line's thread, a work item. The handler
 * reads the device's status and acknowledges, two accesses.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include "irqbench.h"

#define EDU_IRQ_STATUS	0x24	/* R */
#define EDU_IRQ_RAISE	0x60	/* W: bits to set in the status */
#define EDU_IRQ_ACK	0x64	/* W: bits to clear in it */

static struct pci_dev *pdev;

struct edu *edu_open(bool msi)
{
	struct edu *edu = kzalloc(sizeof(*edu), GFP_KERNEL);

	pdev = pci_get_device(0x1234, 0x11e8, NULL);
	if (!edu || !pdev || pci_enable_device(pdev))
		goto none;
	pci_set_master(pdev);
	edu->regs = pci_iomap(pdev, 0, 0);
	if (!edu->regs || pci_alloc_irq_vectors(pdev, 1, 1, msi ? PCI_IRQ_MSI : PCI_IRQ_LEGACY) != 1)
		goto disable;
	edu->irq = pci_irq_vector(pdev, 0);
	return edu;
disable:
	if (edu->regs)
		pci_iounmap(pdev, edu->regs);
	pci_disable_device(pdev);
none:
	pr_err("irqbench: no edu device that interrupts by %s\n", msi ? "MSI" : "INTx");
	pci_dev_put(pdev);
	kfree(edu);
	return NULL;
}

void edu_close(struct edu *edu)
{
	pci_free_irq_vectors(pdev);
	pci_iounmap(pdev, edu->regs);
	pci_disable_device(pdev);
	pci_dev_put(pdev);
	kfree(edu);
}

static u64 handler_begun, handler_ended, entered;
static DECLARE_COMPLETION(ran);

static void acknowledge(struct edu *edu)
{
	writel(readl(edu->regs + EDU_IRQ_STATUS), edu->regs + EDU_IRQ_ACK);
}

static irqreturn_t handler(int irq, void *dev)
{
	handler_begun = get_cycles();
	acknowledge(dev);
	handler_ended = get_cycles();
	return IRQ_HANDLED;
}

static void direct(struct edu *edu, const char *name, const char *in_name, const char *out_name)
{
	unsigned int i;

	if (request_irq(edu->irq, handler, IRQF_SHARED, "irqbench", edu))
		return;
	irq_set_affinity(edu->irq, cpumask_of(0));
	/* A line moves with its next interrupt. */
	handler_ended = 0;
	writel(1, edu->regs + EDU_IRQ_RAISE);
	while (!READ_ONCE(handler_ended))
		cpu_relax();
	clear_samples();
	for (i = 0; i < ROUNDS; i++) {
		u64 before = get_cycles(), after;

		writel(1, edu->regs + EDU_IRQ_RAISE);
		after = get_cycles();
		add_sample(&in, handler_begun - before);
		add_sample(&out, after - handler_ended);
		add_sample(&whole, after - before);
	}
	free_irq(edu->irq, edu);
	report_median(in_name, &in);
	report_median(out_name, &out);
	report_median(name, &whole);
}

/* ---- What the handler puts off: each notes when it began, and says that it ran -------------- */

static void deferred(void)
{
	entered = get_cycles();
	complete(&ran);
}

static void in_tasklet(struct tasklet_struct *t)
{
	deferred();
}
static DECLARE_TASKLET(tasklet, in_tasklet);

static irqreturn_t to_tasklet(int irq, void *dev)
{
	acknowledge(dev);
	tasklet_schedule(&tasklet);
	return IRQ_HANDLED;
}

static irqreturn_t to_hi_tasklet(int irq, void *dev)
{
	acknowledge(dev);
	tasklet_hi_schedule(&tasklet);
	return IRQ_HANDLED;
}

static void in_work(struct work_struct *work)
{
	deferred();
}
static DECLARE_WORK(work, in_work);

static irqreturn_t to_work(int irq, void *dev)
{
	acknowledge(dev);
	schedule_work(&work);
	return IRQ_HANDLED;
}

static irqreturn_t to_thread(int irq, void *dev)
{
	acknowledge(dev);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t in_thread(int irq, void *dev)
{
	deferred();
	return IRQ_HANDLED;
}

static void put_off(struct edu *edu, const char *name, irq_handler_t hard, irq_handler_t thread)
{
	unsigned int i;

	if (request_threaded_irq(edu->irq, hard, thread, IRQF_SHARED, "irqbench", edu))
		return;
	irq_set_affinity(edu->irq, cpumask_of(0));
	clear_samples();
	for (i = 0; i < ROUNDS; i++) {
		u64 before = get_cycles();

		writel(1, edu->regs + EDU_IRQ_RAISE);
		wait_for_completion(&ran);
		add_sample(&whole, entered - before);
	}
	free_irq(edu->irq, edu);
	report_median(name, &whole);
}

void bench_interrupt(void)
{
	struct edu *edu = edu_open(true);

	if (edu) {
		direct(edu, "interrupt.msi", "interrupt.msi_in", "interrupt.msi_out");
		put_off(edu, "interrupt.msi_hi_softirq", to_hi_tasklet, NULL);
		put_off(edu, "interrupt.msi_tasklet", to_tasklet, NULL);
		put_off(edu, "interrupt.msi_thread", to_thread, in_thread);
		put_off(edu, "interrupt.msi_work", to_work, NULL);
		edu_close(edu);
	}
	edu = edu_open(false);
	if (edu) {
		direct(edu, "interrupt.intx", "interrupt.intx_in", "interrupt.intx_out");
		put_off(edu, "interrupt.intx_hi_softirq", to_hi_tasklet, NULL);
		put_off(edu, "interrupt.intx_tasklet", to_tasklet, NULL);
		put_off(edu, "interrupt.intx_thread", to_thread, in_thread);
		put_off(edu, "interrupt.intx_work", to_work, NULL);
		edu_close(edu);
	}
}
