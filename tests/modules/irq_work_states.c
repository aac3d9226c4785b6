/* SPDX-License-Identifier: MIT */
/* irq_work: queued twice, from itself, lazy. rows D10 */
#include <linux/irq_work.h>
#include "test.h"

static int runs;

static void run(struct irq_work *w)
{
	note("[run pending %d busy %d]", irq_work_is_pending(w), irq_work_is_busy(w));
	if (++runs == 1)
		note("again %d", irq_work_queue(w));
}

static void test(void)
{
	struct irq_work w = IRQ_WORK_INIT(run), lazy = IRQ_WORK_INIT_LAZY(run);

	local_irq_disable();
	note("%d %d", irq_work_queue(&w), irq_work_queue(&w));
	note("pending %d busy %d", irq_work_is_pending(&w), irq_work_is_busy(&w));
	local_irq_enable();
	irq_work_sync(&w);
	note("pending %d busy %d", irq_work_is_pending(&w), irq_work_is_busy(&w));
	show("queued from itself");
	note("runs %d", runs);
	show("counted");
	note("%d", irq_work_queue(&lazy));
	irq_work_sync(&lazy);
	note("runs %d", runs);
	show("lazy");
}
MODULE_TEST(test);
