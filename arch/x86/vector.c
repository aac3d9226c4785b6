/* SPDX-License-Identifier: MIT */
/*
 * Vectors: which CPU's interrupt number each line comes in on.
 *
 * Every CPU has its own table of 256 vectors, so that a line has a place (CPU, vector), given
 * to it when it is opened and taken back when it is closed. A line that goes to a set of CPUs
 * has a place on each, all with the same vector, as the controller knows only one:
 *
 *	one CPU		by its APIC id; the usual way
 *	each of a set	lines marked IRQ_PER_CPU: logical destination, fixed delivery
 *	one of a set	with apic=lowest: logical destination, lowest priority (apic/priority.c)
 *
 * Moving a line must not lose an edge, and controllers can't be masked meanwhile (the I/O
 * APIC forgets edges while masked, plain MSI can't be masked). So a line that moves keeps
 * its old places:
 *
 *   1. vector_assign() takes the new places. If possible they have the number of the old ones,
 *      and then a single word of the controller changes. If not, (old CPU, new vector) is taken
 *      too: that is where an interrupt goes that falls between the controller's two words,
 *      the one with the vector first. A CPU in the old and the new set keeps its place.
 *   2. The child writes the controller, reads back, and calls vector_move_done(), which marks
 *      the new places VECTOR_SPECIAL. From now on nothing is sent to the old places; what was
 *      sent before is still handled there.
 *   3. The first interrupt at a new place finds the mark. Each old place is handed to its
 *      CPU by irq_work, which looks whether an interrupt is still waiting there in the IRR.
 *      If so the place goes after that one was handled.
 *
 * A line that moves again before step 3 has several old places; it may return to one. An
 * interrupt sent there long ago is then taken for the first new one, which is no harm after
 * step 2: whatever else is on its way shows in some IRR. Before, it would be.
 * Closed lines' places go through step 3 as well, without a descriptor. Step 3: vector_leave.c.
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/lockdep.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/smp.h>

#include "vector_place.h"

/* An interrupt message has eight bits for the destination, and 0xff is everybody. */
#define MAX_DEST_APICID		0xfe

DEFINE_RAW_SPINLOCK(vector_lock);
DEFINE_PER_CPU(struct vector_cpu, vector_cpus);
static DECLARE_BITMAP(used_anywhere, NR_VECTORS);	/* vector_lock */
static u16 nr_users[NR_VECTORS];	/* CPUs on which a line has it; vector_lock */
DEFINE_PER_CPU(vector_irq_t, vector_irq) = { [0 ... NR_VECTORS - 1] = VECTOR_UNUSED };

/* -- Finding and taking a place ------------------------------------------------------------ */

static bool has_place(struct vector_line *line, unsigned int cpu, u8 vector)
{
	return find_place(&line->now, cpu, vector) || find_place(&line->old, cpu, vector);
}

/* Free on @cpus, or a place of this very line, where it may stay or return. */
static bool vector_usable(struct vector_line *line, const struct cpumask *cpus, u8 vector)
{
	unsigned int cpu;

	for_each_cpu(cpu, cpus)
		if (test_bit(vector, per_cpu(vector_cpus, cpu).used) &&
		    !has_place(line, cpu, vector))
			return false;
	return true;
}

/*
 * The vector for @line on all of @cpus, best first: the number it has, one that no CPU uses (so
 * that later moves can keep it), any. Zero when the CPUs have none in common.
 */
static u8 pick_vector(struct vector_line *line, const struct cpumask *cpus)
{
	unsigned int vector;

	if (vector_line_is_open(line) && vector_usable(line, cpus, line->cfg.vector))
		return line->cfg.vector;

	vector = find_next_zero_bit(used_anywhere, FIRST_SYSTEM_VECTOR, FIRST_DEVICE_VECTOR);
	if (vector < FIRST_SYSTEM_VECTOR)
		return vector;

	for (vector = FIRST_DEVICE_VECTOR; vector < FIRST_SYSTEM_VECTOR; vector++)
		if (vector_usable(line, cpus, vector) &&
		    (!vector_line_is_open(line) || vector_usable(line, &line->cpus, vector)))
			return vector;
	return 0;
}

