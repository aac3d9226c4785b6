/* SPDX-License-Identifier: MIT */
/* Old bottom halves and task queues. */
#include <linux/atomic.h>
#include <linux/bh.h>
#include <linux/hardirq.h>
#include <linux/irq_work.h>
#include <linux/kdebug.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/tqueue.h>
#include "test.h"

/* Numbers that are nobody's. */
#define FIRST	20
#define SECOND	21

static char order[16];		/* written by bottom halves: one at a time */
static atomic_t runs;		/* of first() */
static struct task_struct *ran_in;	/* the task that first() interrupted, or that called it */
static bool in_softirq_then, irqs_on_then;

static void first(void)
{
	ran_in = current;
	in_softirq_then = in_serving_softirq() || in_softirq();
	irqs_on_then = !irqs_disabled();
	strlcat(order, "1", sizeof(order));
	atomic_inc(&runs);
}

static void second(void)
{
	strlcat(order, "2", sizeof(order));
}

static void begin(void)
{
	order[0] = 0;
	ran_in = NULL;
	atomic_set(&runs, 0);
	init_bh(FIRST, first);
}

TEST(bh, runs, "D5", "a marked bottom half runs once with interrupts on, the lowest number first")
{
	begin();
	init_bh(SECOND, second);
	start_bh_atomic();		/* so that all three marks are there before it runs */
	mark_bh(SECOND);
	mark_bh(FIRST);
	mark_bh(FIRST);
	expect_eq(bh_active & (BIT(FIRST) | BIT(SECOND)), BIT(FIRST) | BIT(SECOND));
	expect_str(order, "");
	end_bh_atomic();
	wait_until(!READ_ONCE(bh_active));
	remove_bh(FIRST);
	remove_bh(SECOND);
	expect_str(order, "12");
	expect(in_softirq_then);
	expect(irqs_on_then);
}

TEST(bh, disabled, "D5", "a disabled one, or one without a function, keeps its mark until it can run")
{
	begin();
	disable_bh(FIRST);
	disable_bh(FIRST);
	mark_bh(FIRST);
	mark_bh(SECOND);
	enable_bh(FIRST);
	msleep(20);
	expect_eq(atomic_read(&runs), 0);
	expect_eq(bh_active & (BIT(FIRST) | BIT(SECOND)), BIT(FIRST) | BIT(SECOND));
	enable_bh(FIRST);
	init_bh(SECOND, second);
	wait_until(!READ_ONCE(bh_active));
	remove_bh(FIRST);
	remove_bh(SECOND);
	expect_eq(atomic_read(&runs), 1);
	expect_eq(strlen(order), 2);
	mark_bh(FIRST);
	remove_bh(FIRST);
	expect_eq(bh_active, 0);
}

/* ---- The checkpoints --------------------------------------------------------------------------- */

/*
 * Any CPU may come to a checkpoint first and take the mark away, so each is tried until it has
 * been this task's. @mark leads to the checkpoint with the mark set; what else could run it
 * here, ksoftirqd, would not do it in this task.
 */
static void try_until_here(void (*mark)(void))
{
	unsigned long end = jiffies + TEST_PATIENCE;

	do {
		begin();
		mark();
		wait_until(atomic_read(&runs) == 1);
	} while (ran_in != current && time_before(jiffies, end));
	expect(ran_in == current);
	remove_bh(FIRST);
}

static void mark_in_irq(struct irq_work *work)
{
	mark_bh(FIRST);
}

static void by_interrupt(void)
{
	static struct irq_work work = IRQ_WORK_INIT_HARD(mark_in_irq);

	preempt_disable();
	irq_work_queue(&work);
	while (irq_work_is_busy(&work))
		cpu_relax();
	preempt_enable();
}

TEST(bh, irq_end, "D5", "the end of an interrupt is a checkpoint")
{
	try_until_here(by_interrupt);
}

