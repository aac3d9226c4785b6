/* SPDX-License-Identifier: MIT */
/*
 * The controller's side of interrupts: irq_chip, irq_data, flow handlers, and how lines are
 * set up. Drivers of ordinary devices need linux/interrupt.h only.
 */
#ifndef _LINUX_IRQ_H
#define _LINUX_IRQ_H

#include <linux/cache.h>
#include <linux/container_of.h>
#include <linux/spinlock.h>
#include <linux/cpumask.h>
#include <linux/irqhandler.h>
#include <linux/irqreturn.h>
#include <linux/irqnr.h>
#include <linux/gfp.h>
#include <linux/slab.h>
#include <linux/bits.h>
#include <linux/io.h>

struct irq_desc;
struct irq_domain;
struct irq_data;
struct irq_affinity_desc;
struct module;
struct msi_desc;
struct msi_msg;
struct seq_file;
struct device;
struct irqaction;
struct device_node;
enum irqchip_irq_state;

/*
 * Trigger type (low four bits) and settings of a line: the argument of irq_set_irq_type(),
 * irq_modify_status() and friends.
 */
enum {
	IRQ_TYPE_NONE		= 0x00000000,
	IRQ_TYPE_EDGE_RISING	= 0x00000001,
	IRQ_TYPE_EDGE_FALLING	= 0x00000002,
	IRQ_TYPE_EDGE_BOTH	= (IRQ_TYPE_EDGE_FALLING | IRQ_TYPE_EDGE_RISING),
	IRQ_TYPE_LEVEL_HIGH	= 0x00000004,
	IRQ_TYPE_LEVEL_LOW	= 0x00000008,
	IRQ_TYPE_LEVEL_MASK	= (IRQ_TYPE_LEVEL_LOW | IRQ_TYPE_LEVEL_HIGH),
	IRQ_TYPE_SENSE_MASK	= 0x0000000f,
	IRQ_TYPE_DEFAULT	= IRQ_TYPE_SENSE_MASK,

	IRQ_TYPE_PROBE		= 0x00000010,	/* set up for probe_irq_on() */

	IRQ_LEVEL		= (1 << 8),
	IRQ_PER_CPU		= (1 << 9),
	IRQ_NOPROBE		= (1 << 10),	/* probe_irq_on() leaves it alone */
	IRQ_NOREQUEST		= (1 << 11),	/* request_irq() is refused */
	IRQ_NOAUTOEN		= (1 << 12),	/* request_irq() leaves it disabled */
	IRQ_NO_BALANCING	= (1 << 13),	/* affinity is fixed */
	IRQ_MOVE_PCNTXT		= (1 << 14),	/* may be moved outside an interrupt */
	IRQ_NESTED_THREAD	= (1 << 15),	/* handled in another line's thread */
	IRQ_NOTHREAD		= (1 << 16),	/* not even with threadirqs */
	IRQ_PER_CPU_DEVID	= (1 << 17),	/* per CPU, with per-CPU dev_id */
	IRQ_IS_POLLED		= (1 << 18),	/* polled by somebody else: not spurious */
	IRQ_DISABLE_UNLAZY	= (1 << 19),	/* disable masks at once */
	IRQ_HIDDEN		= (1 << 20),	/* not in /proc/interrupts */
	IRQ_NO_DEBUG		= (1 << 21),	/* no watch for unhandled interrupts */
};

#define IRQF_MODIFY_MASK						\
	(IRQ_TYPE_SENSE_MASK | IRQ_NOPROBE | IRQ_NOREQUEST | IRQ_NOAUTOEN | IRQ_MOVE_PCNTXT | \
	 IRQ_LEVEL | IRQ_NO_BALANCING | IRQ_NESTED_THREAD | IRQ_NOTHREAD | IRQ_PER_CPU | \
	 IRQ_PER_CPU_DEVID | IRQ_IS_POLLED | IRQ_DISABLE_UNLAZY | IRQ_HIDDEN)
#define IRQ_NO_BALANCING_MASK	(IRQ_PER_CPU | IRQ_NO_BALANCING)

