/* SPDX-License-Identifier: MIT */
/* One kernel thread for each CPU, made, parked and woken as the CPU comes and goes. */
#ifndef _LINUX_SMPBOOT_H
#define _LINUX_SMPBOOT_H

#include <linux/types.h>
#include <linux/list.h>

struct task_struct;

/* Callbacks run in the thread itself but create, which runs in its maker. All may be NULL but two. */
struct smp_hotplug_thread {
	struct task_struct	* __percpu *store;	/* where the thread of each CPU is noted */
	struct list_head	list;
	int			(*thread_should_run)(unsigned int cpu);	/* irqs on, preemption off */
	void			(*thread_fn)(unsigned int cpu);
	void			(*create)(unsigned int cpu);
	void			(*setup)(unsigned int cpu);
	void			(*cleanup)(unsigned int cpu, bool online);
	void			(*park)(unsigned int cpu);
	void			(*unpark)(unsigned int cpu);
	bool			selfparking;
	const char		*thread_comm;		/* with a %u for the CPU */
};

int smpboot_register_percpu_thread(struct smp_hotplug_thread *plug_thread);
void smpboot_unregister_percpu_thread(struct smp_hotplug_thread *plug_thread);

#endif
