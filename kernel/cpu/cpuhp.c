/* SPDX-License-Identifier: MIT */
/*
 * The table of steps, <linux/cpuhotplug.h>, and taking them one after another.
 *
 * Steps are set up and removed with the cpus lock held for reading and steps_mutex; CPUs come
 * and go with it held for writing.
 */
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include "internals.h"

struct step {
	const char		*name;		/* NULL: free */
	cpuhp_step_t		startup;
	cpuhp_step_t		teardown;
	bool			multi;		/* they are cpuhp_multi_step_t, called for each of */
	struct hlist_head	instances;
};

static struct step steps[CPUHP_ONLINE];		/* see above */
static DEFINE_MUTEX(steps_mutex);		/* taken after cpus_read_lock() */

/* Written with the cpus lock held for writing; a CPU that comes or goes writes its own. */
static DEFINE_PER_CPU(enum cpuhp_state, cpu_state);

enum cpuhp_state cpuhp_state_of(unsigned int cpu)
{
	return READ_ONCE(per_cpu(cpu_state, cpu));
}

void cpuhp_set_state(unsigned int cpu, enum cpuhp_state state)
{
	WRITE_ONCE(per_cpu(cpu_state, cpu), state);
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

/**
 * cpuhp_call_in_task - have cpuhp/N call a function, and wait
 * @cpu: an online CPU
 * @func: called there with @cpu; may sleep
 *
 * Context: process, may sleep. Return: what @func said; -ENOMEM.
 */
int cpuhp_call_in_task(unsigned int cpu, cpuhp_step_t func)
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
	kthread_set_per_cpu(thread, (int)cpu);
	wake_up_process(thread);
	wait_for_completion(&call.done);
	return call.ret;
}

static int call_one(cpuhp_step_t func, bool multi, unsigned int cpu, struct hlist_node *node)
{
	return multi ? ((cpuhp_multi_step_t)(void *)func)(cpu, node) : func(cpu);
}

/*
 * Call one half of a step for one CPU, here: with @node for that instance, else for all. What
 * was started before one that failed is undone.
 */
static int call_step(struct step *step, bool up, unsigned int cpu, struct hlist_node *node)
{
	cpuhp_step_t func = up ? step->startup : step->teardown;
	struct hlist_node *pos, *undo;
	int ret = 0;

	if (!func)
		return 0;
	if (!step->multi || node)
		return call_one(func, step->multi, cpu, node);
	hlist_for_each(pos, &step->instances) {
		ret = call_one(func, true, cpu, pos);
		if (ret)
			break;
	}
	if (ret && up && step->teardown)
		for (undo = step->instances.first; undo != pos; undo = undo->next)
			call_one(step->teardown, true, cpu, undo);
	return ret;
}

/* ---- From one state to another -------------------------------------------------------------------- */

/**
 * cpuhp_up - take the steps up to a state
 * @cpu: the CPU
 * @target: the last one to be taken
 *
 * Context: where these steps are to run. Return: 0; what a step said, and then those before it
 * that this call has taken are undone.
 */
int cpuhp_up(unsigned int cpu, enum cpuhp_state target)
{
	enum cpuhp_state from = cpuhp_state_of(cpu), state;
	int ret = 0;

	for (state = from + 1; state <= target && state < CPUHP_ONLINE; state++) {
		ret = call_step(&steps[state], true, cpu, NULL);
		if (ret)
			break;
	}
	if (!ret) {
		cpuhp_set_state(cpu, target);
		return 0;
	}
	pr_debug("cpu: CPU %u: %s failed: %d\n", cpu, steps[state].name, ret);
	while (--state > from)
		call_step(&steps[state], false, cpu, NULL);
	return ret;
}

/**
 * cpuhp_down - undo the steps above a state
 * @cpu: the CPU
 * @target: the last one that stays taken
 *
 * Context and Return: as cpuhp_up().
 */
int cpuhp_down(unsigned int cpu, enum cpuhp_state target)
{
	enum cpuhp_state from = min_t(enum cpuhp_state, cpuhp_state_of(cpu), CPUHP_ONLINE - 1);
	enum cpuhp_state state;
	int ret = 0;

	for (state = from; state > target; state--) {
		ret = call_step(&steps[state], false, cpu, NULL);
		if (ret)
			break;
	}
	if (!ret) {
		cpuhp_set_state(cpu, target);
		return 0;
	}
	pr_debug("cpu: CPU %u: %s refused: %d\n", cpu, steps[state].name, ret);
	while (++state <= from)
		call_step(&steps[state], true, cpu, NULL);
	return ret;
}

/* ---- Setting up steps ------------------------------------------------------------------------------- */

/* One half of a step, for one CPU that stays online, called where it belongs. */
struct remote_call {
	struct step		*step;
	bool			up;
	struct hlist_node	*node;
	int			ret;
};

static struct remote_call *remote;	/* steps_mutex */

static int remote_in_task(unsigned int cpu)
{
	return call_step(remote->step, remote->up, cpu, remote->node);
}

static void remote_in_irq(void *unused)
{
	remote->ret = call_step(remote->step, remote->up, raw_smp_processor_id(), remote->node);
}

