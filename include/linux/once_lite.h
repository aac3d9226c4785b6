/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ONCE_LITE_H
#define _LINUX_ONCE_LITE_H

#include <linux/bug.h>

#define DO_ONCE_LITE(func, ...)		DO_ONCE_LITE_IF(true, func, ##__VA_ARGS__)
/* Calls @func the first time that @condition holds; the condition is the value. */
#define DO_ONCE_LITE_IF(condition, func, ...)				\
({	bool __do_once = !!(condition);					\
	if (__ONCE_IF(__do_once))					\
		func(__VA_ARGS__);					\
	unlikely(__do_once); })

#endif
