/* SPDX-License-Identifier: MIT */
/*
 * The first of two drivers on one line: the keyboard's, which has an owner already. It
 * keeps the count and exports it, so that shared_two can't be without it.
 */
#include <linux/atomic.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include "shared.h"

static atomic_t seen = ATOMIC_INIT(0);

int shared_one_seen(void)
{
	return atomic_read(&seen);
}
EXPORT_SYMBOL_GPL(shared_one_seen);

/* Not this driver's device: say so, and let the next one on the line be asked. */
static irqreturn_t shared_interrupt(int irq, void *dev)
{
	atomic_inc(&seen);
	return IRQ_NONE;
}

static int __init shared_one_init(void)
{
	int err;

	/* Every user of a shared line says so: without IRQF_SHARED the line is refused. */
	err = request_irq(SHARED_LINE, shared_interrupt, 0, "shared-wrong", &seen);
	pr_info("shared_one: without IRQF_SHARED: %d\n", err);
	/* ... and each has a dev_id of its own to be found by. */
	err = request_irq(SHARED_LINE, shared_interrupt, IRQF_SHARED, "shared-wrong", NULL);
	pr_info("shared_one: without a dev_id: %d\n", err);
	err = request_irq(SHARED_LINE, shared_interrupt, IRQF_SHARED, "shared-one", &seen);
	pr_info("shared_one: shared, with a dev_id: %d\n", err);
	return err;
}

static void __exit shared_one_exit(void)
{
	free_irq(SHARED_LINE, &seen);
	pr_info("shared_one: asked %d times\n", atomic_read(&seen));
}

module_init(shared_one_init);
module_exit(shared_one_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Two drivers on one line: the first");
