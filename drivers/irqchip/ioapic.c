/* SPDX-License-Identifier: MIT */
/*
 * I/O APIC: interrupt wires become messages to local APICs.
 *
 * Intel 290566, "82093AA I/O Advanced Programmable Interrupt Controller (IOAPIC)".
 *
 * Destination and delivery modes are the vector domain's choice, made while a line is closed.
 *
 * An I/O APIC ignores edges on a masked input, for good. So lines that are edge triggered
 * are never masked to be moved: see ioapic_steer().
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <asm/hw_irq.h>
#include <asm/io_apic.h>
#include <asm/smp.h>

#include "ioapic.h"

/* "Memory Mapped Registers for Accessing IOAPIC Registers" */
#define IOREGSEL		0x00
#define IOWIN			0x10
#define IOEOI			0x40	/* version 0x20 on. W: ends the level inputs with this vector */
#define   IOEOI_VERSION			0x20
/* "IOAPIC Registers" */
#define IOAPICVER		0x01
#define   IOAPICVER_VERSION(v)		((v) & 0xff)
#define   IOAPICVER_PINS(v)		((((v) >> 16) & 0xff) + 1)
#define IOREDTBL_LOW(pin)	(0x10 + 2 * (pin))
#define IOREDTBL_HIGH(pin)	(0x11 + 2 * (pin))

/* A pin that has a line. */
struct ioapic_pin {
	struct ioapic		*ioapic;	/* fixed */
	unsigned int		nr;		/* fixed */
	union ioapic_rte	rte;		/* as written; ioapic->lock */
};

/* -- Registers; the caller holds the lock or is alone -------------------------------------- */

static u32 ioapic_read(struct ioapic *ioapic, unsigned int reg)
{
	writel(reg, ioapic->base + IOREGSEL);
	return readl(ioapic->base + IOWIN);
}

static void ioapic_write(struct ioapic *ioapic, unsigned int reg, u32 val)
{
	writel(reg, ioapic->base + IOREGSEL);
	writel(val, ioapic->base + IOWIN);
}

/* The half that has all but the destination. */
static union ioapic_rte read_low(struct ioapic *ioapic, unsigned int pin)
{
	return (union ioapic_rte){ .low = ioapic_read(ioapic, IOREDTBL_LOW(pin)) };
}

static void write_low(struct ioapic_pin *pin)
{
	ioapic_write(pin->ioapic, IOREDTBL_LOW(pin->nr), pin->rte.low);
}

static void write_high(struct ioapic_pin *pin)
{
	ioapic_write(pin->ioapic, IOREDTBL_HIGH(pin->nr), pin->rte.high);
}

/*
 * Forget that a level interrupt was accepted: its end will name a vector that the entry no longer
 * has by then. The pin is masked. Older chips clear the bit when the pin becomes edge.
 */
static void clear_remote_irr(struct ioapic_pin *pin)
{
	union ioapic_rte edge = pin->rte;

	if (pin->ioapic->version >= IOEOI_VERSION) {
		writel(pin->rte.vector, pin->ioapic->base + IOEOI);
		return;
	}
	edge.is_level = 0;
	ioapic_write(pin->ioapic, IOREDTBL_LOW(pin->nr), edge.low);
	write_low(pin);
}

/* -- The chip ------------------------------------------------------------------------------- */

static void set_masked(struct irq_data *d, bool masked)
{
	struct ioapic_pin *pin = irq_data_get_irq_chip_data(d);
	unsigned long flags;

	raw_spin_lock_irqsave(&pin->ioapic->lock, flags);
	pin->rte.masked = masked;
	write_low(pin);
	/* A write may be posted: once it could be read, no new interrupt is on its way. */
	if (masked)
		ioapic_read(pin->ioapic, IOREDTBL_LOW(pin->nr));
	raw_spin_unlock_irqrestore(&pin->ioapic->lock, flags);
}

static void ioapic_mask(struct irq_data *d)
{
	set_masked(d, true);
}

static void ioapic_unmask(struct irq_data *d)
{
	set_masked(d, false);
}

/*
 * Point a pin to the place that the vector domain has chosen. If only the CPU changes, one
 * write does it. If the vector does too, the low word goes first: interrupts that fall between
 * the writes come to the new vector of the old CPU, which vector_assign() took for them.
 *
 * A level line can be masked without loss, and must be: see clear_remote_irr(). Should its
 * handler be running, the line is raised again at the new place, and the flow copes.
 */
