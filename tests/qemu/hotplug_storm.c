/* SPDX-License-Identifier: MIT */
/*
 * A task on each CPU hands out timers, tasklets, works and cross-calls as fast as they are done,
 * to its own CPU and others, while CPUs go and come. All that was handed out has to happen.
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include "hotplug.h"
#include "test.h"

struct load {
	struct timer_list	timer;
	struct hrtimer		hrtimer;
	struct tasklet_struct	tasklet;
	struct work_struct	work;
	struct irq_work		irq_work;
	struct task_struct	*task;
	int			given[5];	/* by the task */
	atomic_t		done[5];
	atomic_t		calls;
	int			called;
};

static struct load loads[8];

static void load_timer(struct timer_list *t)
{
	struct load *l = from_timer(l, t, timer);

	atomic_inc(&l->done[0]);
}

static enum hrtimer_restart load_hrtimer(struct hrtimer *t)
{
	atomic_inc(&container_of(t, struct load, hrtimer)->done[1]);
	return HRTIMER_NORESTART;
}

static void load_tasklet(struct tasklet_struct *t)
{
	struct load *l = from_tasklet(l, t, tasklet);

	atomic_inc(&l->done[2]);
}

static void load_work(struct work_struct *w)
{
	atomic_inc(&container_of(w, struct load, work)->done[3]);
}

static void load_irq_work(struct irq_work *w)
{
	atomic_inc(&container_of(w, struct load, irq_work)->done[4]);
}

static void load_call(void *l)
{
	atomic_inc(&((struct load *)l)->calls);
}

static bool is_done(struct load *l, int what)
{
	return atomic_read(&l->done[what]) == l->given[what];
}

static void give(struct load *l, int cpu)
{
	if (is_done(l, 0) && ++l->given[0])
		mod_timer(&l->timer, jiffies + 1);
	if (is_done(l, 1) && ++l->given[1])
		hrtimer_start(&l->hrtimer, us_to_ktime(300), HRTIMER_MODE_REL);
	if (is_done(l, 2) && ++l->given[2])
		tasklet_schedule(&l->tasklet);
	if (is_done(l, 3) && ++l->given[3])
		queue_work_on(cpu, system_wq, &l->work);
	preempt_disable();
	if (is_done(l, 4) && cpu_online(cpu) && ++l->given[4])
		irq_work_queue_on(&l->irq_work, cpu);
	preempt_enable();
	if (!smp_call_function_single(cpu, load_call, l, 1))
		l->called++;
}

static int load_task(void *data)
{
	struct load *l = data;
	int cpu = 0;

	while (!kthread_should_stop()) {
		give(l, cpu);
		cpu = (cpu + 1) % nr_cpu_ids;
		cond_resched();
	}
	return 0;
}

static void start_load(struct load *l, unsigned int cpu)
{
	memset(l, 0, sizeof(*l));
	timer_setup(&l->timer, load_timer, 0);
	hrtimer_init(&l->hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	l->hrtimer.function = load_hrtimer;
	tasklet_setup(&l->tasklet, load_tasklet);
	INIT_WORK(&l->work, load_work);
	init_irq_work(&l->irq_work, load_irq_work);
	l->task = kthread_create(load_task, l, "hotplug_load/%u", cpu);
	if (!expect(!IS_ERR(l->task)))
		return;
	set_cpus_allowed_ptr(l->task, cpumask_of(cpu));
	wake_up_process(l->task);
}

static void stop_load(struct load *l)
{
	int i;

	kthread_stop(l->task);
	for (i = 0; i < 5; i++) {
		wait_until(is_done(l, i));
		expect(l->given[i] > 0);
	}
	expect_eq(atomic_read(&l->calls), l->called);
	tasklet_kill(&l->tasklet);
	timer_delete_sync(&l->timer);
	hrtimer_cancel(&l->hrtimer);
	flush_work(&l->work);
	irq_work_sync(&l->irq_work);
}

/* Few on many CPUs: an emulated machine has to have all of them stand still each time. */
#define STORM_ROUNDS	(nr_cpu_ids > 4 ? 2 : 5)

TEST(hotplug, storm, "A11 D10", "timers, tasklets, works and cross-calls in flight while CPUs go and come: each happens once")
{
	unsigned int cpu, nr = min_t(unsigned int, num_online_cpus(), ARRAY_SIZE(loads)), round;

	need_two();
	for (cpu = 0; cpu < nr; cpu++)
		start_load(&loads[cpu], cpu);
	for (round = 0; round < STORM_ROUNDS; round++)
		if (!cycle(1 + round % (nr_cpu_ids - 1)))
			break;
	for (cpu = 0; cpu < nr; cpu++)
		stop_load(&loads[cpu]);
	expect_eq(num_online_cpus(), num_possible_cpus());
}
