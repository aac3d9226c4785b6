/* SPDX-License-Identifier: MIT */
/* The old form, with an unsigned long, and the kill of one that is running. rows D4 */
#include <linux/interrupt.h>
#include "test.h"

static void old(unsigned long data)
{
	note("old(%lu)", data);
}
static DECLARE_TASKLET_OLD(declared, old);

static void slow(unsigned long data)
{
	mdelay(5);
	note("slow-end");
}

static void test(void)
{
	struct tasklet_struct t;

	tasklet_schedule(&declared);
	tasklet_kill(&declared);
	tasklet_init(&t, old, 77);
	note("callback %d", t.use_callback);
	tasklet_hi_schedule(&t);
	tasklet_kill(&t);
	tasklet_init(&t, slow, 0);
	tasklet_schedule(&t);
	tasklet_kill(&t);
	note("killed");
	show("old");
}
MODULE_TEST(test);
