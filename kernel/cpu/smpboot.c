/* SPDX-License-Identifier: MIT */
/* Kernel threads of which every CPU has one: ksoftirqd/N, migration/N. They park while it is away. */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/smpboot.h>
#include "internals.h"

struct smpboot_thread {
	unsigned int			cpu;
	struct smp_hotplug_thread	*ht;
};

static LIST_HEAD(hotplug_threads);	/* threads_lock */
static DEFINE_MUTEX(threads_lock);	/* taken after cpus_read_lock() */

static int smpboot_thread_fn(void *data)
{
	struct smpboot_thread *td = data;
	struct smp_hotplug_thread *ht = td->ht;

	if (ht->setup)
		ht->setup(td->cpu);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		preempt_disable();
		if (kthread_should_stop()) {
			__set_current_state(TASK_RUNNING);
			preempt_enable();
			break;
		}
		if (kthread_should_park()) {
			__set_current_state(TASK_RUNNING);
			preempt_enable();
			if (ht->park)
				ht->park(td->cpu);
			kthread_parkme();
			if (ht->unpark)
				ht->unpark(td->cpu);
		} else if (!ht->thread_should_run(td->cpu)) {
			preempt_enable_no_resched();
			schedule();
		} else {
			__set_current_state(TASK_RUNNING);
			preempt_enable();
			ht->thread_fn(td->cpu);
		}
	}
	if (ht->cleanup)
		ht->cleanup(td->cpu, cpu_online(td->cpu));
	kfree(td);
	return 0;
}

/* Make, note and start the thread of @cpu, unless there is one. threads_lock held. */
static int create_thread(struct smp_hotplug_thread *ht, unsigned int cpu)
{
	struct task_struct **slot = per_cpu_ptr(ht->store, cpu), *thread;
	struct smpboot_thread *td;

	if (*slot)
		return 0;
	td = kzalloc(sizeof(*td), GFP_KERNEL);
	if (!td)
		return -ENOMEM;
	td->cpu = cpu;
	td->ht = ht;
	thread = kthread_create_on_cpu(smpboot_thread_fn, td, cpu, ht->thread_comm);
	if (IS_ERR(thread)) {
		kfree(td);
		return PTR_ERR(thread);
	}
	kthread_set_per_cpu(thread, (int)cpu);
	get_task_struct(thread);
	*slot = thread;
	if (ht->create)
		ht->create(cpu);
	wake_up_process(thread);
	return 0;
}

static void destroy_thread(struct smp_hotplug_thread *ht, unsigned int cpu)
{
	struct task_struct **slot = per_cpu_ptr(ht->store, cpu), *thread = *slot;

	if (!thread)
		return;
	*slot = NULL;
	kthread_stop(thread);
	put_task_struct(thread);
}

/*
 * A CPU has come up: give it all its threads, or let those go on that it had before. A step of the
 * CPU's start.
 */
int smpboot_unpark_threads(unsigned int cpu)
{
	struct smp_hotplug_thread *ht;
	int ret = 0;

	mutex_lock(&threads_lock);
	list_for_each_entry(ht, &hotplug_threads, list) {
		struct task_struct *thread = *per_cpu_ptr(ht->store, cpu);

		if (!thread)
			ret = create_thread(ht, cpu);
		else if (!ht->selfparking)
			kthread_unpark(thread);
		if (ret)
			break;
	}
	mutex_unlock(&threads_lock);
	return ret;
}

/* A CPU goes: its threads stand still, all but those that see to it themselves. */
int smpboot_park_threads(unsigned int cpu)
{
	struct smp_hotplug_thread *ht;

	mutex_lock(&threads_lock);
	list_for_each_entry_reverse(ht, &hotplug_threads, list) {
		struct task_struct *thread = *per_cpu_ptr(ht->store, cpu);

		if (thread && !ht->selfparking)
			kthread_park(thread);
	}
	mutex_unlock(&threads_lock);
	return 0;
}

/**
 * smpboot_register_percpu_thread - have a thread on every CPU, now and when one comes up
 * @plug_thread: what it runs and where it is noted
 *
 * Context: process, may sleep. Return: 0; -ENOMEM, and then there is none.
 */
int smpboot_register_percpu_thread(struct smp_hotplug_thread *plug_thread)
{
	unsigned int cpu;
	int ret = 0;

	cpus_read_lock();
	mutex_lock(&threads_lock);
	for_each_online_cpu(cpu) {
		ret = create_thread(plug_thread, cpu);
		if (ret)
			break;
	}
	if (!ret)
		list_add_tail(&plug_thread->list, &hotplug_threads);
	else
		for_each_online_cpu(cpu)
			destroy_thread(plug_thread, cpu);
	mutex_unlock(&threads_lock);
	cpus_read_unlock();
	return ret;
}
EXPORT_SYMBOL(smpboot_register_percpu_thread);

/**
 * smpboot_unregister_percpu_thread - end the threads of every CPU
 * @plug_thread: registered
 *
 * Context: process, may sleep.
 */
void smpboot_unregister_percpu_thread(struct smp_hotplug_thread *plug_thread)
{
	unsigned int cpu;

	cpus_read_lock();
	mutex_lock(&threads_lock);
	list_del(&plug_thread->list);
	for_each_possible_cpu(cpu)
		destroy_thread(plug_thread, cpu);
	mutex_unlock(&threads_lock);
	cpus_read_unlock();
}
EXPORT_SYMBOL(smpboot_unregister_percpu_thread);
