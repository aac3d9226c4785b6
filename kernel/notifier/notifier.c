/* SPDX-License-Identifier: MIT */
/*
 * Notifier chains.
 *
 * An atomic chain is walked without a lock, since an NMI may walk it. Who takes a
 * callback off waits until no walk that could have seen it is left: walks are counted.
 */
#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/notifier.h>
#include <linux/spinlock.h>

/* Writers only, one at a time. Callbacks of equal priority are called in the order they came. */
static int chain_add(struct notifier_block **link, struct notifier_block *nb)
{
	struct notifier_block **at = NULL;

	for (; *link; link = &(*link)->next) {
		if (*link == nb)
			return -EEXIST;
		if (!at && (*link)->priority < nb->priority)
			at = link;
	}
	if (!at)
		at = link;
	nb->next = *at;
	smp_store_release(at, nb);	/* pairs with the acquire in call_chain() */
	return 0;
}

static int chain_del(struct notifier_block **link, struct notifier_block *nb)
{
	for (; *link; link = &(*link)->next) {
		if (*link != nb)
			continue;
		WRITE_ONCE(*link, nb->next);
		return 0;
	}
	return -ENOENT;
}

static int call_chain(struct notifier_block **head, unsigned long val, void *v)
{
	struct notifier_block *nb, *next;
	int ret = NOTIFY_DONE;

	for (nb = smp_load_acquire(head); nb && !(ret & NOTIFY_STOP_MASK); nb = next) {
		next = smp_load_acquire(&nb->next);	/* the callback may take itself off */
		ret = nb->notifier_call(nb, val, v);
	}
	return ret;
}

/**
 * atomic_notifier_chain_register - have a callback called
 * @nh: the chain
 * @nb: callback and priority; stays in use until it is unregistered
 *
 * Context: any but NMI. Return: 0; -EEXIST when @nb is on the chain already.
 */
int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&nh->lock, flags);
	ret = chain_add(&nh->head, nb);
	spin_unlock_irqrestore(&nh->lock, flags);
	return ret;
}
EXPORT_SYMBOL_GPL(atomic_notifier_chain_register);

/**
 * atomic_notifier_chain_unregister - take a callback off; it is not running any more after
 * @nh: the chain
 * @nb: what was registered
 *
 * Context: process; not from a callback of the chain. Return: 0; -ENOENT when it is not on it.
 */
int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&nh->lock, flags);
	ret = chain_del(&nh->head, nb);
	spin_unlock_irqrestore(&nh->lock, flags);
	/* The unlinking before the look at readers: pairs with the barrier in the call below. */
	smp_mb();
	smp_cond_load_acquire(&nh->readers.counter, VAL == 0);
	return ret;
}
EXPORT_SYMBOL_GPL(atomic_notifier_chain_unregister);

/**
 * atomic_notifier_call_chain - tell every callback, until one says to stop
 * @nh: the chain
 * @val: what happened
 * @v: handed to the callbacks
 *
 * Context: any, NMI included. Return: what the last callback returned.
 */
int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long val, void *v)
{
	int ret;

	atomic_inc(&nh->readers);
	smp_mb__after_atomic();
	ret = call_chain(&nh->head, val, v);
	atomic_dec_return_release(&nh->readers);
	return ret;
}
EXPORT_SYMBOL_GPL(atomic_notifier_call_chain);

/**
 * blocking_notifier_chain_register - have a callback called
 * @nh: the chain
 * @nb: callback and priority
 *
 * Context: process, may sleep. Return: 0; -EEXIST when @nb is on the chain already.
 */
int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb)
{
	int ret;

	down_write(&nh->rwsem);
	ret = chain_add(&nh->head, nb);
	up_write(&nh->rwsem);
	return ret;
}
EXPORT_SYMBOL_GPL(blocking_notifier_chain_register);

/**
 * blocking_notifier_chain_unregister - take a callback off
 * @nh: the chain
 * @nb: what was registered
 *
 * Context: process, may sleep; not from a callback. Return: 0; -ENOENT when it is not on it.
 */
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh,
				       struct notifier_block *nb)
{
	int ret;

	down_write(&nh->rwsem);
	ret = chain_del(&nh->head, nb);
	up_write(&nh->rwsem);
	return ret;
}
EXPORT_SYMBOL_GPL(blocking_notifier_chain_unregister);

/**
 * blocking_notifier_call_chain - tell every callback, until one says to stop
 * @nh: the chain
 * @val: what happened
 * @v: handed to the callbacks
 *
 * Context: process, may sleep. Return: what the last callback returned.
 */
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long val, void *v)
{
	int ret;

	down_read(&nh->rwsem);
	ret = call_chain(&nh->head, val, v);
	up_read(&nh->rwsem);
	return ret;
}
EXPORT_SYMBOL_GPL(blocking_notifier_call_chain);

/**
 * raw_notifier_chain_register - have a callback called
 * @nh: the chain
 * @nb: callback and priority
 *
 * Context: whatever the owner's locking is. Return: 0; -EEXIST.
 */
int raw_notifier_chain_register(struct raw_notifier_head *nh, struct notifier_block *nb)
{
	return chain_add(&nh->head, nb);
}
EXPORT_SYMBOL_GPL(raw_notifier_chain_register);

/**
 * raw_notifier_chain_unregister - take a callback off
 * @nh: the chain
 * @nb: what was registered
 *
 * Context: whatever the owner's locking is. Return: 0; -ENOENT.
 */
int raw_notifier_chain_unregister(struct raw_notifier_head *nh, struct notifier_block *nb)
{
	return chain_del(&nh->head, nb);
}
EXPORT_SYMBOL_GPL(raw_notifier_chain_unregister);

/**
 * raw_notifier_call_chain - tell every callback, until one says to stop
 * @nh: the chain
 * @val: what happened
 * @v: handed to the callbacks
 *
 * Context: whatever the owner's locking is. Return: what the last callback returned.
 */
int raw_notifier_call_chain(struct raw_notifier_head *nh, unsigned long val, void *v)
{
	return call_chain(&nh->head, val, v);
}
EXPORT_SYMBOL_GPL(raw_notifier_call_chain);
