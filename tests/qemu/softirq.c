/* SPDX-License-Identifier: MIT */
/* Softirqs: order, checkpoints, who runs them and where. The tests open numbers of their own. */
#include <linux/cpumask.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kernel_stat.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "test.h"

enum { SI_A = 28, SI_B, SI_C, SI_FLOOD };

static char order[32];
static unsigned int order_len;

static void note_number(struct softirq_action *h, char c)
{
	if (order_len < sizeof(order) - 1)
		order[order_len++] = c;
}

static void act_a(struct softirq_action *h) { note_number(h, 'a'); }
static void act_b(struct softirq_action *h) { note_number(h, 'b'); }
static void act_c(struct softirq_action *h) { note_number(h, 'c'); }

static void order_reset(void)
{
	memset(order, 0, sizeof(order));
	order_len = 0;
	open_softirq(SI_A, act_a);
	open_softirq(SI_B, act_b);
	open_softirq(SI_C, act_c);
}

/*
 * A section whose end is a checkpoint. While ksoftirqd is awake, as it is after softirqs that
 * took longer than 2 ms, checkpoints leave them to it; inside the section nothing wakes it.
 */
static void begin_section(void)
{
	local_bh_disable();
	while (task_is_running(this_cpu_ksoftirqd())) {
		local_bh_enable();
		msleep(1);
		local_bh_disable();
	}
}

TEST(softirq, order, "D1", "pending softirqs run in the order of their numbers, each once")
{
	order_reset();
	begin_section();
	raise_softirq(SI_C);
	raise_softirq(SI_A);
	raise_softirq(SI_B);
	raise_softirq(SI_A);
	expect_str(order, "");
	local_bh_enable();
	expect_str(order, "abc");
}

TEST(softirq, nested_bh, "D2", "only the outermost local_bh_enable() is a checkpoint")
{
	order_reset();
	begin_section();
	expect(in_softirq() && !in_serving_softirq() && in_interrupt() && in_task());
	local_bh_disable();
	raise_softirq(SI_A);
	local_bh_enable();
	expect_str(order, "");
	local_bh_enable();
	expect_str(order, "a");
	expect(!in_softirq());
}

/* What the context of an action was. */
static struct {
	struct task_struct *task;
	int cpu, runs;
	bool serving, hardirq, irqs_off;
} seen;

static void act_look(struct softirq_action *h)
{
	seen.task = current;
	seen.cpu = raw_smp_processor_id();
	seen.serving = in_serving_softirq();
	seen.hardirq = in_hardirq();
	seen.irqs_off = irqs_disabled();
	smp_store_release(&seen.runs, seen.runs + 1);
}

static void raise_in_hardirq(struct irq_work *work)
{
	raise_softirq_irqoff(SI_A);
}

/*
 * An interrupt here raises, by @interrupt, and its end serves in this task, at least once in many
 * times: when the machine is slow ksoftirqd may be at it, and this task can be moved.
 */
static void check_irq_exit(void (*interrupt)(void))
{
	unsigned long patience = jiffies + TEST_PATIENCE;
	int cpu;

	open_softirq(SI_A, act_look);
	do {
		memset(&seen, 0, sizeof(seen));
		migrate_disable();
		cpu = raw_smp_processor_id();
		interrupt();
		smp_cond_load_acquire(&seen.runs, VAL == 1);
		migrate_enable();
		expect_eq(seen.cpu, cpu);
		expect(seen.serving && !seen.hardirq && !seen.irqs_off);
	} while (seen.task != current && time_before(jiffies, patience));
	expect(seen.task == current);
}

static void interrupt_by_work(void)
{
	static DEFINE_IRQ_WORK(work, raise_in_hardirq);

	irq_work_sync(&work);
	irq_work_queue(&work);
}

TEST(softirq, irq_exit, "D2", "what an interrupt raised runs at its end, on its CPU, with interrupts on")
{
	check_irq_exit(interrupt_by_work);
}

static void raise_from_call(void *unused)
{
	raise_softirq_irqoff(SI_A);
}

TEST(softirq, call_function, "D2", "what a cross-call raised runs on the called CPU at its end")
{
	unsigned int cpu;

	open_softirq(SI_A, act_look);
	for_each_online_cpu(cpu) {
		if (cpu == (unsigned int)raw_smp_processor_id())
			continue;
		memset(&seen, 0, sizeof(seen));
		smp_call_function_single((int)cpu, raise_from_call, NULL, 1);
		wait_until(smp_load_acquire(&seen.runs) == 1);
		expect_eq(seen.cpu, cpu);
		expect(seen.serving && !seen.hardirq && !seen.irqs_off);
	}
}

static enum hrtimer_restart raise_from_timer(struct hrtimer *t)
{
	raise_softirq_irqoff(SI_A);
	return HRTIMER_NORESTART;
}

