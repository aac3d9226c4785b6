/* SPDX-License-Identifier: MIT */
/*
 * A line in use: disable and enable, wait for its handlers, trigger type, wake-up.
 */
#define pr_fmt(fmt) "genirq: " fmt

#include <linux/errno.h>
#include <linux/export.h>
#include "internals.h"

/* -- Waiting for handlers ------------------------------------------------------------------------- */

static noinline bool ask_chip(struct irq_data *d)
{
	bool active = false;

	return !d->chip->irq_get_irqchip_state(d, IRQCHIP_STATE_ACTIVE, &active) && active;
}

/* Of the line's controllers the first that can tell; or NULL. */
static __always_inline struct irq_data *chip_with_state(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;

	while (d && !d->chip->irq_get_irqchip_state)
		d = d->parent_data;
	return d;
}

/* Has it an interrupt on its way to a CPU? */
static __always_inline bool chip_irq_active(struct irq_desc *desc)
{
	struct irq_data *d = chip_with_state(desc);

	return d && ask_chip(d);
}

/**
 * synchronize_hardirq_desc - wait until no hard handler of the line runs
 * @desc: the line
 * @sync_chip: also until the controller has nothing on its way to a CPU
 *
 * Pairs with the lock round IRQD_IRQ_INPROGRESS in irq_run_event(): the look under the lock
 * sees all that the handler did.
 */
void synchronize_hardirq_desc(struct irq_desc *desc, bool sync_chip)
{
	unsigned long flags;
	bool busy;

	do {
		smp_cond_load_relaxed(&desc->irq_common_data.state_use_accessors,
				      !(VAL & IRQD_IRQ_INPROGRESS));
		raw_spin_lock_irqsave(&desc->lock, flags);
		busy = irqd_irq_inprogress(&desc->irq_data);
		if (!busy && sync_chip)
			busy = chip_irq_active(desc);
		raw_spin_unlock_irqrestore(&desc->lock, flags);
		if (busy)
			cpu_relax();
	} while (busy);
}

void synchronize_irq_desc(struct irq_desc *desc)
{
	synchronize_hardirq_desc(desc, true);
	/* Handlers are done: no new order can come from them, so the count only falls. */
	wait_event(desc->wait_for_threads, !atomic_read(&desc->threads_active));
}

/**
 * synchronize_hardirq - wait for hard handlers that run now on other CPUs
 * @irq: the line
 *
 * Context: any in which the handlers can finish: not from one of them, nor with a lock that
 * they take.
 * Return: false when threads of the line are still at work.
 */
bool synchronize_hardirq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc)
		return true;
	synchronize_hardirq_desc(desc, false);
	return !atomic_read(&desc->threads_active);
}
EXPORT_SYMBOL(synchronize_hardirq);

/**
 * synchronize_irq - wait for handlers and threads that run now
 * @irq: the line
 *
 * Context: process, may sleep; not from a handler of the line, nor with a lock that one takes.
 */
void synchronize_irq(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	might_sleep();
	if (desc)
		synchronize_irq_desc(desc);
}
EXPORT_SYMBOL(synchronize_irq);

/* -- Disable and enable ------------------------------------------------------------------------------ */

void __disable_irq(struct irq_desc *desc)
{
	if (!desc->depth++)
		irq_disable(desc);
}

/* irq_get_desc_buslock() of a normal line, without its calls: lines are switched off and on often. */
static __always_inline struct irq_desc *lock_line(unsigned int irq, unsigned long *flags)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (unlikely(!desc || irq_settings_has(desc, IRQ_PER_CPU_DEVID)))
		return NULL;
	chip_bus_lock(desc);
	raw_spin_lock_irqsave(&desc->lock, *flags);
	return desc;
}

static __always_inline void unlock_line(struct irq_desc *desc, unsigned long flags)
{
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	chip_bus_sync_unlock(desc);
}

static int disable_irq_checked(unsigned int irq)
{
	unsigned long flags;
	struct irq_desc *desc = lock_line(irq, &flags);

	if (!desc)
		return -EINVAL;
	__disable_irq(desc);
	unlock_line(desc, flags);
	return 0;
}

