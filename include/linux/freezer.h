/* SPDX-License-Identifier: MIT */
/* There is no suspend here, so nothing is ever frozen. */
#ifndef _LINUX_FREEZER_H
#define _LINUX_FREEZER_H

#include <linux/sched.h>
#include <linux/wait.h>

static inline bool frozen(struct task_struct *p) { return false; }
static inline bool freezing(struct task_struct *p) { return false; }
static inline bool try_to_freeze(void) { return false; }
static inline bool set_freezable(void) { return false; }
static inline void freezer_do_not_count(void) { }
static inline void freezer_count(void) { }

#endif
