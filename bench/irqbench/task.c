// SPDX-License-Identifier: MIT
/*
 * Tasks: one wakes another by a completion and is woken by it, on one CPU; a kernel thread from
 * its making to its first line; a function called on another CPU, and waited for.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include "irqbench.h"

static DECLARE_COMPLETION(ping);
static DECLARE_COMPLETION(pong);
static u64 entered;

static int answer(void *unused)
{
	while (!kthread_should_stop()) {
		wait_for_completion(&ping);
		entered = get_cycles();
		complete(&pong);
	}
	return 0;
}

static void ping_pong(void)
{
	struct task_struct *other = kthread_create(answer, NULL, "irqbench");
	unsigned int i;

	if (IS_ERR(other))
		return;
	kthread_bind(other, 0);
	wake_up_process(other);
	/* Once for nothing, so that the other waits. */
	complete(&ping);
	wait_for_completion(&pong);
	clear_samples();
	for (i = 0; i < ROUNDS; i++) {
		u64 before = get_cycles(), after;

		complete(&ping);
		wait_for_completion(&pong);
		after = get_cycles();
		add_sample(&in, entered - before);
		add_sample(&whole, after - before);
	}
	/* It waits in wait_for_completion() or stands at its loop's head: both end with this. */
	complete_all(&ping);
	kthread_stop(other);
	report_median("task.wake", &in);
	report_median("task.ping_pong", &whole);
}

static int first_line(void *unused)
{
	entered = get_cycles();
	complete(&pong);
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

static void new_thread(void)
{
	unsigned int i;

	reinit_completion(&pong);
	clear_samples();
	for (i = 0; i < ROUNDS; i++) {
		u64 before = get_cycles();
		struct task_struct *task = kthread_run(first_line, NULL, "irqbench/%u", i);

		if (IS_ERR(task))
			return;
		wait_for_completion(&pong);
		add_sample(&in, entered - before);
		kthread_stop(task);
	}
	report_median("task.kthread", &in);
}

void bench_task(void)
{
	ping_pong();
	new_thread();
}

static void on_other_cpu(void *unused)
{
	entered = get_cycles();
}

void bench_call(void)
{
	unsigned int i;

	if (!cpu_online(1))
		return;
	clear_samples();
	for (i = 0; i < ROUNDS; i++) {
		u64 before = get_cycles(), after;

		smp_call_function_single(1, on_other_cpu, NULL, 1);
		after = get_cycles();
		add_sample(&in, entered - before);
		add_sample(&whole, after - before);
	}
	report_median("call.entry", &in);
	report_median("call.round_trip", &whole);
}
