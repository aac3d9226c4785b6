/* SPDX-License-Identifier: MIT */
/* Threads that are born, woken, moved, parked and stopped; and locks that many want. */
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/spinlock.h>
#include "stress.h"

/* -- Threads ------------------------------------------------------------------------------------------- */

struct servant {
	struct completion asked, served;
	int calls;
};

static struct tally tally;

static int serve(void *data)
{
	struct servant *s = data;

	while (!kthread_should_stop()) {
		if (kthread_should_park()) {
			kthread_parkme();
		} else if (wait_for_completion_timeout(&s->asked, 1)) {
			s->calls++;
			atomic_long_inc(&tally.done);
			complete(&s->served);
		}
	}
	return s->calls;
}

static bool begin(void)
{
	tally_begin(&tally, "wake-ups of tasks");
	return true;
}

static void step(struct stress_task *t)
{
	struct servant s = { };
	struct task_struct *task;
	struct cpumask mask;
	int calls = (int)pick(t, 6) + 1, i;

	init_completion(&s.asked);
	init_completion(&s.served);
	task = kthread_run(serve, &s, "servant/%u", t->number);
	if (IS_ERR(task))	/* no memory just now */
		return;
	for (i = 0; i < calls; i++) {
		if (!pick(t, 3)) {
			cpus_read_lock();
			pick_cpus(t, &mask);
			expect_eq(set_cpus_allowed_ptr(task, &mask), 0);
			cpus_read_unlock();
		}
		atomic_long_inc(&tally.sent);
		complete(&s.asked);
		wait_for_completion(&s.served);
	}
	if (!pick(t, 4)) {
		expect_eq(kthread_park(task), 0);
		kthread_unpark(task);
	}
	expect_eq(kthread_stop(task), calls);
}

static void end(void)
{
	tally_end(&tally);
}

const struct stressor stress_tasks = {
	.name = "tasks", .tasks = 3, .begin = begin, .step = step, .end = end,
};

/* -- Locks --------------------------------------------------------------------------------------------- */

static DEFINE_MUTEX(mutex);
static DECLARE_RWSEM(rwsem);
static DEFINE_SPINLOCK(spin);
static DEFINE_RWLOCK(rwlock);

/* Each guarded by the lock of its name; the two words of one are always equal. */
static struct guarded {
	unsigned long a, b;
} by_mutex, by_rwsem, by_spin, by_rwlock;

static struct tally lock_tally;
static atomic_t torn;

static void look(struct guarded *g)
{
	unsigned long a = READ_ONCE(g->a);

	barrier();
	if (READ_ONCE(g->b) != a)
		atomic_inc(&torn);
}

static void change(struct guarded *g)
{
	look(g);
	WRITE_ONCE(g->a, g->a + 1);
	barrier();
	WRITE_ONCE(g->b, g->b + 1);
	atomic_long_inc(&lock_tally.sent);
}

static bool begin_locks(void)
{
	tally_begin(&lock_tally, "changes under locks");
	atomic_set(&torn, 0);
	by_mutex = by_rwsem = by_spin = by_rwlock = (struct guarded){ };
	return true;
}

static void step_locks(struct stress_task *t)
{
	unsigned long flags;

	switch (pick(t, 8)) {
	case 0:
		mutex_lock(&mutex);
		change(&by_mutex);
		if (!pick(t, 8))
			schedule_timeout_uninterruptible(1);
		mutex_unlock(&mutex);
		break;
	case 1:
		down_write(&rwsem);
		change(&by_rwsem);
		if (!pick(t, 4))
			downgrade_write(&rwsem), look(&by_rwsem), up_read(&rwsem);
		else
			up_write(&rwsem);
		break;
	case 2:
		down_read(&rwsem);
		look(&by_rwsem);
		cond_resched();
		up_read(&rwsem);
		break;
	case 3:
		write_lock_irqsave(&rwlock, flags);
		change(&by_rwlock);
		write_unlock_irqrestore(&rwlock, flags);
		break;
	case 4:
		read_lock_bh(&rwlock);
		look(&by_rwlock);
		read_unlock_bh(&rwlock);
		break;
	default:
		spin_lock_irqsave(&spin, flags);
		change(&by_spin);
		spin_unlock_irqrestore(&spin, flags);
	}
}

static void end_locks(void)
{
	atomic_long_set(&lock_tally.done, (long)(by_mutex.a + by_rwsem.a + by_spin.a + by_rwlock.a));
	tally_end(&lock_tally);
	expect_eq(atomic_read(&torn), 0);
}

const struct stressor stress_locks = {
	.name = "locks", .tasks = 4, .begin = begin_locks, .step = step_locks, .end = end_locks,
};
