/* SPDX-License-Identifier: MIT */
/* What a CPU that goes had pending happens on another, once, and none is lost. */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include "hotplug.h"
#include "test.h"

static atomic_t fired;

static void timer_fn(struct timer_list *t)
{
	atomic_inc(&fired);
}

#define NR_TIMERS	64

TEST(hotplug, timers, "A11 D8", "timers of a CPU that is gone expire on another, each once and none early")
{
	static struct timer_list timers[NR_TIMERS];
	struct timer_list far;
	unsigned long begin;
	int i;

	need_two();
	atomic_set(&fired, 0);
	timer_setup_on_stack(&far, timer_fn, 0);
	far.expires = jiffies + 1000 * HZ;
	add_timer_on(&far, victim());
	begin = jiffies;
	for (i = 0; i < NR_TIMERS; i++) {
		timer_setup(&timers[i], timer_fn, i & 1 ? TIMER_PINNED : 0);
		timers[i].expires = begin + 20 + i;
		add_timer_on(&timers[i], victim());
	}
	require(remove_cpu(victim()) == 0);
	wait_until(atomic_read(&fired) == NR_TIMERS);
	expect(time_after_eq(jiffies, begin + 20 + NR_TIMERS - 1));
	for (i = 0; i < NR_TIMERS; i++)
		expect(!timer_pending(&timers[i]));
	expect(timer_pending(&far));
	expect(del_timer_sync(&far));
	destroy_timer_on_stack(&far);
	require(add_cpu(victim()) == 0);
	expect_eq(atomic_read(&fired), NR_TIMERS);
}

static enum hrtimer_restart hrtimer_fn(struct hrtimer *t)
{
	atomic_inc(&fired);
	return HRTIMER_NORESTART;
}

static struct hrtimer hrtimers[NR_TIMERS];

static void start_hrtimers(void *unused)
{
	int i;

	for (i = 0; i < NR_TIMERS; i++)
		hrtimer_start(&hrtimers[i], ms_to_ktime(20 + i),
			      i & 1 ? HRTIMER_MODE_REL_SOFT : HRTIMER_MODE_REL);
}

TEST(hotplug, hrtimers, "A11 D8", "so do high-resolution timers, hard and soft ones")
{
	int i;

	need_two();
	atomic_set(&fired, 0);
	for (i = 0; i < NR_TIMERS; i++) {
		hrtimer_init(&hrtimers[i], CLOCK_MONOTONIC,
			     i & 1 ? HRTIMER_MODE_REL_SOFT : HRTIMER_MODE_REL);
		hrtimers[i].function = hrtimer_fn;
	}
	smp_call_function_single(victim(), start_hrtimers, NULL, 1);
	require(remove_cpu(victim()) == 0);
	wait_until(atomic_read(&fired) == NR_TIMERS);
	require(add_cpu(victim()) == 0);
	expect_eq(atomic_read(&fired), NR_TIMERS);
}

/* ---- Softirqs and works ---------------------------------------------------------------------------- */

static void tasklet_fn(struct tasklet_struct *t)
{
	atomic_inc(&fired);
}

static void schedule_tasklet(void *t)
{
	tasklet_schedule(t);
}

static void schedule_tasklet_hi(void *t)
{
	tasklet_hi_schedule(t);
}

TEST(hotplug, tasklets, "A11 D4", "a tasklet that waits on a CPU that goes runs on another")
{
	struct tasklet_struct normal, high;

	need_two();
	atomic_set(&fired, 0);
	tasklet_setup(&normal, tasklet_fn);
	tasklet_setup(&high, tasklet_fn);
	tasklet_disable(&normal);	/* scheduled, it stays on its CPU's list */
	tasklet_disable(&high);
	smp_call_function_single(victim(), schedule_tasklet, &normal, 1);
	smp_call_function_single(victim(), schedule_tasklet_hi, &high, 1);
	require(remove_cpu(victim()) == 0);
	expect_eq(atomic_read(&fired), 0);
	tasklet_enable(&normal);
	tasklet_enable(&high);
	wait_until(atomic_read(&fired) == 2);
	tasklet_kill(&normal);
	tasklet_kill(&high);
	require(add_cpu(victim()) == 0);
}

static struct completion go_on;
static atomic_t begun, ended;
static int ended_on;

static void long_work(struct work_struct *work)
{
	atomic_inc(&begun);
	wait_for_completion(&go_on);
	ended_on = raw_smp_processor_id();
	atomic_inc(&ended);
}

static void short_work(struct work_struct *work)
{
	ended_on = raw_smp_processor_id();
	atomic_inc(&ended);
}

static long which_cpu(void *unused)
{
	return raw_smp_processor_id();
}

TEST(hotplug, works, "A11 D7", "works that run or wait when their CPU goes end elsewhere; after its return they run there")
{
	struct work_struct running, waiting, later;
	struct delayed_work delayed;

	need_two();
	init_completion(&go_on);
	atomic_set(&begun, 0);
	atomic_set(&ended, 0);
	INIT_WORK_ONSTACK(&running, long_work);
	INIT_WORK_ONSTACK(&waiting, short_work);
	INIT_WORK_ONSTACK(&later, short_work);
	INIT_DELAYED_WORK_ONSTACK(&delayed, short_work);
	queue_work_on(victim(), system_wq, &running);
	queue_delayed_work_on(victim(), system_wq, &delayed, HZ / 10);
	wait_until(atomic_read(&begun) == 1);
	queue_work_on(victim(), system_wq, &waiting);
	require(remove_cpu(victim()) == 0);
	queue_work_on(victim(), system_wq, &later);
	wait_until(atomic_read(&ended) == 3);	/* but the one that sleeps */
	expect(ended_on != (int)victim());
	complete(&go_on);
	wait_until(atomic_read(&ended) == 4);
	expect(ended_on != (int)victim());
	flush_work(&running);
	flush_work(&waiting);
	flush_work(&later);
	flush_delayed_work(&delayed);
	require(add_cpu(victim()) == 0);
	expect_eq(work_on_cpu(victim(), which_cpu, NULL), victim());
	expect_eq(atomic_read(&ended), 4);
	destroy_work_on_stack(&running);
	destroy_work_on_stack(&waiting);
	destroy_work_on_stack(&later);
	destroy_delayed_work_on_stack(&delayed);
}
