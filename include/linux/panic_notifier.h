/* SPDX-License-Identifier: MIT */
/* Who wants to hear of a panic: called on the CPU that panics, the others stopped. */
#ifndef _LINUX_PANIC_NOTIFIER_H
#define _LINUX_PANIC_NOTIFIER_H

#include <linux/notifier.h>

extern struct atomic_notifier_head panic_notifier_list;

#endif
