/* SPDX-License-Identifier: MIT */
/* Between the files of kernel/cpu/. */
#ifndef _CPU_INTERNALS_H
#define _CPU_INTERNALS_H

#include <linux/cpuhotplug.h>

/* cpuhp.c: where each CPU stands, and the way from there. The cpus lock is held for writing. */
enum cpuhp_state cpuhp_state_of(unsigned int cpu);
void cpuhp_set_state(unsigned int cpu, enum cpuhp_state state);
int cpuhp_up(unsigned int cpu, enum cpuhp_state target);
int cpuhp_down(unsigned int cpu, enum cpuhp_state target);
int cpuhp_call_in_task(unsigned int cpu, cpuhp_step_t func);

/* smpboot.c: on that CPU, in a task */
int smpboot_unpark_threads(unsigned int cpu);
int smpboot_park_threads(unsigned int cpu);

/* stop_machine.c: on the CPU that goes, interrupts off; on the one that comes */
void stop_machine_park(unsigned int cpu);
void stop_machine_unpark(unsigned int cpu);

/* smp.c: on the CPU that goes, interrupts off */
void smp_call_dying(void);

#endif