/* Whether a message can name @cpu: alone by its APIC id, in a set by its logical id. */
static bool cpu_is_target(const struct vector_line *line, unsigned int cpu,
			  const struct cpumask *mask)
{
	if (!cpumask_test_cpu(cpu, mask))
		return false;
	return line->cfg.logical ? apic->logical_id(cpu) : cpu_physical_id(cpu) <= MAX_DEST_APICID;
}

/* The CPU of @mask with the fewest lines. Returns nr_cpu_ids when none can be a target. */
static unsigned int pick_cpu(const struct vector_line *line, const struct cpumask *mask)
{
	unsigned int cpu, best = nr_cpu_ids;

	for_each_online_cpu(cpu) {
		if (!cpu_is_target(line, cpu, mask))
			continue;
		if (best == nr_cpu_ids ||
		    per_cpu(vector_cpus, cpu).nr_used < per_cpu(vector_cpus, best).nr_used)
			best = cpu;
	}
	return best;
}

/* The CPUs for @line: the best of @mask or, by logical ids, all of it. Empty: none is a target. */
static void pick_cpus(const struct vector_line *line, const struct cpumask *mask,
		      struct cpumask *cpus)
{
	unsigned int cpu;

	cpumask_clear(cpus);
	if (!line->cfg.logical) {
		cpu = pick_cpu(line, mask);
		if (cpu < nr_cpu_ids)
			cpumask_set_cpu(cpu, cpus);
		return;
	}
	for_each_online_cpu(cpu)
		if (cpu_is_target(line, cpu, mask))
			cpumask_set_cpu(cpu, cpus);
}

/*
 * Make sure that @line has (cpu, @vector), which is usable, for all of @cpus. New ones begin as
 * old places: interrupts are taken there. Return: 0; -ENOMEM, what was taken goes with the next
 * move.
 */
static int take_places(struct vector_line *line, const struct cpumask *cpus, u8 vector)
{
	struct vector_place *place;
	struct vector_cpu *vc;
	unsigned int cpu;

	for_each_cpu(cpu, cpus) {
		if (has_place(line, cpu, vector))
			continue;
		place = kmalloc(sizeof(*place), GFP_ATOMIC);
		if (!place)
			return -ENOMEM;
		place->cpu = cpu;
		place->vector = vector;
		vc = &per_cpu(vector_cpus, cpu);
		vc->nr_used++;
		__set_bit(vector, vc->used);
		if (!nr_users[vector]++)
			__set_bit(vector, used_anywhere);
		set_slot(place, line->desc, 0);
		list_add(&place->node, &line->old);
	}
	return 0;
}

void vector_free_place(struct vector_place *place)
{
	struct vector_cpu *vc = &per_cpu(vector_cpus, place->cpu);

	set_slot(place, NULL, VECTOR_SPECIAL);
	vc->nr_used--;
	__clear_bit(place->vector, vc->used);
	if (!--nr_users[place->vector])
		__clear_bit(place->vector, used_anywhere);
	list_del(&place->node);
	kfree(place);
}

/*
 * How the controller names the line's CPUs, decided while it is closed: a move between the ways
 * would have to change two words of the controller at once.
 */
static void choose_delivery(struct vector_line *line)
{
	bool to_each = irqd_is_per_cpu(irq_desc_get_irq_data(line->desc));

	line->cfg.lowest = apic_lowest && !to_each;
	line->cfg.logical = apic_lowest || to_each;
}

/* @line, which has places for them, goes to @vector of @cpus from now on. */
static void switch_places(struct vector_line *line, const struct cpumask *cpus, u8 vector)
{
	struct vector_place *place, *tmp;
	unsigned int cpu;
	u32 dest = 0;

	list_splice_init(&line->now, &line->old);
	list_for_each_entry_safe(place, tmp, &line->old, node) {
		set_slot(place, line->desc, 0);
		if (place->vector == vector && cpumask_test_cpu(place->cpu, cpus))
			list_move(&place->node, &line->now);
	}
	for_each_cpu(cpu, cpus)
		dest |= line->cfg.logical ? apic->logical_id(cpu) : cpu_physical_id(cpu);
	cpumask_copy(&line->cpus, cpus);
	line->cfg.vector = vector;
	line->cfg.dest_apicid = dest;
}

