/* SPDX-License-Identifier: MIT */
/*
 * Bringing CPUs up, step by step: <linux/cpuhotplug.h>.
 *
 *	the starting CPU			the new CPU
 *	prepare steps
 *	arch_cpu_start(), wait		->	secondary_start_kernel(): starting steps, irqs off
 *	     <- came_up				online, then idle
 *	make cpuhp/N, wait		->	cpuhp/N: online steps, in a task
 *	active: tasks may move there
 */
#include <linux/arch.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include "internals.h"

struct step {
	const char	*name;		/* NULL: free */
	cpuhp_step_t	startup;
	cpuhp_step_t	teardown;
};

static DECLARE_RWSEM(cpus_sem);			/* held for writing while CPUs come or go */
static struct step steps[CPUHP_ONLINE];		/* cpus_sem */
static struct task_struct *idle_tasks[NR_CPUS];	/* cpus_sem; kept for the next time */
static DECLARE_COMPLETION(came_up);

void cpus_read_lock(void)
{
	down_read(&cpus_sem);
}
EXPORT_SYMBOL(cpus_read_lock);

int cpus_read_trylock(void)
{
	return down_read_trylock(&cpus_sem);
}
EXPORT_SYMBOL(cpus_read_trylock);

void cpus_read_unlock(void)
{
	up_read(&cpus_sem);
}
EXPORT_SYMBOL(cpus_read_unlock);

void cpus_write_lock(void)
{
	down_write(&cpus_sem);
}

void cpus_write_unlock(void)
{
	up_write(&cpus_sem);
}

/* ---- One step on one CPU ------------------------------------------------------------------------ */

/* A call that the CPU concerned makes in a task of its own. */
struct task_call {
	cpuhp_step_t		func;
	unsigned int		cpu;
	int			ret;
	struct completion	done;
};

static int task_call_fn(void *arg)
{
	struct task_call *call = arg;

	call->ret = call->func(call->cpu);
	kthread_complete_and_exit(&call->done, 0);
}

/* Have cpuhp/N run @func, and wait. */
static int call_in_task(unsigned int cpu, cpuhp_step_t func)
{
	struct task_call call = {
		.func = func,
		.cpu = cpu,
		.done = COMPLETION_INITIALIZER_ONSTACK(call.done),
	};
	struct task_struct *thread;

	/* Before there are other CPUs there may not be threads either, nor any need of one. */
	if (num_online_cpus() == 1 && cpu == (unsigned int)raw_smp_processor_id())
		return func(cpu);
	thread = kthread_create_on_cpu(task_call_fn, &call, cpu, "cpuhp/%u");
	if (IS_ERR(thread))
		return PTR_ERR(thread);
	wake_up_process(thread);
	wait_for_completion(&call.done);
	return call.ret;
}

struct irq_call {
	cpuhp_step_t	func;
	int		ret;
};

static void irq_call_fn(void *arg)
{
	struct irq_call *call = arg;

	call->ret = call->func(raw_smp_processor_id());
}

/* Run @func for @cpu in the place where @state says. */
static int run_step(enum cpuhp_state state, unsigned int cpu, cpuhp_step_t func)
{
	struct irq_call call = { .func = func };

	if (!func)
		return 0;
	if (state < CPUHP_BRINGUP_CPU)
		return func(cpu);
	if (state > CPUHP_AP_ONLINE)
		return call_in_task(cpu, func);
	smp_call_function_single(cpu, irq_call_fn, &call, 1);
	return call.ret;
}

/* ---- The table of steps ---------------------------------------------------------------------------- */

static int find_free(enum cpuhp_state first, enum cpuhp_state last)
{
	for (int state = first; state <= (int)last; state++)
		if (!steps[state].name)
			return state;
	return -ENOSPC;
}

static int place_step(enum cpuhp_state state)
{
	if (state == CPUHP_AP_ONLINE_DYN)
		return find_free(CPUHP_AP_ONLINE_DYN, CPUHP_AP_ONLINE_DYN_END);
	if (state == CPUHP_BP_PREPARE_DYN)
		return find_free(CPUHP_BP_PREPARE_DYN, CPUHP_BP_PREPARE_DYN_END);
	if (state <= CPUHP_OFFLINE || state >= CPUHP_ONLINE)
		return -EINVAL;
	return steps[state].name ? -EBUSY : (int)state;
}

