/* SPDX-License-Identifier: MIT */
/* Tasks: which CPU they run on, and moving between CPUs. */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include "tasks.h"
#include "test.h"

static int where(void *arg)
{
	return raw_smp_processor_id();
}

TEST(sched, bind, "D9", "a bound thread runs on its CPU, and its affinity can't be changed")
{
	int cpu;

	for_each_online_cpu(cpu) {
		struct task_struct *t = kthread_create_on_cpu(where, NULL, cpu, "bound/%u");

		require(!IS_ERR(t));
		get_task_struct(t);
		expect_eq(set_cpus_allowed_ptr(t, cpumask_of(0)), -EINVAL);
		wake_up_process(t);
		wait_until(t->flags & PF_EXITING);
		expect_eq(kthread_stop(t), cpu);
		put_task_struct(t);
	}
}

TEST(sched, migrate_self, "D9", "a task that changes its affinity goes on where it may")
{
	int cpu;

	for (int i = 0; i < 50; i++) {
		for_each_online_cpu(cpu) {
			expect_eq(set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
			expect_eq(raw_smp_processor_id(), cpu);
		}
	}
	expect_eq(set_cpus_allowed_ptr(current, cpu_none_mask), -EINVAL);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

TEST(sched, migrate_running, "D9", "a running task is moved off a CPU that it may not use any more")
{
	unsigned long turns = 0;
	struct task_struct *t = start(spinner, &turns, -1, "mover");
	int cpu;

	require(t);
	for (int i = 0; i < 20; i++) {
		for_each_online_cpu(cpu) {
			unsigned long seen;

			expect_eq(set_cpus_allowed_ptr(t, cpumask_of(cpu)), 0);
			expect_eq(task_cpu(t), cpu);
			seen = READ_ONCE(turns);
			wait_until(READ_ONCE(turns) != seen);
		}
	}
	kthread_stop(t);
}

struct pinned {
	struct completion begin, moved;
	bool stayed;
	int end_cpu;
};

static int pinned_task(void *arg)
{
	struct pinned *p = arg;
	int cpu;

	migrate_disable();
	migrate_disable();
	cpu = raw_smp_processor_id();
	migrate_enable();
	complete(&p->begin);
	wait_for_completion(&p->moved);
	schedule_timeout_uninterruptible(2);
	p->stayed = cpu == raw_smp_processor_id() && cpu == 0;
	migrate_enable();
	p->end_cpu = raw_smp_processor_id();
	return 0;
}

TEST(sched, migrate_disable, "E7", "inside migrate_disable() a task sleeps and stays on its CPU; it moves at the end")
{
	struct pinned p = { .end_cpu = -1 };
	struct task_struct *t;

	need(num_online_cpus() > 1, "one CPU only");
	init_completion(&p.begin);
	init_completion(&p.moved);
	t = kthread_create(pinned_task, &p, "pinned");
	require(!IS_ERR(t));
	get_task_struct(t);
	set_cpus_allowed_ptr(t, cpumask_of(0));
	wake_up_process(t);
	wait_for_completion(&p.begin);
	expect_eq(set_cpus_allowed_ptr(t, cpumask_of(1)), 0);
	complete(&p.moved);
	wait_until(t->flags & PF_EXITING);
	expect(p.stayed);
	expect_eq(p.end_cpu, 1);
	kthread_stop(t);
	put_task_struct(t);
}

TEST(sched, balance, "D9", "tasks that wait for one CPU spread over all as soon as they may")
{
	unsigned int nr = num_online_cpus();
	struct task_struct *t[8];
	unsigned long turns[8] = { };
	struct cpumask used;

	need(nr > 1 && nr <= 8, "2 to 8 CPUs");
	for (unsigned int i = 0; i < nr; i++) {
		t[i] = kthread_create(spinner, &turns[i], "spread");
		require(!IS_ERR(t[i]));
		set_cpus_allowed_ptr(t[i], cpumask_of(nr - 1));
		wake_up_process(t[i]);
	}
	for (unsigned int i = 0; i < nr; i++)
		expect_eq(task_cpu(t[i]), nr - 1);
	for (unsigned int i = 0; i < nr; i++)
		set_cpus_allowed_ptr(t[i], cpu_possible_mask);
	wait_until(({
		cpumask_clear(&used);
		for (unsigned int i = 0; i < nr; i++)
			cpumask_set_cpu(task_cpu(t[i]), &used);
		cpumask_weight(&used) == nr; }));
	for (unsigned int i = 0; i < nr; i++)
		kthread_stop(t[i]);
}
