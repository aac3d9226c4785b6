/* SPDX-License-Identifier: MIT */
/*
 * Assertions that hold in every build. WARN*: report with a back-trace, go on; the
 * condition is the value. BUG*: report and end the task (or the machine).
 */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/compiler.h>
#include <linux/build_bug.h>
#include <linux/panic.h>

/* kernel/panic/: @fmt may be NULL. The caller's place is found by its return address. */
void warn_slowpath_fmt(const char *file, int line, unsigned int taint, const char *fmt, ...)
	__cold __printf(4, 5);
void __bug(const char *file, int line) __noreturn __cold;

#define __WARN()		warn_slowpath_fmt(__FILE__, __LINE__, TAINT_WARN, (void *)0)
#define __WARN_printf(taint, arg...) warn_slowpath_fmt(__FILE__, __LINE__, taint, arg)

#define WARN_ON(condition)						\
({	bool __warn_cond = !!(condition);				\
	if (unlikely(__warn_cond))					\
		warn_slowpath_fmt(__FILE__, __LINE__, TAINT_WARN, (void *)0); \
	unlikely(__warn_cond); })

#define WARN_TAINT(condition, taint, format...)				\
({	bool __warn_cond = !!(condition);				\
	if (unlikely(__warn_cond))					\
		__WARN_printf(taint, format);				\
	unlikely(__warn_cond); })
#define WARN(condition, format...) WARN_TAINT(condition, TAINT_WARN, format)

/* True the first time that @condition holds. Two CPUs at once may both see the first time. */
#define __ONCE_IF(condition)						\
({	static bool __already_done;					\
	bool __once_cond = !!(condition), __once_first = false;		\
	if (unlikely(__once_cond && !READ_ONCE(__already_done))) {	\
		WRITE_ONCE(__already_done, true);			\
		__once_first = true;					\
	}								\
	unlikely(__once_first); })

#define __WARN_ONCE_DO(condition, report)				\
({	bool __warn_once = !!(condition);				\
	if (__ONCE_IF(__warn_once))					\
		report;							\
	unlikely(__warn_once); })
#define WARN_ON_ONCE(condition)						\
	__WARN_ONCE_DO(condition,					\
		       warn_slowpath_fmt(__FILE__, __LINE__, TAINT_WARN, (void *)0))
#define WARN_ONCE(condition, format...)					\
	__WARN_ONCE_DO(condition, __WARN_printf(TAINT_WARN, format))
#define WARN_TAINT_ONCE(condition, taint, format...)			\
	__WARN_ONCE_DO(condition, __WARN_printf(taint, format))
#define WARN_ON_SMP(x)		WARN_ON(x)

#define BUG()			__bug(__FILE__, __LINE__)
#define BUG_ON(condition)						\
do {									\
	if (unlikely(condition))					\
		BUG();							\
} while (0)

#ifdef CONFIG_DEBUG
#define VM_BUG_ON(cond)		BUG_ON(cond)
#define VM_WARN_ON(cond)	WARN_ON(cond)
#define VM_WARN_ON_ONCE(cond)	WARN_ON_ONCE(cond)
#else
#define VM_BUG_ON(cond)		BUILD_BUG_ON_INVALID(cond)
#define VM_WARN_ON(cond)	BUILD_BUG_ON_INVALID(cond)
#define VM_WARN_ON_ONCE(cond)	BUILD_BUG_ON_INVALID(cond)
#endif

/* A broken data structure: @cond is the value; loud, and the caller leaves it alone. */
#define CHECK_DATA_CORRUPTION(condition, fmt, ...) WARN(condition, fmt, ##__VA_ARGS__)

#endif
