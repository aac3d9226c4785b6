/* SPDX-License-Identifier: MIT */
/* Timers on the wheel, and high-resolution timers. */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include "tasks.h"
#include "test.h"

struct probe {
	struct timer_list timer;
	atomic_t runs;
	int due;		/* the test's: so often it has to run */
	unsigned long at;	/* jiffies when it ran last */
	int cpu;
	bool softirq, irqs_off;
	bool hold;		/* the test's; the function waits until it is false */
};

static void probe_run(struct timer_list *t)
{
	struct probe *p = from_timer(p, t, timer);

	p->at = jiffies;
	p->cpu = raw_smp_processor_id();
	p->softirq = in_serving_softirq() && !in_hardirq();
	p->irqs_off = irqs_disabled();
	smp_mb__before_atomic();
	atomic_inc(&p->runs);
	smp_cond_load_acquire(&p->hold, !VAL);
}

static struct probe p1;

static void probe_init(struct probe *p, unsigned int flags)
{
	memset(p, 0, sizeof(*p));
	timer_setup(&p->timer, probe_run, flags);
}

/* How late a timer armed for @delta ticks ahead may be called, by the wheel's own rule. */
static unsigned long wheel_span(unsigned long delta)
{
	unsigned long span = 1;

	while (delta >= 63 * span)
		span *= 8;
	return span;
}

TEST(timer, never_early, "D8", "a timer is called at its time or later, by no more than its level of the wheel allows")
{
	static const unsigned int deltas[] = { 0, 1, 2, 3, 7, 8, 31, 62, 63, 64, 65, 100, 127, 128, 200 };
	struct probe *p = kcalloc(ARRAY_SIZE(deltas), sizeof(*p), GFP_KERNEL);
	unsigned long late, worst = 0;
	size_t i;

	require(p);
	for (i = 0; i < ARRAY_SIZE(deltas); i++) {
		probe_init(&p[i], 0);
		expect_eq(mod_timer(&p[i].timer, jiffies + deltas[i]), 0);
	}
	for (i = 0; i < ARRAY_SIZE(deltas); i++) {
		wait_until(atomic_read(&p[i].runs) == 1);
		expect(!timer_pending(&p[i].timer));
		expect(time_after_eq(p[i].at, p[i].timer.expires));
		expect(p[i].softirq && !p[i].irqs_off);
		late = p[i].at - p[i].timer.expires;
		/* The emulator may hold the CPU up: that is reported, not failed. */
		if (late > wheel_span(deltas[i]) + 1)
			test_note("%u ticks ahead, %lu late", deltas[i], late);
		worst = max(worst, late);
	}
	test_note("latest by %lu ticks", worst);
	kfree(p);
}

TEST(timer, results, "D8", "mod_timer(), del_timer() and their kin say whether the timer was pending")
{
	unsigned long later = jiffies + 100 * HZ;

	probe_init(&p1, 0);
	expect_eq(mod_timer_pending(&p1.timer, later), 0);
	expect(!timer_pending(&p1.timer));
	expect_eq(mod_timer(&p1.timer, later), 0);
	expect(timer_pending(&p1.timer));
	expect_eq(mod_timer(&p1.timer, later), 1);
	expect_eq(mod_timer(&p1.timer, later + 1), 1);
	expect_eq(mod_timer_pending(&p1.timer, later + 1000), 1);
	expect_eq(p1.timer.expires, later + 1000);
	expect_eq(timer_reduce(&p1.timer, later + 2000), 1);
	expect_eq(p1.timer.expires, later + 1000);
	expect_eq(timer_reduce(&p1.timer, later), 1);
	expect_eq(p1.timer.expires, later);
	expect_eq(del_timer(&p1.timer), 1);
	expect_eq(del_timer(&p1.timer), 0);
	expect_eq(timer_reduce(&p1.timer, later), 0);
	expect_eq(try_to_del_timer_sync(&p1.timer), 1);
	expect_eq(del_timer_sync(&p1.timer), 0);
	expect(!timer_pending(&p1.timer));
	p1.timer.expires = later;
	add_timer(&p1.timer);
	expect_eq(timer_delete_sync(&p1.timer), 1);
	expect_eq(atomic_read(&p1.runs), 0);
}

static int arm_here(void *unused)
{
	return mod_timer(&p1.timer, jiffies + 2);
}

