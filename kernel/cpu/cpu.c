/* SPDX-License-Identifier: MIT */
/*
 * CPUs coming up and going.
 *
 *	the CPU that asks			the CPU that comes
 *	prepare steps
 *	arch_cpu_start(), wait		->	secondary_start_kernel(): starting steps, IRQs off
 *	     <- came_up				online, then idle
 *	have cpuhp/N run, wait		->	cpuhp/N: threads, online steps
 *
 *	the CPU that asks			the CPU that goes
 *	have cpuhp/N run, wait		->	cpuhp/N: online steps undone: tasks and works leave
 *	stop_machine()			->	migration/N: offline; interrupts, cross-calls leave
 *	wait for it			<-	idle: dead, halted until it is started again
 *	steps of the dead: timers, softirqs, memory are taken over
 */
#include <linux/arch.h>
#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqdesc.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/percpu-rwsem.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include <linux/tick.h>
#include "internals.h"

/*
 * Waiting for a CPU's first or last sign of life. It is a matter of microseconds, but an emulated
 * CPU runs only when the host lets it.
 */
#define CAME_UP_PATIENCE	(10 * HZ)

DEFINE_STATIC_PERCPU_RWSEM(cpu_hotplug_lock);	/* held for writing while CPUs come or go */
static int nr_disabled;				/* cpu_hotplug_lock; cpu_hotplug_disable() calls */
static struct task_struct *idle_tasks[NR_CPUS];	/* cpu_hotplug_lock; kept for the next time */
static DECLARE_COMPLETION(came_up);

void cpus_read_lock(void)
{
	percpu_down_read(&cpu_hotplug_lock);
}
EXPORT_SYMBOL(cpus_read_lock);

int cpus_read_trylock(void)
{
	return percpu_down_read_trylock(&cpu_hotplug_lock);
}
EXPORT_SYMBOL(cpus_read_trylock);

void cpus_read_unlock(void)
{
	percpu_up_read(&cpu_hotplug_lock);
}
EXPORT_SYMBOL(cpus_read_unlock);

void cpus_write_lock(void)
{
	percpu_down_write(&cpu_hotplug_lock);
}

void cpus_write_unlock(void)
{
	percpu_up_write(&cpu_hotplug_lock);
}

void lockdep_assert_cpus_held(void)
{
	lockdep_assert(percpu_is_read_locked(&cpu_hotplug_lock) ||
		       percpu_is_write_locked(&cpu_hotplug_lock));
}
EXPORT_SYMBOL(lockdep_assert_cpus_held);

/** cpu_hotplug_disable - let no CPU come or go until cpu_hotplug_enable(); nests. May sleep. */
void cpu_hotplug_disable(void)
{
	cpus_write_lock();
	nr_disabled++;
	cpus_write_unlock();
}
EXPORT_SYMBOL_GPL(cpu_hotplug_disable);

void cpu_hotplug_enable(void)
{
	cpus_write_lock();
	if (!WARN_ONCE(!nr_disabled, "Unbalanced cpu hotplug enable\n"))
		nr_disabled--;
	cpus_write_unlock();
}
EXPORT_SYMBOL_GPL(cpu_hotplug_enable);

/* ---- Going ------------------------------------------------------------------------------------------ */

/*
 * The end of a CPU's life: interrupts off here, all other CPUs stopped. After it the stopper
 * parks, and the CPU is idle.
 */
static int take_cpu_down(void *unused)
{
	unsigned int cpu = raw_smp_processor_id();
	int ret = arch_cpu_disable();

	if (ret)
		return ret;
	cpuhp_down(cpu, CPUHP_AP_OFFLINE);
	smp_call_dying();
	tick_handover_do_timer();
	tick_offline_cpu(cpu);
	stop_machine_park(cpu);
	return 0;
}

/**
 * cpuhp_report_idle_dead - the last word of a CPU: it does nothing any more
 *
 * Context: idle task, interrupts off, offline.
 */
