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
#define local_save_flags(flags)		do { (flags) = arch_local_save_flags(); } while (0)
#define irqs_disabled()			raw_irqs_disabled()
#define irqs_disabled_flags(flags)	arch_irqs_disabled_flags(flags)

#endif
