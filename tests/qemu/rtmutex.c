/* SPDX-License-Identifier: MIT */
/* Mutexes with priority inheritance: who runs at whose priority, and who gets the lock next. */
#include <linux/cpumask.h>
#include <linux/irq_sim.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/rtmutex.h>
#include <linux/sched/rt.h>
#include <linux/string.h>
#include "test.h"

#define FIFO(n)	(MAX_RT_PRIO - 1 - (n))		/* task->prio of SCHED_FIFO at n */

static DEFINE_RT_MUTEX(one);
static DEFINE_RT_MUTEX(two);

/* A task that takes @first, then @second if there is one, and keeps both until it is let go. */
struct holder {
	struct rt_mutex *first, *second;
	struct task_struct *task;
	bool has_first, has_second, go;
	int ret;			/* of taking @second */
};

static int hold(void *arg)
{
	struct holder *h = arg;

	rt_mutex_lock(h->first);
	smp_store_release(&h->has_first, true);
	if (h->second) {
		h->ret = rt_mutex_lock_interruptible(h->second);
		smp_store_release(&h->has_second, true);
	}
	wait_until(smp_load_acquire(&h->go));
	if (h->second && !h->ret)
		rt_mutex_unlock(h->second);
	rt_mutex_unlock(h->first);
	return 0;
}

/* @rt: 0 for a fair task. */
static bool start(struct holder *h, const char *name, int rt, struct rt_mutex *first, struct rt_mutex *second)
{
	struct sched_param param = { .sched_priority = rt };

	*h = (struct holder) { .first = first, .second = second };
	h->task = kthread_create(hold, h, "%s", name);
	if (!expect(!IS_ERR(h->task)))
		return false;
	get_task_struct(h->task);
	if (rt)
		sched_setscheduler_nocheck(h->task, SCHED_FIFO, &param);
	wake_up_process(h->task);
	return true;
}

static void finish(struct holder *h)
{
	smp_store_release(&h->go, true);
	wait_until(h->task->flags & PF_EXITING);
	kthread_stop(h->task);
	put_task_struct(h->task);
}

static bool waits(struct holder *h)
{
	return READ_ONCE(h->task->pi_blocked_on);
}

/* A waiter that is seen to wait may still be on its way along the chain. */
static int prio(struct holder *h)
{
	return READ_ONCE(h->task->prio);
}

TEST(rtmutex, boost, "E4", "the owner runs at the priority of its best waiter, and at its own when it has dropped the lock")
{
	struct holder low, mid, high;

	if (!start(&low, "low", 0, &one, NULL))
		return;
	wait_until(smp_load_acquire(&low.has_first));
	expect_eq(low.task->prio, DEFAULT_PRIO);
	start(&mid, "mid", 10, &one, NULL);
	wait_until(waits(&mid));
	wait_until(prio(&low) == FIFO(10));
	start(&high, "high", 50, &one, NULL);
	wait_until(waits(&high));
	wait_until(prio(&low) == FIFO(50));
	expect_eq(low.task->normal_prio, DEFAULT_PRIO);
	/* Better than mid, it gets the lock first though it came later. */
	smp_store_release(&low.go, true);
	wait_until(smp_load_acquire(&high.has_first));
	expect(!mid.has_first);
	wait_until(prio(&low) == DEFAULT_PRIO);
	wait_until(prio(&high) == FIFO(50));
	finish(&low);
	finish(&high);
	wait_until(smp_load_acquire(&mid.has_first));
	finish(&mid);
	expect(!rt_mutex_base_is_locked(&one.rtmutex));
}

TEST(rtmutex, chain, "E4", "priority goes along a chain of owners, also when it is set while a task waits")
{
	struct holder low, mid, high;

	if (!start(&low, "low", 0, &two, NULL))
		return;
	wait_until(smp_load_acquire(&low.has_first));
	start(&mid, "mid", 0, &one, &two);
	wait_until(waits(&mid));
	wait_until(prio(&low) == DEFAULT_PRIO);
	start(&high, "high", 30, &one, NULL);
	wait_until(waits(&high));
	wait_until(prio(&mid) == FIFO(30));
	wait_until(prio(&low) == FIFO(30));
	sched_set_fifo(high.task);
	wait_until(prio(&mid) == FIFO(50));
	wait_until(prio(&low) == FIFO(50));
	sched_set_normal(high.task, 0);
	wait_until(prio(&mid) == DEFAULT_PRIO);
	wait_until(prio(&low) == DEFAULT_PRIO);
	/* What a boosted task itself is set to does not take the boost away. */
	sched_set_fifo(high.task);
	sched_set_fifo_low(low.task);
	wait_until(prio(&low) == FIFO(50));
	finish(&low);
	wait_until(smp_load_acquire(&mid.has_second));
	expect_eq(mid.ret, 0);
	finish(&mid);
	wait_until(smp_load_acquire(&high.has_first));
	finish(&high);
	expect(!rt_mutex_base_is_locked(&one.rtmutex) && !rt_mutex_base_is_locked(&two.rtmutex));
}

