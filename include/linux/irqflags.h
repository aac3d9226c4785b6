/* SPDX-License-Identifier: MIT */
/* The CPU's own interrupt flag: the third level of interrupt control. */
#ifndef _LINUX_IRQFLAGS_H
#define _LINUX_IRQFLAGS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <asm/irqflags.h>

#define typecheck_flags(flags) \
	_Static_assert(__same_type(flags, unsigned long), "irq flags are an unsigned long")

#define raw_local_irq_disable()		arch_local_irq_disable()
#define raw_local_irq_enable()		arch_local_irq_enable()
#define raw_local_irq_save(flags)	do { (flags) = arch_local_irq_save(); } while (0)
#define raw_local_irq_restore(flags)	arch_local_irq_restore(flags)
#define raw_irqs_disabled()		arch_irqs_disabled_flags(arch_local_save_flags())

/* The debug build notes who does it, and what is held meanwhile. kernel/lockdep/irqtrace.c */
#ifdef CONFIG_DEBUG
void trace_hardirqs_on(void);
void trace_hardirqs_off(void);

#define local_irq_disable()						\
do {									\
	bool __were_on = !raw_irqs_disabled();				\
	raw_local_irq_disable();					\
	if (__were_on)							\
		trace_hardirqs_off();					\
} while (0)
#define local_irq_enable()						\
do {									\
	trace_hardirqs_on();						\
	raw_local_irq_enable();						\
} while (0)
#define local_irq_save(flags)						\
do {									\
	typecheck_flags(flags);						\
	raw_local_irq_save(flags);					\
	if (!arch_irqs_disabled_flags(flags))				\
		trace_hardirqs_off();					\
} while (0)
#define local_irq_restore(flags)					\
do {									\
	typecheck_flags(flags);						\
	if (!arch_irqs_disabled_flags(flags))				\
		trace_hardirqs_on();					\
	raw_local_irq_restore(flags);					\
} while (0)
#else
#define local_irq_disable()		raw_local_irq_disable()
#define local_irq_enable()		raw_local_irq_enable()
#define local_irq_save(flags)						\
do {									\
	typecheck_flags(flags);						\
	raw_local_irq_save(flags);					\
} while (0)
#define local_irq_restore(flags)					\
do {									\
	typecheck_flags(flags);						\
	raw_local_irq_restore(flags);					\
} while (0)
#endif
#define local_save_flags(flags)		do { (flags) = arch_local_save_flags(); } while (0)
#define irqs_disabled()			raw_irqs_disabled()
#define irqs_disabled_flags(flags)	arch_irqs_disabled_flags(flags)

#endif