/* What irq_set_affinity() of a chip says: the core, or the chip, keeps the affinity mask. */
enum {
	IRQ_SET_MASK_OK = 0,		/* the core copies the mask */
	IRQ_SET_MASK_OK_NOCOPY,		/* the chip has written it */
	IRQ_SET_MASK_OK_DONE,		/* as OK, and parent chips need not be asked */
};

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

/**
 * struct irq_chip - a controller: how to mask, acknowledge and steer its lines
 * @name: in /proc/interrupts
 * @irq_startup: open for the first time; default: @irq_enable
 * @irq_shutdown: close for good; default: @irq_disable
 * @irq_enable: default: @irq_unmask
 * @irq_disable: default: stay open, mask at the next interrupt
 * @irq_ack: start of an edge interrupt: let the next one be latched
 * @irq_mask: hold back
 * @irq_mask_ack: both in one; default: one after the other
 * @irq_unmask: let through
 * @irq_eoi: end of interrupt
 * @irq_set_affinity: steer to one or all of the CPUs in the mask; with @force even offline ones
 * @irq_retrigger: raise again in hardware; returns 0 when it could not
 * @irq_set_type: trigger type, IRQ_TYPE_*
 * @irq_set_wake: wake the machine from sleep
 * @irq_bus_lock: for chips behind a slow bus: before the line's lock is taken, may sleep
 * @irq_bus_sync_unlock: after it was released: write the changes out
 * @irq_suspend: generic chip
 * @irq_resume: generic chip
 * @irq_pm_shutdown: generic chip
 * @irq_calc_mask: generic chip: fill irq_data.mask
 * @irq_print_chip: replaces @name in /proc/interrupts
 * @irq_request_resources: before the first action is attached
 * @irq_release_resources: after the last went
 * @irq_compose_msi_msg: address and data that raise the line
 * @irq_write_msi_msg: write them to the device
 * @irq_get_irqchip_state: IRQCHIP_STATE_*
 * @irq_set_irqchip_state: the same
 * @irq_set_vcpu_affinity: hand the line to a guest
 * @ipi_send_single: raise it as an IPI
 * @ipi_send_mask: the same on several CPUs
 * @irq_nmi_setup: before the line is used as an NMI
 * @irq_nmi_teardown: after
 * @flags: IRQCHIP_*
 *
 * All but the bus and resource callbacks run with interrupts off and the line's lock held.
 */
struct irq_chip {
	const char	*name;
	unsigned int	(*irq_startup)(struct irq_data *data);
	void		(*irq_shutdown)(struct irq_data *data);
	void		(*irq_enable)(struct irq_data *data);
	void		(*irq_disable)(struct irq_data *data);

	void		(*irq_ack)(struct irq_data *data);
	void		(*irq_mask)(struct irq_data *data);
	void		(*irq_mask_ack)(struct irq_data *data);
	void		(*irq_unmask)(struct irq_data *data);
	void		(*irq_eoi)(struct irq_data *data);

	int		(*irq_set_affinity)(struct irq_data *data, const struct cpumask *dest,
					    bool force);
	int		(*irq_retrigger)(struct irq_data *data);
	int		(*irq_set_type)(struct irq_data *data, unsigned int flow_type);
	int		(*irq_set_wake)(struct irq_data *data, unsigned int on);

	void		(*irq_bus_lock)(struct irq_data *data);
	void		(*irq_bus_sync_unlock)(struct irq_data *data);

	void		(*irq_suspend)(struct irq_data *data);
	void		(*irq_resume)(struct irq_data *data);
	void		(*irq_pm_shutdown)(struct irq_data *data);
	void		(*irq_calc_mask)(struct irq_data *data);

	void		(*irq_print_chip)(struct irq_data *data, struct seq_file *p);
	int		(*irq_request_resources)(struct irq_data *data);
	void		(*irq_release_resources)(struct irq_data *data);

	void		(*irq_compose_msi_msg)(struct irq_data *data, struct msi_msg *msg);
	void		(*irq_write_msi_msg)(struct irq_data *data, struct msi_msg *msg);

	int		(*irq_get_irqchip_state)(struct irq_data *data,
						 enum irqchip_irq_state which, bool *state);
	int		(*irq_set_irqchip_state)(struct irq_data *data,
						 enum irqchip_irq_state which, bool state);
	int		(*irq_set_vcpu_affinity)(struct irq_data *data, void *vcpu_info);