static int issue(enum cpuhp_state state, bool up, unsigned int cpu, struct hlist_node *node)
{
	struct remote_call call = { .step = &steps[state], .up = up, .node = node };

	if (!(up ? steps[state].startup : steps[state].teardown))
		return 0;
	if (state < CPUHP_BRINGUP_CPU)
		return call_step(&steps[state], up, cpu, node);
	remote = &call;
	if (state > CPUHP_AP_ONLINE)
		return cpuhp_call_in_task(cpu, remote_in_task);
	smp_call_function_single((int)cpu, remote_in_irq, NULL, 1);
	return call.ret;
}

static bool is_past(unsigned int cpu, enum cpuhp_state state)
{
	return cpuhp_state_of(cpu) >= state;
}

/* Start a step, or one instance of it, on all CPUs that are past it, or on none. */
static int issue_everywhere(enum cpuhp_state state, struct hlist_node *node)
{
	unsigned int cpu, undo;
	int ret = 0;

	for_each_online_cpu(cpu) {
		ret = is_past(cpu, state) ? issue(state, true, cpu, node) : 0;
		if (ret)
			break;
	}
	if (!ret)
		return 0;
	for_each_online_cpu(undo) {
		if (undo == cpu)
			break;
		if (is_past(undo, state))
			issue(state, false, undo, node);
	}
	return ret;
}

static void undo_everywhere(enum cpuhp_state state, struct hlist_node *node)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		if (is_past(cpu, state))
			issue(state, false, cpu, node);
}

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
int __cpuhp_setup_state_cpuslocked(enum cpuhp_state state, const char *name, bool invoke,
				   cpuhp_step_t startup, cpuhp_step_t teardown,
				   bool multi_instance)
{
	bool dynamic = state == CPUHP_AP_ONLINE_DYN || state == CPUHP_BP_PREPARE_DYN;
	int slot, ret;

	lockdep_assert_cpus_held();
	if (!name)
		return -EINVAL;
	mutex_lock(&steps_mutex);
	slot = ret = place_step(state);
	if (slot >= 0) {
		steps[slot] = (struct step){
			.name = name,
			.startup = startup,
			.teardown = teardown,
			.multi = multi_instance,
		};
		ret = invoke && startup ? issue_everywhere(slot, NULL) : 0;
		if (ret)
			steps[slot] = (struct step){ };
	}
	mutex_unlock(&steps_mutex);
	return ret || !dynamic ? ret : slot;
}
EXPORT_SYMBOL(__cpuhp_setup_state_cpuslocked);

int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke,
			cpuhp_step_t startup, cpuhp_step_t teardown, bool multi_instance)
{
	int ret;

	cpus_read_lock();
	ret = __cpuhp_setup_state_cpuslocked(state, name, invoke, startup, teardown,
					     multi_instance);
	cpus_read_unlock();
	return ret;
}
EXPORT_SYMBOL(__cpuhp_setup_state);

/**
 * __cpuhp_remove_state_cpuslocked - take a step out again
 * @state: what it was set up as, or the place that set-up returned
 * @invoke: run its teardown on every CPU that is past it
 *
 * Context: process, may sleep; cpus_read_lock() held. No instance is left.
 */
void __cpuhp_remove_state_cpuslocked(enum cpuhp_state state, bool invoke)
{
	lockdep_assert_cpus_held();
	mutex_lock(&steps_mutex);
	WARN(!hlist_empty(&steps[state].instances), "%s is removed with instances left\n",
	     steps[state].name);
	if (invoke && !WARN_ON(!steps[state].name))
		undo_everywhere(state, NULL);
	steps[state] = (struct step){ };
	mutex_unlock(&steps_mutex);
}
EXPORT_SYMBOL(__cpuhp_remove_state_cpuslocked);

void __cpuhp_remove_state(enum cpuhp_state state, bool invoke)
{
	cpus_read_lock();
	__cpuhp_remove_state_cpuslocked(state, invoke);
	cpus_read_unlock();
}
EXPORT_SYMBOL(__cpuhp_remove_state);

/* See cpuhp_state_add_instance() in <linux/cpuhotplug.h>. */
int __cpuhp_state_add_instance_cpuslocked(enum cpuhp_state state, struct hlist_node *node,
					  bool invoke)
{
	int ret = -EINVAL;

	lockdep_assert_cpus_held();
	mutex_lock(&steps_mutex);
	if (steps[state].multi) {
		ret = invoke ? issue_everywhere(state, node) : 0;
		if (!ret)
			hlist_add_head(node, &steps[state].instances);
	}
	mutex_unlock(&steps_mutex);
	return ret;
}
EXPORT_SYMBOL_GPL(__cpuhp_state_add_instance_cpuslocked);

int __cpuhp_state_add_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke)
{
	int ret;

	cpus_read_lock();
	ret = __cpuhp_state_add_instance_cpuslocked(state, node, invoke);
	cpus_read_unlock();
	return ret;
}
EXPORT_SYMBOL_GPL(__cpuhp_state_add_instance);

/* Its teardown runs first, if @invoke. Context: process, may sleep. Return: 0; -EINVAL. */
int __cpuhp_state_remove_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke)
{
	int ret = -EINVAL;

	cpus_read_lock();
	mutex_lock(&steps_mutex);
	if (steps[state].multi) {
		if (invoke)
			undo_everywhere(state, node);
		hlist_del(node);
		ret = 0;
	}
	mutex_unlock(&steps_mutex);
	cpus_read_unlock();
	return ret;
}
EXPORT_SYMBOL_GPL(__cpuhp_state_remove_instance);