/* See cpuhp_setup_state() in <linux/cpuhotplug.h>. */
int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke,
			cpuhp_step_t startup, cpuhp_step_t teardown)
{
	unsigned int cpu, undo;
	int slot, ret = 0;

	cpus_write_lock();
	slot = place_step(state);
	if (slot < 0) {
		cpus_write_unlock();
		return slot;
	}
	steps[slot] = (struct step){ .name = name, .startup = startup, .teardown = teardown };
	for_each_online_cpu(cpu) {
		ret = invoke ? run_step(slot, cpu, startup) : 0;
		if (ret)
			break;
	}
	if (ret) {
		for_each_online_cpu(undo) {
			if (undo == cpu)
				break;
			run_step(slot, undo, teardown);
		}
		steps[slot] = (struct step){ };
	}
	cpus_write_unlock();
	if (ret)
		return ret;
	return slot == (int)state && state != CPUHP_AP_ONLINE_DYN && state != CPUHP_BP_PREPARE_DYN ?
	       0 : slot;
}
EXPORT_SYMBOL(__cpuhp_setup_state);

/**
 * __cpuhp_remove_state - take a step out again
 * @state: what it was set up as, or the place that set-up returned
 * @invoke: run its teardown on every CPU that is past it
 *
 * Context: process, may sleep.
 */
void __cpuhp_remove_state(enum cpuhp_state state, bool invoke)
{
	unsigned int cpu;

	cpus_write_lock();
	if (invoke && !WARN_ON(!steps[state].name))
		for_each_online_cpu(cpu)
			run_step(state, cpu, steps[state].teardown);
	steps[state] = (struct step){ };
	cpus_write_unlock();
}
EXPORT_SYMBOL(__cpuhp_remove_state);

/* ---- Coming up ----------------------------------------------------------------------------------------- */

static int run_prepare_steps(unsigned int cpu)
{
	int state, ret;

	for (state = CPUHP_OFFLINE + 1; state < CPUHP_BRINGUP_CPU; state++) {
		ret = run_step(state, cpu, steps[state].startup);
		if (ret)
			break;
	}
	if (state == CPUHP_BRINGUP_CPU)
		return 0;
	while (--state > CPUHP_OFFLINE)
		run_step(state, cpu, steps[state].teardown);
	return ret;
}

static int run_online_steps(unsigned int cpu)
{
	int state, ret;

	ret = smpboot_create_threads(cpu);
	if (ret)
		pr_err("cpu: CPU %u lacks some of its threads: %d\n", cpu, ret);
	for (state = CPUHP_AP_ONLINE + 1; state < CPUHP_ONLINE; state++) {
		if (!steps[state].startup)
			continue;
		ret = steps[state].startup(cpu);
		if (ret)
			pr_err("cpu: CPU %u: %s failed: %d\n", cpu, steps[state].name, ret);
	}
	return 0;
}

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
	for (int state = CPUHP_BRINGUP_CPU + 1; state <= CPUHP_AP_ONLINE; state++)
		if (steps[state].startup)
			steps[state].startup(cpu);
	set_cpu_online(cpu, true);
	complete(&came_up);
	cpu_startup_entry(CPUHP_AP_ONLINE_IDLE);
}

static int start_cpu(unsigned int cpu)
{
	int ret = run_prepare_steps(cpu);

	if (ret)
		return ret;
	if (!idle_tasks[cpu])
		idle_tasks[cpu] = fork_idle(cpu);
	if (!idle_tasks[cpu])
		return -ENOMEM;
	reinit_completion(&came_up);
	ret = arch_cpu_start(cpu, idle_tasks[cpu]);
	if (ret)
		return ret;
	if (!wait_for_completion_timeout(&came_up, 10 * HZ)) {
		pr_err("cpu: CPU %u started and was not seen again\n", cpu);
		return -EIO;
	}
	ret = call_in_task(cpu, run_online_steps);
	set_cpu_active(cpu, true);
	return ret;
}

/**
 * add_cpu - bring a CPU up
 * @cpu: a present one
 *
 * Context: process, may sleep. Return: 0, also if it is up; -EINVAL no such CPU; -ENOMEM; -EIO.
 */
int add_cpu(unsigned int cpu)
{
	int ret = 0;

	if (cpu >= nr_cpu_ids || !cpu_present(cpu))
		return -EINVAL;
	cpus_write_lock();
	if (!cpu_online(cpu))
		ret = start_cpu(cpu);
	cpus_write_unlock();
	return ret;
}
EXPORT_SYMBOL(add_cpu);

/**
 * smp_init - bring up all CPUs, or as many as maxcpus= allows
 *
 * Context: task 1, at boot.
 */
void __init smp_init(void)
{
	unsigned int cpu;

	arch_smp_prepare_cpus(setup_max_cpus);
	for_each_present_cpu(cpu) {
		if (num_online_cpus() >= setup_max_cpus)
			break;
		if (!cpu_online(cpu))
			add_cpu(cpu);
	}
	pr_info("smp: Brought up 1 node, %u CPU%s\n", num_online_cpus(),
		num_online_cpus() == 1 ? "" : "s");
}