	void		(*ipi_send_single)(struct irq_data *data, unsigned int cpu);
	void		(*ipi_send_mask)(struct irq_data *data, const struct cpumask *dest);

	int		(*irq_nmi_setup)(struct irq_data *data);
	void		(*irq_nmi_teardown)(struct irq_data *data);

	unsigned long	flags;
};

enum {
	IRQCHIP_SET_TYPE_MASKED		= (1 << 0),	/* mask round irq_set_type() */
	IRQCHIP_EOI_IF_HANDLED		= (1 << 1),
	IRQCHIP_MASK_ON_SUSPEND		= (1 << 2),
	IRQCHIP_ONOFFLINE_ENABLED	= (1 << 3),
	IRQCHIP_SKIP_SET_WAKE		= (1 << 4),
	IRQCHIP_ONESHOT_SAFE		= (1 << 5),	/* needs no mask for ONESHOT (MSI) */
	IRQCHIP_EOI_THREADED		= (1 << 6),	/* EOI again when the thread is done */
	IRQCHIP_SUPPORTS_LEVEL_MSI	= (1 << 7),
	IRQCHIP_SUPPORTS_NMI		= (1 << 8),
	IRQCHIP_ENABLE_WAKEUP_ON_SUSPEND = (1 << 9),
	IRQCHIP_AFFINITY_PRE_STARTUP	= (1 << 10),	/* affinity is set before startup */
	IRQCHIP_IMMUTABLE		= (1 << 11),
};

#include <linux/irqdesc.h>

/* -- Settings of a line ---------------------------------------------------------------- */

int irq_set_chip(unsigned int irq, const struct irq_chip *chip);
int irq_set_handler_data(unsigned int irq, void *data);
int irq_set_chip_data(unsigned int irq, void *data);
int irq_set_irq_type(unsigned int irq, unsigned int type);
int irq_set_msi_desc(unsigned int irq, struct msi_desc *entry);
int irq_set_msi_desc_off(unsigned int irq_base, unsigned int irq_offset, struct msi_desc *entry);
struct irq_data *irq_get_irq_data(unsigned int irq);

void irq_set_chip_and_handler_name(unsigned int irq, const struct irq_chip *chip,
				   irq_flow_handler_t handle, const char *name);
void __irq_set_handler(unsigned int irq, irq_flow_handler_t handle, int is_chained,
		       const char *name);
void irq_set_chained_handler_and_data(unsigned int irq, irq_flow_handler_t handle, void *data);
void irq_modify_status(unsigned int irq, unsigned long clr, unsigned long set);
int irq_set_percpu_devid(unsigned int irq);
int irq_set_percpu_devid_partition(unsigned int irq, const struct cpumask *affinity);
int irq_get_percpu_devid_partition(unsigned int irq, struct cpumask *affinity);
int irq_set_parent(int irq, int parent_irq);

static inline void irq_set_chip_and_handler(unsigned int irq, const struct irq_chip *chip,
					    irq_flow_handler_t handle)
{
	irq_set_chip_and_handler_name(irq, chip, handle, NULL);
}

static inline void irq_set_handler(unsigned int irq, irq_flow_handler_t handle)
{
	__irq_set_handler(irq, handle, 0, NULL);
}

/* The line feeds another controller: it can't be requested, and opens at once. */
static inline void irq_set_chained_handler(unsigned int irq, irq_flow_handler_t handle)
{
	__irq_set_handler(irq, handle, 1, NULL);
}

static inline void irq_set_status_flags(unsigned int irq, unsigned long set)
{
	irq_modify_status(irq, 0, set);
}

static inline void irq_clear_status_flags(unsigned int irq, unsigned long clr)
{
	irq_modify_status(irq, clr, 0);
}

static inline void irq_set_noprobe(unsigned int irq)
{
	irq_modify_status(irq, 0, IRQ_NOPROBE);
}

static inline void irq_set_probe(unsigned int irq)
{
	irq_modify_status(irq, IRQ_NOPROBE, 0);
}

static inline void irq_set_nothread(unsigned int irq)
{
	irq_modify_status(irq, 0, IRQ_NOTHREAD);
}

