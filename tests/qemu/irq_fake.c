/* SPDX-License-Identifier: MIT */
/* The simulated controller of irq_fake.h, and a place in the log. */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kmsg_dump.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "irq_fake.h"
#include "test.h"

void fake_note(struct fake_line *line, char c)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&line->lock, flags);
	if (line->len < sizeof(line->log) - 1)
		line->log[line->len++] = c;
	raw_spin_unlock_irqrestore(&line->lock, flags);
}

const char *fake_log(struct fake_line *line)
{
	static char copy[sizeof(line->log)];	/* tests run one at a time */
	unsigned long flags;

	raw_spin_lock_irqsave(&line->lock, flags);
	memcpy(copy, line->log, sizeof(copy));
	memset(line->log, 0, sizeof(line->log));
	line->len = 0;
	raw_spin_unlock_irqrestore(&line->lock, flags);
	return copy;
}

/* -- The wire ------------------------------------------------------------------------------------ */

/* Does the controller pass an interrupt on now? */
static bool fake_take(struct fake_line *line, bool edge)
{
	unsigned long flags;
	bool pass;

	raw_spin_lock_irqsave(&line->lock, flags);
	if (line->level) {
		pass = line->asserted && !line->masked;
	} else if (line->masked) {
		line->lost += edge && line->latched;
		line->latched |= edge;
		pass = false;
	} else {
		pass = edge || line->latched;
		line->latched = false;
	}
	raw_spin_unlock_irqrestore(&line->lock, flags);
	return pass;
}

/* A level line that nobody quiets would be taken for ever, with interrupts off. */
#define STORM	1000

void fake_arrive(struct fake_line *line, bool edge)
{
	unsigned int n;

	for (n = 0; n < STORM && fake_take(line, edge); n++) {
		generic_handle_irq(line->irq);
		edge = false;
	}
}

static void fake_deliver(struct irq_work *work)
{
	fake_arrive(container_of(work, struct fake_line, deliver), false);
}

struct fake_edge {
	struct irq_work		work;
	struct fake_line	*line;
};
static DEFINE_PER_CPU(struct fake_edge, fake_edges);

static void fake_edge_arrives(struct irq_work *work)
{
	fake_arrive(container_of(work, struct fake_edge, work)->line, true);
}

void fake_raise_nowait(struct fake_line *line, unsigned int cpu)
{
	struct fake_edge *edge = per_cpu_ptr(&fake_edges, cpu);

	irq_work_sync(&edge->work);
	WRITE_ONCE(line->asserted, true);
	init_irq_work(&edge->work, fake_edge_arrives);
	edge->line = line;
	preempt_disable();
	irq_work_queue_on(&edge->work, cpu);
	preempt_enable();
}

void fake_raise(struct fake_line *line, unsigned int cpu)
{
	fake_raise_nowait(line, cpu);
	irq_work_sync(&per_cpu_ptr(&fake_edges, cpu)->work);
}

void fake_quiet(struct fake_line *line)
{
	WRITE_ONCE(line->asserted, false);
}

/* -- The controller ------------------------------------------------------------------------------- */

static struct fake_line *fake(struct irq_data *d)
{
	return irq_data_get_irq_chip_data(d);
}

static void fake_set_mask(struct irq_data *d, bool masked, char letter)
{
	struct fake_line *line = fake(d);
	unsigned long flags;
	bool owed;

	fake_note(line, letter);
	raw_spin_lock_irqsave(&line->lock, flags);
	line->masked = masked;
	owed = !masked && (line->level ? line->asserted : line->latched);
	raw_spin_unlock_irqrestore(&line->lock, flags);
	if (owed)
		irq_work_queue(&line->deliver);
}

static void fake_mask(struct irq_data *d)
{
	fake_set_mask(d, true, 'm');
}

static void fake_unmask(struct irq_data *d)
{
	fake_set_mask(d, false, 'u');
}

static void fake_ack(struct irq_data *d)
{
	fake_note(fake(d), 'a');
}

static void fake_mask_ack(struct irq_data *d)
{
	fake_set_mask(d, true, 'M');
}

/* A controller that can be steered only while it interrupts. */
static void fake_move_ack(struct irq_data *d)
{
	irq_move_irq(d);
	fake_note(fake(d), 'a');
}

static void fake_eoi(struct irq_data *d)
{
	fake_note(fake(d), 'e');
}

