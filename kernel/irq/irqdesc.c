/* SPDX-License-Identifier: MIT */
/*
 * Which lines exist: numbers, descriptors, the table from one to the other.
 *
 * The table has two levels, so that a few lines cost little memory and irq_to_desc() is two
 * loads. Leaves are never freed; an entry is NULL when its line does not exist. Numbers are
 * given out and taken back under sparse_irq_lock; readers take no lock, as whoever uses a
 * line's number owns the line, or holds irq_lock_sparse() when it walks over all of them.
 */
#define pr_fmt(fmt) "genirq: " fmt

#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

#define LEAF_SHIFT	6
#define LEAF_SIZE	(1 << LEAF_SHIFT)

struct irq_leaf {
	struct irq_desc	*desc[LEAF_SIZE];
};

unsigned int nr_irqs = 256;
EXPORT_SYMBOL_GPL(nr_irqs);

static DEFINE_MUTEX(sparse_irq_lock);
static DECLARE_BITMAP(allocated_irqs, IRQ_BITMAP_BITS);		/* under sparse_irq_lock */
static struct irq_leaf *irq_leaves[IRQ_BITMAP_BITS / LEAF_SIZE]; /* written under it */

void irq_lock_sparse(void)
{
	mutex_lock(&sparse_irq_lock);
}

void irq_unlock_sparse(void)
{
	mutex_unlock(&sparse_irq_lock);
}

/**
 * irq_to_desc - the descriptor of a line
 * @irq: any number
 *
 * Context: any. The caller owns the line or holds irq_lock_sparse().
 * Return: NULL when there is no such line.
 */
struct irq_desc *irq_to_desc(unsigned int irq)
{
	struct irq_leaf *leaf;

	if (irq >= IRQ_BITMAP_BITS)
		return NULL;
	leaf = smp_load_acquire(&irq_leaves[irq >> LEAF_SHIFT]);
	return leaf ? smp_load_acquire(&leaf->desc[irq & (LEAF_SIZE - 1)]) : NULL;
}
EXPORT_SYMBOL_GPL(irq_to_desc);

/**
 * irq_get_next_irq - the first existing line from @offset on
 * Return: its number; nr_irqs or more when there is none.
 */
unsigned int irq_get_next_irq(unsigned int offset)
{
	return find_next_bit(allocated_irqs, nr_irqs, offset);
}
EXPORT_SYMBOL_GPL(irq_get_next_irq);

static int irq_insert_desc(unsigned int irq, struct irq_desc *desc)
{
	struct irq_leaf **slot = &irq_leaves[irq >> LEAF_SHIFT];

	lockdep_assert_held(&sparse_irq_lock);
	if (!*slot) {
		struct irq_leaf *leaf = kzalloc(sizeof(*leaf), GFP_KERNEL);

		if (!leaf)
			return -ENOMEM;
		smp_store_release(slot, leaf);
	}
	smp_store_release(&(*slot)->desc[irq & (LEAF_SIZE - 1)], desc);
	return 0;
}

static void desc_set_defaults(struct irq_desc *desc, unsigned int irq, int node,
			      const struct cpumask *affinity, struct module *owner)
{
	struct irq_common_data *common = &desc->irq_common_data;
	unsigned int __percpu *counts = desc->kstat_irqs;
	int cpu;

	for_each_possible_cpu(cpu)
		*per_cpu_ptr(counts, cpu) = 0;
	memset(desc, 0, sizeof(*desc));
	desc->kstat_irqs = counts;
	desc->owner = owner;
	desc->handle_irq = handle_bad_irq;
	desc->depth = 1;
	raw_spin_lock_init(&desc->lock);
	mutex_init(&desc->request_mutex);
	init_waitqueue_head(&desc->wait_for_threads);
	INIT_LIST_HEAD(&desc->resend_link);

	desc->irq_data.common = common;
	desc->irq_data.irq = irq;
	desc->irq_data.chip = &no_irq_chip;
	common->node = node;
	cpumask_copy(common->affinity, affinity ? affinity : irq_default_affinity);
	irqd_set(&desc->irq_data, IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED);
}

static struct irq_desc *alloc_desc(unsigned int irq, int node,
				   const struct irq_affinity_desc *affinity, struct module *owner)
{
	struct irq_desc *desc = kzalloc(sizeof(*desc), GFP_KERNEL);

	if (!desc)
		return NULL;
	desc->kstat_irqs = alloc_percpu(unsigned int);
	if (!desc->kstat_irqs) {
		kfree(desc);
		return NULL;
	}
	desc_set_defaults(desc, irq, node, affinity ? &affinity->mask : NULL, owner);
	if (affinity && affinity->is_managed)
		irqd_set(&desc->irq_data, IRQD_AFFINITY_MANAGED | IRQD_MANAGED_SHUTDOWN);
	return desc;
}

static void free_desc(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc)
		return;
	unregister_irq_proc(irq, desc);
	irq_insert_desc(irq, NULL);
	irq_poll_sync();
	forget_irq_resend(desc);
	kstat_retire(desc);
	free_percpu(desc->kstat_irqs);
	kfree(desc->percpu_enabled);
	kfree(desc);
}

