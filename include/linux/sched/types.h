/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_TYPES_H
#define _LINUX_SCHED_TYPES_H

#include <uapi/linux/sched/types.h>

#endif
