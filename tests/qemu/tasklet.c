/* SPDX-License-Identifier: MIT */
/* Tasklets: where and how often they run, and what keeps them from running. */
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "tasks.h"
#include "test.h"

/* A tasklet that counts, notes its CPU, and stays inside while it is held. */
struct probe {
	struct tasklet_struct t;
	atomic_t runs, inside, most;
	int cpu;
	bool hold;		/* the test's; the tasklet waits until it is false */
};

static void probe_run(struct tasklet_struct *t)
{
	struct probe *p = from_tasklet(p, t, t);
	int now = atomic_inc_return(&p->inside);

	if (now > atomic_read(&p->most))
		atomic_set(&p->most, now);
	p->cpu = raw_smp_processor_id();
	atomic_inc(&p->runs);
	smp_cond_load_acquire(&p->hold, !VAL);
	atomic_dec(&p->inside);
}

static void probe_init(struct probe *p)
{
	memset(p, 0, sizeof(*p));
	tasklet_setup(&p->t, probe_run);
}

static struct probe p1;
static bool disabled;	/* of helpers: what they were to do is done */

static int schedule_p1(void *unused)
{
	tasklet_schedule(&p1.t);
	return raw_smp_processor_id();
}

TEST(tasklet, cpu, "D4", "a tasklet runs on the CPU that scheduled it")
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		probe_init(&p1);
		expect_eq(test_on_cpu(cpu, schedule_p1, NULL), cpu);
		wait_until(atomic_read(&p1.runs) == 1);
		expect_eq(p1.cpu, cpu);
	}
}

TEST(tasklet, once, "D4", "scheduled often before it runs, it runs once; bottom halves off keep it waiting")
{
	int i;

	probe_init(&p1);
	local_bh_disable();
	for (i = 0; i < 10; i++)
		tasklet_schedule(&p1.t);
	expect_eq(atomic_read(&p1.runs), 0);
	local_bh_enable();
	expect_eq(atomic_read(&p1.runs), 1);
}

static char order[8];

static void note_normal(struct tasklet_struct *t) { strcat(order, "n"); }
static void note_high(struct tasklet_struct *t) { strcat(order, "h"); }

TEST(tasklet, hi, "D4", "those of tasklet_hi_schedule() run before the others")
{
	static DECLARE_TASKLET(normal, note_normal);
	static DECLARE_TASKLET(high, note_high);

	order[0] = '\0';
	local_bh_disable();
	tasklet_schedule(&normal);
	tasklet_hi_schedule(&high);
	local_bh_enable();
	expect_str(order, "hn");
}

static int serial_body(void *unused)
{
	probe_init(&p1);
	p1.hold = true;
	start_on(held_cpu(), schedule_p1);
	wait_until(atomic_read(&p1.inside) == 1);
	tasklet_schedule(&p1.t);
	/* Give this CPU every chance to do it wrong. */
	msleep(20);
	expect_eq(atomic_read(&p1.runs), 1);
	smp_store_release(&p1.hold, false);
	wait_until(atomic_read(&p1.runs) == 2);
	wait_until(atomic_read(&p1.inside) == 0);
	expect_eq(atomic_read(&p1.most), 1);
	expect_eq(p1.cpu, raw_smp_processor_id());
	return 0;
}

TEST(tasklet, serial, "D4", "a tasklet scheduled on a second CPU while it runs waits for its end, then runs there")
{
	run_beside_held(serial_body);
}

static atomic_t met;

/* Each waits for the other: no end if they could not be inside together. */
static void meet(struct tasklet_struct *t)
{
	atomic_inc(&met);
	atomic_cond_read_acquire(&met, VAL == 2);
}

static DECLARE_TASKLET(meet1, meet);
static DECLARE_TASKLET(meet2, meet);

static int schedule_meet(void *t)
{
	tasklet_schedule(t);
	return 0;
}

TEST(tasklet, parallel, "D4", "two tasklets run on two CPUs at once")
{
	unsigned int first = cpumask_first(cpu_online_mask);

	need(num_online_cpus() > 1, "one CPU only");
	atomic_set(&met, 0);
	test_on_cpu(first, schedule_meet, &meet1);
	test_on_cpu(cpumask_next(first, cpu_online_mask), schedule_meet, &meet2);
	tasklet_kill(&meet1);
	tasklet_kill(&meet2);
	expect_eq(atomic_read(&met), 2);
}

TEST(tasklet, disable, "D4", "a disabled tasklet waits until it is enabled as often as it was disabled")
{
	probe_init(&p1);
	tasklet_disable(&p1.t);
	tasklet_disable(&p1.t);
	tasklet_schedule(&p1.t);
	msleep(8);
	tasklet_enable(&p1.t);
	msleep(8);
	expect_eq(atomic_read(&p1.runs), 0);
	tasklet_enable(&p1.t);
	wait_until(atomic_read(&p1.runs) == 1);
	tasklet_kill(&p1.t);
}

static int enable_p1(void *unused)
{
	tasklet_enable(&p1.t);
	return 0;
}

TEST(tasklet, parked, "D4", "a disabled tasklet stays scheduled, keeps no CPU busy, and runs where it was scheduled")
{
	unsigned int cpu, last = cpumask_last(cpu_online_mask);

	for_each_online_cpu(cpu) {
		probe_init(&p1);
		tasklet_disable(&p1.t);
		test_on_cpu(cpu, schedule_p1, NULL);
		/* Its softirq is not raised any more. */
		wait_until(test_bit(TASKLET_STATE_PARKED, &p1.t.state));
		wait_until(!test_bit(TASKLET_STATE_RUN, &p1.t.state));	/* who parked it was inside */
		expect(test_bit(TASKLET_STATE_SCHED, &p1.t.state));
		tasklet_schedule(&p1.t);
		expect_eq(atomic_read(&p1.runs), 0);
		test_on_cpu(last, enable_p1, NULL);
		wait_until(atomic_read(&p1.runs) == 1);
		tasklet_kill(&p1.t);
		expect_eq(p1.cpu, cpu);
		expect_eq(p1.t.state, 0);
	}
}

