/* SPDX-License-Identifier: MIT */
/*
 * A simulated interrupt controller, to see what the generic layer asks of a real one and when.
 *
 * It keeps what a controller keeps and loses what a controller loses: a masked edge line latches
 * one edge, not two; a level line asks for as long as its wire is asserted. Every callback adds
 * a letter to the line's log, as handlers of tests do:
 *
 *	m mask   u unmask   a ack   M mask and ack in one   e eoi   S startup   D shutdown
 *	A set affinity
 */
#ifndef _TESTS_IRQ_FAKE_H
#define _TESTS_IRQ_FAKE_H

#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/spinlock.h>

struct fake_line {
	unsigned int	irq;
	bool		level;		/* fixed */

	bool		asserted;	/* the wire of a level line; the device's */

	raw_spinlock_t	lock;		/* inside the line's own; irqs off; guards to the blank line */
	bool		masked;
	bool		latched;	/* an edge that came while masked */
	unsigned int	lost;		/* edges that came while one was latched */
	unsigned int	len;
	char		log[128];

	struct irq_work	deliver;	/* what was latched or asserted, on the CPU that unmasked */
};

extern struct irq_chip fake_chip;	/* plain: mask, unmask, ack, eoi, set_affinity, set_type */
extern struct irq_chip fake_chip_full;	/* with mask_ack, startup and shutdown as well */
extern struct irq_chip fake_chip_moves;	/* edge only; irq_ack carries out pending moves */
extern struct irq_chip fake_chip_msi;	/* IRQCHIP_ONESHOT_SAFE: one interrupt, one message */

/* A new line, masked; NULL (and a failed test) when there is none. */
struct fake_line *fake_line_new(struct irq_chip *chip, irq_flow_handler_t flow, const char *name);
void fake_line_free(struct fake_line *line);	/* nobody has it requested */

/* An edge, or the level wire asserted; arrives on @cpu. The first returns when the flow handler has. */
void fake_raise(struct fake_line *line, unsigned int cpu);
void fake_raise_nowait(struct fake_line *line, unsigned int cpu);
/*
 * In hard-interrupt context: what the line asks for now comes here, and an edge when @edge. A line
 * that goes on asking does so a thousand times.
 */
void fake_arrive(struct fake_line *line, bool edge);
/* From a handler of the test: the device stops asking. */
void fake_quiet(struct fake_line *line);

void fake_note(struct fake_line *line, char c);
const char *fake_log(struct fake_line *line);	/* what was noted since the last call */

/* Keep the test's task off a CPU that it is going to hold in a handler. */
void stay_on_cpu(unsigned int cpu);
void stay_nowhere(void);

/* What the kernel prints, for tests about messages: between the two calls, at most so many bytes. */
void log_capture_start(void);
const char *log_capture_stop(void);

#endif
