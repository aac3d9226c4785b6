/* SPDX-License-Identifier: MIT */
/*
 * Managed affinity: the vectors of a device with several queues are spread over all CPUs that
 * may ever be there, so that each CPU has a queue of its own or shares it with neighbours.
 */
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include "internals.h"

/*
 * Deal the CPUs of @cpus out to @numvecs vectors, from @curvec on and round to @first again:
 * runs of neighbours, as equal as can be.
 */
static void spread_cpus(struct irq_affinity_desc *masks, unsigned int curvec, unsigned int first,
			unsigned int numvecs, const struct cpumask *cpus)
{
	unsigned int left = cpumask_weight(cpus);
	unsigned int vecs = min(numvecs, left);
	int cpu = -1;

	for (; vecs; vecs--, curvec++) {
		unsigned int share = DIV_ROUND_UP(left, vecs);

		if (curvec == first + numvecs)
			curvec = first;
		for (left -= share; share; share--) {
			cpu = cpumask_next(cpu, cpus);
			cpumask_set_cpu(cpu, &masks[curvec].mask);
		}
	}
}

/* Those that are there first, so that each of them has a vector; the rest go on behind. */
static void build_set(struct irq_affinity_desc *masks, unsigned int first, unsigned int numvecs)
{
	struct cpumask absent;
	unsigned int present = cpumask_weight(cpu_present_mask);
	unsigned int next = present < numvecs ? first + present : first;

	if (!numvecs)
		return;
	spread_cpus(masks, first, first, numvecs, cpu_present_mask);
	if (cpumask_andnot(&absent, cpu_possible_mask, cpu_present_mask))
		spread_cpus(masks, next, first, numvecs, &absent);
}

static void one_set(struct irq_affinity *affd, unsigned int affvecs)
{
	affd->nr_sets = 1;
	affd->set_size[0] = affvecs;
}

/**
 * irq_create_affinity_masks - where each of a device's vectors goes
 * @nvecs: how many it has
 * @affd: how they are to be divided; its calc_sets() is called
 *
 * Vectors before and after the spread ones get the default affinity and are not managed.
 *
 * Context: process, may sleep.
 * Return: @nvecs entries, to be freed by the caller; NULL when there is nothing to spread, the
 * sets are too many, or there is no memory.
 */
struct irq_affinity_desc *irq_create_affinity_masks(unsigned int nvecs, struct irq_affinity *affd)
{
	unsigned int fixed = affd->pre_vectors + affd->post_vectors;
	unsigned int affvecs = nvecs > fixed ? nvecs - fixed : 0;
	struct irq_affinity_desc *masks;
	unsigned int i, curvec;

	if (!affd->calc_sets)
		affd->calc_sets = one_set;
	affd->calc_sets(affd, affvecs);
	if (WARN_ON_ONCE(affd->nr_sets > IRQ_AFFINITY_MAX_SETS) || !affvecs)
		return NULL;
	masks = kcalloc(nvecs, sizeof(*masks), GFP_KERNEL);
	if (!masks)
		return NULL;

	curvec = affd->pre_vectors;
	for (i = 0; i < affd->nr_sets; i++) {
		unsigned int size = min(affd->set_size[i], affd->pre_vectors + affvecs - curvec);

		build_set(masks, curvec, size);
		curvec += size;
	}
	for (i = 0; i < nvecs; i++) {
		if (i >= affd->pre_vectors && i < curvec)
			masks[i].is_managed = 1;
		else
			cpumask_copy(&masks[i].mask, irq_default_affinity);
	}
	return masks;
}
EXPORT_SYMBOL_GPL(irq_create_affinity_masks);

/**
 * irq_calc_affinity_vectors - how many vectors are worth having
 * @minvec: the device needs so many
 * @maxvec: and can use so many
 * @affd: how they are to be divided
 *
 * Return: the number; 0 when the fixed ones alone are more than @minvec.
 */
unsigned int irq_calc_affinity_vectors(unsigned int minvec, unsigned int maxvec,
				       const struct irq_affinity *affd)
{
	unsigned int fixed = affd->pre_vectors + affd->post_vectors;

	if (fixed > minvec)
		return 0;
	if (affd->calc_sets)
		return maxvec;
	return fixed + min(num_possible_cpus(), maxvec - fixed);
}
EXPORT_SYMBOL_GPL(irq_calc_affinity_vectors);
