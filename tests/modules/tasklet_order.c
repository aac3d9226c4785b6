/* SPDX-License-Identifier: MIT */
/* High-priority tasklets first, each kind in the order of scheduling, once each. rows D1 D4 */
#include <linux/interrupt.h>
#include "test.h"

static void run(struct tasklet_struct *t);
static DECLARE_TASKLET(a, run);
static DECLARE_TASKLET(b, run);
static DECLARE_TASKLET(c, run);
static DECLARE_TASKLET(d, run);

static void run(struct tasklet_struct *t)
{
	note("%c", t == &a ? 'a' : t == &b ? 'b' : t == &c ? 'c' : 'd');
}

static void test(void)
{
	local_bh_disable();
	tasklet_schedule(&a);
	tasklet_schedule(&b);
	tasklet_hi_schedule(&c);
	tasklet_hi_schedule(&d);
	tasklet_schedule(&a);
	tasklet_hi_schedule(&a);
	note("scheduled");
	local_bh_enable();
	note("enabled");
	show("order");
	local_bh_disable();
	local_bh_disable();
	tasklet_schedule(&b);
	local_bh_enable();
	note("inner");
	local_bh_enable();
	note("outer");
	show("nested");
	local_irq_disable();
	tasklet_schedule(&b);
	note("irqs off");
	local_irq_enable();
	tasklet_kill(&b);
	note("killed");
	show("killed after it has run");
}
MODULE_TEST(test);
