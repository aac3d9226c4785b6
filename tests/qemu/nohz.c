/* SPDX-License-Identifier: MIT */
/*
 * CPUs that have nothing to do, and no tick. What an idle CPU does is up to everything that runs
 * on the machine, and the emulator may be late: so a test looks at it again until it has seen
 * a stretch in which nothing else came in between.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/hrtimer.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kernel_stat.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/tick.h>
#include <linux/timer.h>
#include <asm/hw_irq.h>
#include "test.h"

#define PATIENCE	for (unsigned long end = jiffies + TEST_PATIENCE; time_before(jiffies, end);)

/* Run @body, which watches @cpu, in a task that stays on another one. */
struct watch {
	void (*body)(int cpu);
	int cpu;
};

static int watch_fn(void *arg)
{
	struct watch *w = arg;

	w->body(w->cpu);
	return 0;
}

static void watch_idle_cpu(void (*body)(int cpu))
{
	unsigned int first = cpumask_first(cpu_online_mask);
	struct watch w = { body, (int)cpumask_next((int)first, cpu_online_mask) };

	need(num_online_cpus() > 1, "one CPU only");
	test_on_cpu(first, watch_fn, &w);
}

#define need_nohz()	need(tick_nohz_enabled(), "nohz=off")

static unsigned int clock_interrupts(int cpu)
{
	return per_cpu(irq_stat.apic_timer_irqs, cpu) + (cpu ? 0 : kstat_irqs_usr(0));
}

/* All that could have brought @cpu round its idle loop. */
static u64 all_interrupts(int cpu)
{
	return arch_irq_stat_cpu((unsigned int)cpu) + (cpu ? 0 : kstat_irqs_usr(0));
}

static int ignore(void *unused)
{
	return 0;
}

static void watch_idle_takes_no_tick(int cpu)
{
	unsigned int taken = ~0u;

	PATIENCE {
		wait_until(tick_nohz_tick_stopped_cpu(cpu));
		taken = clock_interrupts(cpu);
		msleep(50 * MSEC_PER_TICK);
		taken = clock_interrupts(cpu) - taken;
		/* One more for the last tick, or for a timer of somebody. */
		if (taken <= 2)
			break;
	}
	test_note("%u clock interrupts in 50 ticks", taken);
	expect(taken <= 2);
}

TEST(nohz, idle_takes_no_tick, "D8", "a CPU that is idle for fifty ticks is not interrupted by its clock")
{
	need_nohz();
	watch_idle_cpu(watch_idle_takes_no_tick);
}

static void watch_off(int cpu)
{
	unsigned int before;

	before = clock_interrupts(cpu);
	wait_until(clock_interrupts(cpu) - before >= 50);
	expect(!tick_nohz_tick_stopped_cpu(cpu));
}

TEST(nohz, off, "D8", "with nohz=off an idle CPU's tick goes on")
{
	need(!tick_nohz_enabled(), "without nohz=off");
	watch_idle_cpu(watch_off);
}

struct probe {
	struct timer_list timer;
	unsigned long at;
	int cpu;
	bool ran;
};

static void probe_run(struct timer_list *t)
{
	struct probe *p = from_timer(p, t, timer);

	p->at = jiffies;
	p->cpu = raw_smp_processor_id();
	smp_store_release(&p->ran, true);
}

static struct probe probe;

/* Once @cpu has stopped its tick, arm the probe there for @ticks ahead. */
static void arm_on_idle(int cpu, unsigned int flags, unsigned int ticks)
{
	memset(&probe, 0, sizeof(probe));
	timer_setup(&probe.timer, probe_run, flags);
	wait_until(tick_nohz_tick_stopped_cpu(cpu));
	probe.timer.expires = jiffies + ticks;
	add_timer_on(&probe.timer, cpu);
}

