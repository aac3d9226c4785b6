/* SPDX-License-Identifier: MIT */
/* Tasks: switching, waking, preempting, moving between CPUs, sleeping, ending. */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/rt.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/task_work.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>
#include "test.h"

static struct task_struct *start(int (*fn)(void *), void *arg, int cpu, const char *name)
{
	struct task_struct *t = kthread_create(fn, arg, "%s", name);

	if (IS_ERR(t))
		return NULL;
	if (cpu >= 0)
		kthread_bind(t, cpu);
	wake_up_process(t);
	return t;
}

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

static int player(void *arg)
{
	play(-1, 100);
	return 0;
}

TEST(sched, crowd, "A8 D9 E7", "48 tasks ping-pong on all CPUs at once, and all come to an end")
{
	struct task_struct *t[NR_PLAYERS];

	for (int i = 0; i < NR_PLAYERS; i++) {
		t[i] = kthread_create(player, NULL, "player/%d", i);
		require(!IS_ERR(t[i]));
		get_task_struct(t[i]);
		wake_up_process(t[i]);
	}
	for (int i = 0; i < NR_PLAYERS; i++) {
		kthread_stop(t[i]);
		put_task_struct(t[i]);
	}
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

static int spinner(void *arg)
{
	unsigned long *turns = arg;

	while (!kthread_should_stop())
		WRITE_ONCE(*turns, *turns + 1);
	return 0;
}

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

static int rr_spinner(void *arg)
{
	unsigned long *turns = arg;

	while (!kthread_should_stop())
		WRITE_ONCE(*turns, *turns + 1);
	return 0;
}

TEST(sched, round_robin, "D9", "two SCHED_RR tasks of one priority take turns")
{
	static const struct sched_param low = { .sched_priority = 1 };
	unsigned long turns[2] = { }, seen;
	struct task_struct *t[2];
	int cpu = num_online_cpus() - 1;

	need(num_online_cpus() > 1, "one CPU: the test itself would not run");
	for (int i = 0; i < 2; i++) {
		t[i] = kthread_create(rr_spinner, &turns[i], "rr/%d", i);
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

/* ---- Moving ------------------------------------------------------------------------------------------------ */

static int where(void *arg)
{
	return raw_smp_processor_id();
}

TEST(sched, bind, "D9", "a bound thread runs on its CPU, and its affinity can't be changed")
{
	int cpu;

	for_each_online_cpu(cpu) {
		struct task_struct *t = kthread_create_on_cpu(where, NULL, cpu, "bound/%u");

		require(!IS_ERR(t));
		get_task_struct(t);
		expect_eq(set_cpus_allowed_ptr(t, cpumask_of(0)), -EINVAL);
		wake_up_process(t);
		wait_until(t->flags & PF_EXITING);
		expect_eq(kthread_stop(t), cpu);
		put_task_struct(t);
	}
}

TEST(sched, migrate_self, "D9", "a task that changes its affinity goes on where it may")
{
	int cpu;

	for (int i = 0; i < 50; i++) {
		for_each_online_cpu(cpu) {
			expect_eq(set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
			expect_eq(raw_smp_processor_id(), cpu);
		}
	}
	expect_eq(set_cpus_allowed_ptr(current, cpu_none_mask), -EINVAL);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

TEST(sched, migrate_running, "D9", "a running task is moved off a CPU that it may not use any more")
{
	unsigned long turns = 0;
	struct task_struct *t = start(spinner, &turns, -1, "mover");
	int cpu;

	require(t);
	for (int i = 0; i < 20; i++) {
		for_each_online_cpu(cpu) {
			unsigned long seen;

			expect_eq(set_cpus_allowed_ptr(t, cpumask_of(cpu)), 0);
			expect_eq(task_cpu(t), cpu);
			seen = READ_ONCE(turns);
			wait_until(READ_ONCE(turns) != seen);
		}
	}
	kthread_stop(t);
}

struct pinned {
	struct completion begin, moved;
	bool stayed;
	int end_cpu;
};

static int pinned_task(void *arg)
{
	struct pinned *p = arg;
	int cpu;

	migrate_disable();
	migrate_disable();
	cpu = raw_smp_processor_id();
	migrate_enable();
	complete(&p->begin);
	wait_for_completion(&p->moved);
	schedule_timeout_uninterruptible(2);
	p->stayed = cpu == raw_smp_processor_id() && cpu == 0;
	migrate_enable();
	p->end_cpu = raw_smp_processor_id();
	return 0;
}

TEST(sched, migrate_disable, "E7", "inside migrate_disable() a task sleeps and stays on its CPU; it moves at the end")
{
	struct pinned p = { .end_cpu = -1 };
	struct task_struct *t;

	need(num_online_cpus() > 1, "one CPU only");
	init_completion(&p.begin);
	init_completion(&p.moved);
	t = kthread_create(pinned_task, &p, "pinned");
	require(!IS_ERR(t));
	get_task_struct(t);
	set_cpus_allowed_ptr(t, cpumask_of(0));
	wake_up_process(t);
	wait_for_completion(&p.begin);
	expect_eq(set_cpus_allowed_ptr(t, cpumask_of(1)), 0);
	complete(&p.moved);
	wait_until(t->flags & PF_EXITING);
	expect(p.stayed);
	expect_eq(p.end_cpu, 1);
	kthread_stop(t);
	put_task_struct(t);
}

TEST(sched, balance, "D9", "tasks that wait for one CPU spread over all as soon as they may")
{
	unsigned int nr = num_online_cpus();
	struct task_struct *t[8];
	unsigned long turns[8] = { };
	struct cpumask used;

	need(nr > 1 && nr <= 8, "2 to 8 CPUs");
	for (unsigned int i = 0; i < nr; i++) {
		t[i] = kthread_create(spinner, &turns[i], "spread");
		require(!IS_ERR(t[i]));
		set_cpus_allowed_ptr(t[i], cpumask_of(nr - 1));
		wake_up_process(t[i]);
	}
	for (unsigned int i = 0; i < nr; i++)
		expect_eq(task_cpu(t[i]), nr - 1);
	for (unsigned int i = 0; i < nr; i++)
		set_cpus_allowed_ptr(t[i], cpu_possible_mask);
	wait_until(({
		cpumask_clear(&used);
		for (unsigned int i = 0; i < nr; i++)
			cpumask_set_cpu(task_cpu(t[i]), &used);
		cpumask_weight(&used) == nr; }));
	for (unsigned int i = 0; i < nr; i++)
		kthread_stop(t[i]);
}

/* ---- Sleeping ---------------------------------------------------------------------------------------------- */

TEST(sched, timeout, "D9", "schedule_timeout sleeps no shorter than asked, and says what is left")
{
	unsigned long begin;
	DECLARE_COMPLETION_ONSTACK(never);
	DECLARE_COMPLETION_ONSTACK(done);

	for (int ticks = 1; ticks < 6; ticks++) {
		begin = jiffies;
		expect_eq(schedule_timeout_uninterruptible(ticks), 0);
		expect(time_after_eq(jiffies, begin + ticks));
	}
	expect_eq(wait_for_completion_timeout(&never, 3), 0);
	complete(&done);
	expect_eq(wait_for_completion_timeout(&done, 100), 100);
	__set_current_state(TASK_RUNNING);
	expect(schedule_timeout(1000 * HZ) > 900 * HZ);
}

static DECLARE_WAIT_QUEUE_HEAD(queue);
static atomic_t passed, waiting;
static int gate;

static int exclusive_waiter(void *arg)
{
	atomic_inc(&waiting);
	wait_event_interruptible_exclusive(queue, READ_ONCE(gate) > 0);
	atomic_inc(&passed);
	return 0;
}

static int waiter(void *arg)
{
	atomic_inc(&waiting);
	wait_event(queue, READ_ONCE(gate) > 0);
	atomic_inc(&passed);
	return 0;
}

static bool all_asleep(struct task_struct **t, int nr)
{
	for (int i = 0; i < nr; i++)
		if (t[i] && (task_is_running(t[i]) || t[i]->on_cpu))
			return false;
	return true;
}

TEST(sched, waitqueue, "D9", "a wake-up takes every waiter and one exclusive one; wake_up_all the rest")
{
	struct task_struct *t[6];

	atomic_set(&passed, 0);
	atomic_set(&waiting, 0);
	gate = 0;
	for (int i = 0; i < 6; i++) {
		t[i] = start(i < 2 ? waiter : exclusive_waiter, NULL, -1, "waiter");
		require(t[i]);
	}
	wait_until(atomic_read(&waiting) == 6 && all_asleep(t, 6));
	wake_up(&queue);	/* the gate is shut: all look and sleep again */
	wait_until(all_asleep(t, 6));
	expect_eq(atomic_read(&passed), 0);
	WRITE_ONCE(gate, 1);
	wake_up(&queue);
	wait_until(atomic_read(&passed) == 3);
	wake_up_interruptible_nr(&queue, 2);
	wait_until(atomic_read(&passed) == 5);
	wake_up_all(&queue);
	wait_until(atomic_read(&passed) == 6);
	expect(!waitqueue_active(&queue));
}

TEST(sched, wait_event_timeout, "D9", "wait_event_timeout gives 0 when late, else what is left")
{
	gate = 0;
	expect_eq(wait_event_timeout(queue, gate, 3), 0);
	gate = 1;
	expect_eq(wait_event_timeout(queue, gate, 3), 3);
	expect_eq(wait_event_interruptible_timeout(queue, !gate, 2), 0);
	expect_eq(wait_event_interruptible(queue, gate), 0);
}

static unsigned long bits;

static int bit_waiter(void *arg)
{
	return wait_on_bit(&bits, 3, TASK_UNINTERRUPTIBLE);
}

TEST(sched, wait_bit, "D9", "wait_on_bit sleeps until its bit, and no other, is clear")
{
	struct task_struct *t;

	bits = (1 << 3) | (1 << 4);
	t = kthread_create(bit_waiter, NULL, "bits");
	require(!IS_ERR(t));
	get_task_struct(t);
	wake_up_process(t);
	wait_until(all_asleep(&t, 1));
	clear_and_wake_up_bit(4, &bits);
	expect(!(t->flags & PF_EXITING));
	clear_and_wake_up_bit(3, &bits);
	wait_until(t->flags & PF_EXITING);
	expect_eq(kthread_stop(t), 0);
	put_task_struct(t);
}

/* ---- kthreads ------------------------------------------------------------------------------------------------ */

static int parker(void *arg)
{
	int *loops = arg;

	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		WRITE_ONCE(*loops, *loops + 1);
		schedule_timeout_interruptible(1);
	}
	return 7;
}

TEST(sched, park, "D9", "a parked thread stands still until it is unparked or stopped")
{
	int loops = 0, seen;
	struct task_struct *t = start(parker, &loops, -1, "parker");

	require(t);
	wait_until(READ_ONCE(loops) > 2);
	expect_eq(kthread_park(t), 0);
	seen = READ_ONCE(loops);
	msleep(20);
	expect_eq(READ_ONCE(loops), seen);
	expect_eq(t->__state, TASK_PARKED);
	kthread_unpark(t);
	wait_until(READ_ONCE(loops) != seen);
	expect_eq(kthread_park(t), 0);
	expect_eq(kthread_stop(t), 7);
}

TEST(sched, stop_unstarted, "D9", "a thread that is stopped before it was woken never runs: -EINTR")
{
	int loops = 0;
	struct task_struct *t = kthread_create(parker, &loops, "unborn");

	require(!IS_ERR(t));
	expect_eq(kthread_stop(t), -EINTR);
	expect_eq(loops, 0);
}

static int worked;

static void work_fn(struct callback_head *head)
{
	worked++;
}

static int task_worker(void *arg)
{
	struct callback_head one, two;

	init_task_work(&one, work_fn);
	init_task_work(&two, work_fn);
	expect_eq(task_work_add(current, &one, TWA_NONE), 0);
	expect_eq(task_work_add(current, &two, TWA_NONE), 0);
	expect(task_work_cancel(current, work_fn) == &two);
	do_exit(0);
}

TEST(sched, task_work, "D9", "a task runs its task works as it exits, but those taken back")
{
	struct task_struct *t = kthread_create(task_worker, NULL, "task_work");

	require(!IS_ERR(t));
	worked = 0;
	get_task_struct(t);
	wake_up_process(t);
	wait_until(t->flags & PF_EXITING);
	kthread_stop(t);
	put_task_struct(t);
	expect_eq(worked, 1);
}

TEST(sched, names, "D9", "the kernel's own tasks are named as on Linux, init is 1 and kthreadd 2")
{
	struct task_struct *t;
	char name[TASK_COMM_LEN];
	int cpu;

	t = find_get_task_by_pid(1);
	require(t);
	expect_str(t->comm, "init");
	put_task_struct(t);
	t = find_get_task_by_pid(2);
	require(t);
	expect_str(t->comm, "kthreadd");
	put_task_struct(t);
	for_each_online_cpu(cpu) {
		snprintf(name, sizeof(name), "swapper/%d", cpu);
		expect_str(idle_task(cpu)->comm, name);
	}
}
