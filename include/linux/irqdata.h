/* SPDX-License-Identifier: MIT */
/* What a controller knows of a line, and the line's state. Comes with linux/irq.h. */
#ifndef _LINUX_IRQDATA_H
#define _LINUX_IRQDATA_H

#include <linux/bits.h>
#include <linux/cpumask.h>
#include <linux/types.h>

struct irq_chip;
struct irq_domain;
struct msi_desc;

/**
 * struct irq_common_data - what all the irq_data of one line share
 * @state_use_accessors: IRQD_*, through irqd_*() only
 * @node: memory node
 * @handler_data: for the flow handler
 * @msi_desc: of an MSI line
 * @affinity: CPUs that may get the line
 * @effective_affinity: CPUs that do
 *
 * All under the line's lock; @msi_desc and @handler_data are fixed before the line opens.
 */
struct irq_common_data {
	unsigned int		state_use_accessors;
	unsigned int		node;
	void			*handler_data;
	struct msi_desc		*msi_desc;
	cpumask_var_t		affinity;
	cpumask_var_t		effective_affinity;
};

/**
 * struct irq_data - what one controller knows of a line
 * @mask: bit of the line in the controller's registers, generic chip
 * @irq: line number
 * @hwirq: number in its domain
 * @common: shared by all controllers that the line passes
 * @chip: the controller
 * @domain: that maps @hwirq
 * @parent_data: the same of the next controller on the way to the CPU
 * @chip_data: the chip's own
 */
struct irq_data {
	u32			mask;
	unsigned int		irq;
	irq_hw_number_t		hwirq;
	struct irq_common_data	*common;
	struct irq_chip		*chip;
	struct irq_domain	*domain;
	struct irq_data		*parent_data;
	void			*chip_data;
};

/* State of a line, in irq_common_data. The low four bits are the trigger type. */
enum {
	IRQD_TRIGGER_MASK		= 0xf,
	IRQD_SETAFFINITY_PENDING	= BIT(8),	/* moves at its next interrupt */
	IRQD_ACTIVATED			= BIT(9),	/* the domain has given it resources */
	IRQD_NO_BALANCING		= BIT(10),
	IRQD_PER_CPU			= BIT(11),
	IRQD_AFFINITY_SET		= BIT(12),	/* somebody chose it */
	IRQD_LEVEL			= BIT(13),
	IRQD_WAKEUP_STATE		= BIT(14),
	IRQD_MOVE_PCNTXT		= BIT(15),
	IRQD_IRQ_DISABLED		= BIT(16),	/* nobody wants it */
	IRQD_IRQ_MASKED			= BIT(17),	/* the controller holds it back */
	IRQD_IRQ_INPROGRESS		= BIT(18),	/* handlers run */
	IRQD_WAKEUP_ARMED		= BIT(19),
	IRQD_FORWARDED_TO_VCPU		= BIT(20),
	IRQD_AFFINITY_MANAGED		= BIT(21),
	IRQD_IRQ_STARTED		= BIT(22),
	IRQD_MANAGED_SHUTDOWN		= BIT(23),
	IRQD_SINGLE_TARGET		= BIT(24),	/* one CPU at a time */
	IRQD_DEFAULT_TRIGGER_SET	= BIT(25),
	IRQD_CAN_RESERVE		= BIT(26),	/* vector only when requested */
	IRQD_MSI_NOMASK_QUIRK		= BIT(27),
	IRQD_HANDLE_ENFORCE_IRQCTX	= BIT(28),	/* generic_handle_irq() from interrupts only */
	IRQD_AFFINITY_ON_ACTIVATE	= BIT(29),
	IRQD_IRQ_ENABLED_ON_SUSPEND	= BIT(30),
};

/* Chips reach the state only by these; those that write need the line's lock. */
#define __irqd_to_state(d)	((d)->common->state_use_accessors)

#define __IRQD_TEST(name, flag)						\
static inline bool name(struct irq_data *d)				\
{									\
	return __irqd_to_state(d) & (flag);				\
}
#define __IRQD_SET(name, flag)						\
static inline void name(struct irq_data *d)				\
{									\
	__irqd_to_state(d) |= (flag);					\
}
#define __IRQD_CLEAR(name, flag)					\
static inline void name(struct irq_data *d)				\
{									\
	__irqd_to_state(d) &= ~(flag);					\
}

