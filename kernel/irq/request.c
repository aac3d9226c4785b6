/* SPDX-License-Identifier: MIT */
/*
 * Attaching handlers to lines and detaching them.
 *
 * Locks, outermost first: request_mutex (two requests, or request against free), the chip's
 * bus lock, the line's lock (against interrupts and disable/enable). Threads are made
 * before and ended after, as that sleeps for long.
 */
#define pr_fmt(fmt) "genirq: " fmt

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "internals.h"

static bool irq_can_thread(struct irq_desc *desc)
{
	return !irq_settings_has(desc, IRQ_NOTHREAD);
}

/* -- Checks ------------------------------------------------------------------------------------------ */

/* The users of a line must agree on sharing, trigger, ONESHOT and PERCPU. */
static int irq_check_sharing(struct irq_desc *desc, struct irqaction *new)
{
	struct irqaction *old = desc->action;
	unsigned int type;

	/* The first user may have left the trigger as it was; the line knows. */
	if (irqd_trigger_type_was_set(&desc->irq_data)) {
		type = irqd_get_trigger_type(&desc->irq_data);
	} else {
		type = new->flags & IRQF_TRIGGER_MASK;
		irqd_set_trigger_type(&desc->irq_data, type);
	}
	if ((old->flags & new->flags & IRQF_SHARED) &&
	    type == (new->flags & IRQF_TRIGGER_MASK) &&
	    !((old->flags ^ new->flags) & (IRQF_ONESHOT | IRQF_PERCPU)))
		return 0;

	if (!(new->flags & IRQF_PROBE_SHARED)) {
		pr_err("Flags mismatch irq %u. %08x (%s) vs. %08x (%s)\n", new->irq,
		       new->flags, new->name, old->flags, old->name);
#ifdef CONFIG_DEBUG
		dump_stack();
#endif
	}
	return -EBUSY;
}

/*
 * A ONESHOT action gets a bit of threads_oneshot. Without ONESHOT, a default hard handler
 * would leave a level line asking for ever, before its thread had a chance to run.
 */
static int irq_check_oneshot(struct irq_desc *desc, struct irqaction *new)
{
	unsigned long used = 0;
	struct irqaction *old;

	if (new->flags & IRQF_ONESHOT) {
		for (old = desc->action; old; old = old->next)
			used |= old->thread_mask;
		if (used == ~0UL)
			return -EBUSY;
		new->thread_mask = 1UL << ffz(used);
	} else if (new->handler == irq_default_primary_handler &&
		   !(desc->irq_data.chip->flags & IRQCHIP_ONESHOT_SAFE)) {
		pr_err("Threaded irq requested with handler=NULL and !ONESHOT for %s (irq %u)\n",
		       new->name, new->irq);
		return -EINVAL;
	}
	return 0;
}

/* -- Attaching ----------------------------------------------------------------------------------------- */

/* The first action: set the line up as its flags say, and open it unless they say not to. */
static int irq_open_for_first(struct irq_desc *desc, struct irqaction *new)
{
	struct irq_data *d = &desc->irq_data;
	int ret;

	if (new->flags & IRQF_TRIGGER_MASK) {
		ret = __irq_set_trigger(desc, new->flags & IRQF_TRIGGER_MASK);
		if (ret)
			return ret;
	}
	ret = irq_activate(desc);
	if (ret)
		return ret;

	desc->istate &= ~(IRQS_AUTODETECT | IRQS_SPURIOUS_DISABLED | IRQS_ONESHOT | IRQS_WAITING);
	irqd_clear(d, IRQD_IRQ_INPROGRESS);
	if (new->flags & IRQF_PERCPU) {
		irqd_set(d, IRQD_PER_CPU);
		desc->settings |= IRQ_PER_CPU;
		if (new->flags & IRQF_NO_DEBUG)
			desc->settings |= IRQ_NO_DEBUG;
	}
	if (noirqdebug)
		desc->settings |= IRQ_NO_DEBUG;
	if (new->flags & IRQF_ONESHOT)
		desc->istate |= IRQS_ONESHOT;
	if (new->flags & IRQF_NOBALANCING) {
		desc->settings |= IRQ_NO_BALANCING;
		irqd_set(d, IRQD_NO_BALANCING);
	}
	if (!(new->flags & IRQF_NO_AUTOEN) && !irq_settings_has(desc, IRQ_NOAUTOEN)) {
		irq_startup(desc, IRQ_RESEND, IRQ_START_COND);
	} else {
		/* A second user would open it unawares and get interrupts too early. */
		WARN_ON_ONCE(new->flags & IRQF_SHARED);
		desc->depth = 1;
	}
	return 0;
}

