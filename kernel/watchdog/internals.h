/* SPDX-License-Identifier: MIT */
/* Between the files of kernel/watchdog/. */
#ifndef _WATCHDOG_INTERNALS_H
#define _WATCHDOG_INTERNALS_H

#include <linux/cpumask.h>
#include <linux/types.h>

struct pt_regs;

/* watchdog.c; what options set is fixed after boot */
extern struct cpumask watchdog_cpus;	/* those that have a heartbeat; atomic bit operations */
u64 watchdog_heartbeats(unsigned int cpu);

/* softlockup.c: this CPU, in a hard interrupt; as it starts, interrupts off */
void softlockup_check(struct pt_regs *regs);
void softlockup_start(void);

/* hardlockup.c: this CPU, in a hard interrupt; as it starts */
void hardlockup_check_neighbour(void);
void hardlockup_start(unsigned int cpu);
void hardlockup_report(unsigned int cpu, struct pt_regs *regs);

#endif
