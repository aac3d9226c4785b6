/* SPDX-License-Identifier: MIT */
/* The tick of an idle CPU, and of one that goes. kernel/time/nohz.c, kernel/time/tick.c */
#ifndef _LINUX_TICK_H
#define _LINUX_TICK_H

#include <linux/types.h>

bool tick_nohz_enabled(void);
bool tick_nohz_tick_stopped(void);
bool tick_nohz_tick_stopped_cpu(int cpu);

/* The idle loop's, IRQs off: before each wait, and once there is something to run. */
void tick_nohz_idle_stop_tick(void);
void tick_nohz_idle_exit(void);

/* An interrupt's first step on a CPU whose tick has stopped: see arch_tell_irq_entry(). */
void tick_irq_enter(void);

/* How long @cpu was idle so far, in microseconds; @last_update_time, if not NULL, gets the time of it. */
u64 get_cpu_idle_time_us(int cpu, u64 *last_update_time);
u64 get_cpu_iowait_time_us(int cpu, u64 *last_update_time);

/* A CPU goes off line: on it, IRQs off. */
void tick_handover_do_timer(void);
/* Its clock event device goes: from another CPU, or on it with IRQs off. */
void tick_offline_cpu(unsigned int cpu);

#endif
