/* SPDX-License-Identifier: MIT */
/* SRCU: readers that sleep, domains that do not know each other, callbacks in order. */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include "rcu.h"
#include "test.h"

DEFINE_STATIC_SRCU(domain);
DEFINE_SRCU(other_domain);

/* A reader that sleeps until it is told to leave. */
struct sleeper {
	struct completion may_leave;
	bool inside;
	struct task_struct *task;
};

static int sleep_inside(void *data)
{
	struct sleeper *s = data;
	int idx = srcu_read_lock(&domain);

	WRITE_ONCE(s->inside, true);
	wait_for_completion(&s->may_leave);
	srcu_read_unlock(&domain, idx);
	return 0;
}

static bool sleeper_start(struct sleeper *s)
{
	s->inside = false;
	init_completion(&s->may_leave);
	s->task = kthread_create(sleep_inside, s, "sleeper");
	if (!expect(!IS_ERR(s->task)))
		return false;
	get_task_struct(s->task);
	wake_up_process(s->task);
	return wait_until(READ_ONCE(s->inside));
}

static void sleeper_stop(struct sleeper *s)
{
	complete(&s->may_leave);
	kthread_stop(s->task);
	put_task_struct(s->task);
}

TEST(srcu, sleeps, "E6", "a sleeping reader blocks the grace periods of its domain, and no others")
{
	unsigned long cookie;
	struct sleeper s;

	require(sleeper_start(&s));
	cookie = start_poll_synchronize_srcu(&domain);
	synchronize_srcu(&other_domain);
	synchronize_srcu_expedited(&other_domain);
	synchronize_rcu();
	msleep(12);
	expect(!poll_state_synchronize_srcu(&domain, cookie));
	sleeper_stop(&s);
	wait_until(poll_state_synchronize_srcu(&domain, cookie));
}

TEST(srcu, late_reader, "E6", "a reader that began after the grace period does not block it")
{
	struct sleeper early, late;
	unsigned long cookie;

	require(sleeper_start(&early));
	cookie = start_poll_synchronize_srcu(&domain);
	/* The index flips while the early reader is in: newcomers get the other pair. */
	wait_until(READ_ONCE(domain.step) == 2);
	require(sleeper_start(&late));
	sleeper_stop(&early);
	wait_until(poll_state_synchronize_srcu(&domain, cookie));
	sleeper_stop(&late);
	synchronize_srcu(&domain);
}

static int order[40], nr_called;

struct note {
	struct rcu_head rcu;
	int nr;
};

static void note_call(struct rcu_head *head)
{
	order[nr_called++] = container_of(head, struct note, rcu)->nr;
}

TEST(srcu, callbacks, "E6", "callbacks come in order, in a task, and srcu_barrier() waits for them")
{
	static struct note n[40];
	int i;

	nr_called = 0;
	for (i = 0; i < 40; i++) {
		n[i].nr = i;
		call_srcu(&domain, &n[i].rcu, note_call);
		if (i == 20)
			synchronize_srcu(&domain);
	}
	srcu_barrier(&domain);
	expect_eq(nr_called, 40);
	for (i = 0; i < 40; i++)
		if (!expect_eq(order[i], i))
			break;
	srcu_barrier(&domain);
}

TEST(srcu, dynamic, "E6", "a domain is made and given back, with nothing left")
{
	struct mm_usage before, after;
	struct srcu_struct *ssp;
	int idx, i;

	synchronize_srcu(&domain);
	mm_get_usage(&before);
	for (i = 0; i < 5; i++) {
		ssp = kzalloc(sizeof(*ssp), GFP_KERNEL);
		require(ssp && !init_srcu_struct(ssp));
		idx = srcu_read_lock(ssp);
		expect(srcu_read_lock_held(ssp));
		srcu_read_unlock(ssp, idx);
		synchronize_srcu(ssp);
		synchronize_srcu_expedited(ssp);
		cleanup_srcu_struct(ssp);
		kfree(ssp);
	}
	/* What a domain has is per-CPU memory; objects may be those of a new worker. */
	mm_get_usage(&after);
	expect(after.percpu <= before.percpu);
}

/* ---- All CPUs at once ------------------------------------------------------------------------ */

struct element {
	struct rcu_head rcu;
	int alive;
};

static struct element __rcu *current_element;
static bool stop_readers;
static atomic_t readers, wrong;

static void bury(struct rcu_head *head)
{
	struct element *e = container_of(head, struct element, rcu);

	WRITE_ONCE(e->alive, 0);
	kfree(e);
}

static int read_all_the_time(void *unused)
{
	for (unsigned int n = 0; !READ_ONCE(stop_readers); n++) {
		int idx = srcu_read_lock(&domain);
		struct element *e = srcu_dereference(current_element, &domain);

		if (READ_ONCE(e->alive) != 1)
			atomic_inc(&wrong);
		if (n % 16 == 0)
			schedule_timeout_idle(1);
		if (READ_ONCE(e->alive) != 1)
			atomic_inc(&wrong);
		srcu_read_unlock(&domain, idx);
		cond_resched();
	}
	atomic_dec(&readers);
	return 0;
}

static struct element *new_element(void)
{
	struct element *e = kmalloc(sizeof(*e), GFP_KERNEL);

	e->alive = 1;
	return e;
}

TEST(srcu, torture, "E6", "readers on all CPUs never see what was freed, by waiting or by callback")
{
	unsigned int cpu;
	int i;

	atomic_set(&wrong, 0);
	stop_readers = false;
	rcu_assign_pointer(current_element, new_element());
	for_each_online_cpu(cpu) {
		struct task_struct *t = kthread_create(read_all_the_time, NULL, "srcu/%u", cpu);

		require(!IS_ERR(t));
		atomic_inc(&readers);
		kthread_bind(t, cpu);
		wake_up_process(t);
		if (cpu == 7)
			break;
	}
	for (i = 0; i < 60; i++) {
		struct element *old = rcu_replace_pointer(current_element, new_element(), true);

		if (i % 4) {
			call_srcu(&domain, &old->rcu, bury);
			continue;
		}
		if (i % 8)
			synchronize_srcu(&domain);
		else
			synchronize_srcu_expedited(&domain);
		bury(&old->rcu);
	}
	WRITE_ONCE(stop_readers, true);
	wait_until(!atomic_read(&readers));
	srcu_barrier(&domain);
	kfree(rcu_access_pointer(current_element));
	expect_eq(atomic_read(&wrong), 0);
}
