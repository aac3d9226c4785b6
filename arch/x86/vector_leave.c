/* SPDX-License-Identifier: MIT */
/*
 * Vectors: how the places that lines have left are given back, which is step 3 of what vector.c
 * opens with, and what becomes of those on a CPU that goes.
 */
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/smp.h>
#include <asm/apic.h>

#include "vector_place.h"

/* Without the lock it may have changed since: the line moved on, or was closed. */
static bool slot_is_special(unsigned int cpu, u8 vector)
{
	return (unsigned long)READ_ONCE(per_cpu(vector_irq, cpu)[vector]) & VECTOR_SPECIAL;
}

/* Step 3: places that the line has left go to their CPUs, if there is anything left to look at. */
void vector_retire_place(struct vector_place *place)
{
	struct vector_cpu *vc = &per_cpu(vector_cpus, place->cpu);

	if (place->cpu == (unsigned int)smp_processor_id() && !apic_bit(APIC_IRR, place->vector)) {
		vector_free_place(place);
		return;
	}
	list_move_tail(&place->node, &vc->leaving);
	irq_work_queue_on(&vc->work, place->cpu);
}

/*
 * An interrupt that waits in the IRR of this CPU can't be seen by the irq_work before it is
 * handled, as device vectors have lower priority: it frees the place on arrival then.
 */
void vector_leave_work(struct irq_work *work)
{
	struct vector_cpu *vc = container_of(work, struct vector_cpu, work);
	struct vector_place *place, *tmp;

	raw_spin_lock(&vector_lock);
	list_for_each_entry_safe(place, tmp, &vc->leaving, node) {
		if (apic_bit(APIC_IRR, place->vector))
			set_slot(place, slot_desc(place->cpu, place->vector), VECTOR_SPECIAL);
		else
			vector_free_place(place);
	}
	raw_spin_unlock(&vector_lock);
}

/* Free the places of @cpu on @list, whoever's they are. */
static void free_places_of(struct list_head *list, unsigned int cpu)
{
	struct vector_place *place, *tmp;

	list_for_each_entry_safe(place, tmp, list, node)
		if (place->cpu == cpu)
			vector_free_place(place);
}

/* Raise again what waits here for a line that has moved. Interrupts off, the others stopped. */
static void raise_elsewhere(unsigned int cpu)
{
	unsigned int vector;

	for (vector = FIRST_EXTERNAL_VECTOR; vector < FIRST_SYSTEM_VECTOR; vector++) {
		struct irq_desc *desc = slot_desc(cpu, vector);
		struct irq_data *irqd = desc ? irq_desc_get_irq_data(desc) : NULL;

		/* Of a line that goes to each CPU, this is only one copy. */
		if (irqd && !irqd_is_per_cpu(irqd) && irqd->chip->irq_retrigger &&
		    apic_bit(APIC_IRR, vector))
			irqd->chip->irq_retrigger(irqd);
	}
}

/**
 * vector_cpu_offline - this CPU goes, and its lines have moved: leave the places they had here
 *
 * Nothing comes to them any more: what is on its way had time to arrive. What waits in the IRR
 * is raised at the lines' new places.
 *
 * Context: interrupts off, all other CPUs stopped.
 */
void vector_cpu_offline(void)
{
	unsigned int cpu = smp_processor_id(), irq;

	raise_elsewhere(cpu);
	raw_spin_lock(&vector_lock);
	for_each_active_irq(irq) {
		struct irq_data *irqd = irq_domain_get_irq_data(x86_vector_domain, irq);

		if (irqd && irqd->chip_data)
			free_places_of(&irqd_line(irqd)->old, cpu);
	}
	free_places_of(&per_cpu(vector_cpus, cpu).leaving, cpu);
	raw_spin_unlock(&vector_lock);
}

/**
 * vector_resolve - whose interrupt is it, at a vector with VECTOR_SPECIAL set
 * @vector: that came in on this CPU
 *
 * Finishes a move or frees a place, as the opening comment says.
 *
 * Context: hard interrupt, interrupts off. Return: the line; NULL when it is nobody's.
 */
struct irq_desc *vector_resolve(u32 vector)
{
	struct vector_place *place, *tmp;
	unsigned int cpu = smp_processor_id();
	struct vector_line *line;
	struct irq_desc *desc;

	raw_spin_lock(&vector_lock);
	desc = slot_desc(cpu, vector);
	place = find_place(&this_cpu_ptr(&vector_cpus)->leaving, cpu, vector);
	if (place) {
		vector_free_place(place);
	} else if (desc && slot_is_special(cpu, vector)) {
		line = irqd_line(irq_desc_get_irq_data(desc));
		vector_mark_now(line, 0);
		list_for_each_entry_safe(place, tmp, &line->old, node)
			vector_retire_place(place);
	}
	raw_spin_unlock(&vector_lock);
	return desc;
}

/* Places that @line left some time ago must not lead to it any more. */
void vector_forget_leaving(struct vector_line *line)
{
	struct vector_place *place;
	unsigned int cpu;

	for_each_online_cpu(cpu)
		list_for_each_entry(place, &per_cpu(vector_cpus, cpu).leaving, node)
			if (slot_desc(cpu, place->vector) == line->desc)
				set_slot(place, NULL, VECTOR_SPECIAL);
}