static int mark_in_exception(struct notifier_block *nb, unsigned long event, void *data)
{
	if (event != DIE_INT3)
		return NOTIFY_DONE;
	mark_bh(FIRST);
	return NOTIFY_STOP;
}

static void by_exception(void)
{
	preempt_disable();
	__asm__ __volatile__("int3");
	preempt_enable();
}

TEST(bh, exception_end, "D5", "the return from an exception is a checkpoint")
{
	static struct notifier_block nb = { .notifier_call = mark_in_exception, .priority = 100 };

	register_die_notifier(&nb);
	try_until_here(by_exception);
	unregister_die_notifier(&nb);
}

static void by_schedule(void)
{
	preempt_disable();
	mark_bh(FIRST);
	preempt_enable_no_resched();
	schedule();
}

TEST(bh, schedule, "D5", "schedule() is a checkpoint")
{
	try_until_here(by_schedule);
}

/* ---- One at a time -------------------------------------------------------------------------------- */

#define CROWD	8
#define ROUNDS	200

static atomic_t inside, here, crowd_runs[CROWD];
static int not_alone;			/* written by bottom halves */
static unsigned long plain_count;	/* no atomic: a second one at the same time would lose some */

static void crowd(int n)
{
	int i;

	if (atomic_inc_return(&inside) != 1)
		not_alone++;
	for (i = 0; i < 2000; i++)
		WRITE_ONCE(plain_count, READ_ONCE(plain_count) + 1);
	atomic_inc(&crowd_runs[n]);
	atomic_dec(&inside);
}

#define CROWD_BH(n)	static void crowd_##n(void) { crowd(n); }
CROWD_BH(0) CROWD_BH(1) CROWD_BH(2) CROWD_BH(3) CROWD_BH(4) CROWD_BH(5) CROWD_BH(6) CROWD_BH(7)

static void (* const crowd_bhs[CROWD])(void) = {
	crowd_0, crowd_1, crowd_2, crowd_3, crowd_4, crowd_5, crowd_6, crowd_7,
};

/* Marks its number again as soon as it ran. All begin together, so that the CPUs meet. */
static int marker(void *arg)
{
	int n = (int)(long)arg, round, all = min_t(int, num_online_cpus(), CROWD);

	atomic_inc(&here);
	while (atomic_read(&here) < all)
		cond_resched();
	for (round = 0; round < ROUNDS; round++) {
		int before = atomic_read(&crowd_runs[n]);

		mark_bh(FIRST + n);
		while (atomic_read(&crowd_runs[n]) == before)
			cond_resched();
	}
	return 0;
}

TEST(bh, alone, "D5", "only one runs in the whole machine at a time, and no mark is lost")
{
	struct task_struct *tasks[CROWD];
	int n, cpus = min_t(int, num_online_cpus(), CROWD), total = 0;

	not_alone = 0;
	plain_count = 0;
	atomic_set(&here, 0);
	for (n = 0; n < cpus; n++) {
		atomic_set(&crowd_runs[n], 0);
		init_bh(FIRST + n, crowd_bhs[n]);
	}
	for (n = 0; n < cpus; n++) {
		tasks[n] = kthread_create(marker, (void *)(long)n, "bh_marker/%d", n);
		kthread_bind(tasks[n], n);
		get_task_struct(tasks[n]);
		wake_up_process(tasks[n]);
	}
	for (n = 0; n < cpus; n++) {
		wait_until(atomic_read(&crowd_runs[n]) == ROUNDS);
		kthread_stop(tasks[n]);
		put_task_struct(tasks[n]);
		remove_bh(FIRST + n);
		total += atomic_read(&crowd_runs[n]);
	}
	expect_eq(not_alone, 0);
	expect_eq(plain_count, 2000 * total);
	expect_eq(total, cpus * ROUNDS);
}

/* ---- Task queues ------------------------------------------------------------------------------------ */