static unsigned int fake_startup(struct irq_data *d)
{
	fake_set_mask(d, false, 'S');
	return 0;
}

static void fake_shutdown(struct irq_data *d)
{
	fake_set_mask(d, true, 'D');
}

static int fake_set_affinity(struct irq_data *d, const struct cpumask *dest, bool force)
{
	unsigned int cpu = cpumask_first_and(dest, cpu_online_mask);

	fake_note(fake(d), 'A');
	irq_data_update_effective_affinity(d, cpumask_of(cpu));
	return IRQ_SET_MASK_OK;
}

/* No falling edges: something for the errors of irq_set_type(). */
static int fake_set_type(struct irq_data *d, unsigned int type)
{
	return type == IRQ_TYPE_EDGE_FALLING ? -EINVAL : IRQ_SET_MASK_OK;
}

struct irq_chip fake_chip = {
	.name			= "fake",
	.irq_mask		= fake_mask,
	.irq_unmask		= fake_unmask,
	.irq_ack		= fake_ack,
	.irq_eoi		= fake_eoi,
	.irq_set_affinity	= fake_set_affinity,
	.irq_set_type		= fake_set_type,
};

struct irq_chip fake_chip_full = {
	.name			= "fakefull",
	.irq_startup		= fake_startup,
	.irq_shutdown		= fake_shutdown,
	.irq_mask		= fake_mask,
	.irq_unmask		= fake_unmask,
	.irq_ack		= fake_ack,
	.irq_mask_ack		= fake_mask_ack,
	.irq_eoi		= fake_eoi,
};

struct irq_chip fake_chip_moves = {
	.name			= "fakemoves",
	.irq_mask		= fake_mask,
	.irq_unmask		= fake_unmask,
	.irq_ack		= fake_move_ack,
	.irq_set_affinity	= fake_set_affinity,
};

struct irq_chip fake_chip_msi = {
	.name			= "fakemsi",
	.irq_mask		= fake_mask,
	.irq_unmask		= fake_unmask,
	.irq_ack		= fake_ack,
	.flags			= IRQCHIP_ONESHOT_SAFE,
};

struct fake_line *fake_line_new(struct irq_chip *chip, irq_flow_handler_t flow, const char *name)
{
	struct fake_line *line = kzalloc(sizeof(*line), GFP_KERNEL);
	int irq = irq_alloc_desc(NUMA_NO_NODE);

	if (!expect(line && irq > 0)) {
		kfree(line);
		return NULL;
	}
	line->irq = irq;
	line->level = flow == handle_level_irq || flow == handle_fasteoi_irq;
	line->masked = true;
	raw_spin_lock_init(&line->lock);
	init_irq_work(&line->deliver, fake_deliver);
	irq_set_chip_and_handler_name(irq, chip, flow, name);
	irq_set_chip_data(irq, line);
	irq_modify_status(irq, IRQ_NOREQUEST, IRQ_MOVE_PCNTXT | (line->level ? IRQ_LEVEL : 0));
	fake_log(line);
	return line;
}

void fake_line_free(struct fake_line *line)
{
	expect(!irq_has_action(line->irq));
	irq_work_sync(&line->deliver);
	irq_set_chip_and_handler(line->irq, NULL, NULL);
	irq_free_desc(line->irq);
	kfree(line);
}

/* -- Where the test runs ---------------------------------------------------------------------------- */

void stay_on_cpu(unsigned int cpu)
{
	expect_eq(set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
}

void stay_nowhere(void)
{
	expect_eq(set_cpus_allowed_ptr(current, cpu_possible_mask), 0);
}

/* -- What the kernel says -------------------------------------------------------------------------- */

static struct kmsg_dump_iter log_place;
static char captured[8192];

void log_capture_start(void)
{
	size_t len;

	kmsg_dump_rewind(&log_place);
	while (kmsg_dump_get_line(&log_place, false, captured, sizeof(captured), &len))
		;
}

const char *log_capture_stop(void)
{
	u64 from = log_place.cur_seq;
	size_t used = 0, len;

	kmsg_dump_rewind(&log_place);	/* its end is now */
	log_place.cur_seq = from;
	while (used < sizeof(captured) - 1 &&
	       kmsg_dump_get_line(&log_place, false, captured + used, sizeof(captured) - 1 - used, &len))
		used += len;
	captured[used] = '\0';
	return captured;
}