/* Under the line's lock: everything that may fail first, the new action last. */
static int irq_attach_locked(struct irq_desc *desc, struct irqaction *new)
{
	struct irqaction **end = &desc->action;
	bool shared = desc->action;
	int ret;

	if (shared) {
		ret = irq_check_sharing(desc, new);
		if (ret)
			return ret;
	}
	ret = irq_check_oneshot(desc, new);
	if (ret)
		return ret;
	if (!shared) {
		ret = irq_open_for_first(desc, new);
		if (ret)
			return ret;
	}

	while (*end)
		end = &(*end)->next;
	/* An interrupt may walk the list now: the action is complete before it is seen. */
	smp_store_release(end, new);
	desc->irqs_unhandled = 0;

	/* The line was given up as stuck; the new driver may be the one that serves it. */
	if (shared && (desc->istate & IRQS_SPURIOUS_DISABLED)) {
		desc->istate &= ~IRQS_SPURIOUS_DISABLED;
		__enable_irq(desc);
	}
	return 0;
}

static int irq_attach(struct irq_desc *desc, struct irqaction *new)
{
	struct irq_data *d = &desc->irq_data;
	bool first = !desc->action;
	unsigned long flags;
	int ret = 0;

	lockdep_assert_held(&desc->request_mutex);
	if (first && d->chip->irq_request_resources) {
		ret = d->chip->irq_request_resources(d);
		if (ret) {
			pr_err("Failed to request resources for %s (irq %u) on irqchip %s\n",
			       new->name, new->irq, d->chip->name);
			return ret;
		}
	}
	raw_spin_lock_irqsave(&desc->lock, flags);
	ret = irq_attach_locked(desc, new);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	if (ret && first && d->chip->irq_release_resources)
		d->chip->irq_release_resources(d);
	return ret;
}

/* Which threads the action needs, as the line and the boot options say. */
static int irq_prepare_threads(struct irq_desc *desc, struct irqaction *new)
{
	bool nested = irq_settings_has(desc, IRQ_NESTED_THREAD);
	int ret;

	if (nested) {
		if (!new->thread_fn)
			return -EINVAL;
		new->handler = irq_nested_primary_handler;
	} else if (irq_can_thread(desc)) {
		ret = irq_setup_forced_threading(new);
		if (ret)
			return ret;
	}
	if (new->thread_fn && !nested) {
		ret = irq_create_threads(new, new->irq);
		if (ret)
			return ret;
	}
	/* MSI-like: one interrupt each, nothing to be held back. */
	if (desc->irq_data.chip->flags & IRQCHIP_ONESHOT_SAFE)
		new->flags &= ~IRQF_ONESHOT;
	return 0;
}

/**
 * irq_setup_action - attach an action to its line
 * @desc: the line
 * @new: the action; its memory stays until it is detached
 *
 * Context: process, may sleep. Return: as request_threaded_irq().
 */
