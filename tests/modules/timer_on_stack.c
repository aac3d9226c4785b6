/* SPDX-License-Identifier: MIT */
/* Timers with flags: on the stack, deferrable, pinned, irq-safe; and their contexts. rows D8 */
#include <linux/timer.h>
#include "test.h"

struct holder {
	struct timer_list timer;
	int runs;
};

static void run(struct timer_list *t)
{
	struct holder *h = from_timer(h, t, timer);

	note("run(irqs-off %d, softirq %d)", irqs_disabled(), !!in_serving_softirq());
	h->runs++;
}

static void use(unsigned int flags, const char *what)
{
	struct holder h = { .runs = 0 };

	timer_setup_on_stack(&h.timer, run, flags);
	note("flags %x", h.timer.flags & TIMER_INIT_FLAGS);
	mod_timer(&h.timer, jiffies + 2);
	eventually(READ_ONCE(h.runs));
	note("sync %d", del_timer_sync(&h.timer));
	destroy_timer_on_stack(&h.timer);
	show(what);
}

static void test(void)
{
	use(0, "plain");
	use(TIMER_PINNED, "pinned");
	use(TIMER_IRQSAFE, "irq-safe");
}
MODULE_TEST(test);
