/* SPDX-License-Identifier: MIT */
/* A disabled tasklet stays scheduled and runs when the last disable is taken back. rows D4 */
#include <linux/interrupt.h>
#include "test.h"

static int runs;

static void run(struct tasklet_struct *t)
{
	runs++;
}
static DECLARE_TASKLET_DISABLED(off, run);

static void state(const char *what)
{
	note("%s: runs %d count %d scheduled %d", what, runs, atomic_read(&off.count),
	     test_bit(TASKLET_STATE_SCHED, &off.state));
}

static void test(void)
{
	state("born");
	tasklet_schedule(&off);
	tasklet_schedule(&off);
	msleep(20);
	state("scheduled");
	tasklet_disable(&off);
	tasklet_enable(&off);
	msleep(20);
	state("one disable more, and taken back");
	tasklet_enable(&off);
	eventually(runs == 1);
	msleep(20);
	state("two");
	tasklet_disable_nosync(&off);
	tasklet_enable(&off);
	state("off and on");
	tasklet_schedule(&off);
	eventually(runs == 2);
	tasklet_kill(&off);
	state("killed");
	tasklet_schedule(&off);
	eventually(runs == 3);
	tasklet_kill(&off);
	state("after the kill");
	show("states");
}
MODULE_TEST(test);