static void watch_timer_wakes_it(int cpu)
{
	unsigned long late = ~0ul;

	PATIENCE {
		arm_on_idle(cpu, TIMER_PINNED, 3);
		wait_until(smp_load_acquire(&probe.ran));
		expect_eq(probe.cpu, cpu);
		late = probe.at - probe.timer.expires;
		if (late <= 2)
			break;
	}
	test_note("%lu ticks late", late);
	expect(late <= 2);
}

TEST(nohz, timer_wakes_it, "D8", "a timer that is put on an idle CPU from another one is called in time")
{
	need_nohz();
	watch_idle_cpu(watch_timer_wakes_it);
}

static int wait_for_ticks(void *unused)
{
	unsigned int before = clock_interrupts(raw_smp_processor_id());

	while (clock_interrupts(raw_smp_processor_id()) - before < 3)
		cond_resched();
	return 0;
}

static void watch_deferrable_does_not(int cpu)
{
	bool waited = false;

	PATIENCE {
		u64 before;

		arm_on_idle(cpu, TIMER_DEFERRABLE | TIMER_PINNED, 3);
		before = all_interrupts(cpu);
		msleep(20 * MSEC_PER_TICK);
		waited = !smp_load_acquire(&probe.ran);
		if (waited && time_after(jiffies, probe.timer.expires + 10))
			break;
		/* Called: then something else has interrupted the CPU. */
		if (!waited)
			expect(all_interrupts(cpu) != before);
		del_timer_sync(&probe.timer);
		waited = false;
	}
	require(waited);
	test_on_cpu((unsigned int)cpu, wait_for_ticks, NULL);
	wait_until(smp_load_acquire(&probe.ran));
	expect_eq(probe.cpu, cpu);
	expect(time_after_eq(probe.at, probe.timer.expires));
}

TEST(nohz, deferrable_does_not, "D8", "a deferrable timer does not wake an idle CPU, and is called when it ticks again")
{
	need_nohz();
	watch_idle_cpu(watch_deferrable_does_not);
}

static struct {
	struct irq_work work;
	unsigned int flags;
	int on;			/* the CPU that the timer went to */
	bool done, was_stopped;
} arming;

static void arm_in_interrupt(struct irq_work *work)
{
	arming.was_stopped = tick_nohz_tick_stopped();
	timer_setup(&probe.timer, probe_run, arming.flags);
	mod_timer(&probe.timer, jiffies + 1000 * HZ);
	arming.on = (int)(READ_ONCE(probe.timer.flags) & TIMER_CPUMASK);
	smp_store_release(&arming.done, true);
}

/* Where does a timer go that an interrupt of the idle @cpu arms, while this CPU is busy? */
static int armed_by_idle(int cpu, unsigned int flags)
{
	PATIENCE {
		arming.flags = flags;
		arming.done = false;
		init_irq_work(&arming.work, arm_in_interrupt);
		wait_until(tick_nohz_tick_stopped_cpu(cpu));
		irq_work_queue_on(&arming.work, cpu);
		smp_cond_load_acquire(&arming.done, VAL);
		del_timer_sync(&probe.timer);
		if (arming.was_stopped)
			return arming.on;
	}
	return -1;
}

static void watch_migration(int cpu)
{
	expect_eq(armed_by_idle(cpu, TIMER_PINNED), cpu);
	expect(armed_by_idle(cpu, 0) != cpu);
}

TEST(nohz, migration, "D8", "a timer armed in an idle CPU's interrupt goes to a busy CPU, a pinned one does not")
{
	need_nohz();
	watch_idle_cpu(watch_migration);
}

static struct {
	struct hrtimer timer;
	struct completion done;
	unsigned long jiffies;
	ktime_t at;
} alarm;

static enum hrtimer_restart alarm_rings(struct hrtimer *t)
{
	alarm.jiffies = jiffies;
	alarm.at = ktime_get();
	complete(&alarm.done);
	return HRTIMER_NORESTART;
}

