/* SPDX-License-Identifier: MIT */
/* Boot options about interrupts: rows of machines.cfg give them, the others skip these. */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include "irq_fake.h"
#include "test.h"

static int asked;

static irqreturn_t ask(int irq, void *dev)
{
	WRITE_ONCE(asked, asked + 1);
	return IRQ_HANDLED;
}

static irqreturn_t not_mine(int irq, void *dev)
{
	return IRQ_NONE;
}

TEST(irqoptions, irqpoll, "C7", "irqpoll: handlers of shared lines are asked on every tick, of others never")
{
	struct fake_line *shared, *alone;
	static int other;

	need(strstr(saved_command_line, "irqpoll"), "no irqpoll on the command line");
	shared = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	alone = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	require(shared && alone);
	asked = 0;
	expect_eq(request_irq(alone->irq, ask, 0, "alone", &other), 0);
	msleep(50);
	expect_eq(asked, 0);
	expect_eq(request_irq(shared->irq, ask, IRQF_SHARED, "shared", shared), 0);
	wait_until(READ_ONCE(asked) > 2);
	free_irq(shared->irq, shared);
	free_irq(alone->irq, &other);
	fake_line_free(shared);
	fake_line_free(alone);
}

TEST(irqoptions, irqfixup, "C7", "irqfixup: an interrupt that its own handlers refuse goes to those of the other shared lines")
{
	struct fake_line *wrong, *right;

	need(strstr(saved_command_line, "irqfixup"), "no irqfixup on the command line");
	wrong = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	right = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	require(wrong && right);
	asked = 0;
	expect_eq(request_irq(wrong->irq, not_mine, 0, "wrong", wrong), 0);
	expect_eq(request_irq(right->irq, ask, IRQF_SHARED, "right", right), 0);
	expect_eq(asked, 0);
	fake_raise(wrong, 0);
	expect_eq(asked, 1);
	free_irq(right->irq, right);
	free_irq(wrong->irq, wrong);
	fake_line_free(right);
	fake_line_free(wrong);
}

TEST(irqoptions, irqaffinity, "C6", "irqaffinity= is where lines go by default, the boot CPU with them")
{
	struct cpumask want;

	need(strstr(saved_command_line, "irqaffinity=1"), "no irqaffinity=1 on the command line");
	cpumask_clear(&want);
	cpumask_set_cpu(0, &want);
	cpumask_set_cpu(1, &want);
	expect(cpumask_equal(irq_default_affinity, &want));
}

/* The thread of the console's line, if it has one. */
static bool task_exists(const char *prefix)
{
	struct task_struct *p;
	bool found = false;

	read_lock(&tasklist_lock);
	for_each_process(p)
		found |= !strncmp(p->comm, prefix, strlen(prefix));
	read_unlock(&tasklist_lock);
	return found;
}

TEST(irqoptions, threadirqs, "C5", "threadirqs: the handlers of real devices run in threads")
{
	need(strstr(saved_command_line, "threadirqs"), "no threadirqs on the command line");
	expect(force_irqthreads());
	expect(task_exists("irq/1-i8042"));
}