static void ioapic_steer(struct ioapic_pin *pin, const struct irq_cfg *cfg)
{
	bool renumber = pin->rte.vector != cfg->vector;
	bool hide = renumber && pin->rte.is_level && !pin->rte.masked;

	if (hide) {
		pin->rte.masked = 1;
		write_low(pin);
		clear_remote_irr(pin);
	}
	pin->rte.vector = cfg->vector;
	pin->rte.dest = cfg->dest_apicid;
	if (renumber)
		write_low(pin);
	write_high(pin);
	if (hide) {
		pin->rte.masked = 0;
		write_low(pin);
	}
	ioapic_read(pin->ioapic, IOREDTBL_HIGH(pin->nr));
}

static int ioapic_set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	struct ioapic_pin *pin = irq_data_get_irq_chip_data(d);
	struct irq_cfg *cfg = irqd_cfg(d);
	unsigned long flags;
	int ret;

	ret = irq_chip_set_affinity_parent(d, mask, force);
	if (ret < 0 || !cfg->vector)
		return ret;
	raw_spin_lock_irqsave(&pin->ioapic->lock, flags);
	ioapic_steer(pin, cfg);
	raw_spin_unlock_irqrestore(&pin->ioapic->lock, flags);
	vector_move_done(d);
	return ret;
}

static bool type_is_level(unsigned int type)
{
	return type & IRQ_TYPE_LEVEL_MASK;
}

static bool type_is_low(unsigned int type)
{
	return type & (IRQ_TYPE_LEVEL_LOW | IRQ_TYPE_EDGE_FALLING);
}

static irq_flow_handler_t flow_of(unsigned int type)
{
	return type_is_level(type) ? handle_fasteoi_irq : handle_edge_irq;
}

static const char *flow_name(unsigned int type)
{
	return type_is_level(type) ? "fasteoi" : "edge";
}

static int ioapic_set_type(struct irq_data *d, unsigned int type)
{
	struct ioapic_pin *pin = irq_data_get_irq_chip_data(d);
	unsigned long flags;

	if ((type & IRQ_TYPE_EDGE_BOTH) == IRQ_TYPE_EDGE_BOTH)
		return -EINVAL;

	raw_spin_lock_irqsave(&pin->ioapic->lock, flags);
	pin->rte.is_level = type_is_level(type);
	pin->rte.active_low = type_is_low(type);
	write_low(pin);
	raw_spin_unlock_irqrestore(&pin->ioapic->lock, flags);

	/* A line that its user has handled per CPU has one flow for all triggers. */
	if (!irqd_is_per_cpu(d))
		irq_set_chip_handler_name_locked(d, d->chip, flow_of(type), flow_name(type));
	return IRQ_SET_MASK_OK;
}

static int ioapic_get_state(struct irq_data *d, enum irqchip_irq_state which, bool *state)
{
	struct ioapic_pin *pin = irq_data_get_irq_chip_data(d);
	union ioapic_rte rte;
	unsigned long flags;

	raw_spin_lock_irqsave(&pin->ioapic->lock, flags);
	rte = read_low(pin->ioapic, pin->nr);
	raw_spin_unlock_irqrestore(&pin->ioapic->lock, flags);

	switch (which) {
	case IRQCHIP_STATE_PENDING:
		*state = rte.delivery_status;
		return 0;
	case IRQCHIP_STATE_ACTIVE:
		/* Accepted by a CPU and not ended; edges leave no trace here. */
		*state = rte.is_level && rte.remote_irr;
		return 0;
	case IRQCHIP_STATE_MASKED:
		*state = rte.masked;
		return 0;
	default:
		return -EINVAL;
	}
}

/*
 * A level interrupt that a CPU accepted and will never end has the pin wait for that end. Once the
 * pin has forgotten it, the wire speaks for itself. Edges are sent by the parent.
 */
static int ioapic_retrigger(struct irq_data *d)
{
	struct ioapic_pin *pin = irq_data_get_irq_chip_data(d);
	bool masked = pin->rte.masked;
	unsigned long flags;

	if (!pin->rte.is_level)
		return irq_chip_retrigger_hierarchy(d);
	raw_spin_lock_irqsave(&pin->ioapic->lock, flags);
	pin->rte.masked = 1;
	write_low(pin);
	clear_remote_irr(pin);
	pin->rte.masked = masked;
	write_low(pin);
	raw_spin_unlock_irqrestore(&pin->ioapic->lock, flags);
	return 1;
}

static struct irq_chip ioapic_chip = {
	.name			= "IO-APIC",
	.irq_mask		= ioapic_mask,
	.irq_unmask		= ioapic_unmask,
	.irq_ack		= apic_ack_irq,
	.irq_eoi		= apic_ack_irq,
	.irq_set_affinity	= ioapic_set_affinity,
	.irq_set_type		= ioapic_set_type,
	.irq_retrigger		= ioapic_retrigger,
	.irq_get_irqchip_state	= ioapic_get_state,
	.flags			= IRQCHIP_AFFINITY_PRE_STARTUP,
};