TEST(timer, cpu, "D8", "a timer runs on the CPU that armed it last, or where add_timer_on() says")
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		probe_init(&p1, TIMER_PINNED);
		mod_timer(&p1.timer, jiffies + 1000 * HZ);
		expect_eq(test_on_cpu(cpu, arm_here, NULL), 1);
		wait_until(atomic_read(&p1.runs) == 1);
		expect_eq(p1.cpu, cpu);

		p1.timer.expires = jiffies + 1;
		add_timer_on(&p1.timer, (int)cpu);
		wait_until(atomic_read(&p1.runs) == 2);
		expect_eq(p1.cpu, cpu);
		del_timer_sync(&p1.timer);
	}
}

static int release_p1(void *unused)
{
	msleep(20);
	smp_store_release(&p1.hold, false);
	return 0;
}

static int delete_sync_body(void *unused)
{
	probe_init(&p1, TIMER_PINNED);
	p1.hold = true;
	start_on(held_cpu(), arm_here);
	wait_until(atomic_read(&p1.runs) == 1);
	expect_eq(try_to_del_timer_sync(&p1.timer), -1);
	start_on((unsigned int)raw_smp_processor_id(), release_p1);
	del_timer_sync(&p1.timer);
	/* Had it not waited, the function would still be held. */
	expect(!READ_ONCE(p1.hold));
	return 0;
}

TEST(timer, delete_sync, "D8", "del_timer_sync() waits while the function runs on another CPU")
{
	run_beside_held(delete_sync_body);
}

static int rearm_body(void *unused)
{
	probe_init(&p1, 0);
	p1.hold = true;
	start_on(held_cpu(), arm_here);
	wait_until(atomic_read(&p1.runs) == 1);
	expect_eq(arm_here(NULL), 0);
	msleep(20);
	expect_eq(atomic_read(&p1.runs), 1);
	smp_store_release(&p1.hold, false);
	wait_until(atomic_read(&p1.runs) == 2);
	expect_eq(p1.cpu, held_cpu());
	del_timer_sync(&p1.timer);
	return 0;
}

TEST(timer, rearmed_while_running, "D8", "armed from a second CPU while it runs, a timer stays on the first and runs again there")
{
	run_beside_held(rearm_body);
}

static void run_periodic(struct timer_list *t)
{
	struct probe *p = from_timer(p, t, timer);

	atomic_inc(&p->runs);
	mod_timer(t, jiffies + 1);
}

TEST(timer, periodic, "D8", "a timer that arms itself runs on until it is shut down, and not after")
{
	int runs;

	memset(&p1, 0, sizeof(p1));
	timer_setup(&p1.timer, run_periodic, 0);
	mod_timer(&p1.timer, jiffies);
	wait_until(atomic_read(&p1.runs) >= 5);
	timer_shutdown_sync(&p1.timer);
	runs = atomic_read(&p1.runs);
	expect(!timer_pending(&p1.timer));
	expect_eq(mod_timer(&p1.timer, jiffies), 0);
	expect(!timer_pending(&p1.timer));
	msleep(12);
	expect_eq(atomic_read(&p1.runs), runs);
}

TEST(timer, irqsafe, "D8", "a TIMER_IRQSAFE timer runs with interrupts off")
{
	probe_init(&p1, TIMER_IRQSAFE);
	mod_timer(&p1.timer, jiffies);
	wait_until(atomic_read(&p1.runs) == 1);
	expect(p1.irqs_off);
}

static unsigned long legacy_data;

static void legacy_run(unsigned long data)
{
	WRITE_ONCE(legacy_data, data);
}

TEST(timer, older_forms, "D8", "timers of setup_timer() and init_timer() get their data")
{
	struct timer_list t;

	setup_timer_on_stack(&t, legacy_run, 4711);
	mod_timer(&t, jiffies);
	wait_until(READ_ONCE(legacy_data) == 4711);
	del_timer_sync(&t);

	memset(&t, 0, sizeof(t));
	init_timer(&t);
	t.function = (void *)legacy_run;
	t.data = 4712;
	t.expires = jiffies + 1;
	add_timer(&t);
	wait_until(READ_ONCE(legacy_data) == 4712);
	del_timer_sync(&t);
}

#define MANY	10000