void cpuhp_report_idle_dead(void)
{
	unsigned int cpu = raw_smp_processor_id();

	BUG_ON(cpuhp_state_of(cpu) != CPUHP_AP_OFFLINE);
	rcu_report_dead(cpu);
	/* Pairs with the wait in take_down(): the CPU may be started anew from here on. */
	smp_mb();
	cpuhp_set_state(cpu, CPUHP_AP_IDLE_DEAD);
}

static int take_down(unsigned int cpu)
{
	int ret;

	/* Its last task, cpuhp/N, has said that it is done, and still has to come to its end. */
	while (!idle_cpu((int)cpu))
		usleep_range(50, 200);
	/* No line is made or freed while those of the CPU are moved. */
	irq_lock_sparse();
	ret = stop_machine_cpuslocked(take_cpu_down, NULL, cpumask_of(cpu));
	irq_unlock_sparse();
	if (ret)
		return ret;
	while (cpuhp_state_of(cpu) != CPUHP_AP_IDLE_DEAD)
		usleep_range(50, 200);
	smp_mb();
	rcutree_migrate_callbacks((int)cpu);
	pr_info("smpboot: CPU %u is now offline\n", cpu);
	cpuhp_set_state(cpu, CPUHP_BRINGUP_CPU);
	return 0;
}

static int undo_online_steps(unsigned int cpu)
{
	return cpuhp_down(cpu, CPUHP_AP_ONLINE_IDLE);
}

static int redo_online_steps(unsigned int cpu)
{
	return cpuhp_up(cpu, CPUHP_ONLINE);
}

static int stop_cpu(unsigned int cpu)
{
	int ret;

	ret = cpuhp_call_in_task(cpu, undo_online_steps);
	if (ret)
		return ret;
	ret = take_down(cpu);
	if (ret) {
		cpuhp_call_in_task(cpu, redo_online_steps);
		return ret;
	}
	ret = cpuhp_down(cpu, CPUHP_OFFLINE);
	WARN(ret, "cpu: CPU %u is dead, which a step does not accept: %d\n", cpu, ret);
	return 0;
}

/**
 * cpu_down - take a CPU off line
 * @cpu: the CPU
 *
 * Its interrupts, tasks, works, timers and softirqs go to others; nothing that is pending is lost.
 *
 * Context: process, may sleep.
 * Return: 0; -EINVAL no such CPU, or it is not up; -EBUSY it is the last one, or hotplug is
 * disabled; -EPERM the machine needs it; what a step said that refused.
 */
int cpu_down(unsigned int cpu)
{
	int ret;

	if (cpu >= nr_cpu_ids || !cpu_present(cpu))
		return -EINVAL;
	if (!arch_cpu_can_stop(cpu))
		return -EPERM;
	cpus_write_lock();
	if (!cpu_online(cpu))
		ret = -EINVAL;
	else if (nr_disabled || num_online_cpus() == 1)
		ret = -EBUSY;
	else
		ret = stop_cpu(cpu);
	cpus_write_unlock();
	return ret;
}
EXPORT_SYMBOL_GPL(cpu_down);

/**
 * remove_cpu - cpu_down(), as a device
 * @cpu: the CPU
 *
 * Context: process, may sleep. Return: as cpu_down(); 1 when it is off line already.
 */
int remove_cpu(unsigned int cpu)
{
	return cpu < nr_cpu_ids && cpu_present(cpu) && !cpu_online(cpu) ? 1 : cpu_down(cpu);
}
EXPORT_SYMBOL_GPL(remove_cpu);

/* ---- Coming up ----------------------------------------------------------------------------------------- */

/**
 * secondary_start_kernel - the core's part of a new CPU's start; ends as its idle task
 *
 * Context: the new CPU, interrupts off, preemption off.
 */
