/* SPDX-License-Identifier: MIT */
/* Calls between CPUs. */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/smpboot.h>
#include <linux/stop_machine.h>
#include "test.h"

static atomic_t calls[NR_CPUS];
static atomic_t bad_context;

static void count_call(void *unused)
{
	if (!irqs_disabled())
		atomic_inc(&bad_context);
	atomic_inc(&calls[raw_smp_processor_id()]);
}

static void reset(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		atomic_set(&calls[cpu], 0);
	atomic_set(&bad_context, 0);
}

static int call_all(void *unused)
{
	int cpu;

	for_each_online_cpu(cpu)
		expect_eq(smp_call_function_single(cpu, count_call, NULL, 1), 0);
	return 0;
}

TEST(smp, every_pair, "A8 D10", "every CPU calls a function on every CPU, itself included, and waits for it")
{
	int cpu;

	reset();
	for_each_online_cpu(cpu)
		test_on_cpu(cpu, call_all, NULL);
	for_each_online_cpu(cpu)
		expect_eq(atomic_read(&calls[cpu]), num_online_cpus());
	expect_eq(atomic_read(&bad_context), 0);
}

#define STORM	60

static int storm(void *unused)
{
	for (int i = 0; i < STORM; i++) {
		int cpu = i % num_online_cpus();

		switch (i % 3) {
		case 0:
			smp_call_function_single(cpu, count_call, NULL, i & 1);
			break;
		case 1:
			on_each_cpu_mask(cpumask_of(cpu), count_call, NULL, i & 1);
			break;
		default:
			on_each_cpu(count_call, NULL, i & 1);
		}
	}
	return 0;
}

TEST(smp, storm, "A8 D10", "all CPUs call each other at once, waiting and not: as many calls arrive as were made")
{
	struct task_struct *t[NR_CPUS];
	int cpu, nr = 0, sum = 0, each = 0;

	reset();
	for (int i = 0; i < STORM; i++)
		each += i % 3 == 2 ? num_online_cpus() : 1;
	for_each_online_cpu(cpu) {
		t[nr] = kthread_create_on_cpu(storm, NULL, cpu, "storm/%u");
		require(!IS_ERR(t[nr]));
		get_task_struct(t[nr]);
		wake_up_process(t[nr++]);
	}
	for (int i = 0; i < nr; i++) {
		wait_until(t[i]->flags & PF_EXITING);
		kthread_stop(t[i]);
		put_task_struct(t[i]);
	}
	wait_until(({
		sum = 0;
		for_each_online_cpu(cpu)
			sum += atomic_read(&calls[cpu]);
		sum == each * nr; }));
	expect_eq(atomic_read(&bad_context), 0);
}

TEST(smp, offline, "D10", "calling a CPU that is not there gives -ENXIO")
{
	expect_eq(smp_call_function_single(NR_CPUS - 1, count_call, NULL, 1),
		  cpu_online(NR_CPUS - 1) ? 0 : -ENXIO);
	expect_eq(smp_call_function_single(-1, count_call, NULL, 1), -ENXIO);
}

static bool is_odd(int cpu, void *info)
{
	return cpu & 1;
}

TEST(smp, cond, "D10", "on_each_cpu_cond calls where the condition holds, and only there")
{
	int cpu;

	reset();
	on_each_cpu_cond(is_odd, count_call, NULL, 1);
	for_each_online_cpu(cpu)
		expect_eq(atomic_read(&calls[cpu]), cpu & 1);
}

static atomic_t standing_still;
static bool saw_all;

static int stop_fn(void *unused)
{
	int before = atomic_read(&standing_still);

	if (!irqs_disabled())
		atomic_inc(&bad_context);
	for (int i = 0; i < 10000; i++)
		cpu_relax();
	saw_all = atomic_read(&standing_still) == before;
	return 5;
}

static int restless(void *unused)
{
	while (!kthread_should_stop())
		atomic_inc(&standing_still);
	return 0;
}

TEST(smp, stop_machine, "D10", "while stop_machine's function runs, no other CPU does anything")
{
	struct task_struct *t[NR_CPUS];
	int cpu, nr = 0;

	reset();
	for_each_online_cpu(cpu) {
		t[nr] = kthread_create_on_cpu(restless, NULL, cpu, "restless/%u");
		require(!IS_ERR(t[nr]));
		wake_up_process(t[nr++]);
	}
	for (int i = 0; i < 10; i++) {
		saw_all = false;
		expect_eq(stop_machine(stop_fn, NULL, NULL), 5);
		expect(saw_all);
	}
	expect_eq(stop_machine(stop_fn, NULL, cpu_online_mask), 5);
	while (nr)
		kthread_stop(t[--nr]);
	expect_eq(atomic_read(&bad_context), 0);
}

static DEFINE_PER_CPU(struct task_struct *, test_thread);
static DEFINE_PER_CPU(int, wanted);
static atomic_t served, cleaned;

static int should_serve(unsigned int cpu)
{
	return per_cpu(wanted, cpu);
}

static void serve(unsigned int cpu)
{
	expect_eq(cpu, raw_smp_processor_id());
	per_cpu(wanted, cpu)--;
	atomic_inc(&served);
}

static void clean(unsigned int cpu, bool online)
{
	atomic_inc(&cleaned);
}

static struct smp_hotplug_thread test_threads = {
	.store			= &test_thread,
	.thread_should_run	= should_serve,
	.thread_fn		= serve,
	.cleanup		= clean,
	.thread_comm		= "test_smpboot/%u",
};

TEST(smp, percpu_threads, "D9", "smpboot threads: one on each CPU, run when there is something to do, gone at the end")
{
	int cpu;

	atomic_set(&served, 0);
	atomic_set(&cleaned, 0);
	require(smpboot_register_percpu_thread(&test_threads) == 0);
	for_each_online_cpu(cpu) {
		per_cpu(wanted, cpu) = 3;
		wake_up_process(per_cpu(test_thread, cpu));
	}
	wait_until(atomic_read(&served) == 3 * (int)num_online_cpus());
	smpboot_unregister_percpu_thread(&test_threads);
	expect_eq(atomic_read(&cleaned), num_online_cpus());
}

static int step_up(unsigned int cpu)
{
	expect_eq(cpu, raw_smp_processor_id());
	atomic_inc(&calls[cpu]);
	return 0;
}

static int step_fails(unsigned int cpu)
{
	return cpu == cpumask_last(cpu_online_mask) ? -EIO : step_up(cpu);
}

static int step_down(unsigned int cpu)
{
	atomic_dec(&calls[cpu]);
	return 0;
}

TEST(smp, cpuhp, "A11", "a step set up late runs on every CPU that is up; when one fails the others are undone")
{
	int first, state, cpu;

	reset();
	first = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test:first", step_up, step_down);
	state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "test:up", step_up, step_down);
	require(first >= CPUHP_AP_ONLINE_DYN && state > first);
	for_each_online_cpu(cpu)
		expect_eq(atomic_read(&calls[cpu]), 1);
	expect_eq(cpuhp_setup_state(state, "test:again", step_up, NULL), -EBUSY);
	cpuhp_remove_state(state);
	cpuhp_remove_state_nocalls(first);
	expect_eq(cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "test:fails", step_fails, step_down), -EIO);
	for_each_online_cpu(cpu)
		expect_eq(atomic_read(&calls[cpu]), 0);
}
