/* SPDX-License-Identifier: MIT */
/* Every argument that request_irq and its family refuse. rows C1 */
#include "line.h"

static irqreturn_t thread(int irq, void *dev)
{
	return IRQ_HANDLED;
}

static void try(const char *what, int irq, irq_handler_t h, irq_handler_t t, unsigned long flags,
		void *dev)
{
	int err = request_threaded_irq(irq, h, t, flags, "line", dev);

	if (!err)
		free_irq(irq, dev);
	pr_info("%s: %d\n", what, err);
}

static void test(void)
{
	int irq = line_new(&dummy_irq_chip, handle_simple_irq), dev;

	try("fine", irq, line_handler, NULL, 0, NULL);
	try("no such line", 1000000, line_handler, NULL, 0, NULL);
	try("IRQ_NOTCONNECTED", IRQ_NOTCONNECTED, line_handler, NULL, 0, NULL);
	try("no handler at all", irq, NULL, NULL, 0, NULL);
	try("thread only, not oneshot", irq, NULL, thread, 0, &dev);
	try("thread only, oneshot", irq, NULL, thread, IRQF_ONESHOT, &dev);
	try("shared without dev", irq, line_handler, NULL, IRQF_SHARED, NULL);
	try("shared", irq, line_handler, NULL, IRQF_SHARED, &dev);
	try("shared, no autoen", irq, line_handler, NULL, IRQF_SHARED | IRQF_NO_AUTOEN, &dev);
	try("no autoen", irq, line_handler, NULL, IRQF_NO_AUTOEN, &dev);
	try("cond suspend, not shared", irq, line_handler, NULL, IRQF_COND_SUSPEND, &dev);
	try("cond suspend, shared", irq, line_handler, NULL, IRQF_COND_SUSPEND | IRQF_SHARED, &dev);
	try("no suspend and cond suspend", irq, line_handler, NULL,
	    IRQF_NO_SUSPEND | IRQF_COND_SUSPEND | IRQF_SHARED, &dev);
	try("oneshot without thread", irq, line_handler, NULL, IRQF_ONESHOT, &dev);
	try("timer", irq, line_handler, NULL, IRQF_TIMER, &dev);
	try("rising, a chip without set_type", irq, line_handler, NULL, IRQF_TRIGGER_RISING, &dev);
	pr_info("any context: %d\n", request_any_context_irq(irq, line_handler, 0, "line", &dev));
	free_irq(irq, &dev);
	irq_set_status_flags(irq, IRQ_NOREQUEST);
	try("not to be requested", irq, line_handler, NULL, 0, NULL);
	irq_clear_status_flags(irq, IRQ_NOREQUEST);
	irq_set_status_flags(irq, IRQ_NOAUTOEN);
	try("not to be opened by itself", irq, line_handler, NULL, 0, NULL);
	irq_clear_status_flags(irq, IRQ_NOAUTOEN);
	irq_set_status_flags(irq, IRQ_NOTHREAD);
	try("not to be threaded", irq, line_handler, thread, 0, NULL);
	irq_set_chip(irq, NULL);
	try("without a chip", irq, line_handler, NULL, 0, NULL);
	line_free(irq);
	try("freed", irq, line_handler, NULL, 0, NULL);
}
MODULE_TEST(test);
