/* SPDX-License-Identifier: MIT */
/*
 * The steps a CPU takes on its way up, in order, and down, in reverse.
 *
 * Up to CPUHP_BRINGUP_CPU they run on the CPU that starts it; from there to CPUHP_AP_ONLINE on
 * the new CPU with interrupts off, and must not fail; after that in a task, which on the new CPU
 * may sleep.
 */
#ifndef _LINUX_CPUHOTPLUG_H
#define _LINUX_CPUHOTPLUG_H

#include <linux/types.h>

enum cpuhp_state {
	CPUHP_INVALID = -1,
	CPUHP_OFFLINE = 0,
	CPUHP_CREATE_THREADS,
	CPUHP_WORKQUEUE_PREP,
	CPUHP_TIMERS_PREPARE,
	CPUHP_BP_PREPARE_DYN,
	CPUHP_BP_PREPARE_DYN_END	= CPUHP_BP_PREPARE_DYN + 8,
	CPUHP_BRINGUP_CPU,

	CPUHP_AP_IDLE_DEAD,
	CPUHP_AP_OFFLINE,
	CPUHP_AP_SCHED_STARTING,
	CPUHP_AP_IRQ_STARTING,
	CPUHP_AP_CLOCK_STARTING,
	CPUHP_AP_SMPCFD_DYING,
	CPUHP_AP_ONLINE,

	CPUHP_TEARDOWN_CPU,
	CPUHP_AP_ONLINE_IDLE,
	CPUHP_AP_SMPBOOT_THREADS,
	CPUHP_AP_IRQ_AFFINITY_ONLINE,
	CPUHP_AP_WORKQUEUE_ONLINE,
	CPUHP_AP_ONLINE_DYN,
	CPUHP_AP_ONLINE_DYN_END		= CPUHP_AP_ONLINE_DYN + 16,
	CPUHP_AP_ACTIVE,
	CPUHP_ONLINE,
};

typedef int (*cpuhp_step_t)(unsigned int cpu);

int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke,
			cpuhp_step_t startup, cpuhp_step_t teardown);
void __cpuhp_remove_state(enum cpuhp_state state, bool invoke);

/**
 * cpuhp_setup_state - add a step, and run its start-up on every CPU that is past it
 * @state: where; CPUHP_AP_ONLINE_DYN or CPUHP_BP_PREPARE_DYN for a free place
 * @name: for messages
 * @startup: as a CPU comes up, or NULL
 * @teardown: as a CPU goes, or NULL
 *
 * Context: process, may sleep.
 * Return: 0, or the state found for a dynamic one; -EBUSY taken; -ENOSPC; what @startup said.
 */
static inline int cpuhp_setup_state(enum cpuhp_state state, const char *name,
				    cpuhp_step_t startup, cpuhp_step_t teardown)
{
	return __cpuhp_setup_state(state, name, true, startup, teardown);
}

static inline int cpuhp_setup_state_nocalls(enum cpuhp_state state, const char *name,
					    cpuhp_step_t startup, cpuhp_step_t teardown)
{
	return __cpuhp_setup_state(state, name, false, startup, teardown);
}

static inline void cpuhp_remove_state(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, true);
}

static inline void cpuhp_remove_state_nocalls(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, false);
}

#endif