static int alloc_descs(unsigned int start, unsigned int cnt, int node,
		       const struct irq_affinity_desc *affinity, struct module *owner)
{
	unsigned int i;

	for (i = 0; i < cnt; i++) {
		struct irq_desc *desc = alloc_desc(start + i, node,
						   affinity ? affinity + i : NULL, owner);

		if (!desc)
			goto undo;
		if (irq_insert_desc(start + i, desc)) {
			free_percpu(desc->kstat_irqs);
			kfree(desc);
			goto undo;
		}
	}
	bitmap_set(allocated_irqs, start, cnt);
	return start;

undo:
	while (i--)
		free_desc(start + i);
	return -ENOMEM;
}

/* Nowhere is reserved by default; a machine with fixed numbers at the bottom says so. */
unsigned int __weak arch_dynirq_lower_bound(unsigned int from)
{
	return from;
}

/**
 * __irq_alloc_descs - make lines
 * @irq: first number, or -1 for any
 * @from: with -1: not below this
 * @cnt: how many, consecutive
 * @node: memory node
 * @owner: module that must stay as long as a line is requested
 * @affinity: @cnt entries with the CPUs of each line, or NULL for the default
 *
 * A new line is disabled, has no chip and the flow handler handle_bad_irq().
 *
 * Context: process, may sleep.
 * Return: the first number; -EINVAL bad @cnt or @from, or managed line without a CPU;
 * -EEXIST @irq or one of the following is in use; -ENOSPC; -ENOMEM.
 */
int __irq_alloc_descs(int irq, unsigned int from, unsigned int cnt, int node,
		      struct module *owner, const struct irq_affinity_desc *affinity)
{
	unsigned int start, i;
	int ret;

	if (!cnt)
		return -EINVAL;
	for (i = 0; affinity && i < cnt; i++) {
		if (cpumask_empty(&affinity[i].mask))
			return -EINVAL;
	}
	if (irq >= 0) {
		if (from > (unsigned int)irq)
			return -EINVAL;
		from = irq;
	} else {
		from = arch_dynirq_lower_bound(from);
	}

	mutex_lock(&sparse_irq_lock);
	start = bitmap_find_next_zero_area(allocated_irqs, IRQ_BITMAP_BITS, from, cnt, 0);
	ret = -EEXIST;
	if (irq >= 0 && start != (unsigned int)irq)
		goto unlock;
	ret = -ENOSPC;
	if (start + cnt > IRQ_BITMAP_BITS)
		goto unlock;
	if (start + cnt > nr_irqs)
		WRITE_ONCE(nr_irqs, start + cnt);
	ret = alloc_descs(start, cnt, node, affinity, owner);
unlock:
	mutex_unlock(&sparse_irq_lock);
	return ret;
}
EXPORT_SYMBOL_GPL(__irq_alloc_descs);

/**
 * irq_free_descs - remove lines that nobody uses any more
 * @from: first number
 * @cnt: how many
 *
 * The controller must not raise them any more, and no action may be attached.
 *
 * Context: process, may sleep.
 */
void irq_free_descs(unsigned int from, unsigned int cnt)
{
	unsigned int i;

	if (from >= nr_irqs || cnt > nr_irqs - from)
		return;
	mutex_lock(&sparse_irq_lock);
	for (i = 0; i < cnt; i++)
		free_desc(from + i);
	bitmap_clear(allocated_irqs, from, cnt);
	mutex_unlock(&sparse_irq_lock);
}
EXPORT_SYMBOL_GPL(irq_free_descs);

/* How many lines, from 0 on, a machine wants to exist before its controllers are set up. */
int __init __weak arch_probe_nr_irqs(void)
{
	return 0;
}

/**
 * early_irq_init - lines for the machine's fixed numbers, the default affinity
 *
 * Context: boot, after memory and per-CPU areas.
 * Return: 0; -ENOMEM.
 */
int __init early_irq_init(void)
{
	int count = arch_probe_nr_irqs();
	int ret;

	if (cpumask_empty(irq_default_affinity))
		cpumask_setall(irq_default_affinity);
	if (!count)
		return 0;
	ret = irq_alloc_descs(0, 0, count, 0);
	return ret < 0 ? ret : 0;
}

/* -- Finding and locking ---------------------------------------------------------------------- */

struct irq_desc *irq_get_desc(unsigned int irq, enum irq_desc_kind kind)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (!desc || kind == IRQ_DESC_ANY)
		return desc;
	if (irq_settings_has(desc, IRQ_PER_CPU_DEVID) != (kind == IRQ_DESC_PERCPU_DEVID))
		return NULL;
	return desc;
}

struct irq_desc *irq_get_desc_lock(unsigned int irq, enum irq_desc_kind kind,
				   unsigned long *flags)
{
	struct irq_desc *desc = irq_get_desc(irq, kind);

	if (desc)
		raw_spin_lock_irqsave(&desc->lock, *flags);
	return desc;
}

void irq_put_desc_unlock(struct irq_desc *desc, unsigned long flags)
{
	raw_spin_unlock_irqrestore(&desc->lock, flags);
}

struct irq_desc *irq_get_desc_buslock(unsigned int irq, enum irq_desc_kind kind,
				      unsigned long *flags)
{
	struct irq_desc *desc = irq_get_desc(irq, kind);

	if (desc) {
		chip_bus_lock(desc);
		raw_spin_lock_irqsave(&desc->lock, *flags);
	}
	return desc;
}

void irq_put_desc_busunlock(struct irq_desc *desc, unsigned long flags)
{
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	chip_bus_sync_unlock(desc);
}