__IRQD_TEST(irqd_is_setaffinity_pending, IRQD_SETAFFINITY_PENDING)
__IRQD_TEST(irqd_is_per_cpu, IRQD_PER_CPU)
__IRQD_TEST(irqd_affinity_was_set, IRQD_AFFINITY_SET)
__IRQD_SET(irqd_mark_affinity_was_set, IRQD_AFFINITY_SET)
__IRQD_TEST(irqd_trigger_type_was_set, IRQD_DEFAULT_TRIGGER_SET)
__IRQD_TEST(irqd_is_level_type, IRQD_LEVEL)
__IRQD_SET(irqd_set_single_target, IRQD_SINGLE_TARGET)
__IRQD_TEST(irqd_is_single_target, IRQD_SINGLE_TARGET)
__IRQD_SET(irqd_set_handle_enforce_irqctx, IRQD_HANDLE_ENFORCE_IRQCTX)
__IRQD_TEST(irqd_is_handle_enforce_irqctx, IRQD_HANDLE_ENFORCE_IRQCTX)
__IRQD_TEST(irqd_is_enabled_on_suspend, IRQD_IRQ_ENABLED_ON_SUSPEND)
__IRQD_TEST(irqd_is_wakeup_set, IRQD_WAKEUP_STATE)
__IRQD_TEST(irqd_can_move_in_process_context, IRQD_MOVE_PCNTXT)
__IRQD_TEST(irqd_irq_disabled, IRQD_IRQ_DISABLED)
__IRQD_TEST(irqd_irq_masked, IRQD_IRQ_MASKED)
__IRQD_TEST(irqd_irq_inprogress, IRQD_IRQ_INPROGRESS)
__IRQD_TEST(irqd_is_wakeup_armed, IRQD_WAKEUP_ARMED)
__IRQD_TEST(irqd_is_forwarded_to_vcpu, IRQD_FORWARDED_TO_VCPU)
__IRQD_SET(irqd_set_forwarded_to_vcpu, IRQD_FORWARDED_TO_VCPU)
__IRQD_CLEAR(irqd_clr_forwarded_to_vcpu, IRQD_FORWARDED_TO_VCPU)
__IRQD_TEST(irqd_affinity_is_managed, IRQD_AFFINITY_MANAGED)
__IRQD_TEST(irqd_is_activated, IRQD_ACTIVATED)
__IRQD_SET(irqd_set_activated, IRQD_ACTIVATED)
__IRQD_CLEAR(irqd_clr_activated, IRQD_ACTIVATED)
__IRQD_TEST(irqd_is_started, IRQD_IRQ_STARTED)
__IRQD_TEST(irqd_is_managed_and_shutdown, IRQD_MANAGED_SHUTDOWN)
__IRQD_SET(irqd_set_can_reserve, IRQD_CAN_RESERVE)
__IRQD_CLEAR(irqd_clr_can_reserve, IRQD_CAN_RESERVE)
__IRQD_TEST(irqd_can_reserve, IRQD_CAN_RESERVE)
__IRQD_SET(irqd_set_msi_nomask_quirk, IRQD_MSI_NOMASK_QUIRK)
__IRQD_CLEAR(irqd_clr_msi_nomask_quirk, IRQD_MSI_NOMASK_QUIRK)
__IRQD_TEST(irqd_msi_nomask_quirk, IRQD_MSI_NOMASK_QUIRK)
__IRQD_SET(irqd_set_affinity_on_activate, IRQD_AFFINITY_ON_ACTIVATE)
__IRQD_TEST(irqd_affinity_on_activate, IRQD_AFFINITY_ON_ACTIVATE)
#undef __IRQD_TEST
#undef __IRQD_SET
#undef __IRQD_CLEAR

static inline u32 irqd_get_trigger_type(struct irq_data *d)
{
	return __irqd_to_state(d) & IRQD_TRIGGER_MASK;
}

/* Only inside irq_chip.irq_set_type() and domain callbacks. */
static inline void irqd_set_trigger_type(struct irq_data *d, u32 type)
{
	__irqd_to_state(d) &= ~IRQD_TRIGGER_MASK;
	__irqd_to_state(d) |= (type & IRQD_TRIGGER_MASK) | IRQD_DEFAULT_TRIGGER_SET;
}

static inline irq_hw_number_t irqd_to_hwirq(struct irq_data *d)
{
	return d->hwirq;
}

#endif
