/* SPDX-License-Identifier: MIT */
/*
 * The stress test: starts the tasks of all stressors, shows how far they are, and looks at the
 * end whether anything was lost, said, or not given back.
 *
 * stress=SECONDS on the command line asks for it, seed=NUMBER has the tasks choose as in an earlier run.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/kthread.h>
#include <linux/random.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "leak.h"
#include "stress.h"

#define PROGRESS	10	/* seconds from one line to the next */

static const struct stressor *const stressors[] = {
	&stress_lines, &stress_edu, &stress_timers, &stress_hrtimers, &stress_calls,
	&stress_tasklets, &stress_works, &stress_workqueues, &stress_rcu, &stress_tasks, &stress_locks,
	&stress_memory, &stress_modules, &stress_files, &stress_hotplug,
};

#define NR_STRESSORS	ARRAY_SIZE(stressors)

static unsigned long seconds;
static u64 seed;

static int __init set_seconds(char *str)
{
	return !kstrtoul(str, 0, &seconds);
}
__setup("stress=", set_seconds);

static int __init set_seed(char *str)
{
	return !kstrtou64(str, 0, &seed);
}
__setup("seed=", set_seed);

/* -- What the stressors use ------------------------------------------------------------------------- */

unsigned int pick_cpu(struct stress_task *t)
{
	unsigned int cpu = pick(t, nr_cpu_ids);

	return cpu_online(cpu) ? cpu : cpumask_any(cpu_online_mask);
}

void pick_cpus(struct stress_task *t, struct cpumask *mask)
{
	unsigned int cpu;

	cpumask_clear(mask);
	for_each_online_cpu(cpu)
		if (pick(t, 2))
			cpumask_set_cpu(cpu, mask);
	if (cpumask_empty(mask))
		cpumask_set_cpu(pick_cpu(t), mask);
}

static long missing(struct tally *t)
{
	return atomic_long_read(&t->sent) - atomic_long_read(&t->taken_back) - atomic_long_read(&t->done);
}

void tally_end(struct tally *t)
{
	unsigned long end = jiffies + TEST_PATIENCE;

	while (missing(t) && time_before(jiffies, end))
		msleep(1);
	test_note("%s: %ld sent, %ld taken back, %ld done", t->what, atomic_long_read(&t->sent),
		  atomic_long_read(&t->taken_back), atomic_long_read(&t->done));
	expect_eq(missing(t), 0);
}

/* -- The tasks ----------------------------------------------------------------------------------------- */

static bool time_is_up;

static int stress_thread(void *data)
{
	struct stress_task *t = data;

	while (!READ_ONCE(time_is_up)) {
		t->what->step(t);
		WRITE_ONCE(t->steps, t->steps + 1);
		if (!pick(t, 32))
			msleep(pick(t, 4));	/* so that CPUs become idle, too */
		else
			cond_resched();
	}
	return 0;
}

/* The tasks of one stressor, from @t on; returns how many. */
static unsigned int start_tasks(const struct stressor *what, unsigned int index, struct stress_task *t)
{
	unsigned int n;

	for (n = 0; n < what->tasks; n++) {
		t[n].what = what;
		t[n].number = n;
		prandom_seed_state(&t[n].rnd, seed + index * STRESS_TASKS + n);
		t[n].task = kthread_create(stress_thread, &t[n], "%s/%u", what->name, n);
		if (!expect(!IS_ERR(t[n].task)))
			break;
		get_task_struct(t[n].task);
		wake_up_process(t[n].task);
	}
	return n;
}

static void show_progress(unsigned long passed, const struct stress_task *tasks, unsigned int nr)
{
	char line[512];
	size_t len = 0;
	unsigned int i, first = 0;
	unsigned long steps;

	for (; first < nr; first = i) {
		steps = 0;
		for (i = first; i < nr && tasks[i].what == tasks[first].what; i++)
			steps += READ_ONCE(tasks[i].steps);
		len += scnprintf(line + len, sizeof(line) - len, " %s %lu", tasks[first].what->name, steps);
	}
	test_note("%lu of %lu s:%s", passed, seconds, line);
}

