/* SPDX-License-Identifier: MIT */
/* sysinfo(): load, memory and processes of the machine. */
#include <linux/mm.h>
#include <linux/sched/loadavg.h>
#include <linux/sched/stat.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <uapi/linux/sysinfo.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include "internals.h"

#define SI_LOAD_SHIFT	16

SYSCALL_DEFINE1(sysinfo, struct sysinfo __user *, to)
{
	struct sysinfo si, pages;
	int i;

	si_meminfo(&pages);
	memset(&si, 0, sizeof(si));
	si.uptime = ktime_get_boottime_seconds() + 1;
	for (i = 0; i < 3; i++)
		si.loads[i] = READ_ONCE(avenrun[i]) << (SI_LOAD_SHIFT - FSHIFT);
	si.totalram = pages.totalram * PAGE_SIZE;
	si.freeram = pages.freeram * PAGE_SIZE;
	si.procs = READ_ONCE(nr_threads);
	si.mem_unit = 1;
	return copy_to_user(to, &si, sizeof(si)) ? -EFAULT : 0;
}
