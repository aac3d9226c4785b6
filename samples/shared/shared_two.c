/* SPDX-License-Identifier: MIT */
/* The second driver on the line. It is asked after the first, and finds that one's count. */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include "shared.h"

/* Written by the handler only; a line's handlers never run on two CPUs at once. */
static int behind, asked;

static irqreturn_t shared_interrupt(int irq, void *dev)
{
	static int last;
	int now = shared_one_seen();

	if (!asked++)
		pr_info("shared_two: asked for the first time\n");
	if (now == last)
		behind++;
	last = now;
	return IRQ_NONE;
}

static int __init shared_two_init(void)
{
	int err = request_irq(SHARED_LINE, shared_interrupt, IRQF_SHARED, "shared-two", &asked);

	pr_info("shared_two: %d\n", err);
	return err;
}

static void __exit shared_two_exit(void)
{
	free_irq(SHARED_LINE, &asked);
	pr_info("shared_two: asked %d times, %d times before shared_one\n", asked, behind);
}

module_init(shared_two_init);
module_exit(shared_two_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Two drivers on one line: the second");
