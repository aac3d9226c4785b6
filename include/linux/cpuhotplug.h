/* SPDX-License-Identifier: MIT */
/*
 * The steps a CPU takes on its way up, in order, and down, in reverse.
 *
 *	up						down
 *	OFFLINE .. BRINGUP_CPU	on the CPU that starts it	on the one that took it down, after its end
 *	.. AP_ONLINE		on the new CPU, IRQs off	on the CPU that goes, all others stopped
 *	.. ONLINE		in a task on the new CPU	in a task on the CPU that goes
 *
 * Those in the middle must not fail, nor may a teardown in the first part.
 */
#ifndef _LINUX_CPUHOTPLUG_H
#define _LINUX_CPUHOTPLUG_H

#include <linux/types.h>

enum cpuhp_state {
	CPUHP_INVALID = -1,
	CPUHP_OFFLINE = 0,
	CPUHP_CREATE_THREADS,
	CPUHP_SOFTIRQ_DEAD,
	CPUHP_NET_DEV_DEAD,
	CPUHP_PAGE_ALLOC,
	CPUHP_IRQ_POLL_DEAD,
	CPUHP_RCUTREE_PREP,
	CPUHP_SLUB_DEAD,
	CPUHP_WORKQUEUE_PREP,
	CPUHP_HRTIMERS_PREPARE,
	CPUHP_SMPCFD_PREPARE,
	CPUHP_TIMERS_PREPARE,
	CPUHP_BP_PREPARE_DYN,
	CPUHP_BP_PREPARE_DYN_END	= CPUHP_BP_PREPARE_DYN + 20,
	CPUHP_BRINGUP_CPU,

	CPUHP_AP_IDLE_DEAD,
	CPUHP_AP_OFFLINE,
	CPUHP_AP_SCHED_STARTING,
	CPUHP_AP_RCUTREE_DYING,
	CPUHP_AP_IRQ_STARTING,
	CPUHP_AP_CLOCK_STARTING,
	CPUHP_AP_SMPCFD_DYING,
	CPUHP_AP_ONLINE,

	CPUHP_TEARDOWN_CPU,
	CPUHP_AP_ONLINE_IDLE,
	CPUHP_AP_SCHED_WAIT_EMPTY,
	CPUHP_AP_SMPBOOT_THREADS,
	CPUHP_AP_IRQ_AFFINITY_ONLINE,
	CPUHP_AP_WATCHDOG_ONLINE,
	CPUHP_AP_WORKQUEUE_ONLINE,
	CPUHP_AP_RANDOM_ONLINE,
	CPUHP_AP_RCUTREE_ONLINE,
	CPUHP_AP_ONLINE_DYN,
	CPUHP_AP_ONLINE_DYN_END		= CPUHP_AP_ONLINE_DYN + 30,
	CPUHP_AP_ACTIVE,
	CPUHP_ONLINE,
};

struct hlist_node;

typedef int (*cpuhp_step_t)(unsigned int cpu);
typedef int (*cpuhp_multi_step_t)(unsigned int cpu, struct hlist_node *node);

int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke,
			cpuhp_step_t startup, cpuhp_step_t teardown, bool multi_instance);
int __cpuhp_setup_state_cpuslocked(enum cpuhp_state state, const char *name, bool invoke,
				   cpuhp_step_t startup, cpuhp_step_t teardown,
				   bool multi_instance);
void __cpuhp_remove_state(enum cpuhp_state state, bool invoke);
void __cpuhp_remove_state_cpuslocked(enum cpuhp_state state, bool invoke);

int __cpuhp_state_add_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke);
int __cpuhp_state_add_instance_cpuslocked(enum cpuhp_state state, struct hlist_node *node,
					  bool invoke);
int __cpuhp_state_remove_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke);

/**
 * cpuhp_setup_state - add a step, and run its start-up on every CPU that is past it
 * @state: where; CPUHP_AP_ONLINE_DYN or CPUHP_BP_PREPARE_DYN for a free place
 * @name: for messages
 * @startup: as a CPU comes up, or NULL
 * @teardown: as a CPU goes, or NULL
 *
 * Context: process, may sleep. The forms with _cpuslocked: cpus_read_lock() is held.
 * Return: 0, or the state found for a dynamic one; -EINVAL no such state; -EBUSY taken; -ENOSPC;
 * what @startup said, and then it was undone everywhere.
 */
static inline int cpuhp_setup_state(enum cpuhp_state state, const char *name,
				    cpuhp_step_t startup, cpuhp_step_t teardown)
{
	return __cpuhp_setup_state(state, name, true, startup, teardown, false);
}

static inline int cpuhp_setup_state_cpuslocked(enum cpuhp_state state, const char *name,
					       cpuhp_step_t startup, cpuhp_step_t teardown)
{
	return __cpuhp_setup_state_cpuslocked(state, name, true, startup, teardown, false);
}

/* Those that are up already are left as they are. */
static inline int cpuhp_setup_state_nocalls(enum cpuhp_state state, const char *name,
					    cpuhp_step_t startup, cpuhp_step_t teardown)
{
	return __cpuhp_setup_state(state, name, false, startup, teardown, false);
}

static inline int cpuhp_setup_state_nocalls_cpuslocked(enum cpuhp_state state, const char *name,
						       cpuhp_step_t startup, cpuhp_step_t teardown)
{
	return __cpuhp_setup_state_cpuslocked(state, name, false, startup, teardown, false);
}

/**
 * cpuhp_setup_state_multi - a step that is taken for each of several instances
 * @startup: called with each node that cpuhp_state_add_instance() has added
 * @teardown: the same
 *
 * Context and Return: as cpuhp_setup_state().
 */
static inline int cpuhp_setup_state_multi(enum cpuhp_state state, const char *name,
					  cpuhp_multi_step_t startup, cpuhp_multi_step_t teardown)
{
	return __cpuhp_setup_state(state, name, false, (cpuhp_step_t)(void *)startup,
				   (cpuhp_step_t)(void *)teardown, true);
}

/**
 * cpuhp_state_add_instance - add an instance, and run the start-up for it on every CPU past it
 * @state: a multi-instance one
 * @node: of the instance; must stay until it is removed
 *
 * Context: process, may sleep. Return: 0; -EINVAL @state has no instances; what the start-up said.
 */
static inline int cpuhp_state_add_instance(enum cpuhp_state state, struct hlist_node *node)
{
	return __cpuhp_state_add_instance(state, node, true);
}

static inline int cpuhp_state_add_instance_nocalls(enum cpuhp_state state, struct hlist_node *node)
{
	return __cpuhp_state_add_instance(state, node, false);
}

static inline int cpuhp_state_add_instance_nocalls_cpuslocked(enum cpuhp_state state,
							      struct hlist_node *node)
{
	return __cpuhp_state_add_instance_cpuslocked(state, node, false);
}

static inline int cpuhp_state_remove_instance(enum cpuhp_state state, struct hlist_node *node)
{
	return __cpuhp_state_remove_instance(state, node, true);
}

static inline int cpuhp_state_remove_instance_nocalls(enum cpuhp_state state,
						      struct hlist_node *node)
{
	return __cpuhp_state_remove_instance(state, node, false);
}

static inline void cpuhp_remove_state(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, true);
}

static inline void cpuhp_remove_state_nocalls(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, false);
}

static inline void cpuhp_remove_state_nocalls_cpuslocked(enum cpuhp_state state)
{
	__cpuhp_remove_state_cpuslocked(state, false);
}

static inline void cpuhp_remove_multi_state(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, false);
}

#endif
