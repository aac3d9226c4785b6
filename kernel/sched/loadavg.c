// SPDX-License-Identifier: MIT
/*
 * /proc/loadavg: how many tasks want to run, or wait in a sleep that nothing disturbs, smoothed
 * over 1, 5 and 15 minutes.
 *
 * Counted every five seconds by looking at all tasks, so that nobody has to count as tasks sleep
 * and wake. Each average moves towards the count by its part of the distance, 1 - e^(-5s/time).
 */
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/proc_fs.h>
#include <linux/sched/loadavg.h>
#include <linux/seq_file.h>
#include <linux/timer.h>
#include "internals.h"

/* 2^11 * e^(-5/60), e^(-5/300), e^(-5/900) */
static const unsigned long decay[3] = { 1884, 2014, 2037 };

unsigned long avenrun[3];	/* fixed-point, FSHIFT bits; written by the timer only */

static bool counts_as_load(struct task_struct *p)
{
	unsigned int state = READ_ONCE(p->__state);

	return state == TASK_RUNNING ||
	       ((state & TASK_UNINTERRUPTIBLE) && !(state & TASK_NOLOAD) && p->sum_exec_runtime);
}

static void count_tasks(unsigned int *load, unsigned int *all)
{
	struct task_struct *p;
	unsigned long flags;

	*load = *all = 0;
	read_lock_irqsave(&tasklist_lock, flags);
	for_each_process(p) {
		*all += 1;
		*load += counts_as_load(p);
	}
	read_unlock_irqrestore(&tasklist_lock, flags);
}

static void sample(struct timer_list *timer)
{
	unsigned int load, all;

	count_tasks(&load, &all);
	for (int i = 0; i < 3; i++) {
		unsigned long sum = avenrun[i] * decay[i] +
				    (unsigned long)load * FIXED_1 * (FIXED_1 - decay[i]);

		WRITE_ONCE(avenrun[i], sum >> FSHIFT);
	}
	mod_timer(timer, jiffies + LOAD_FREQ);
}
static DEFINE_TIMER(sampler, sample);

static int loadavg_show(struct seq_file *m, void *unused)
{
	unsigned int load, all;

	for (int i = 0; i < 3; i++) {
		unsigned long avg = READ_ONCE(avenrun[i]) + FIXED_1 / 200;	/* rounded */

		seq_printf(m, "%lu.%02lu ", LOAD_INT(avg), LOAD_FRAC(avg));
	}
	count_tasks(&load, &all);
	seq_printf(m, "%u/%u %d\n", nr_running(), all, last_pid());
	return 0;
}

static int __init loadavg_init(void)
{
	mod_timer(&sampler, jiffies + LOAD_FREQ);
	proc_create_single("loadavg", 0444, NULL, loadavg_show);
	return 0;
}
fs_initcall(loadavg_init);