int irq_setup_action(struct irq_desc *desc, struct irqaction *new)
{
	int ret;

	if (desc->irq_data.chip == &no_irq_chip)
		return -ENOSYS;
	if (!try_module_get(desc->owner))
		return -ENODEV;
	new->irq = desc_irq(desc);
	if (!(new->flags & IRQF_TRIGGER_MASK))
		new->flags |= irqd_get_trigger_type(&desc->irq_data);

	ret = irq_prepare_threads(desc, new);
	if (ret)
		goto put_module;
	irq_let_nest(new);

	mutex_lock(&desc->request_mutex);
	chip_bus_lock(desc);
	ret = irq_attach(desc, new);
	chip_bus_sync_unlock(desc);
	mutex_unlock(&desc->request_mutex);
	if (ret)
		goto stop_threads;

	irq_start_threads(desc, new);
	register_irq_proc(new->irq, desc);
	register_handler_proc(new->irq, new);
	return 0;

stop_threads:
	irq_stop_threads(new);
put_module:
	module_put(desc->owner);
	return ret;
}

static bool request_flags_ok(unsigned long irqflags, void *dev_id)
{
	if (irqflags & IRQF_SHARED) {
		/* dev_id is what free_irq() finds the action by. */
		if (!dev_id)
			return false;
		/* Another user would get the line opened under it. */
		if (irqflags & IRQF_NO_AUTOEN)
			return false;
	} else if (irqflags & IRQF_COND_SUSPEND) {
		return false;
	}
	return !((irqflags & IRQF_NO_SUSPEND) && (irqflags & IRQF_COND_SUSPEND));
}

/**
 * request_threaded_irq - attach a handler and a thread to a line and open the line
 * @irq: line, as the bus or irq_create_mapping() gave it
 * @handler: runs in hard-interrupt context, interrupts off on this CPU. NULL: only wake the
 *	thread, which needs IRQF_ONESHOT
 * @thread_fn: runs in a FIFO kthread irq/N-name when @handler said IRQ_WAKE_THREAD; or NULL
 * @irqflags: IRQF_*; on a shared line every user passes IRQF_SHARED
 * @devname: shown in /proc/interrupts; must outlive the request
 * @dev_id: handed to both; not NULL on a shared line
 *
 * @handler may run before this returns: make the device ready first.
 *
 * Context: process, may sleep. Takes the line's request_mutex, then its lock.
 * Return: 0; -EINVAL no such line, not for drivers, no handler at all, flags that contradict
 * each other, or no hard handler without ONESHOT; -EBUSY taken, or the users differ on
 * sharing, trigger, ONESHOT or PERCPU; -ENOTCONN @irq is IRQ_NOTCONNECTED; -ENOSYS the line
 * has no controller; -ENODEV its controller's module goes; -ENOMEM; what the chip said.
 */
int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,
			 unsigned long irqflags, const char *devname, void *dev_id)
{
	struct irqaction *action;
	struct irq_desc *desc;
	int ret;

	if (irq == IRQ_NOTCONNECTED)
		return -ENOTCONN;
	if (!request_flags_ok(irqflags, dev_id))
		return -EINVAL;
	desc = irq_to_desc(irq);
	if (!desc || irq_settings_has(desc, IRQ_NOREQUEST) ||
	    WARN_ON(irq_settings_has(desc, IRQ_PER_CPU_DEVID)))
		return -EINVAL;
	if (!handler && !thread_fn)
		return -EINVAL;

	action = kzalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	action->handler = handler ? handler : irq_default_primary_handler;
	action->thread_fn = thread_fn;
	action->flags = irqflags;
	action->name = devname;
	action->dev_id = dev_id;

	ret = irq_setup_action(desc, action);
	if (ret) {
		kfree(action->secondary);
		kfree(action);
	}
	return ret;
}
EXPORT_SYMBOL(request_threaded_irq);

/**
 * request_any_context_irq - attach a handler that may sleep or not
 * @irq: the line
 * @handler: runs in hard-interrupt context, or in the thread of the line that @irq is nested in
 * @flags: IRQF_*
 * @name: shown in /proc/interrupts; must outlive the request
 * @dev_id: handed to @handler
 *
 * Context: process, may sleep.
 * Return: IRQC_IS_HARDIRQ or IRQC_IS_NESTED; else as request_threaded_irq().
 */