TEST(timer, many, "D8", "ten thousand timers, some deleted, some moved: each of the rest runs once and none early")
{
	struct probe *p = vzalloc(MANY * sizeof(*p));
	unsigned long start = jiffies;
	int i, early = 0, wrong = 0;

	require(p);
	for (i = 0; i < MANY; i++) {
		timer_setup(&p[i].timer, probe_run, 0);
		p[i].due = 1;
		mod_timer(&p[i].timer, start + 10 + (unsigned int)i * 7919u % 150);
	}
	/* The machine may be slow, and some have run before they are deleted or moved. */
	for (i = 0; i < MANY; i += 3)
		p[i].due -= del_timer_sync(&p[i].timer);
	for (i = 1; i < MANY; i += 3)
		p[i].due += !mod_timer(&p[i].timer, start + 20 + (unsigned int)i * 104729u % 100);
	for (i = 0; i < MANY; i++)
		wait_until(atomic_read(&p[i].runs) >= p[i].due);
	for (i = 0; i < MANY; i++) {
		del_timer_sync(&p[i].timer);
		wrong += atomic_read(&p[i].runs) != p[i].due;
		early += p[i].due && time_before(p[i].at, p[i].timer.expires);
	}
	expect_eq(wrong, 0);
	expect_eq(early, 0);
	vfree(p);
}

TEST(timer, sleeps, "D9", "msleep() and usleep_range() sleep no shorter than asked")
{
	static const unsigned int ms[] = { 1, 5, 17 };
	ktime_t before;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ms); i++) {
		before = ktime_get();
		msleep(ms[i]);
		expect(ktime_ms_delta(ktime_get(), before) >= ms[i]);
		before = ktime_get();
		usleep_range(ms[i] * 100, ms[i] * 200);
		expect(ktime_us_delta(ktime_get(), before) >= ms[i] * 100);
	}
}

TEST(timer, rounding, "D8", "round_jiffies() gives whole seconds that are not in the past")
{
	unsigned long j = jiffies + 10 * HZ + 17, r, now;

	r = __round_jiffies(j, 0);
	expect_eq(r % HZ, 0);
	expect(r + HZ > j && r < j + HZ);
	expect(__round_jiffies_up(j, 0) >= j);
	now = jiffies;
	expect(time_after_eq(round_jiffies(now), now));
	expect_eq((__round_jiffies_up(j, 1) + 3) % HZ, 0);
}

/* ---- High-resolution timers ------------------------------------------------------------- */

struct hr_probe {
	struct hrtimer timer;
	atomic_t runs;
	ktime_t at;
	bool hardirq, softirq;
	int rounds;		/* run so often in all */
	ktime_t period;
	u64 overruns;
	bool hold;
};

static enum hrtimer_restart hr_run(struct hrtimer *t)
{
	struct hr_probe *p = container_of(t, struct hr_probe, timer);

	p->at = hrtimer_cb_get_time(t);
	p->hardirq = in_hardirq();
	p->softirq = in_serving_softirq();
	smp_mb__before_atomic();
	atomic_inc(&p->runs);
	smp_cond_load_acquire(&p->hold, !VAL);
	if (--p->rounds <= 0)
		return HRTIMER_NORESTART;
	p->overruns += hrtimer_forward_now(t, p->period);
	return HRTIMER_RESTART;
}

static struct hr_probe h1;

static void hr_init(struct hr_probe *p, clockid_t clock, enum hrtimer_mode mode)
{
	memset(p, 0, sizeof(*p));
	hrtimer_init(&p->timer, clock, mode);
	p->timer.function = hr_run;
}

TEST(hrtimer, clocks, "D8", "a timer on each clock, hard and soft, is called in its context and not early")
{
	static const clockid_t clocks[] = { CLOCK_MONOTONIC, CLOCK_REALTIME, CLOCK_BOOTTIME, CLOCK_TAI };
	enum hrtimer_mode mode;
	size_t i;
	int soft;

	for (i = 0; i < ARRAY_SIZE(clocks); i++) {
		for (soft = 0; soft < 2; soft++) {
			mode = soft ? HRTIMER_MODE_ABS_SOFT : HRTIMER_MODE_ABS;
			hr_init(&h1, clocks[i], mode);
			local_irq_disable();	/* it can't be called before it was looked at */
			hrtimer_start(&h1.timer, ktime_add_us(hrtimer_cb_get_time(&h1.timer), 700), mode);
			expect(hrtimer_active(&h1.timer));
			local_irq_enable();
			wait_until(atomic_read(&h1.runs) == 1);
			expect_eq(hrtimer_cancel(&h1.timer), 0);
			expect(h1.at >= hrtimer_get_expires(&h1.timer));
			expect_eq(h1.hardirq, !soft);
			expect_eq(h1.softirq, soft);
		}
	}
}

