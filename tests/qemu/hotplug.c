/* SPDX-License-Identifier: MIT */
/* CPUs taken off line and back: who may, what /sys says, and where their tasks run meanwhile. */
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "hotplug.h"
#include "test.h"
#include "text.h"

TEST(hotplug, cycle, "A11", "every CPU but the boot CPU goes off line and comes back")
{
	unsigned int cpu, all = num_online_cpus();

	need_two();
	for_each_possible_cpu(cpu) {
		if (!cpu)
			continue;
		require(remove_cpu(cpu) == 0);
		expect(!cpu_online(cpu));
		expect(!cpu_active(cpu));
		expect_eq(num_online_cpus(), all - 1);
		if (all > 4 && cpu + 1 < nr_cpu_ids)	/* many away at once are quicker, too */
			all--;
		else
			require(add_cpu(cpu) == 0);
	}
	for_each_possible_cpu(cpu) {
		expect(add_cpu(cpu) >= 0);
		expect(cpu_online(cpu));
		expect(cpu_active(cpu));
	}
	expect_eq(num_online_cpus(), num_possible_cpus());
}

TEST(hotplug, refused, "A11", "the boot CPU stays: -EPERM; no such CPU: -EINVAL; there already: 1; disabled: -EBUSY")
{
	expect_eq(remove_cpu(0), -EPERM);
	expect_eq(remove_cpu(NR_CPUS), -EINVAL);
	expect_eq(add_cpu(NR_CPUS), -EINVAL);
	expect_eq(add_cpu(0), 1);
	need_two();
	cpu_hotplug_disable();
	expect_eq(remove_cpu(victim()), -EBUSY);
	cpu_hotplug_enable();
	require(remove_cpu(victim()) == 0);
	expect_eq(remove_cpu(victim()), 1);
	expect_eq(cpu_down(victim()), -EINVAL);
	require(add_cpu(victim()) == 0);
}

static bool says(const char *file, const char *want)
{
	char path[64], text[64];

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/%s", file);
	text_of(path, text, sizeof(text));
	return expect_str(strim(text), want);
}

TEST(hotplug, sysfs, "A11 H3", "/sys/devices/system/cpu tells which CPUs are there, and cpuN/online switches one")
{
	char all[16], rest[16], last[16], path[64], bus[32];

	need_two();
	snprintf(all, sizeof(all), "0-%u", nr_cpu_ids - 1);
	snprintf(rest, sizeof(rest), nr_cpu_ids > 2 ? "0-%u" : "%u", nr_cpu_ids - 2);
	snprintf(last, sizeof(last), "%u", victim());
	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online", victim());
	snprintf(bus, sizeof(bus), "cpu%u/online", victim());
	says("possible", all);
	says("present", all);
	says("online", all);
	says("offline", "");
	says(bus, "1");
	expect(!is_there("/sys/devices/system/cpu/cpu0/online"));
	expect_eq(text_to(path, "0"), 1);
	says("online", rest);
	says("offline", last);
	says(bus, "0");
	expect_eq(text_to(path, "0"), 1);
	expect_eq(text_to(path, "x"), -EINVAL);
	expect_eq(text_to(path, "1\n"), 2);
	says("online", all);
	expect(is_there("/sys/bus/cpu/devices/cpu0"));
}

/* ---- Tasks --------------------------------------------------------------------------------------- */

static atomic_t turns;

static int busy_task(void *unused)
{
	while (!kthread_should_stop()) {
		atomic_inc(&turns);
		cond_resched();
	}
	return 0;
}

TEST(hotplug, tasks, "A11", "tasks of a CPU that goes run on others, one that was bound to it as well")
{
	struct task_struct *t[3];
	unsigned int cpu = victim(), i;

	need_two();
	for (i = 0; i < 3; i++) {
		t[i] = kthread_create(busy_task, NULL, "hotplug_busy");
		require(!IS_ERR(t[i]));
		if (i)
			kthread_bind(t[i], cpu);
		else
			set_cpus_allowed_ptr(t[i], cpumask_of(cpu));
		wake_up_process(t[i]);
	}
	require(remove_cpu(cpu) == 0);
	atomic_set(&turns, 0);
	wait_until(atomic_read(&turns) > 10);
	for (i = 0; i < 3; i++)
		expect(task_cpu(t[i]) != cpu);
	require(add_cpu(cpu) == 0);
	for (i = 0; i < 3; i++)
		kthread_stop(t[i]);
}

static bool pinned_now, let_go;

static int pinned_task(void *arg)
{
	int *was_on = arg;

	migrate_disable();
	WRITE_ONCE(pinned_now, true);
	while (!READ_ONCE(let_go))
		msleep(1);
	*was_on = raw_smp_processor_id();
	migrate_enable();
	return 0;
}

static int remove_task(void *arg)
{
	return remove_cpu(*(unsigned int *)arg);
}

TEST(hotplug, migrate_disabled, "A11", "a CPU stays until the tasks that may not move from it may")
{
	struct task_struct *pinned, *remover;
	unsigned int cpu = victim();
	int was_on = -1;

	need_two();
	pinned_now = let_go = false;
	pinned = kthread_create(pinned_task, &was_on, "hotplug_pinned");
	require(!IS_ERR(pinned));
	get_task_struct(pinned);
	set_cpus_allowed_ptr(pinned, cpumask_of(cpu));
	wake_up_process(pinned);
	wait_until(READ_ONCE(pinned_now));
	remover = kthread_run(remove_task, &cpu, "hotplug_remover");
	require(!IS_ERR(remover));
	get_task_struct(remover);
	wait_until(!cpu_active(cpu));
	expect(cpu_online(cpu));
	WRITE_ONCE(let_go, true);
	expect_eq(kthread_stop(remover), 0);
	put_task_struct(remover);
	expect_eq(kthread_stop(pinned), 0);
	put_task_struct(pinned);
	expect_eq(was_on, cpu);
	expect(!cpu_online(cpu));
	require(add_cpu(cpu) == 0);
}
