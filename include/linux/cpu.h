/* SPDX-License-Identifier: MIT */
/* CPUs coming up and going. kernel/cpu/. */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H

#include <linux/types.h>
#include <linux/cpumask.h>
#include <linux/cpuhotplug.h>

struct device;

int add_cpu(unsigned int cpu);
int remove_cpu(unsigned int cpu);
int cpu_up(unsigned int cpu);
int cpu_down(unsigned int cpu);

struct device *get_cpu_device(unsigned int cpu);	/* drivers/base/cpu.c */

/* While held for reading, no CPU comes or goes. */
void cpus_read_lock(void);
int cpus_read_trylock(void);
void cpus_read_unlock(void);
void cpus_write_lock(void);
void cpus_write_unlock(void);
void lockdep_assert_cpus_held(void);
#define get_online_cpus()	cpus_read_lock()
#define put_online_cpus()	cpus_read_unlock()

/* The same for a while, without a lock held: nothing comes or goes until it is enabled again. */
void cpu_hotplug_disable(void);
void cpu_hotplug_enable(void);

void cpu_startup_entry(enum cpuhp_state state) __attribute__((__noreturn__));
void cpuhp_report_idle_dead(void);		/* the idle loop of a CPU that has gone */

#endif