static bool all_have_begun(const struct stress_task *tasks, unsigned int nr)
{
	while (nr--)
		if (!READ_ONCE(tasks[nr].steps))
			return false;
	return true;
}

static void let_them_run(struct stress_task *tasks, unsigned int nr)
{
	unsigned long begin = jiffies, passed, shown = 0;
	unsigned int i;

	while ((passed = (jiffies - begin) / HZ) < seconds) {
		msleep(100);
		if (passed >= shown + PROGRESS) {
			show_progress(passed, tasks, nr);
			shown = passed;
		}
	}
	wait_until(all_have_begun(tasks, nr));	/* if the time was short */
	WRITE_ONCE(time_is_up, true);
	for (i = 0; i < nr; i++) {
		kthread_stop(tasks[i].task);
		put_task_struct(tasks[i].task);
	}
	show_progress((jiffies - begin) / HZ, tasks, nr);
}

static void run_all(struct stress_task *tasks)
{
	bool begun[NR_STRESSORS];
	unsigned int i, nr = 0;

	for (i = 0; i < NR_STRESSORS; i++)
		begun[i] = stressors[i]->begin();
	for (i = 0; i < NR_STRESSORS; i++)
		if (begun[i])
			nr += start_tasks(stressors[i], i, tasks + nr);
	let_them_run(tasks, nr);
	for (i = 0; i < NR_STRESSORS; i++)
		if (begun[i])
			stressors[i]->end();
}

/* -- What it leaves behind ----------------------------------------------------------------------------- */

/* All that was said since @seq by others than the test itself, as bad as a warning. */
static void expect_silence(u64 seq)
{
	static char line[512];
	struct printk_info info;

	expect(printk_first_seq() <= seq);
	for (; seq < printk_next_seq(); seq++) {
		if (!printk_read(seq, &info, line, sizeof(line)) || info.level > 4 || !strncmp(line, "# ", 2))
			continue;
		if (!expect(!"nothing as bad as a warning is said"))
			test_note("said: %s", line);
	}
}

static unsigned int nr_workers(void)
{
	struct task_struct *p;
	unsigned int n = 0;

	read_lock(&tasklist_lock);
	for_each_process(p)
		n += !!(p->flags & PF_WQ_WORKER);
	read_unlock(&tasklist_lock);
	return n;
}

/* Idle workers stay for minutes, and some stacks and the like are kept for the next task. */
#define PER_WORKER	(THREAD_SIZE + 8192)
#define SPARE		(16 * PER_WORKER)

TEST(stress, everything, "A6 C2 C6 D1 D4 D7 D8 D9 D10 E1 E4", "interrupts, moves, works, timers, tasks, modules and memory at once, for a time: nothing is lost, said or kept")
{
	struct stress_task *tasks;
	struct mm_usage before, after;
	unsigned int workers;
	u64 seq;

	need(seconds, "no stress=SECONDS on the command line");
	if (!seed)
		seed = get_random_u32() | 1;
	test_note("seed=%llu", seed);
	seq = printk_next_seq();
	tasks = kcalloc(NR_STRESSORS * STRESS_TASKS, sizeof(*tasks), GFP_KERNEL);
	require(tasks);
	mm_get_usage(&before);
	workers = nr_workers();
	run_all(tasks);
	before.vmalloc += SPARE;
	before.slab_objects += SPARE;
	if (nr_workers() > workers) {
		before.vmalloc += (nr_workers() - workers) * PER_WORKER;
		before.slab_objects += (nr_workers() - workers) * PER_WORKER;
	}
	wait_until(!more_than(&before, &after));
	test_note("%ld bytes of objects, %ld of vmalloc, %ld per CPU below what may be kept",
		  (long)(before.slab_objects - after.slab_objects), (long)(before.vmalloc - after.vmalloc),
		  (long)(before.percpu - after.percpu));
	kfree(tasks);
	expect_silence(seq);
}
