/* SPDX-License-Identifier: MIT */
/* What an interrupt handler says about the interrupt it was asked about. */
#ifndef _LINUX_IRQRETURN_H
#define _LINUX_IRQRETURN_H

/* Bits, so that the answers of a shared line's handlers can be or-ed together. */
enum irqreturn {
	IRQ_NONE	= 0,		/* not from this device, or nothing to do */
	IRQ_HANDLED	= 1 << 0,	/* from this device, and dealt with */
	IRQ_WAKE_THREAD	= 1 << 1,	/* run the handler's thread */
};

typedef enum irqreturn irqreturn_t;
#define IRQ_RETVAL(x)	((x) ? IRQ_HANDLED : IRQ_NONE)

#endif
