/* SPDX-License-Identifier: MIT */
/* A tasklet scheduled while it runs, by itself and by another CPU, runs once more. rows D4 */
#include <linux/interrupt.h>
#include <linux/smp.h>
#include "test.h"

static int runs, again;
static struct tasklet_struct t;
static atomic_t inside, most;

static void schedule_it(void *info)
{
	tasklet_schedule(&t);
}

static void run(struct tasklet_struct *me)
{
	if (atomic_inc_return(&inside) > atomic_read(&most))
		atomic_set(&most, atomic_read(&inside));
	runs++;
	note("run%d", runs);
	if (runs <= again) {
		tasklet_schedule(me);
		tasklet_schedule(me);
	}
	atomic_dec(&inside);
}

static void test(void)
{
	int i;

	tasklet_setup(&t, run);
	again = 2;
	tasklet_schedule(&t);
	eventually(runs == 3);
	tasklet_kill(&t);
	show("from itself");
	again = runs = 0;
	for (i = 0; i < 200; i++) {
		smp_call_function_single(0, schedule_it, NULL, 1);
		smp_call_function_single(1, schedule_it, NULL, 1);
	}
	eventually(!test_bit(TASKLET_STATE_SCHED, &t.state));
	tasklet_kill(&t);
	notes_len = 0;
	note("at most %d at a time, ran %s", atomic_read(&most), runs > 0 && runs <= 400 ? "well" : "badly");
	show("from two CPUs");
}
MODULE_TEST(test);
