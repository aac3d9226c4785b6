/* SPDX-License-Identifier: MIT */
/* Counts of tasks, for /proc. */
#ifndef _LINUX_SCHED_STAT_H
#define _LINUX_SCHED_STAT_H

#include <linux/sched.h>

extern int nr_threads;			/* tasks that there are; written under tasklist_lock */
extern int max_threads;			/* no program makes more; fixed at boot */
extern unsigned long total_forks;	/* tasks ever made; written under tasklist_lock */

#endif
