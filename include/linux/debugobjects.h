/* SPDX-License-Identifier: MIT */
/* Objects with a life of their own: timers, works, tasklets. */
#ifndef _LINUX_DEBUGOBJECTS_H
#define _LINUX_DEBUGOBJECTS_H
static inline void debug_check_no_obj_freed(const void *address, unsigned long size) { }
#endif