static inline void irq_set_thread(unsigned int irq)
{
	irq_modify_status(irq, IRQ_NOTHREAD, 0);
}

static inline void irq_set_nested_thread(unsigned int irq, bool nest)
{
	if (nest)
		irq_set_status_flags(irq, IRQ_NESTED_THREAD);
	else
		irq_clear_status_flags(irq, IRQ_NESTED_THREAD);
}

static inline void irq_set_percpu_devid_flags(unsigned int irq)
{
	irq_set_status_flags(irq, IRQ_NOAUTOEN | IRQ_PER_CPU | IRQ_NOTHREAD | IRQ_NOPROBE |
				  IRQ_PER_CPU_DEVID);
}

static inline struct irq_chip *irq_get_chip(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? d->chip : NULL;
}

static inline struct irq_chip *irq_data_get_irq_chip(struct irq_data *d)
{
	return d->chip;
}

static inline void *irq_get_chip_data(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? d->chip_data : NULL;
}

static inline void *irq_data_get_irq_chip_data(struct irq_data *d)
{
	return d->chip_data;
}

static inline void *irq_get_handler_data(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? d->common->handler_data : NULL;
}

static inline void *irq_data_get_irq_handler_data(struct irq_data *d)
{
	return d->common->handler_data;
}

static inline struct msi_desc *irq_get_msi_desc(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? d->common->msi_desc : NULL;
}

static inline struct msi_desc *irq_data_get_msi_desc(struct irq_data *d)
{
	return d->common->msi_desc;
}

static inline u32 irq_get_trigger_type(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? irqd_get_trigger_type(d) : 0;
}

static inline int irq_common_data_get_node(struct irq_common_data *d)
{
	return d->node;
}

static inline int irq_data_get_node(struct irq_data *d)
{
	return irq_common_data_get_node(d->common);
}

static inline const struct cpumask *irq_data_get_affinity_mask(struct irq_data *d)
{
	return d->common->affinity;
}

static inline void irq_data_update_affinity(struct irq_data *d, const struct cpumask *m)
{
	cpumask_copy(d->common->affinity, m);
}

static inline const struct cpumask *irq_get_affinity_mask(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? irq_data_get_affinity_mask(d) : NULL;
}

static inline const struct cpumask *irq_data_get_effective_affinity_mask(struct irq_data *d)
{
	return d->common->effective_affinity;
}

static inline void irq_data_update_effective_affinity(struct irq_data *d, const struct cpumask *m)
{
	cpumask_copy(d->common->effective_affinity, m);
}

static inline const struct cpumask *irq_get_effective_affinity_mask(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	return d ? irq_data_get_effective_affinity_mask(d) : NULL;
}

/* -- Flow handlers --------------------------------------------------------------------- */

void handle_level_irq(struct irq_desc *desc);
void handle_fasteoi_irq(struct irq_desc *desc);
void handle_edge_irq(struct irq_desc *desc);
void handle_edge_eoi_irq(struct irq_desc *desc);
void handle_simple_irq(struct irq_desc *desc);
void handle_untracked_irq(struct irq_desc *desc);
void handle_percpu_irq(struct irq_desc *desc);
void handle_percpu_devid_irq(struct irq_desc *desc);
void handle_bad_irq(struct irq_desc *desc);
void handle_nested_irq(unsigned int irq);

irqreturn_t handle_irq_event_percpu(struct irq_desc *desc);
irqreturn_t handle_irq_event(struct irq_desc *desc);

extern struct irq_chip no_irq_chip;
extern struct irq_chip dummy_irq_chip;

/* -- Stacked controllers: pass the question to the parent ------------------------------- */

int irq_chip_compose_msi_msg(struct irq_data *data, struct msi_msg *msg);
void irq_chip_enable_parent(struct irq_data *data);
void irq_chip_disable_parent(struct irq_data *data);
void irq_chip_ack_parent(struct irq_data *data);
int irq_chip_retrigger_hierarchy(struct irq_data *data);
void irq_chip_mask_parent(struct irq_data *data);
void irq_chip_mask_ack_parent(struct irq_data *data);
void irq_chip_unmask_parent(struct irq_data *data);
void irq_chip_eoi_parent(struct irq_data *data);
int irq_chip_set_affinity_parent(struct irq_data *data, const struct cpumask *dest, bool force);
int irq_chip_set_wake_parent(struct irq_data *data, unsigned int on);
int irq_chip_set_vcpu_affinity_parent(struct irq_data *data, void *vcpu_info);
int irq_chip_set_type_parent(struct irq_data *data, unsigned int type);
int irq_chip_request_resources_parent(struct irq_data *data);
void irq_chip_release_resources_parent(struct irq_data *data);
int irq_chip_set_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool val);
int irq_chip_get_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool *state);

