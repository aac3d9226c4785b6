/* SPDX-License-Identifier: MIT */
/*
 * Works: a few that everybody queues, flushes and cancels on workqueues of all sorts; and
 * workqueues that come and go, whose works have an order to keep.
 */
#include <linux/jiffies.h>
#include <linux/workqueue.h>
#include "stress.h"

/* -- Works that everybody has ------------------------------------------------------------------------- */

#define NR_WORKS	12
#define NR_DELAYED	6

static struct probe {
	struct delayed_work dwork;
	atomic_t inside;
} probes[NR_WORKS + NR_DELAYED];	/* the first are never delayed */

/* Each work has its own of these: one that is queued here and there may run beside itself. */
static struct workqueue_struct *wqs[5];
static struct tally tally;
static atomic_t overlaps;

static struct workqueue_struct *wq_of(unsigned int n)
{
	return wqs[n % ARRAY_SIZE(wqs)];
}

static void work_fn(struct work_struct *work)
{
	struct probe *p = container_of(to_delayed_work(work), struct probe, dwork);
	unsigned long n;

	if (atomic_inc_return(&p->inside) != 1)
		atomic_inc(&overlaps);
	n = (unsigned long)atomic_long_inc_return(&tally.done);
	if (n % 8 == 0)
		schedule_timeout_uninterruptible(1);
	atomic_dec(&p->inside);
	if (n % 16 == 1)
		poke_work(n);
}

void poke_work(unsigned int n)
{
	n %= NR_WORKS;
	if (queue_work(wq_of(n), &probes[n].dwork.work))
		atomic_long_inc(&tally.sent);
}

static bool begin(void)
{
	unsigned int i;

	tally_begin(&tally, "works");
	atomic_set(&overlaps, 0);
	for (i = 0; i < ARRAY_SIZE(probes); i++) {
		atomic_set(&probes[i].inside, 0);
		INIT_DELAYED_WORK(&probes[i].dwork, work_fn);
	}
	wqs[0] = alloc_workqueue("stress_bound", 0, 3);
	wqs[1] = alloc_workqueue("stress_high", WQ_HIGHPRI, 0);
	wqs[2] = alloc_workqueue("stress_unbound", WQ_UNBOUND, 4);
	wqs[3] = alloc_workqueue("stress_reclaim", WQ_MEM_RECLAIM | WQ_CPU_INTENSIVE, 2);
	wqs[4] = alloc_ordered_workqueue("stress_ordered", 0);
	for (i = 0; i < ARRAY_SIZE(wqs); i++)
		if (!expect(wqs[i]))
			return false;
	return true;
}

static void count_queued(bool queued)
{
	if (queued)
		atomic_long_inc(&tally.sent);
}

static void count_cancelled(bool cancelled)
{
	if (cancelled)
		atomic_long_inc(&tally.taken_back);
}

static void step_delayed(struct stress_task *t, struct workqueue_struct *wq, struct delayed_work *dwork)
{
	unsigned long delay = pick(t, 6);

	switch (pick(t, 8)) {
	case 0:
		count_cancelled(cancel_delayed_work(dwork));
		break;
	case 1:
		count_cancelled(cancel_delayed_work_sync(dwork));
		break;
	case 2:
		flush_delayed_work(dwork);
		break;
	case 3:
	case 4:
		/* True when it was pending, and was only moved. */
		count_queued(!mod_delayed_work(wq, dwork, delay));
		break;
	default:
		count_queued(queue_delayed_work_on((int)pick_cpu(t), wq, dwork, delay));
	}
}

static void step(struct stress_task *t)
{
	unsigned int n = pick(t, ARRAY_SIZE(probes));
	struct workqueue_struct *wq = wq_of(n);
	struct work_struct *work = &probes[n].dwork.work;

	if (n >= NR_WORKS) {
		step_delayed(t, wq, &probes[n].dwork);
		return;
	}
	switch (pick(t, 16)) {
	case 0:
		count_cancelled(cancel_work_sync(work));
		break;
	case 1:
		count_cancelled(cancel_work(work));
		break;
	case 2:
		flush_work(work);
		break;
	case 3:
		flush_workqueue(wq);
		break;
	default:
		count_queued(queue_work_on((int)pick_cpu(t), wq, work));
	}
}

static void end(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(probes); i++)
		count_cancelled(cancel_delayed_work_sync(&probes[i].dwork));
	for (i = 0; i < ARRAY_SIZE(wqs); i++)
		destroy_workqueue(wqs[i]);
	tally_end(&tally);
	expect_eq(atomic_read(&overlaps), 0);
}

const struct stressor stress_works = {
	.name = "works", .tasks = 4, .begin = begin, .step = step, .end = end,
};

/* -- Workqueues that come and go ----------------------------------------------------------------------- */

#define OWNERS		2
#define IN_A_ROW	8

static struct row {
	struct numbered {
		struct work_struct work;
		struct row *row;
		unsigned int number;
	} works[IN_A_ROW];
	unsigned int next;		/* only its workers, one at a time */
} rows[OWNERS];
static struct tally row_tally;
static atomic_t disorder;

static void numbered_fn(struct work_struct *work)
{
	struct numbered *n = container_of(work, struct numbered, work);

	if (n->number != n->row->next++)
		atomic_inc(&disorder);
	atomic_long_inc(&row_tally.done);
	if (n->number == 3)
		schedule_timeout_uninterruptible(1);
}

static bool begin_rows(void)
{
	unsigned int i;

	tally_begin(&row_tally, "works in order");
	atomic_set(&disorder, 0);
	for (i = 0; i < OWNERS * IN_A_ROW; i++) {
		struct numbered *n = &rows[i / IN_A_ROW].works[i % IN_A_ROW];

		INIT_WORK(&n->work, numbered_fn);
		n->row = &rows[i / IN_A_ROW];
		n->number = i % IN_A_ROW;
	}
	return true;
}

static void step_row(struct stress_task *t)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("stress_row/%u", pick(t, 2) ? WQ_MEM_RECLAIM : 0, t->number);
	struct row *row = &rows[t->number];
	unsigned int i;

	if (!expect(wq))
		return;
	row->next = 0;
	for (i = 0; i < IN_A_ROW; i++)
		if (queue_work_on((int)pick_cpu(t), wq, &row->works[i].work))
			atomic_long_inc(&row_tally.sent);
	if (pick(t, 2))
		drain_workqueue(wq);
	destroy_workqueue(wq);
	expect_eq(row->next, IN_A_ROW);
}

static void end_rows(void)
{
	tally_end(&row_tally);
	expect_eq(atomic_read(&disorder), 0);
}

const struct stressor stress_workqueues = {
	.name = "workqueues", .tasks = OWNERS, .begin = begin_rows, .step = step_row, .end = end_rows,
};