void secondary_start_kernel(void)
{
	unsigned int cpu = raw_smp_processor_id();

	arch_cpu_init();
	rcu_cpu_starting(cpu);
	if (cpuhp_up(cpu, CPUHP_AP_ONLINE))
		pr_err("cpu: CPU %u goes on without what failed\n", cpu);
	set_cpu_online(cpu, true);
	complete(&came_up);
	cpu_startup_entry(CPUHP_AP_ONLINE_IDLE);
}

static int run_online_steps(unsigned int cpu)
{
	return cpuhp_up(cpu, CPUHP_ONLINE);
}

static int bring_up(unsigned int cpu)
{
	int ret;

	if (!idle_tasks[cpu])
		idle_tasks[cpu] = fork_idle(cpu);
	if (!idle_tasks[cpu])
		return -ENOMEM;
	cpuhp_set_state(cpu, CPUHP_BRINGUP_CPU);
	reinit_completion(&came_up);
	ret = arch_cpu_start(cpu, idle_tasks[cpu]);
	if (ret)
		return ret;
	if (!wait_for_completion_timeout(&came_up, CAME_UP_PATIENCE)) {
		pr_err("cpu: CPU %u started and was not seen again\n", cpu);
		return -EIO;
	}
	cpuhp_set_state(cpu, CPUHP_AP_ONLINE_IDLE);
	stop_machine_unpark(cpu);
	return 0;
}

static int start_cpu(unsigned int cpu)
{
	int ret = cpuhp_up(cpu, CPUHP_BRINGUP_CPU - 1);

	if (ret)
		return ret;
	ret = bring_up(cpu);
	if (ret) {
		cpuhp_down(cpu, CPUHP_OFFLINE);
		return ret;
	}
	ret = cpuhp_call_in_task(cpu, run_online_steps);
	if (ret && !take_down(cpu))
		cpuhp_down(cpu, CPUHP_OFFLINE);
	return ret;
}

/**
 * cpu_up - bring a CPU up
 * @cpu: a present one
 *
 * Context: process, may sleep.
 * Return: 0, also if it is up; -EINVAL no such CPU; -EBUSY hotplug is disabled; -ENOMEM; -EIO;
 * what a step said that refused.
 */
int cpu_up(unsigned int cpu)
{
	int ret = 0;

	if (cpu >= nr_cpu_ids || !cpu_present(cpu))
		return -EINVAL;
	cpus_write_lock();
	if (nr_disabled)
		ret = -EBUSY;
	else if (!cpu_online(cpu))
		ret = start_cpu(cpu);
	cpus_write_unlock();
	return ret;
}
EXPORT_SYMBOL_GPL(cpu_up);

/**
 * add_cpu - cpu_up(), as a device
 * @cpu: the CPU
 *
 * Context: process, may sleep. Return: as cpu_up(), but 1 when it is up already.
 */
int add_cpu(unsigned int cpu)
{
	return cpu < nr_cpu_ids && cpu_online(cpu) ? 1 : cpu_up(cpu);
}
EXPORT_SYMBOL_GPL(add_cpu);

/**
 * smp_init - bring up all CPUs, or as many as maxcpus= allows
 *
 * Context: task 1, at boot.
 */
void __init smp_init(void)
{
	unsigned int cpu;

	cpuhp_set_state(raw_smp_processor_id(), CPUHP_ONLINE);
	arch_smp_prepare_cpus(setup_max_cpus);
	for_each_present_cpu(cpu) {
		if (num_online_cpus() >= setup_max_cpus)
			break;
		if (!cpu_online(cpu))
			cpu_up(cpu);
	}
	pr_info("smp: Brought up 1 node, %u CPU%s\n", num_online_cpus(),
		num_online_cpus() == 1 ? "" : "s");
}

/* The steps of kernel/cpu itself. */
static int __init cpu_steps_init(void)
{
	cpuhp_setup_state_nocalls(CPUHP_AP_SMPBOOT_THREADS, "smpboot/threads:online",
				  smpboot_unpark_threads, smpboot_park_threads);
	return 0;
}
early_initcall(cpu_steps_init);
