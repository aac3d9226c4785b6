/* SPDX-License-Identifier: MIT */
/* Tasklets, scheduled from everywhere, disabled, killed, and scheduling themselves. */
#include <linux/interrupt.h>
#include "stress.h"

#define NR_TASKLETS	8

static struct probe {
	struct tasklet_struct tasklet;
	atomic_t inside;
} probes[NR_TASKLETS];
static struct tally tally;
static atomic_t overlaps;

/* As tasklet_schedule() does it, to know whether it was the one. */
static void schedule_one(struct probe *p)
{
	if (test_and_set_bit(TASKLET_STATE_SCHED, &p->tasklet.state))
		return;
	atomic_long_inc(&tally.sent);
	if (p == &probes[0])
		__tasklet_hi_schedule(&p->tasklet);
	else
		__tasklet_schedule(&p->tasklet);
}

void poke_tasklet(unsigned int n)
{
	schedule_one(&probes[n % NR_TASKLETS]);
}

static void run(struct tasklet_struct *t)
{
	struct probe *p = from_tasklet(p, t, tasklet);

	if (atomic_inc_return(&p->inside) != 1)
		atomic_inc(&overlaps);
	if (atomic_long_inc_return(&tally.done) % 16 == 0)
		schedule_one(p);
	atomic_dec(&p->inside);
}

static bool begin(void)
{
	unsigned int i;

	tally_begin(&tally, "tasklets");
	atomic_set(&overlaps, 0);
	for (i = 0; i < NR_TASKLETS; i++) {
		atomic_set(&probes[i].inside, 0);
		tasklet_setup(&probes[i].tasklet, run);
	}
	return true;
}

static void step(struct stress_task *t)
{
	struct probe *p = &probes[pick(t, NR_TASKLETS)];

	switch (pick(t, 16)) {
	case 0:
		tasklet_disable(&p->tasklet);
		expect_eq(atomic_read(&p->inside), 0);
		schedule_one(p);
		tasklet_enable(&p->tasklet);
		break;
	case 1:
		tasklet_kill(&p->tasklet);
		break;
	case 2:
		local_bh_disable();
		schedule_one(p);
		schedule_one(&probes[pick(t, NR_TASKLETS)]);
		local_bh_enable();
		break;
	default:
		schedule_one(p);
	}
}

static void end(void)
{
	unsigned int i;

	for (i = 0; i < NR_TASKLETS; i++)
		tasklet_kill(&probes[i].tasklet);
	tally_end(&tally);
	expect_eq(atomic_read(&overlaps), 0);
}

const struct stressor stress_tasklets = {
	.name = "tasklets", .tasks = 3, .begin = begin, .step = step, .end = end,
};