/*
 * Armed just after a tick, 300 us ahead: by the tick alone it would be called 3.7 ms later, at
 * the next one. The emulator may be late itself, so that one good try in many shows it.
 */
TEST(hrtimer, finer_than_the_tick, "D8", "a timer due well before the next tick does not wait for it")
{
	unsigned long patience = jiffies + TEST_PATIENCE, j;
	s64 late;

	do {
		hr_init(&h1, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
		j = jiffies;
		smp_cond_load_relaxed(&jiffies, VAL != j);
		hrtimer_start(&h1.timer, us_to_ktime(300), HRTIMER_MODE_REL);
		wait_until(atomic_read(&h1.runs) == 1);
		late = h1.at - hrtimer_get_expires(&h1.timer);
	} while (late > 2 * NSEC_PER_MSEC && time_before(jiffies, patience));
	test_note("%lld ns late", late);
	expect(late <= 2 * NSEC_PER_MSEC);
}

TEST(hrtimer, periodic, "D8", "hrtimer_forward_now() and HRTIMER_RESTART give a period; missed ones are counted")
{
	ktime_t start = ktime_get();

	hr_init(&h1, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	h1.rounds = 10;
	h1.period = ms_to_ktime(2);
	hrtimer_start(&h1.timer, h1.period, HRTIMER_MODE_REL);
	wait_until(atomic_read(&h1.runs) == 10);
	hrtimer_cancel(&h1.timer);
	expect(h1.overruns >= 9);
	expect(h1.at >= start + 10 * h1.period);
}

TEST(hrtimer, cancel, "D8", "a cancelled timer does not run; cancel says whether it was queued")
{
	int runs;

	hr_init(&h1, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	expect_eq(hrtimer_cancel(&h1.timer), 0);
	hrtimer_start(&h1.timer, ktime_set(1000, 0), HRTIMER_MODE_REL);
	expect(hrtimer_is_queued(&h1.timer));
	expect(hrtimer_get_remaining(&h1.timer) <= ktime_set(1000, 0));
	expect_eq(hrtimer_cancel(&h1.timer), 1);
	expect(!hrtimer_active(&h1.timer));

	/* One that is due while it is cancelled: it has run, or was queued and never runs. */
	for (int i = 0; i < 20; i++) {
		int ran = atomic_read(&h1.runs), queued;

		hrtimer_start(&h1.timer, us_to_ktime(100), HRTIMER_MODE_REL);
		udelay(90 + i);
		queued = hrtimer_cancel(&h1.timer);
		expect_eq(atomic_read(&h1.runs) + queued, ran + 1);
	}
	runs = atomic_read(&h1.runs);
	msleep(2);
	expect_eq(atomic_read(&h1.runs), runs);
}

static int start_h1(void *unused)
{
	hrtimer_start(&h1.timer, us_to_ktime(100), HRTIMER_MODE_REL_SOFT);
	return 0;
}

static int release_h1(void *unused)
{
	msleep(20);
	smp_store_release(&h1.hold, false);
	return 0;
}

static int cancel_body(void *unused)
{
	hr_init(&h1, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	h1.hold = true;
	start_on(held_cpu(), start_h1);
	wait_until(atomic_read(&h1.runs) == 1);
	expect(hrtimer_callback_running(&h1.timer) && hrtimer_active(&h1.timer));
	expect_eq(hrtimer_try_to_cancel(&h1.timer), -1);
	start_on((unsigned int)raw_smp_processor_id(), release_h1);
	hrtimer_cancel(&h1.timer);
	expect(!READ_ONCE(h1.hold));
	return 0;
}

TEST(hrtimer, cancel_waits, "D8", "hrtimer_cancel() waits while the function runs on another CPU")
{
	run_beside_held(cancel_body);
}
