// SPDX-License-Identifier: MIT
/* The steps of a CPU that goes and comes back, and what becomes of its timer, work and bound thread. */
#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include "test.h"

#define CPU	1

static int up(unsigned int cpu)
{
	note("up%u%s", cpu, raw_smp_processor_id() == cpu ? "" : "!");
	return 0;
}

static int down(unsigned int cpu)
{
	note("down%u%s", cpu, raw_smp_processor_id() == cpu ? "" : "!");
	return 0;
}

static int prepare(unsigned int cpu)
{
	note("prepare%u", cpu);
	return 0;
}

static int dead(unsigned int cpu)
{
	note("dead%u%s", cpu, cpu_online(cpu) ? "!" : "");
	return 0;
}

static int refuse(unsigned int cpu)
{
	note("refuse%u", cpu);
	return -EAGAIN;
}

struct instance {
	struct hlist_node node;
	char name;
};

static int up_multi(unsigned int cpu, struct hlist_node *node)
{
	note("%c+%u", hlist_entry(node, struct instance, node)->name, cpu);
	return 0;
}

static int down_multi(unsigned int cpu, struct hlist_node *node)
{
	note("%c-%u", hlist_entry(node, struct instance, node)->name, cpu);
	return 0;
}

static void timer_fn(struct timer_list *t)
{
	note("timer%s", raw_smp_processor_id() == CPU ? "!" : "");
}

static void work_fn(struct work_struct *w)
{
	note("work%s", raw_smp_processor_id() == CPU ? "!" : "");
}

static int thread_fn(void *unused)
{
	while (!kthread_should_stop())
		msleep(4);
	return 0;
}

static void steps(void)
{
	struct instance a = { .name = 'a' }, b = { .name = 'b' };
	int on, prep, multi, no;

	on = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "test:online", up, down);
	show("set up");
	prep = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "test:prepare", prepare, dead);
	show("set up without calls");
	multi = cpuhp_setup_state_multi(CPUHP_AP_ONLINE_DYN, "test:multi", up_multi, down_multi);
	pr_info("multi: %d\n", cpuhp_state_add_instance(multi, &a.node));
	pr_info("multi: %d\n", cpuhp_state_add_instance_nocalls(multi, &b.node));
	show("instances");
	pr_info("remove: %d\n", remove_cpu(CPU));
	show("gone");
	pr_info("again: %d online %d\n", remove_cpu(CPU), cpu_online(CPU));
	pr_info("add: %d\n", add_cpu(CPU));
	show("back");
	pr_info("again: %d online %d\n", add_cpu(CPU), cpu_online(CPU));
	no = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test:no", NULL, refuse);
	pr_info("refused: %d online %d\n", remove_cpu(CPU), cpu_online(CPU));
	show("refused");
	cpuhp_remove_state_nocalls(no);
	cpuhp_state_remove_instance(multi, &a.node);
	cpuhp_state_remove_instance_nocalls(multi, &b.node);
	cpuhp_remove_multi_state(multi);
	cpuhp_remove_state_nocalls(prep);
	cpuhp_remove_state(on);
	show("removed");
}

static void moves(void)
{
	struct task_struct *thread = kthread_create(thread_fn, NULL, "bound");
	struct timer_list timer;
	struct work_struct work;

	kthread_bind(thread, CPU);
	wake_up_process(thread);
	timer_setup_on_stack(&timer, timer_fn, TIMER_PINNED);
	timer.expires = jiffies + HZ;
	add_timer_on(&timer, CPU);
	INIT_WORK_ONSTACK(&work, work_fn);
	pr_info("remove: %d\n", remove_cpu(CPU));
	pr_info("timer pending %d\n", timer_pending(&timer));
	queue_work_on(CPU, system_wq, &work);
	flush_work(&work);
	show("work");
	eventually(!timer_pending(&timer));
	del_timer_sync(&timer);
	show("timer");
	pr_info("thread on %s\n", task_cpu(thread) == CPU ? "the CPU that is gone" : "another");
	pr_info("stop: %d\n", kthread_stop(thread));
	pr_info("add: %d\n", add_cpu(CPU));
	pr_info("boot CPU: %d\n", remove_cpu(0) ? -1 : 0);
	destroy_timer_on_stack(&timer);
	destroy_work_on_stack(&work);
}

static void test(void)
{
	if (num_online_cpus() < 2) {
		pr_info("needs two CPUs\n");
		return;
	}
	steps();
	moves();
}
MODULE_TEST(test);
