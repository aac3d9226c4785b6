/* SPDX-License-Identifier: MIT */
/* CPUs coming up and going. kernel/cpu/. */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H

#include <linux/types.h>
#include <linux/cpumask.h>
#include <linux/cpuhotplug.h>

int add_cpu(unsigned int cpu);

/* While held for reading, no CPU comes or goes. */
void cpus_read_lock(void);
int cpus_read_trylock(void);
void cpus_read_unlock(void);
void cpus_write_lock(void);
void cpus_write_unlock(void);
#define get_online_cpus()	cpus_read_lock()
#define put_online_cpus()	cpus_read_unlock()

void cpu_startup_entry(enum cpuhp_state state) __attribute__((__noreturn__));

#endif
