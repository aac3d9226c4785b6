/* SPDX-License-Identifier: MIT */
/* Shared lines, and what free_irq() waits for. */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/string.h>
#include "irq_fake.h"
#include "test.h"

struct user {
	struct fake_line *line;
	char letter;
	irqreturn_t says;
};

static irqreturn_t asked(int irq, void *dev)
{
	struct user *user = dev;

	fake_note(user->line, user->letter);
	fake_quiet(user->line);
	return user->says;
}

TEST(shared, chain, "C2", "every handler of a shared line is asked, in the order of the requests")
{
	struct fake_line *line = fake_line_new(&fake_chip_full, handle_edge_irq, "edge");
	struct user a = { line, '1', IRQ_NONE }, b = { line, '2', IRQ_HANDLED }, c = { line, '3', IRQ_NONE };

	require(line);
	expect_eq(request_irq(line->irq, asked, IRQF_SHARED, "a", &a), 0);
	expect_str(fake_log(line), "S");
	expect_eq(request_irq(line->irq, asked, IRQF_SHARED, "b", &b), 0);
	expect_eq(request_irq(line->irq, asked, IRQF_SHARED, "c", &c), 0);
	expect_str(fake_log(line), "");
	fake_raise(line, 0);
	expect_str(fake_log(line), "a123");

	free_irq(line->irq, &b);
	expect_str(fake_log(line), "");
	fake_raise(line, 0);
	expect_str(fake_log(line), "a13");
	free_irq(line->irq, &a);
	free_irq(line->irq, &c);
	expect_str(fake_log(line), "D");
	fake_line_free(line);
}

static struct {
	bool entered, go, freed;
	int runs_after;
} state;

static irqreturn_t held(int irq, void *dev)
{
	if (state.freed)
		state.runs_after++;
	WRITE_ONCE(state.entered, true);
	smp_cond_load_acquire(&state.go, VAL);
	fake_quiet(dev);
	return IRQ_HANDLED;
}

static int free_it(void *data)
{
	struct fake_line *line = data;

	free_irq(line->irq, line);
	smp_store_release(&state.freed, true);
	return 0;
}

TEST(shared, free_waits, "C2", "free_irq() waits for a handler that runs on another CPU, and none runs after")
{
	struct fake_line *line;
	struct task_struct *t;

	need(num_online_cpus() > 1, "one CPU only");
	line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	require(line);
	memset(&state, 0, sizeof(state));
	expect_eq(request_irq(line->irq, held, 0, "t", line), 0);
	stay_on_cpu(0);
	fake_raise_nowait(line, 1);
	smp_cond_load_acquire(&state.entered, VAL);

	t = kthread_create(free_it, line, "free_it");
	require(!IS_ERR(t));
	kthread_bind(t, 0);
	wake_up_process(t);
	/* Unlinked, and still waiting. */
	wait_until(!irq_has_action(line->irq));
	msleep(20);
	expect(!READ_ONCE(state.freed));
	smp_store_release(&state.go, true);
	wait_until(READ_ONCE(state.freed));
	fake_raise(line, 0);
	expect_eq(state.runs_after, 0);
	stay_nowhere();
	fake_line_free(line);
}

static irqreturn_t wake(int irq, void *dev)
{
	fake_quiet(dev);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t held_thread(int irq, void *dev)
{
	WRITE_ONCE(state.entered, true);
	while (!READ_ONCE(state.go))
		msleep(1);
	return IRQ_HANDLED;
}

TEST(shared, free_waits_thread, "C2 C5", "free_irq() waits for a thread that runs, synchronize_hardirq() tells of it")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_level_irq, "level");
	struct task_struct *t;

	require(line);
	memset(&state, 0, sizeof(state));
	expect_eq(request_threaded_irq(line->irq, wake, held_thread, IRQF_ONESHOT, "t", line), 0);
	fake_raise(line, 0);
	wait_until(READ_ONCE(state.entered));
	expect(!synchronize_hardirq(line->irq));
	t = kthread_run(free_it, line, "free_it");
	require(!IS_ERR(t));
	wait_until(!irq_has_action(line->irq));
	msleep(20);
	expect(!READ_ONCE(state.freed));
	WRITE_ONCE(state.go, true);
	wait_until(READ_ONCE(state.freed));
	expect(synchronize_hardirq(line->irq));
	fake_line_free(line);
}
