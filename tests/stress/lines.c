/* SPDX-License-Identifier: MIT */
/*
 * Simulated lines of all flows, raised on any CPU, disabled, moved, freed and requested again.
 *
 * Behind each is a device that counts what it asks for; the handler takes all that it asks
 * for at that moment. One lost interrupt, and the count is never taken.
 */
#include <linux/cpu.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_sim.h>
#include <linux/irq_work.h>
#include "irq_fake.h"
#include "stress.h"

struct kind {
	irq_flow_handler_t flow;	/* NULL: a line of irq_sim */
	struct irq_chip *chip;
	bool threaded;
	unsigned long flags;
};

static const struct kind kinds[] = {
	{ handle_edge_irq,	&fake_chip,		false,	0 },
	{ handle_level_irq,	&fake_chip_full,	false,	0 },
	{ handle_fasteoi_irq,	&fake_chip,		false,	0 },
	{ handle_edge_irq,	&fake_chip_full,	true,	0 },
	{ handle_level_irq,	&fake_chip,		true,	IRQF_ONESHOT },
	{ handle_fasteoi_irq,	&fake_chip_full,	true,	IRQF_ONESHOT },
	{ NULL,			NULL,			false,	0 },
	{ NULL,			NULL,			true,	0 },
};

#define NR_LINES	ARRAY_SIZE(kinds)

static struct line {
	const struct kind *kind;
	unsigned int irq;
	struct fake_line *fake;		/* NULL: of irq_sim */
	struct irq_work wire;		/* brings an edge to another CPU */
	atomic_t asked;			/* by the device, not yet taken by the handler */
	atomic_t inside;		/* handlers, or their threads */
} lines[NR_LINES];

static struct irq_domain *sim;
static struct tally tally;
static atomic_t overlaps;

/* -- The device and its driver --------------------------------------------------------------------- */

static irqreturn_t take(struct line *line)
{
	int asked;

	if (atomic_inc_return(&line->inside) != 1)
		atomic_inc(&overlaps);
	/* In this order: what is asked after the line was quieted asserts it again. */
	if (line->fake)
		fake_quiet(line->fake);
	asked = atomic_xchg(&line->asked, 0);
	atomic_long_add(asked, &tally.done);
	atomic_dec(&line->inside);
	return IRQ_RETVAL(asked);
}

static irqreturn_t take_in_handler(int irq, void *dev)
{
	return take(dev);
}

static irqreturn_t take_in_thread(int irq, void *dev)
{
	take(dev);
	return IRQ_HANDLED;
}

static irqreturn_t wake_thread(int irq, void *dev)
{
	struct line *line = dev;

	if (!atomic_read(&line->asked) && line->fake)
		fake_quiet(line->fake);
	return atomic_read(&line->asked) ? IRQ_WAKE_THREAD : IRQ_NONE;
}

static void wire_arrives(struct irq_work *work)
{
	fake_arrive(container_of(work, struct line, wire)->fake, true);
}

static void raise(struct line *line, struct stress_task *t)
{
	atomic_long_inc(&tally.sent);
	atomic_inc(&line->asked);
	if (!line->fake) {
		irq_set_irqchip_state(line->irq, IRQCHIP_STATE_PENDING, true);
		return;
	}
	smp_store_mb(line->fake->asserted, true);
	cpus_read_lock();
	preempt_disable();
	irq_work_queue_on(&line->wire, (int)pick_cpu(t));
	preempt_enable();
	cpus_read_unlock();
}

static void settle(struct line *line)
{
	int spins;

	for (spins = 0; spins < 100 && atomic_read(&line->asked); spins++)
		cond_resched();
	wait_until(!atomic_read(&line->asked));
	/* A simple line forgets what comes while its handler runs. */
	if (!line->fake)
		synchronize_irq(line->irq);
}

static int request(struct line *line)
{
	if (line->kind->threaded)
		return request_threaded_irq(line->irq, wake_thread, take_in_thread, line->kind->flags, "stress", line);
	return request_irq(line->irq, take_in_handler, line->kind->flags, "stress", line);
}

/* -- The stressor ------------------------------------------------------------------------------------ */

static bool open_line(struct line *line)
{
	if (line->kind->flow) {
		line->fake = fake_line_new(line->kind->chip, line->kind->flow, "stress");
		if (!line->fake)
			return false;
		line->irq = line->fake->irq;
		init_irq_work(&line->wire, wire_arrives);
	} else {
		line->fake = NULL;
		line->irq = irq_create_mapping(sim, line - lines);
	}
	atomic_set(&line->asked, 0);
	atomic_set(&line->inside, 0);
	return expect(line->irq) && expect_eq(request(line), 0);
}

static bool begin(void)
{
	unsigned int i;

	tally_begin(&tally, "simulated interrupts");
	atomic_set(&overlaps, 0);
	sim = irq_domain_create_sim(NULL, NR_LINES);
	if (!expect(!IS_ERR(sim)))
		return false;
	for (i = 0; i < NR_LINES; i++) {
		lines[i].kind = &kinds[i];
		if (!open_line(&lines[i]))
			return false;
	}
	return true;
}

static void step(struct stress_task *t)
{
	struct line *line = &lines[t->number];
	struct cpumask mask;
	unsigned int n;

	switch (pick(t, 16)) {
	case 0:
		disable_irq(line->irq);
		raise(line, t);
		enable_irq(line->irq);
		break;
	case 1:
		disable_irq_nosync(line->irq);
		disable_irq_nosync(line->irq);
		raise(line, t);
		enable_irq(line->irq);
		enable_irq(line->irq);
		break;
	case 2:
		pick_cpus(t, &mask);
		irq_set_affinity(line->irq, &mask);
		raise(line, t);
		break;
	case 3:
		free_irq(line->irq, line);
		expect_eq(request(line), 0);
		raise(line, t);
		break;
	default:
		for (n = line->fake ? pick(t, 4) : 0; n; n--)
			raise(line, t);
		raise(line, t);
	}
	settle(line);
}

static void end(void)
{
	unsigned int i;

	for (i = 0; i < NR_LINES; i++) {
		free_irq(lines[i].irq, &lines[i]);
		if (lines[i].fake) {
			irq_work_sync(&lines[i].wire);
			fake_line_free(lines[i].fake);
		} else {
			irq_dispose_mapping(lines[i].irq);
		}
	}
	irq_domain_remove_sim(sim);
	tally_end(&tally);
	expect_eq(atomic_read(&overlaps), 0);
}

const struct stressor stress_lines = {
	.name = "lines", .tasks = NR_LINES, .begin = begin, .step = step, .end = end,
};
