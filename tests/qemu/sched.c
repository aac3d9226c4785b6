/* SPDX-License-Identifier: MIT */
/* Tasks: switching, waking, many of them; who preempts whom. */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/rt.h>
#include "tasks.h"
#include "test.h"

/* ---- Two tasks that wake each other ------------------------------------------------------------- */

struct pair {
	struct completion there, back;
	int rounds;
	long seen;	/* handed to and fro, so a lost or doubled wake-up shows */
};

static int pong(void *arg)
{
	struct pair *p = arg;

	for (int i = 0; i < p->rounds; i++) {
		wait_for_completion(&p->there);
		p->seen = p->seen * 3 + 1;
		complete(&p->back);
	}
	return 0;
}

static long expected(int rounds)
{
	long seen = 0;

	for (int i = 0; i < rounds; i++)
		seen = (seen * 3 + 1) ^ i;
	return seen;
}

static void ping(struct pair *p)
{
	for (int i = 0; i < p->rounds; i++) {
		complete(&p->there);
		wait_for_completion(&p->back);
		p->seen ^= i;
	}
}

static void play(int cpu, int rounds)
{
	struct pair p = { .rounds = rounds };
	struct task_struct *t;

	init_completion(&p.there);
	init_completion(&p.back);
	t = kthread_create(pong, &p, "pong");
	require(!IS_ERR(t));
	get_task_struct(t);
	if (cpu >= 0)
		kthread_bind(t, cpu);
	wake_up_process(t);
	ping(&p);
	expect_eq(kthread_stop(t), 0);
	put_task_struct(t);
	expect_eq(p.seen, expected(rounds));
}

TEST(sched, pingpong, "D9", "two tasks of one CPU wake each other 10,000 times, and no wake-up is lost or doubled")
{
	set_cpus_allowed_ptr(current, cpumask_of(0));
	play(0, 10000);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

TEST(sched, pingpong_cpus, "A8 D9", "a task on every CPU wakes this one and is woken by it")
{
	int cpu;

	for_each_online_cpu(cpu)
		play(cpu, 100);
	play(-1, 100);
}

/* ---- Many of them, everywhere ------------------------------------------------------------------------ */

#define NR_PLAYERS	24

static atomic_t playing;

static int player(void *arg)
{
	play(-1, 100);
	atomic_dec(&playing);
	return 0;
}

TEST(sched, crowd, "A8 D9 E7", "48 tasks ping-pong on all CPUs at once, and all come to an end")
{
	atomic_set(&playing, NR_PLAYERS);
	for (int i = 0; i < NR_PLAYERS; i++)
		require(!IS_ERR(kthread_run(player, NULL, "player/%d", i)));
	wait_until(!atomic_read(&playing));
}

static atomic_t born, died;

static int mayfly(void *arg)
{
	atomic_inc(&died);
	return 0;
}

TEST(sched, fork, "D9", "thousands of threads are born and die, and their numbers and memory are used again")
{
	atomic_set(&born, 0);
	atomic_set(&died, 0);
	for (int i = 0; i < 3000; i++) {
		struct task_struct *t = kthread_run(mayfly, NULL, "mayfly");

		require(!IS_ERR(t));
		atomic_inc(&born);
		if (i % 50 == 49)
			wait_until(atomic_read(&died) == atomic_read(&born));
	}
	wait_until(atomic_read(&died) == 3000);
}

/* ---- Preemption ------------------------------------------------------------------------------------------ */

TEST(sched, preempt_fair, "E7", "a task that never sleeps is preempted by another of the same kind")
{
	unsigned long a = 0, b = 0, seen;
	struct task_struct *ta = start(spinner, &a, 0, "spin_a"), *tb = start(spinner, &b, 0, "spin_b");

	require(ta && tb);
	for (int i = 0; i < 5; i++) {
		seen = READ_ONCE(a);
		wait_until(READ_ONCE(a) != seen);
		seen = READ_ONCE(b);
		wait_until(READ_ONCE(b) != seen);
	}
	kthread_stop(ta);
	kthread_stop(tb);
}

static int fifo_witness(void *arg)
{
	unsigned long *turns = arg, before = READ_ONCE(*turns);

	/* Nobody fair runs on this CPU while we do. */
	mdelay(20);
	return READ_ONCE(*turns) == before;
}

TEST(sched, fifo, "D9", "a SCHED_FIFO task preempts a fair one at once and is not preempted by it")
{
	unsigned long turns = 0, seen;
	struct task_struct *spin = start(spinner, &turns, 0, "spin"), *fifo;

	require(spin);
	seen = READ_ONCE(turns);
	wait_until(READ_ONCE(turns) != seen);
	fifo = kthread_create(fifo_witness, &turns, "fifo");
	require(!IS_ERR(fifo));
	get_task_struct(fifo);
	kthread_bind(fifo, 0);
	sched_set_fifo(fifo);
	wake_up_process(fifo);
	wait_until(fifo->flags & PF_EXITING);
	expect_eq(kthread_stop(fifo), 1);
	put_task_struct(fifo);
	kthread_stop(spin);
}

TEST(sched, round_robin, "D9", "two SCHED_RR tasks of one priority take turns")
{
	static const struct sched_param low = { .sched_priority = 1 };
	unsigned long turns[2] = { }, seen;
	struct task_struct *t[2];
	int cpu = num_online_cpus() - 1;

	need(num_online_cpus() > 1, "one CPU: the test itself would not run");
	for (int i = 0; i < 2; i++) {
		t[i] = kthread_create(spinner, &turns[i], "rr/%d", i);
		require(!IS_ERR(t[i]));
		kthread_bind(t[i], cpu);
		expect_eq(sched_setscheduler(t[i], SCHED_RR, &low), 0);
	}
	set_cpus_allowed_ptr(current, cpumask_of(0));
	wake_up_process(t[0]);
	wake_up_process(t[1]);
	for (int i = 0; i < 4; i++) {
		seen = READ_ONCE(turns[i & 1]);
		wait_until(READ_ONCE(turns[i & 1]) != seen);
	}
	kthread_stop(t[0]);
	kthread_stop(t[1]);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static unsigned long nice_run[2];

TEST(sched, nice, "D9", "a task of nice 0 gets more of a CPU than one of nice 10")
{
	struct task_struct *t[2];

	for (int i = 0; i < 2; i++) {
		nice_run[i] = 0;
		t[i] = kthread_create(spinner, &nice_run[i], "nice/%d", i);
		require(!IS_ERR(t[i]));
		get_task_struct(t[i]);
		kthread_bind(t[i], 0);
	}
	set_user_nice(t[1], 10);
	expect_eq(task_nice(t[1]), 10);
	wake_up_process(t[0]);
	wake_up_process(t[1]);
	/* The emulator may steal time from either, so the proportion shows in the long run only. */
	wait_until(t[1]->sum_exec_runtime > 0 &&
		   t[0]->sum_exec_runtime + t[1]->sum_exec_runtime > 100 * NSEC_PER_MSEC &&
		   t[0]->sum_exec_runtime > 4 * t[1]->sum_exec_runtime);
	kthread_stop(t[0]);
	kthread_stop(t[1]);
	put_task_struct(t[0]);
	put_task_struct(t[1]);
}
