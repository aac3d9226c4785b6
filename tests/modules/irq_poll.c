/* SPDX-License-Identifier: MIT */
/* irq_poll: turns by weight, an end by irq_poll_complete(), nothing while disabled. rows D10 */
#include <linux/interrupt.h>
#include <linux/irq_poll.h>
#include "test.h"

#define WEIGHT	4

struct device_model {
	struct irq_poll iop;
	char name;
	int work, calls, most;
};
static struct device_model a = { .name = 'a' }, b = { .name = 'b' };
static char order[64];
static int len;

static int poll_model(struct irq_poll *iop, int budget)
{
	struct device_model *d = container_of(iop, struct device_model, iop);
	int done = min(budget, d->work);

	d->calls++;
	d->most = max(d->most, budget);
	if (len < (int)sizeof(order) - 1)
		order[len++] = d->name;
	d->work -= done;
	if (done < budget)
		irq_poll_complete(iop);
	return done;
}

static bool idle(struct device_model *d)
{
	return !test_bit(IRQ_POLL_F_SCHED, &d->iop.state);
}

static void state(struct device_model *d, const char *what)
{
	note("%s: %c calls %d most %d left %d", what, d->name, d->calls, d->most, d->work);
}

static void test(void)
{
	irq_poll_init(&a.iop, WEIGHT, poll_model);
	irq_poll_init(&b.iop, WEIGHT, poll_model);
	a.work = 3 * WEIGHT + 1;
	b.work = WEIGHT;
	local_bh_disable();
	irq_poll_sched(&a.iop);
	irq_poll_sched(&b.iop);
	irq_poll_sched(&a.iop);
	local_bh_enable();
	eventually(idle(&a) && idle(&b));
	note("order %s", order);
	state(&a, "done");
	state(&b, "done");

	irq_poll_disable(&a.iop);
	a.work = 1;
	irq_poll_sched(&a.iop);
	msleep(20);
	state(&a, "disabled");
	irq_poll_enable(&a.iop);
	state(&a, "enabled");
	irq_poll_sched(&a.iop);
	eventually(idle(&a));
	state(&a, "again");
	show("irq_poll");
}
MODULE_TEST(test);
