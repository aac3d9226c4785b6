/* SPDX-License-Identifier: MIT */
/*
 * The string that a module and the kernel must agree on. The checking build has larger
 * locks, so its modules are not for the release build, nor the other way round.
 */
#ifndef _LINUX_VERMAGIC_H
#define _LINUX_VERMAGIC_H

#include <linux/utsrelease.h>

#ifdef CONFIG_DEBUG
#define MODULE_VERMAGIC_DEBUG "debug "
#else
#define MODULE_VERMAGIC_DEBUG ""
#endif

#define VERMAGIC_STRING UTS_RELEASE " SMP preempt mod_unload " MODULE_VERMAGIC_DEBUG

#endif