/**
 * ioapic_deliver_nmi - have a line's input send NMIs to the boot CPU from now on
 * @irq: an edge line that nobody uses as such
 *
 * Context: boot. Return: 0; -EINVAL no input of an I/O APIC.
 */
int __init ioapic_deliver_nmi(unsigned int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);
	struct ioapic_pin *pin;
	unsigned long flags;

	if (!d || d->chip != &ioapic_chip)
		return -EINVAL;
	pin = irq_data_get_irq_chip_data(d);
	raw_spin_lock_irqsave(&pin->ioapic->lock, flags);
	pin->rte.delivery_mode = IOAPIC_DM_NMI;
	pin->rte.dest_logical = 0;
	pin->rte.dest = cpu_physical_id(0);
	pin->rte.masked = 0;
	write_high(pin);
	write_low(pin);
	raw_spin_unlock_irqrestore(&pin->ioapic->lock, flags);
	return 0;
}

/* -- The domain of one I/O APIC ---------------------------------------------------------------- */

static void ioapic_free(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs)
{
	struct irq_data *irqd = irq_domain_get_irq_data(domain, virq);

	kfree(irqd->chip_data);
	irq_domain_free_irqs_top(domain, virq, nr_irqs);
}

static int ioapic_alloc(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs,
			void *arg)
{
	const struct ioapic_request *req = arg;
	bool level = type_is_level(req->type);
	struct ioapic_pin *pin;
	int err;

	if (nr_irqs != 1)
		return -EINVAL;
	pin = kzalloc(sizeof(*pin), GFP_KERNEL);
	if (!pin)
		return -ENOMEM;
	err = irq_domain_alloc_irqs_parent(domain, virq, nr_irqs, arg);
	if (err) {
		kfree(pin);
		return err;
	}

	pin->ioapic = domain->host_data;
	pin->nr = req->pin;
	pin->rte.is_level = level;
	pin->rte.active_low = type_is_low(req->type);
	pin->rte.masked = 1;

	irq_domain_set_info(domain, virq, req->pin, &ioapic_chip, pin,
			    flow_of(req->type), NULL, flow_name(req->type));
	irqd_set_trigger_type(irq_domain_get_irq_data(domain, virq), req->type);
	if (level)
		irq_set_status_flags(virq, IRQ_LEVEL);
	return 0;
}

static int ioapic_activate(struct irq_domain *domain, struct irq_data *irqd, bool reserve)
{
	struct ioapic_pin *pin = irq_data_get_irq_chip_data(irqd);
	const struct irq_cfg *cfg = irqd_cfg(irqd);
	unsigned long flags;

	raw_spin_lock_irqsave(&pin->ioapic->lock, flags);
	pin->rte.vector = cfg->vector;
	pin->rte.dest = cfg->dest_apicid;
	pin->rte.dest_logical = cfg->logical;
	pin->rte.delivery_mode = cfg->lowest ? IOAPIC_DM_LOWEST : IOAPIC_DM_FIXED;
	write_high(pin);
	write_low(pin);
	raw_spin_unlock_irqrestore(&pin->ioapic->lock, flags);
	return 0;
}

static void ioapic_deactivate(struct irq_domain *domain, struct irq_data *irqd)
{
	ioapic_mask(irqd);
}

const struct irq_domain_ops ioapic_domain_ops = {
	.alloc		= ioapic_alloc,
	.free		= ioapic_free,
	.activate	= ioapic_activate,
	.deactivate	= ioapic_deactivate,
};

/* -- For ioapic_setup.c ------------------------------------------------------------------------ */

/* Fill in what the version register tells. False: nothing answers at @base. */
bool __init ioapic_probe(struct ioapic *ioapic)
{
	u32 ver = ioapic_read(ioapic, IOAPICVER);

	ioapic->version = IOAPICVER_VERSION(ver);
	ioapic->nr_pins = IOAPICVER_PINS(ver);
	return ver != ~0u;
}

void __init ioapic_write_rte(struct ioapic *ioapic, unsigned int pin, union ioapic_rte rte)
{
	ioapic_write(ioapic, IOREDTBL_HIGH(pin), rte.high);
	ioapic_write(ioapic, IOREDTBL_LOW(pin), rte.low);
}

/* Nothing comes in before it is asked for; system management's inputs are not ours. */
void __init ioapic_mask_all(struct ioapic *ioapic)
{
	union ioapic_rte closed = { .masked = 1 };
	unsigned int pin;

	for (pin = 0; pin < ioapic->nr_pins; pin++) {
		if (read_low(ioapic, pin).delivery_mode == IOAPIC_DM_SMI)
			continue;
		/* Masked first: until then the old destination stands. */
		ioapic_write(ioapic, IOREDTBL_LOW(pin), closed.low);
		ioapic_write(ioapic, IOREDTBL_HIGH(pin), closed.high);
	}
}
