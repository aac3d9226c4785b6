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
#include <linux/irqdata.h>
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
void irq_migrate_all_off_this_cpu(void);
int irq_affinity_online_cpu(unsigned int cpu);
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

#include <linux/irq_generic_chip.h>

#endif
