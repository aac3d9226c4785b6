/* SPDX-License-Identifier: MIT */
/*
 * A real device: QEMU's edu interrupts by message and by pin in turn, while another task moves its
 * line from CPU to CPU.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include "edu.h"
#include "stress.h"

enum { RAISER, MOVER, NR_TASKS };

static struct edu edu;
static DEFINE_MUTEX(lock);	/* edu.irq stays what it is */
static unsigned int kind;	/* PCI_IRQ_*; the raiser's */
static atomic_t asked;		/* as in lines.c */
static struct tally tally;
static atomic_t moves;

static irqreturn_t handler(int irq, void *data)
{
	u32 status = readl(edu.regs + EDU_IRQ_STATUS);

	if (!status)
		return IRQ_NONE;
	writel(status, edu.regs + EDU_IRQ_ACK);
	atomic_long_add(atomic_xchg(&asked, 0), &tally.done);
	return IRQ_HANDLED;
}

/* By message or by pin, or the other when the machine has only that. */
static bool open_edu(void)
{
	kind = kind == PCI_IRQ_MSI ? PCI_IRQ_LEGACY : PCI_IRQ_MSI;
	if (!edu_open(&edu, kind) && !edu_open(&edu, PCI_IRQ_ALL_TYPES))
		return false;
	return expect_eq(request_irq(edu.irq, handler, IRQF_SHARED, "stress", &edu), 0);
}

static void close_edu(void)
{
	free_irq(edu.irq, &edu);
	edu_close(&edu);
}

static bool begin(void)
{
	tally_begin(&tally, "edu's interrupts");
	atomic_set(&asked, 0);
	atomic_set(&moves, 0);
	return open_edu();
}

static void raise(struct stress_task *t)
{
	atomic_long_inc(&tally.sent);
	atomic_inc(&asked);
	writel(1u << pick(t, 8), edu.regs + EDU_IRQ_RAISE);
}

static void move(struct stress_task *t)
{
	struct cpumask mask;

	pick_cpus(t, &mask);
	mutex_lock(&lock);
	if (!irq_set_affinity(edu.irq, &mask))
		atomic_inc(&moves);
	mutex_unlock(&lock);
}

static void step(struct stress_task *t)
{
	unsigned int n;

	if (t->number == MOVER) {
		move(t);
		return;
	}
	switch (pick(t, 64)) {
	case 0:
		mutex_lock(&lock);
		close_edu();
		expect(open_edu());
		mutex_unlock(&lock);
		break;
	case 1 ... 4:
		disable_irq(edu.irq);
		raise(t);
		enable_irq(edu.irq);
		break;
	default:
		for (n = pick(t, 3) + 1; n; n--)
			raise(t);
	}
	for (n = 0; n < 100 && atomic_read(&asked); n++)
		cond_resched();
	wait_until(!atomic_read(&asked));
}

static void end(void)
{
	close_edu();
	tally_end(&tally);
	test_note("moved %d times", atomic_read(&moves));
}

const struct stressor stress_edu = {
	.name = "edu", .tasks = NR_TASKS, .begin = begin, .step = step, .end = end,
};
