/* SPDX-License-Identifier: MIT */
/* Where works run, and as whom. rows D7 */
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/workqueue.h>
#include "test.h"

static void run(struct work_struct *w)
{
	note("[cpu %d worker %d kthread %d nice %d bound %d]", raw_smp_processor_id(),
	     !!(current->flags & PF_WQ_WORKER), !!(current->flags & PF_KTHREAD),
	     task_nice(current), current->nr_cpus_allowed == 1);
}
static DECLARE_WORK(work, run);
static DECLARE_WORK(work2, run);

static long answer(void *arg)
{
	note("cpu %d", raw_smp_processor_id());
	return (long)arg * 2;
}

static void on(int cpu, struct workqueue_struct *wq, const char *what)
{
	bool queued = queue_work_on(cpu, wq, &work);

	flush_work(&work);	/* it has noted what it has by then */
	note("%d", queued);
	show(what);
}

static void test(void)
{
	bool queued;

	on(0, system_wq, "system_wq, 0");
	on(1, system_wq, "system_wq, 1");
	on(1, system_highpri_wq, "highpri, 1");
	on(0, system_long_wq, "long, 0");
	on(0, system_freezable_wq, "freezable, 0");
	note("%ld", work_on_cpu(1, answer, (void *)21));
	note("%ld", work_on_cpu(0, answer, (void *)-1));
	show("work_on_cpu");
	queued = schedule_work_on(1, &work2);
	flush_work(&work2);
	note("%d", queued);
	show("schedule_work_on");
	notes_len = 0;
	note("current_work %d", current_work() == NULL);
	show("process");
}
MODULE_TEST(test);
