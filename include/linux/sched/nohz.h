/* SPDX-License-Identifier: MIT */
/* The scheduler's part in NO_HZ: who is busy, and waking who is not. kernel/sched/idle.c */
#ifndef _LINUX_SCHED_NOHZ_H
#define _LINUX_SCHED_NOHZ_H

int get_nohz_timer_target(void);
void wake_up_nohz_cpu(int cpu);

#endif