/* -- Moves ------------------------------------------------------------------------------ */

void irq_move_masked_irq(struct irq_data *data);
void __irq_move_irq(struct irq_data *data);
/* From a chip's ack or eoi: carry out a move that had to wait for an interrupt. */
static inline void irq_move_irq(struct irq_data *data)
{
	if (unlikely(irqd_is_setaffinity_pending(data)))
		__irq_move_irq(data);
}
int irq_do_set_affinity(struct irq_data *data, const struct cpumask *dest, bool force);
int irq_set_affinity_locked(struct irq_data *data, const struct cpumask *cpumask, bool force);

/* -- Spurious interrupts ----------------------------------------------------------------- */

extern bool noirqdebug;

/* -- Lines that are also actions from the start ------------------------------------------- */

int can_request_irq(unsigned int irq, unsigned long irqflags);
int setup_percpu_irq(unsigned int irq, struct irqaction *new);
void remove_percpu_irq(unsigned int irq, struct irqaction *act);
int irq_check_status_bit(unsigned int irq, unsigned int bitmask);
int irq_inject_interrupt(unsigned int irq);

/* -- Allocation ---------------------------------------------------------------------------- */

int __irq_alloc_descs(int irq, unsigned int from, unsigned int cnt, int node,
		      struct module *owner, const struct irq_affinity_desc *affinity);
void irq_free_descs(unsigned int irq, unsigned int cnt);
unsigned int arch_dynirq_lower_bound(unsigned int from);

#define irq_alloc_descs(irq, from, cnt, node) \
	__irq_alloc_descs(irq, from, cnt, node, THIS_MODULE, NULL)
#define irq_alloc_desc(node)			irq_alloc_descs(-1, 1, 1, node)
#define irq_alloc_desc_at(at, node)		irq_alloc_descs(at, at, 1, node)
#define irq_alloc_desc_from(from, node)		irq_alloc_descs(-1, from, 1, node)
#define irq_alloc_descs_from(from, cnt, node)	irq_alloc_descs(-1, from, cnt, node)

static inline void irq_free_desc(unsigned int irq)
{
	irq_free_descs(irq, 1);
}

int __devm_irq_alloc_descs(struct device *dev, int irq, unsigned int from, unsigned int cnt,
			   int node, struct module *owner,
			   const struct irq_affinity_desc *affinity);
#define devm_irq_alloc_descs(dev, irq, from, cnt, node) \
	__devm_irq_alloc_descs(dev, irq, from, cnt, node, THIS_MODULE, NULL)

/* -- Generic chip: a controller of masks and registers ---------------------------------------- */

/**
 * struct irq_chip_regs - offsets of a generic chip's registers
 * @enable: write ones to unmask
 * @disable: write ones to mask
 * @mask: mask register
 * @ack: write ones to acknowledge
 * @eoi: end of interrupt
 * @type: trigger
 * @polarity: polarity
 */
struct irq_chip_regs {
	unsigned long enable;
	unsigned long disable;
	unsigned long mask;
	unsigned long ack;
	unsigned long eoi;
	unsigned long type;
	unsigned long polarity;
};

/**
 * struct irq_chip_type - one flavour (level, edge) of a generic chip
 * @chip: its irq_chip
 * @regs: its registers
 * @handler: its flow handler
 * @type: IRQ_TYPE_* that it serves
 * @mask_cache_priv: mask cache of its own
 * @mask_cache: the cache that it uses
 */
struct irq_chip_type {
	struct irq_chip		chip;
	struct irq_chip_regs	regs;
	irq_flow_handler_t	handler;
	u32			type;
	u32			mask_cache_priv;
	u32			*mask_cache;
};

