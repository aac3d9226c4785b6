/* SPDX-License-Identifier: MIT */
/* The switch of the lock checker, and its questions about memory and tasks that go. */
#ifndef _LINUX_DEBUG_LOCKS_H
#define _LINUX_DEBUG_LOCKS_H

#include <linux/types.h>

struct task_struct;

#ifdef CONFIG_DEBUG
extern int debug_locks;		/* 0 after the first report; see debug_locks_off() */
int debug_locks_off(void);

void debug_check_no_locks_freed(const void *from, unsigned long len);
void debug_check_no_locks_held(void);
bool debug_is_static(const void *obj);
void debug_show_held_locks(struct task_struct *task);
void debug_show_all_locks(void);
#else
#define debug_locks 0
static inline int debug_locks_off(void) { return 0; }
static inline void debug_check_no_locks_freed(const void *from, unsigned long len) { }
static inline void debug_check_no_locks_held(void) { }
static inline void debug_show_held_locks(struct task_struct *task) { }
static inline void debug_show_all_locks(void) { }
#endif

#endif