/* Schedules, while another CPU turns it off and on. */
static int toggle_p1(void *unused)
{
	int i;

	for (i = 0; i < 3000; i++) {
		tasklet_disable(&p1.t);
		expect_eq(atomic_read(&p1.inside), 0);
		tasklet_enable(&p1.t);
	}
	smp_store_release(&disabled, true);
	return 0;
}

TEST(tasklet, toggle, "D4", "scheduled while another CPU disables and enables it, no run is lost and none comes too late")
{
	int scheduled = 0;

	need(num_online_cpus() > 1, "one CPU only");
	probe_init(&p1);
	disabled = false;
	start_on(cpumask_last(cpu_online_mask), toggle_p1);
	while (!smp_load_acquire(&disabled)) {
		int before = atomic_read(&p1.runs);

		tasklet_schedule(&p1.t);
		scheduled++;
		wait_until(atomic_read(&p1.runs) > before);
	}
	tasklet_kill(&p1.t);
	expect_eq(atomic_read(&p1.runs), scheduled);
	expect_eq(p1.t.state, 0);
}


static int disable_p1(void *unused)
{
	tasklet_disable(&p1.t);
	smp_store_release(&disabled, true);
	return 0;
}

static int let_go_later(void *unused)
{
	msleep(20);
	smp_store_release(&p1.hold, false);
	return 0;
}

static int disable_body(void *unused)
{
	probe_init(&p1);
	disabled = false;
	p1.hold = true;
	start_on(held_cpu(), schedule_p1);
	wait_until(atomic_read(&p1.inside) == 1);
	start_on((unsigned int)raw_smp_processor_id(), disable_p1);
	msleep(20);
	expect(!smp_load_acquire(&disabled));
	smp_store_release(&p1.hold, false);
	wait_until(smp_load_acquire(&disabled));
	expect_eq(atomic_read(&p1.inside), 0);
	tasklet_enable(&p1.t);
	return 0;
}

TEST(tasklet, disable_waits, "D4", "tasklet_disable() returns when the running tasklet has")
{
	run_beside_held(disable_body);
}

static int kill_body(void *unused)
{
	probe_init(&p1);
	p1.hold = true;
	start_on(held_cpu(), schedule_p1);
	wait_until(atomic_read(&p1.inside) == 1);
	start_on((unsigned int)raw_smp_processor_id(), let_go_later);
	tasklet_kill(&p1.t);
	expect_eq(atomic_read(&p1.inside), 0);
	expect_eq(atomic_read(&p1.runs), 1);
	expect_eq(p1.t.state, 0);
	return 0;
}

TEST(tasklet, kill_waits, "D4", "tasklet_kill() waits for a queued or running tasklet, and leaves it idle")
{
	run_beside_held(kill_body);
}

static void run_again(struct tasklet_struct *t)
{
	struct probe *p = from_tasklet(p, t, t);

	if (atomic_inc_return(&p->runs) < 5)
		tasklet_schedule(t);
}

TEST(tasklet, reschedule, "D4", "a tasklet that schedules itself runs again")
{
	memset(&p1, 0, sizeof(p1));
	tasklet_setup(&p1.t, run_again);
	tasklet_schedule(&p1.t);
	wait_until(atomic_read(&p1.runs) == 5);
	tasklet_kill(&p1.t);
}

static unsigned long old_data;

static void old_func(unsigned long data)
{
	WRITE_ONCE(old_data, data);
}

TEST(tasklet, old_form, "D4", "the older form gets its data, initialised and declared")
{
	static DECLARE_TASKLET_OLD(declared, old_func);
	static DECLARE_TASKLET_DISABLED_OLD(off, old_func);
	struct tasklet_struct t;

	tasklet_init(&t, old_func, 4711);
	tasklet_schedule(&t);
	tasklet_kill(&t);
	expect_eq(old_data, 4711);

	tasklet_schedule(&declared);
	tasklet_kill(&declared);
	expect_eq(old_data, 0);

	old_data = 1;
	tasklet_schedule(&off);
	expect_eq(READ_ONCE(old_data), 1);
	tasklet_enable(&off);
	tasklet_kill(&off);
	expect_eq(old_data, 0);
}

static atomic_t hammering;

/* Every CPU schedules the same one as fast as it can. */
static int hammer(void *unused)
{
	int i;

	for (i = 0; i < 2000; i++) {
		local_bh_disable();
		tasklet_schedule(&p1.t);
		local_bh_enable();
	}
	atomic_dec(&hammering);
	return 0;
}

TEST(tasklet, hammer, "D4", "scheduled by all CPUs at once it is never on two, and comes to rest")
{
	unsigned int cpu;

	probe_init(&p1);
	atomic_set(&hammering, (int)num_online_cpus());
	for_each_online_cpu(cpu) {
		struct task_struct *tsk = kthread_create_on_cpu(hammer, NULL, cpu, "hammer/%u");

		require(!IS_ERR(tsk));
		wake_up_process(tsk);
	}
	wait_until(atomic_read(&hammering) == 0);
	tasklet_kill(&p1.t);
	expect_eq(atomic_read(&p1.most), 1);
	expect_eq(p1.t.state, 0);
	test_note("%d runs", atomic_read(&p1.runs));
}