/* With every CPU idle nobody has moved jiffies on until the interrupt. */
TEST(nohz, jiffies_are_current, "D8", "an interrupt that ends a long idle time finds jiffies as they should be")
{
	s64 behind = TIME64_MAX;

	PATIENCE {
		unsigned long before = jiffies;
		ktime_t start = ktime_get();

		init_completion(&alarm.done);
		hrtimer_init(&alarm.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
		alarm.timer.function = alarm_rings;
		hrtimer_start(&alarm.timer, ms_to_ktime(30 * MSEC_PER_TICK), HRTIMER_MODE_REL);
		wait_for_completion(&alarm.done);
		behind = (s64)div_u64((u64)(alarm.at - start), TICK_NSEC) - (s64)(alarm.jiffies - before);
		if (behind <= 1)
			break;
	}
	test_note("%lld ticks behind", behind);
	expect(behind <= 1);
}

static void watch_idle_time(int cpu)
{
	u64 idle = 0, passed = 0;

	test_on_cpu((unsigned int)cpu, ignore, NULL);
	PATIENCE {
		ktime_t start = ktime_get();

		idle = get_cpu_idle_time_us(cpu, NULL);
		msleep(50 * MSEC_PER_TICK);
		idle = get_cpu_idle_time_us(cpu, NULL) - idle;
		passed = (u64)ktime_to_us(ktime_get() - start);
		expect(idle <= passed + 1000);
		if (idle >= passed / 2)
			break;
	}
	test_note("%llu us of %llu", idle, passed);
	expect(idle >= passed / 2);
}

TEST(nohz, idle_time, "D8", "the idle time of a CPU in /proc/stat goes on while it has no tick")
{
	watch_idle_cpu(watch_idle_time);
}

static struct completion io_done;

static int sleep_for_io(void *unused)
{
	while (!try_wait_for_completion(&io_done)) {
		__set_current_state(TASK_UNINTERRUPTIBLE);
		io_schedule_timeout(2);
	}
	return 0;
}

static void watch_iowait(int cpu)
{
	struct task_struct *t = kthread_create_on_cpu(sleep_for_io, NULL, (unsigned int)cpu, "io/%u");
	u64 waited = get_cpu_iowait_time_us(cpu, NULL);

	require(!IS_ERR(t));
	init_completion(&io_done);
	get_task_struct(t);
	wake_up_process(t);
	wait_until(get_cpu_iowait_time_us(cpu, NULL) - waited >= 5000);
	complete(&io_done);
	wait_until(t->flags & PF_EXITING);
	put_task_struct(t);
}

TEST(nohz, iowait, "D8", "idle time in which a task waits for a device is counted as that")
{
	watch_idle_cpu(watch_iowait);
}

static bool others_busy;

static int be_busy(void *unused)
{
	while (READ_ONCE(others_busy))
		cond_resched();
	return 0;
}

/* With interrupts off on this CPU, do jiffies go on? */
static int watch_jiffies(void *unused)
{
	ktime_t start = ktime_get();
	unsigned long begun = jiffies, flags;

	local_irq_save(flags);
	while (jiffies - begun < 10 && ktime_get() - start < 30LL * NSEC_PER_SEC)
		cpu_relax();
	local_irq_restore(flags);
	return jiffies - begun >= 10;
}

TEST(nohz, duty, "D8", "jiffies go on, whichever CPU keeps its interrupts off, as long as another one is busy")
{
	unsigned int first = cpumask_first(cpu_online_mask);
	unsigned int pair[2] = { first, cpumask_next((int)first, cpu_online_mask) };
	struct task_struct *t;
	int i;

	need(num_online_cpus() > 1, "one CPU only");
	for (i = 0; i < 2; i++) {
		others_busy = true;
		t = kthread_create_on_cpu(be_busy, NULL, pair[!i], "busy/%u");
		require(!IS_ERR(t));
		get_task_struct(t);
		wake_up_process(t);
		expect_eq(test_on_cpu(pair[i], watch_jiffies, NULL), 1);
		WRITE_ONCE(others_busy, false);
		wait_until(t->flags & PF_EXITING);
		put_task_struct(t);
	}
}
