/* SPDX-License-Identifier: MIT */
/* Futexes: what the end of a thread has to do with them. kernel/futex/ */
#ifndef _LINUX_FUTEX_H
#define _LINUX_FUTEX_H

#include <linux/types.h>
#include <uapi/linux/futex.h>

struct task_struct;

void futex_exit_release(struct task_struct *task);

#endif