/* A line's first places, or step 1 of a move. Return: 0; -ENOSPC no vector; -ENOMEM. */
static int vector_assign(struct vector_line *line, const struct cpumask *mask)
{
	bool open = vector_line_is_open(line);
	struct cpumask cpus;
	u8 vector;
	int err;

	lockdep_assert_held(&vector_lock);
	if (!open)
		choose_delivery(line);
	else if (!line->cfg.logical && cpu_is_target(line, cpumask_first(&line->cpus), mask))
		return 0;
	pick_cpus(line, mask, &cpus);
	if (cpumask_empty(&cpus))
		return -ENOSPC;
	if (open && cpumask_equal(&cpus, &line->cpus))
		return 0;
	vector = pick_vector(line, &cpus);
	if (!vector)
		return -ENOSPC;

	err = take_places(line, &cpus, vector);
	if (!err && open)
		err = take_places(line, &line->cpus, vector);
	if (!err)
		switch_places(line, &cpus, vector);
	return err;
}

void vector_mark_now(struct vector_line *line, unsigned long special)
{
	struct vector_place *place;

	list_for_each_entry(place, &line->now, node)
		set_slot(place, line->desc, special);
}

/* -- What the domain asks for ---------------------------------------------------------------- */

/**
 * vector_line_open - give a line its places on CPUs of @mask, unless it has them
 *
 * For an open line this is step 1 of a move, as the opening comment says.
 *
 * Context: any. Return: 0; -ENOSPC no vector, or no CPU that a message can reach; -ENOMEM.
 */
int vector_line_open(struct vector_line *line, const struct cpumask *mask)
{
	unsigned long flags;
	int err;

	raw_spin_lock_irqsave(&vector_lock, flags);
	err = vector_assign(line, mask);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
	return err;
}

/** vector_line_settle - the controller knows the line's place: step 2 of a move. Context: any. */
void vector_line_settle(struct vector_line *line)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&vector_lock, flags);
	if (!list_empty(&line->old))
		vector_mark_now(line, VECTOR_SPECIAL);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
}

/** vector_line_close - the controller is closed: take the line's places back. Context: any. */
void vector_line_close(struct vector_line *line)
{
	struct vector_place *place, *tmp;
	unsigned long flags;

	raw_spin_lock_irqsave(&vector_lock, flags);
	list_splice_init(&line->now, &line->old);
	cpumask_clear(&line->cpus);
	line->cfg.vector = 0;
	vector_forget_leaving(line);
	list_for_each_entry_safe(place, tmp, &line->old, node) {
		set_slot(place, NULL, VECTOR_SPECIAL);
		vector_retire_place(place);
	}
	raw_spin_unlock_irqrestore(&vector_lock, flags);
}

/** vector_line_raise - interrupt once more, on one CPU that the line goes to. Context: any. */
void vector_line_raise(struct vector_line *line)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&vector_lock, flags);
	if (vector_line_is_open(line))
		apic_send_ipi(cpumask_first(&line->cpus), line->cfg.vector);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
}

/** vector_places_init - all vectors for devices are free. Context: boot, once. */
void __init vector_places_init(void)
{
	unsigned int cpu;

	/* Device vectors are what pick_vector() tries; of those, only this one is taken. */
	__set_bit(IA32_SYSCALL_VECTOR, used_anywhere);
	for_each_possible_cpu(cpu) {
		struct vector_cpu *vc = &per_cpu(vector_cpus, cpu);

		__set_bit(IA32_SYSCALL_VECTOR, vc->used);
		INIT_LIST_HEAD(&vc->leaving);
		init_irq_work(&vc->work, vector_leave_work);
	}
}