static struct hrtimer raising_timer;

static void interrupt_by_timer(void)
{
	hrtimer_cancel(&raising_timer);
	hrtimer_start(&raising_timer, us_to_ktime(100), HRTIMER_MODE_REL_PINNED_HARD);
}

TEST(softirq, timer_interrupt, "D2", "what the timer interrupt raised runs at its end, in the task that it interrupted")
{
	hrtimer_init(&raising_timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	raising_timer.function = raise_from_timer;
	check_irq_exit(interrupt_by_timer);
	hrtimer_cancel(&raising_timer);
}

TEST(softirq, raised_by_task, "D2 D3", "what a task raises with no section open is run by its CPU's ksoftirqd")
{
	int cpu, tries, by_ksoftirqd = 0;

	open_softirq(SI_A, act_look);
	/* An interrupt that comes in between runs it first, now and then. */
	for (tries = 1; tries <= 20 && !by_ksoftirqd; tries++) {
		memset(&seen, 0, sizeof(seen));
		cpu = get_cpu();
		local_irq_disable();
		raise_softirq_irqoff(SI_A);
		expect_eq(seen.runs, 0);
		local_irq_enable();
		put_cpu();
		wait_until(smp_load_acquire(&seen.runs) == 1);
		expect_eq(seen.cpu, cpu);
		by_ksoftirqd += seen.task == per_cpu(ksoftirqd, cpu);
	}
	expect(by_ksoftirqd);
}

TEST(softirq, ksoftirqd_name, "D3", "each CPU has its ksoftirqd/N, at ordinary priority")
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct task_struct *tsk = per_cpu(ksoftirqd, cpu);
		char name[TASK_COMM_LEN];

		require(tsk);
		snprintf(name, sizeof(name), "ksoftirqd/%u", cpu);
		expect_str(tsk->comm, name);
		expect_eq(tsk->policy, SCHED_NORMAL);
		expect_eq(task_nice(tsk), 0);
		expect_eq(task_cpu(tsk), cpu);
	}
}

static atomic_t inside, most_inside;

static void act_meet(struct softirq_action *h)
{
	int now = atomic_inc_return(&inside);

	if (now == 2)
		atomic_set(&most_inside, 2);
	/* Each waits for the other: no end if only one CPU could be in here. */
	smp_cond_load_acquire(&most_inside.counter, VAL == 2);
	atomic_dec(&inside);
}

static int raise_a_in_section(void *unused)
{
	local_bh_disable();
	raise_softirq(SI_A);
	local_bh_enable();
	return 0;
}

static int raise_a_thread(void *unused)
{
	raise_a_in_section(NULL);
	return 0;
}

TEST(softirq, two_cpus, "D1", "the same softirq runs on two CPUs at once")
{
	unsigned int other = cpumask_any_but(cpu_online_mask, (unsigned int)raw_smp_processor_id());
	struct task_struct *tsk;

	need(num_online_cpus() > 1, "one CPU only");
	atomic_set(&inside, 0);
	atomic_set(&most_inside, 0);
	open_softirq(SI_A, act_meet);
	tsk = kthread_create_on_cpu(raise_a_thread, NULL, other, "meet/%u");
	require(!IS_ERR(tsk));
	wake_up_process(tsk);
	/* This task is elsewhere, or is preempted there: either way two different CPUs meet. */
	test_on_cpu(cpumask_any_but(cpu_online_mask, other), raise_a_in_section, NULL);
	wait_until(atomic_read(&inside) == 0);
	expect_eq(atomic_read(&most_inside), 2);
}

static int depth, deepest, nest_runs;

static void act_nest(struct softirq_action *h)
{
	static DEFINE_IRQ_WORK(work, raise_in_hardirq);

	deepest = max(deepest, ++depth);
	if (nest_runs++ < 5) {
		/* An interrupt in here raises this softirq; its end must not run it. */
		irq_work_queue(&work);
		smp_cond_load_acquire(&work.flags, !(VAL & IRQ_WORK_CLAIMED));
		local_bh_disable();
		raise_softirq(SI_A);
		local_bh_enable();
	}
	depth--;
}

TEST(softirq, never_nested, "D1", "a CPU that runs a softirq does not begin another one inside it")
{
	depth = deepest = nest_runs = 0;
	open_softirq(SI_A, act_nest);
	raise_a_in_section(NULL);
	wait_until(READ_ONCE(nest_runs) == 6);
	expect_eq(deepest, 1);
}

static bool flooding;
static unsigned long flood_runs, flood_by_ksoftirqd;

static void act_flood(struct softirq_action *h)
{
	flood_runs++;
	if (current == this_cpu_ksoftirqd())
		flood_by_ksoftirqd++;
	if (READ_ONCE(flooding)) {
		local_irq_disable();
		__raise_softirq_irqoff(SI_FLOOD);
		local_irq_enable();
	}
}