/**
 * disable_irq_nosync - let no more interrupts of the line in
 * @irq: the line
 *
 * Depth is counted: as many enable_irq() open it again. A handler may still run on another
 * CPU when this returns. What comes meanwhile is kept and raised again by enable_irq().
 *
 * Context: any, the line's handlers too.
 */
void disable_irq_nosync(unsigned int irq)
{
	disable_irq_checked(irq);
}
EXPORT_SYMBOL(disable_irq_nosync);

/**
 * disable_irq - let no more interrupts in, and wait for handlers and threads that run
 * @irq: the line
 *
 * Context: process, may sleep; not from a handler of the line, nor with a lock that one takes.
 */
void disable_irq(unsigned int irq)
{
	struct irq_desc *desc;
	unsigned long flags;
	bool busy;

	might_sleep();
	desc = lock_line(irq, &flags);
	if (!desc)
		return;
	__disable_irq(desc);
	/* Mostly there is nobody to wait for, and the lock that says so is held already. */
	busy = irq_state_has(desc, IRQD_IRQ_INPROGRESS) || chip_irq_active(desc) ||
	       atomic_read(&desc->threads_active);
	unlock_line(desc, flags);
	if (unlikely(busy))
		synchronize_irq_desc(desc);
}
EXPORT_SYMBOL(disable_irq);

/**
 * disable_hardirq - let no more interrupts in, and wait for hard handlers that run
 * @irq: the line
 *
 * Context: as synchronize_hardirq().
 * Return: false when threads of the line are still at work, or there is no such line.
 */
bool disable_hardirq(unsigned int irq)
{
	return !disable_irq_checked(irq) && synchronize_hardirq(irq);
}
EXPORT_SYMBOL_GPL(disable_hardirq);

void __enable_irq(struct irq_desc *desc)
{
	switch (desc->depth) {
	case 0:
		WARN(1, "Unbalanced enable for IRQ %u\n", desc_irq(desc));
		break;
	case 1:
		/* Probing must not take over a line that a driver has opened. */
		desc->settings |= IRQ_NOPROBE;
		if (likely(irq_state_has(desc, IRQD_IRQ_STARTED) && !(desc->istate & IRQS_PENDING))) {
			desc->depth = 0;
			irq_enable(desc);
		} else {
			irq_startup(desc, IRQ_RESEND, IRQ_START_FORCE);
		}
		break;
	default:
		desc->depth--;
	}
}

/**
 * enable_irq - undo one disable
 * @irq: the line
 *
 * The last one opens the line and raises an interrupt that came meanwhile again.
 *
 * Context: any, when the chip is not behind a slow bus.
 */
void enable_irq(unsigned int irq)
{
	unsigned long flags;
	struct irq_desc *desc = lock_line(irq, &flags);

	if (!desc)
		return;
	if (!WARN(desc->irq_data.chip == &no_irq_chip,
		  "enable_irq before setup/request_irq: irq %u\n", irq))
		__enable_irq(desc);
	unlock_line(desc, flags);
}
EXPORT_SYMBOL(enable_irq);

/* -- Trigger, wake-up, the controller's own state ------------------------------------------------------ */

static int irq_trigger_set(struct irq_desc *desc, unsigned int type, int chip_said)
{
	struct irq_data *d = &desc->irq_data;

	switch (chip_said) {
	case IRQ_SET_MASK_OK:
	case IRQ_SET_MASK_OK_DONE:
		irqd_clear(d, IRQD_TRIGGER_MASK);
		irqd_set(d, type);
		fallthrough;
	case IRQ_SET_MASK_OK_NOCOPY:
		type = irqd_get_trigger_type(d);
		desc->settings = (desc->settings & ~IRQ_TYPE_SENSE_MASK) | type;
		irqd_clear(d, IRQD_LEVEL);
		desc->settings &= ~IRQ_LEVEL;
		if (type & IRQ_TYPE_LEVEL_MASK) {
			desc->settings |= IRQ_LEVEL;
			irqd_set(d, IRQD_LEVEL);
		}
		return 0;
	default:
		pr_err("Setting trigger mode %u for irq %u failed (%pS)\n", type, desc_irq(desc),
		       d->chip->irq_set_type);
		return chip_said;
	}
}

