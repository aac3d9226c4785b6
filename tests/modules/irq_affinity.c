/* SPDX-License-Identifier: MIT */
/* Affinity as a module sets and reads it. rows C6 */
#include "line.h"

static int answer;

static int set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	note("set(%*pbl%s)", cpumask_pr_args(mask), force ? " force" : "");
	irq_data_update_effective_affinity(d, mask);
	return answer;
}

static void told(struct irq_affinity_notify *n, const cpumask_t *mask)
{
	note("told(%*pbl)", cpumask_pr_args(mask));
}

static void released(struct kref *ref)
{
	note("released");
}

static struct irq_affinity_notify notify = { .notify = told, .release = released };

static void is(int irq)
{
	struct irq_data *d = irq_get_irq_data(irq);

	note("now %*pbl eff %*pbl", cpumask_pr_args(irq_data_get_affinity_mask(d)),
	     cpumask_pr_args(irq_data_get_effective_affinity_mask(d)));
}

static void test(void)
{
	int irq = line_new(&line_chip, handle_level_irq);
	static struct cpumask none;

	note("%d", irq_set_affinity(irq, cpumask_of(0)));
	show("a chip that can't");
	line_chip.irq_set_affinity = set_affinity;
	note("%d", irq_set_affinity(irq, cpumask_of(0)));
	is(irq);
	show("before a request");
	note("%d", request_irq(irq, line_handler, 0, "line", NULL));
	show("request");
	note("%d", irq_set_affinity(irq, cpumask_of(1)));
	is(irq);
	note("%d", irq_force_affinity(irq, cpumask_of(0)));
	is(irq);
	show("set and forced");
	note("%d", irq_set_affinity_hint(irq, cpumask_of(1)));
	is(irq);
	note("%d", irq_set_affinity_and_hint(irq, cpumask_of(1)));
	is(irq);
	note("%d", irq_update_affinity_hint(irq, NULL));
	is(irq);
	note("%d", irq_set_affinity_and_hint(irq, NULL));
	show("hints");
	note("%d", irq_set_affinity_notifier(irq, &notify));
	irq_set_affinity(irq, cpumask_of(0));
	eventually(strstr(notes, "told"));
	note("%d", irq_set_affinity_notifier(irq, NULL));
	show("notifier");
	answer = IRQ_SET_MASK_OK_NOCOPY;
	note("%d", irq_set_affinity(irq, cpumask_of(1)));
	is(irq);
	answer = -EBUSY;
	note("%d", irq_set_affinity(irq, cpumask_of(1)));
	is(irq);
	answer = 0;
	show("answers");
	note("%d", irq_set_affinity(irq, &none));
	note("%d", irq_set_affinity(1000000, cpumask_of(0)));
	show("no CPU, no line");
	free_irq(irq, NULL);
	show("freed");
	irq_set_status_flags(irq, IRQ_NO_BALANCING);
	note("%d", irq_set_affinity(irq, cpumask_of(0)));
	show("not to be balanced");
	line_free(irq);
}
MODULE_TEST(test);