static struct tq_struct tasks[3];
static char text[16];
static bool could_sleep;
static atomic_t task_runs;

static void routine(void *data)
{
	strlcat(text, data, sizeof(text));
	could_sleep = !in_interrupt() && !irqs_disabled();
	atomic_inc(&task_runs);
}

static void begin_tasks(void)
{
	static char names[][2] = { "a", "b", "c" };
	int i;

	text[0] = 0;
	atomic_set(&task_runs, 0);
	for (i = 0; i < 3; i++)
		INIT_TQUEUE(&tasks[i], routine, names[i]);
}

static DECLARE_TASK_QUEUE(tq_mine);

static void queue_again(void *data)
{
	routine("r");
	queue_task(data, &tq_mine);
}

TEST(tqueue, order, "D6", "a task queue runs first come first, each entry once; what is queued meanwhile waits")
{
	struct tq_struct again;

	begin_tasks();
	INIT_TQUEUE(&again, queue_again, &again);
	expect(!TQ_ACTIVE(tq_mine));
	expect_eq(queue_task(&tasks[1], &tq_mine), 1);
	expect_eq(queue_task(&tasks[0], &tq_mine), 1);
	expect_eq(queue_task(&tasks[1], &tq_mine), 0);
	expect_eq(queue_task(&again, &tq_mine), 1);
	expect(TQ_ACTIVE(tq_mine));
	run_task_queue(&tq_mine);
	expect_str(text, "bar");
	PREPARE_TQUEUE(&again, routine, "e");
	run_task_queue(&tq_mine);
	expect_str(text, "bare");
	run_task_queue(&tq_mine);
	expect_str(text, "bare");
}

TEST(tqueue, immediate, "D6 D5", "tq_immediate runs when IMMEDIATE_BH is marked, in a bottom half")
{
	begin_tasks();
	queue_task(&tasks[0], &tq_immediate);
	queue_task(&tasks[1], &tq_immediate);
	mark_bh(IMMEDIATE_BH);
	wait_until(atomic_read(&task_runs) == 2);
	expect_str(text, "ab");
	expect(!could_sleep);
}

TEST(tqueue, timer, "D6", "tq_timer runs at the next tick, in a bottom half")
{
	unsigned long before = jiffies;

	begin_tasks();
	queue_task(&tasks[0], &tq_timer);
	queue_task(&tasks[2], &tq_timer);
	wait_until(atomic_read(&task_runs) == 2);
	expect_str(text, "ac");
	expect(!could_sleep);
	expect(time_after(jiffies, before));
}

TEST(tqueue, scheduler, "D6", "tq_scheduler runs in the next task that goes through schedule()")
{
	begin_tasks();
	queue_task(&tasks[0], &tq_scheduler);
	schedule();
	wait_until(atomic_read(&task_runs) == 1);
	expect(could_sleep);
}

TEST(tqueue, disk, "D6", "tq_disk runs before a task waits for input or output")
{
	begin_tasks();
	queue_task(&tasks[0], &tq_disk);
	io_schedule();
	wait_until(atomic_read(&task_runs) == 1);
	expect(could_sleep);
}

static int slept, is_keventd;

static void sleeping_routine(void *data)
{
	is_keventd = current_is_keventd();
	msleep(5);
	slept++;
	routine(data);
}

TEST(tqueue, schedule_task, "D6", "schedule_task()'s functions may sleep, run in order, and are waited for by flush")
{
	begin_tasks();
	slept = 0;
	PREPARE_TQUEUE(&tasks[1], sleeping_routine, "s");
	expect_eq(schedule_task(&tasks[1]), 1);
	expect_eq(schedule_task(&tasks[0]), 1);
	flush_scheduled_tasks();
	expect_eq(slept, 1);
	expect_eq(is_keventd, 1);
	expect_eq(current_is_keventd(), 0);
	expect_str(text, "sa");
	expect(could_sleep);
}