/* The caller holds the bus lock and the line's. A chip that can't be told is right as it is. */
int __irq_set_trigger(struct irq_desc *desc, unsigned long flags)
{
	struct irq_chip *chip = desc->irq_data.chip;
	unsigned int type = flags & IRQ_TYPE_SENSE_MASK;
	bool unmask = false;
	int ret;

	lockdep_assert_held(&desc->lock);
	if (!chip->irq_set_type)
		return 0;
	if (chip->flags & IRQCHIP_SET_TYPE_MASKED) {
		if (!irqd_irq_masked(&desc->irq_data))
			mask_irq(desc);
		unmask = !irqd_irq_disabled(&desc->irq_data);
	}
	ret = irq_trigger_set(desc, type, chip->irq_set_type(&desc->irq_data, type));
	if (unmask)
		unmask_irq(desc);
	return ret;
}

static int set_irq_wake_real(struct irq_desc *desc, unsigned int on)
{
	struct irq_chip *chip = desc->irq_data.chip;

	if (chip->flags & IRQCHIP_SKIP_SET_WAKE)
		return 0;
	return chip->irq_set_wake ? chip->irq_set_wake(&desc->irq_data, on) : -ENXIO;
}

/**
 * irq_set_irq_wake - let the line wake the machine from sleep, or no longer
 * @irq: the line
 * @on: depth is counted, as with enable_irq()
 *
 * Context: process when the chip sits behind a slow bus, else any.
 * Return: 0; -EINVAL no such line; -ENXIO the chip can't; what the chip said.
 */
int irq_set_irq_wake(unsigned int irq, unsigned int on)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, IRQ_DESC_NORMAL, &flags);
	int ret = 0;

	if (!desc)
		return -EINVAL;
	if (on) {
		if (!desc->wake_depth++) {
			ret = set_irq_wake_real(desc, on);
			if (ret)
				desc->wake_depth = 0;
			else
				irqd_set(&desc->irq_data, IRQD_WAKEUP_STATE);
		}
	} else if (!desc->wake_depth) {
		WARN(1, "Unbalanced IRQ %u wake disable\n", irq);
	} else if (!--desc->wake_depth) {
		ret = set_irq_wake_real(desc, on);
		if (ret)
			desc->wake_depth = 1;
		else
			irqd_clear(&desc->irq_data, IRQD_WAKEUP_STATE);
	}
	irq_put_desc_busunlock(desc, flags);
	return ret;
}
EXPORT_SYMBOL(irq_set_irq_wake);

/**
 * irq_get_irqchip_state - what the controller says of a line
 * @irq: the line
 * @which: pending, active, masked, or the wire's level
 * @state: filled in
 *
 * Context: process when the chip sits behind a slow bus, else any.
 * Return: 0; -EINVAL no such line, or no controller of it can tell; what the chip said.
 */
int irq_get_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool *state)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, IRQ_DESC_ANY, &flags);
	struct irq_data *d;
	int ret = -EINVAL;

	if (!desc)
		return -EINVAL;
	d = chip_with_state(desc);
	if (d)
		ret = d->chip->irq_get_irqchip_state(d, which, state);
	irq_put_desc_busunlock(desc, flags);
	return ret;
}
EXPORT_SYMBOL_GPL(irq_get_irqchip_state);

/**
 * irq_set_irqchip_state - change what irq_get_irqchip_state() tells
 * @irq: the line
 * @which: pending, active or masked
 * @val: the new state
 *
 * Context and Return: as irq_get_irqchip_state().
 */
int irq_set_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool val)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_buslock(irq, IRQ_DESC_ANY, &flags);
	struct irq_data *d;
	int ret = -EINVAL;

	if (!desc)
		return -EINVAL;
	for (d = &desc->irq_data; d; d = d->parent_data) {
		if (d->chip->irq_set_irqchip_state) {
			ret = d->chip->irq_set_irqchip_state(d, which, val);
			break;
		}
	}
	irq_put_desc_busunlock(desc, flags);
	return ret;
}
EXPORT_SYMBOL_GPL(irq_set_irqchip_state);