int request_any_context_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			    const char *name, void *dev_id)
{
	struct irq_desc *desc;
	int ret;

	if (irq == IRQ_NOTCONNECTED)
		return -ENOTCONN;
	desc = irq_to_desc(irq);
	if (!desc)
		return -EINVAL;
	if (irq_settings_has(desc, IRQ_NESTED_THREAD)) {
		ret = request_threaded_irq(irq, NULL, handler, flags, name, dev_id);
		return ret ? ret : IRQC_IS_NESTED;
	}
	ret = request_irq(irq, handler, flags, name, dev_id);
	return ret ? ret : IRQC_IS_HARDIRQ;
}
EXPORT_SYMBOL_GPL(request_any_context_irq);

/* -- Detaching ------------------------------------------------------------------------------------------- */

/* Unlink the action; with the last one the line closes. */
static struct irqaction *irq_detach(struct irq_desc *desc, void *dev_id)
{
	struct irqaction **link = &desc->action;
	struct irqaction *action;
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	while (*link && (*link)->dev_id != dev_id)
		link = &(*link)->next;
	action = *link;
	/* What feeds another controller is nobody's to free. */
	if (action && !irq_desc_is_chained(desc)) {
		WRITE_ONCE(*link, action->next);
		if (!desc->action) {
			desc->settings &= ~IRQ_DISABLE_UNLAZY;
			irq_shutdown(desc);
		}
		/* The mask it points to is the driver's, which may be going. */
		if (WARN_ON_ONCE(desc->affinity_hint))
			desc->affinity_hint = NULL;
	} else {
		action = NULL;
	}
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	return action;
}

/* The last user has gone, and nothing of the line runs any more. */
static void irq_release_line(struct irq_desc *desc)
{
	struct irq_data *d = &desc->irq_data;
	unsigned long flags;

	raw_spin_lock_irqsave(&desc->lock, flags);
	irq_domain_deactivate_irq(d);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	if (d->chip->irq_release_resources)
		d->chip->irq_release_resources(d);
}

/**
 * free_irq - detach a handler from its line
 * @irq: the line
 * @dev_id: the same as in the request
 *
 * When this returns the handler and its thread do not run and never will again. The last
 * handler's going closes the line. On a shared line the device must have stopped asking
 * before, or the others are asked for nothing.
 *
 * Context: process, may sleep; not from a handler of the line, nor with a lock that one takes.
 * Return: the name given in the request; NULL when nothing was attached under @dev_id.
 */
const void *free_irq(unsigned int irq, void *dev_id)
{
	struct irq_desc *desc = irq_to_desc(irq);
	struct irqaction *action;
	const char *name;

	if (!desc || WARN_ON(irq_settings_has(desc, IRQ_PER_CPU_DEVID)))
		return NULL;
	/* Its work item would be left with a line that is somebody else's. */
	if (WARN_ON(desc->affinity_notify))
		irq_set_affinity_notifier(irq, NULL);
	WARN(in_interrupt(), "Trying to free IRQ %u from IRQ context!\n", irq);

	mutex_lock(&desc->request_mutex);
	chip_bus_lock(desc);
	action = irq_detach(desc, dev_id);
	chip_bus_sync_unlock(desc);
	if (!action) {
		mutex_unlock(&desc->request_mutex);
		WARN(1, "Trying to free already-free IRQ %u\n", irq);
		return NULL;
	}

	unregister_handler_proc(irq, action);
	/* An interrupt that saw the action before it was unlinked may still be in its handler. */
	synchronize_irq_desc(desc);
	irq_stop_threads(action);
	if (!desc->action) {
		chip_bus_lock(desc);
		irq_release_line(desc);
		chip_bus_sync_unlock(desc);
	}
	mutex_unlock(&desc->request_mutex);

	module_put(desc->owner);
	name = action->name;
	kfree(action->secondary);
	kfree(action);
	return name;
}
EXPORT_SYMBOL(free_irq);