/* On the flooded CPU: goes on only if ksoftirqd lets it. */
static int live_through_flood(void *unused)
{
	unsigned long steps;

	WRITE_ONCE(flooding, true);
	local_bh_disable();
	raise_softirq(SI_FLOOD);
	local_bh_enable();
	for (steps = 0; steps < 20; steps++)
		msleep(1);
	WRITE_ONCE(flooding, false);
	return (int)steps;
}

TEST(softirq, flood, "D3", "a softirq that raises itself for ever goes to ksoftirqd, and a task still runs")
{
	flood_runs = flood_by_ksoftirqd = 0;
	open_softirq(SI_FLOOD, act_flood);
	expect_eq(test_on_cpu(0, live_through_flood, NULL), 20);
	expect(flood_runs > 100);
	expect(flood_by_ksoftirqd > 0);
	test_note("%lu runs, %lu of them in ksoftirqd", flood_runs, flood_by_ksoftirqd);
}

static unsigned int restarts;

static void act_restart(struct softirq_action *h)
{
	if (current != this_cpu_ksoftirqd())
		restarts++;
	if (++seen.runs < 40) {
		local_irq_disable();
		__raise_softirq_irqoff(SI_B);
		local_irq_enable();
	}
}

TEST(softirq, restarts, "D3", "one checkpoint goes through the pending softirqs ten times at most")
{
	memset(&seen, 0, sizeof(seen));
	restarts = 0;
	open_softirq(SI_B, act_restart);
	begin_section();
	preempt_disable();
	raise_softirq(SI_B);
	local_bh_enable();
	expect(restarts >= 1 && restarts <= 10);
	preempt_enable();
	wait_until(READ_ONCE(seen.runs) == 40);
}

TEST(softirq, counted, "D1 C8", "each run is counted on the CPU that it was on")
{
	unsigned int before;
	int cpu;

	order_reset();
	begin_section();
	preempt_disable();
	cpu = raw_smp_processor_id();
	before = kstat_softirqs_cpu(SI_A, cpu);
	raise_softirq(SI_A);
	local_bh_enable();
	expect_eq(kstat_softirqs_cpu(SI_A, cpu), before + 1);
	preempt_enable();
}

static void act_leak(struct softirq_action *h)
{
	preempt_disable();
	seen.runs++;
}

TEST(softirq, leak, "E7", "a preempt count that an action leaves wrong is said and put right")
{
	int count = preempt_count();

	memset(&seen, 0, sizeof(seen));
	open_softirq(SI_A, act_leak);
	raise_a_in_section(NULL);
	wait_until(READ_ONCE(seen.runs) == 1);
	expect_eq(preempt_count(), count);
}

static void look_in_hardirq(struct irq_work *work)
{
	seen.hardirq = in_hardirq() && in_irq() && in_interrupt() && !in_softirq() &&
		       !in_nmi() && !in_task();
	seen.irqs_off = irqs_disabled();
	seen.serving = in_serving_softirq();
	smp_store_release(&seen.runs, 1);
}

TEST(irq_work, context, "D10 E7", "irq_work runs in hard-IRQ context on the CPU that queued it")
{
	static DEFINE_IRQ_WORK(work, look_in_hardirq);

	memset(&seen, 0, sizeof(seen));
	preempt_disable();
	expect(irq_work_queue(&work));
	smp_cond_load_acquire(&seen.runs, VAL == 1);
	preempt_enable();
	irq_work_sync(&work);
	expect(!irq_work_is_busy(&work));
	expect(seen.hardirq && seen.irqs_off && !seen.serving);
}

static atomic_t work_runs;

static void count_run(struct irq_work *work)
{
	atomic_inc(&work_runs);
}

TEST(irq_work, once, "D10", "a work queued twice before it ran runs once; one queued on another CPU runs there")
{
	static DEFINE_IRQ_WORK(work, count_run);
	unsigned int cpu;

	atomic_set(&work_runs, 0);
	local_irq_disable();
	expect(irq_work_queue(&work));
	expect(!irq_work_queue(&work));
	local_irq_enable();
	irq_work_sync(&work);
	expect_eq(atomic_read(&work_runs), 1);

	for_each_online_cpu(cpu) {
		expect(irq_work_queue_on(&work, (int)cpu));
		irq_work_sync(&work);
	}
	expect_eq(atomic_read(&work_runs), 1 + num_online_cpus());
}

TEST(irq_work, lazy, "D10", "a lazy work waits for the tick")
{
	static struct irq_work work = __IRQ_WORK_INIT(count_run, IRQ_WORK_LAZY);

	atomic_set(&work_runs, 0);
	expect(irq_work_queue(&work));
	irq_work_sync(&work);
	expect_eq(atomic_read(&work_runs), 1);
}