/* Two locks, two waiters: dropping one lock leaves what is inherited by the other. */
TEST(rtmutex, two_locks, "E4", "an owner of two locks inherits by both, and keeps what is left")
{
	struct holder a, b;
	int own = current->prio;

	rt_mutex_lock(&one);
	rt_mutex_lock(&two);
	start(&a, "a", 10, &one, NULL);
	start(&b, "b", 20, &two, NULL);
	wait_until(waits(&a) && waits(&b));
	wait_until(READ_ONCE(current->prio) == FIFO(20));
	rt_mutex_unlock(&two);
	wait_until(READ_ONCE(current->prio) == FIFO(10));
	expect_eq(rt_mutex_trylock(&one), 0);
	rt_mutex_unlock(&one);
	expect_eq(current->prio, own);
	finish(&a);
	finish(&b);
	expect_eq(rt_mutex_trylock(&one), 1);
	expect(rt_mutex_base_is_locked(&one.rtmutex));
	rt_mutex_unlock(&one);
}

TEST(rtmutex, deadlock, "E4", "a task that would wait for itself, by way of another, is told so")
{
	static struct rt_mutex one, two;	/* taken in both orders, which the checker would report */
	struct holder other;

	rt_mutex_init(&one);
	rt_mutex_init(&two);
	lockdep_set_novalidate_class(&one);
	lockdep_set_novalidate_class(&two);
	rt_mutex_lock(&one);
	if (!start(&other, "other", 0, &two, &one))
		goto unlock;
	wait_until(waits(&other));
	test_note("expect: rtmutex deadlock detected");
	expect_eq(rt_mutex_lock_interruptible(&two), -EDEADLK);
unlock:
	rt_mutex_unlock(&one);
	wait_until(smp_load_acquire(&other.has_second));
	finish(&other);
}

static struct task_struct *irq_task;

static irqreturn_t locking_thread(int irq, void *unused)
{
	WRITE_ONCE(irq_task, current);
	rt_mutex_lock(&one);
	rt_mutex_unlock(&one);
	WRITE_ONCE(irq_task, NULL);
	return IRQ_HANDLED;
}

TEST(rtmutex, irq_thread, "E4 C5", "an interrupt thread that waits lifts the owner, a fair task, to FIFO 50")
{
	struct irq_domain *domain = irq_domain_create_sim(NULL, 1);
	struct holder low;
	unsigned int irq;

	require(!IS_ERR(domain));
	irq = irq_create_mapping(domain, 0);
	require(irq && !request_threaded_irq(irq, NULL, locking_thread, IRQF_ONESHOT, "rtmutex", NULL));
	if (start(&low, "low", 0, &one, NULL)) {
		wait_until(smp_load_acquire(&low.has_first));
		irq_set_irqchip_state(irq, IRQCHIP_STATE_PENDING, true);
		wait_until(READ_ONCE(irq_task) && READ_ONCE(READ_ONCE(irq_task)->pi_blocked_on));
		wait_until(prio(&low) == FIFO(50));
		finish(&low);
		wait_until(!READ_ONCE(irq_task));
	}
	free_irq(irq, NULL);
	irq_domain_remove_sim(domain);
}

#define HAMMERS	6
#define ROUNDS	48

static unsigned long guarded, rounds_done;
static struct rt_mutex *const both[] = { &one, &two };

/* Takes one lock or both, always in the same order, at priorities that change. */
static int hammer(void *arg)
{
	struct sched_param param;
	long self = (long)arg;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		param.sched_priority = (self + i) % 5;
		sched_setscheduler_nocheck(current, param.sched_priority ? SCHED_FIFO : SCHED_NORMAL, &param);
		rt_mutex_lock(both[0]);
		if ((i + self) % 3 == 0) {
			rt_mutex_lock(both[1]);
			WRITE_ONCE(rounds_done, rounds_done + 1);
			rt_mutex_unlock(both[1]);
		}
		WRITE_ONCE(guarded, guarded + 1);
		if (i % 12 == 0)
			schedule_timeout_uninterruptible(1);
		rt_mutex_unlock(both[0]);
		while (!rt_mutex_trylock(both[1]))
			schedule_timeout_uninterruptible(1);
		WRITE_ONCE(rounds_done, rounds_done + 1);
		rt_mutex_unlock(both[1]);
	}
	return 0;
}

TEST(rtmutex, hammer, "E4", "under contention at changing priorities nothing is lost, and every boost is given back")
{
	struct task_struct *t[HAMMERS];
	unsigned long expected = 0;
	long i, k;

	guarded = rounds_done = 0;
	for (i = 0; i < HAMMERS; i++) {
		t[i] = kthread_create(hammer, (void *)i, "hammer/%ld", i);
		require(!IS_ERR(t[i]));
		get_task_struct(t[i]);
		wake_up_process(t[i]);
		for (k = 0; k < ROUNDS; k++)
			expected += 1 + ((k + i) % 3 == 0);
	}
	for (i = 0; i < HAMMERS; i++) {
		wait_until(t[i]->flags & PF_EXITING);
		kthread_stop(t[i]);
		expect_eq(t[i]->pi_boost, MAX_PRIO);
		put_task_struct(t[i]);
	}
	expect_eq(guarded, HAMMERS * ROUNDS);
	expect_eq(rounds_done, expected);
	expect(!rt_mutex_base_is_locked(&one.rtmutex) && !rt_mutex_base_is_locked(&two.rtmutex));
}
