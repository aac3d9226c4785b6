/* SPDX-License-Identifier: MIT */
/*
 * QEMU's "edu" device, which interrupts when it is told to. QEMU docs/specs/edu.txt.
 */
#ifndef _TESTS_EDU_H
#define _TESTS_EDU_H

#include <linux/pci.h>

#define EDU_VENDOR		PCI_VENDOR_ID_QEMU
#define EDU_DEVICE		0x11e8

#define EDU_ID			0x00	/* R: 0xRRrr00ed */
#define EDU_LIVENESS		0x04	/* RW: reads back inverted */
#define EDU_FACTORIAL		0x08
#define EDU_STATUS		0x20
#define   EDU_STATUS_COMPUTING		0x01
#define   EDU_STATUS_IRQ_WHEN_DONE	0x80
#define EDU_IRQ_STATUS		0x24	/* R: what was raised and not acknowledged */
#define EDU_IRQ_RAISE		0x60	/* W */
#define EDU_IRQ_ACK		0x64	/* W */

struct edu {
	struct pci_dev *pdev;
	void __iomem *regs;
	int irq;
};

/* edu.c: switch it on with the interrupts that @flags (PCI_IRQ_*) allow; false: not there. */
bool edu_open(struct edu *edu, unsigned int flags);
void edu_close(struct edu *edu);

#endif