/**
 * struct irq_chip_generic - up to 32 lines behind one set of registers
 * @lock: guards the registers and caches
 * @reg_base: where the registers are
 * @reg_readl: reads one, instead of readl()
 * @reg_writel: writes one, instead of writel()
 * @suspend: called at suspend
 * @resume: called at resume
 * @irq_base: number of the first line
 * @irq_cnt: how many
 * @mask_cache: what the mask register holds
 * @type_cache: what the type register holds
 * @polarity_cache: what the polarity register holds
 * @wake_enabled: lines that wake
 * @wake_active: lines that may
 * @num_ct: flavours in @chip_types
 * @private: the driver's
 * @installed: lines set up by a domain
 * @unused: lines that must not be
 * @domain: of the chip
 * @chip_types: the flavours
 */
struct irq_chip_generic {
	raw_spinlock_t		lock;
	void __iomem		*reg_base;
	u32			(*reg_readl)(void __iomem *addr);
	void			(*reg_writel)(u32 val, void __iomem *addr);
	void			(*suspend)(struct irq_chip_generic *gc);
	void			(*resume)(struct irq_chip_generic *gc);
	unsigned int		irq_base;
	unsigned int		irq_cnt;
	u32			mask_cache;
	u32			type_cache;
	u32			polarity_cache;
	u32			wake_enabled;
	u32			wake_active;
	unsigned int		num_ct;
	void			*private;
	unsigned long		installed;
	unsigned long		unused;
	struct irq_domain	*domain;
	struct irq_chip_type	chip_types[];
};

enum irq_gc_flags {
	IRQ_GC_INIT_MASK_CACHE		= 1 << 0,
	IRQ_GC_INIT_NESTED_LOCK		= 1 << 1,
	IRQ_GC_MASK_CACHE_PER_TYPE	= 1 << 2,
	IRQ_GC_NO_MASK			= 1 << 3,
	IRQ_GC_BE_IO			= 1 << 4,
};

#define IRQ_MSK(n)	(u32)((n) < 32 ? ((1 << (n)) - 1) : UINT_MAX)

void irq_gc_noop(struct irq_data *d);
void irq_gc_mask_disable_reg(struct irq_data *d);
void irq_gc_mask_set_bit(struct irq_data *d);
void irq_gc_mask_clr_bit(struct irq_data *d);
void irq_gc_unmask_enable_reg(struct irq_data *d);
void irq_gc_ack_set_bit(struct irq_data *d);
void irq_gc_ack_clr_bit(struct irq_data *d);
void irq_gc_mask_disable_and_ack_set(struct irq_data *d);
void irq_gc_eoi(struct irq_data *d);
int irq_gc_set_wake(struct irq_data *d, unsigned int on);
struct irq_chip_generic *irq_alloc_generic_chip(const char *name, int nr_ct, unsigned int irq_base,
						void __iomem *reg_base, irq_flow_handler_t handler);
void irq_setup_generic_chip(struct irq_chip_generic *gc, u32 msk, enum irq_gc_flags flags,
			    unsigned int clr, unsigned int set);
int irq_setup_alt_chip(struct irq_data *d, unsigned int type);
void irq_remove_generic_chip(struct irq_chip_generic *gc, u32 msk, unsigned int clr,
			     unsigned int set);

static inline struct irq_chip_type *irq_data_get_chip_type(struct irq_data *d)
{
	return container_of(d->chip, struct irq_chip_type, chip);
}

static inline u32 irq_reg_readl(struct irq_chip_generic *gc, int reg_offset)
{
	if (gc->reg_readl)
		return gc->reg_readl(gc->reg_base + reg_offset);
	return readl(gc->reg_base + reg_offset);
}

static inline void irq_reg_writel(struct irq_chip_generic *gc, u32 val, int reg_offset)
{
	if (gc->reg_writel)
		gc->reg_writel(val, gc->reg_base + reg_offset);
	else
		writel(val, gc->reg_base + reg_offset);
}

static inline void irq_gc_lock(struct irq_chip_generic *gc)
{
	raw_spin_lock(&gc->lock);
}

static inline void irq_gc_unlock(struct irq_chip_generic *gc)
{
	raw_spin_unlock(&gc->lock);
}

#endif
