/* SPDX-License-Identifier: MIT */
/* A worker that sleeps lets the next work of its CPU run; max_active holds it back. rows D7 */
#include <linux/completion.h>
#include <linux/workqueue.h>
#include "test.h"

static struct completion go[3];
static struct work_struct works[3];

static void run(struct work_struct *w)
{
	int n = w - works;

	note("start%d", n);
	wait_for_completion(&go[n]);
	note("end%d", n);
}

static void use(unsigned int flags, int active, const char *what)
{
	struct workqueue_struct *wq = alloc_workqueue("sleepers", flags, active);
	int i;

	for (i = 0; i < 3; i++) {
		init_completion(&go[i]);
		INIT_WORK(&works[i], run);
		queue_work_on(0, wq, &works[i]);
		msleep(30);
	}
	for (i = 2; i >= 0; i--) {
		complete(&go[i]);
		msleep(30);
	}
	flush_workqueue(wq);
	show(what);
	destroy_workqueue(wq);
}

static void test(void)
{
	use(0, 0, "as many as come");
	use(0, 1, "one active");
	use(0, 2, "two active");
	use(WQ_HIGHPRI, 0, "high");
	use(WQ_CPU_INTENSIVE, 0, "intensive");
	use(WQ_UNBOUND, 0, "unbound");
	use(WQ_MEM_RECLAIM, 0, "reclaim");
}
MODULE_TEST(test);
