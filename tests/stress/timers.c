/* SPDX-License-Identifier: MIT */
/* Timers of both kinds, armed, moved and deleted while they run; they poke what runs elsewhere. */
#include <linux/cpu.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/timer.h>
#include "stress.h"

#define OWNERS		3
#define TIMERS_EACH	8

/* -- On the wheel ------------------------------------------------------------------------------------- */

static struct timer_list timers[OWNERS * TIMERS_EACH];
static struct tally tally;

static void expired(struct timer_list *t)
{
	unsigned long n = (unsigned long)atomic_long_inc_return(&tally.done);

	poke_tasklet(n);
	poke_work(n);
}

static bool begin(void)
{
	unsigned int i;

	tally_begin(&tally, "timers");
	for (i = 0; i < OWNERS * TIMERS_EACH; i++)
		timer_setup(&timers[i], expired, i % 4 == 3 ? TIMER_IRQSAFE : i % 4 == 2 ? TIMER_PINNED : 0);
	return true;
}

static void armed(int was_pending)
{
	if (!was_pending)
		atomic_long_inc(&tally.sent);
}

static void deleted(int was_pending)
{
	if (was_pending)
		atomic_long_inc(&tally.taken_back);
}

/* Only its owner arms a timer. */
static void step(struct stress_task *t)
{
	struct timer_list *timer = &timers[t->number * TIMERS_EACH + pick(t, TIMERS_EACH)];
	unsigned long when = jiffies + pick(t, pick(t, 8) ? 4 : 300);

	switch (pick(t, 8)) {
	case 0:
		deleted(del_timer(timer));
		break;
	case 1:
		deleted(del_timer_sync(timer));
		expect(!timer_pending(timer));
		break;
	case 2:
		deleted(del_timer_sync(timer));
		timer->expires = when;
		cpus_read_lock();
		add_timer_on(timer, (int)pick_cpu(t));
		cpus_read_unlock();
		armed(0);
		break;
	case 3:
		armed(timer_reduce(timer, when));
		break;
	default:
		armed(mod_timer(timer, when));
	}
}

static void end(void)
{
	unsigned int i;

	for (i = 0; i < OWNERS * TIMERS_EACH; i++)
		deleted(del_timer_sync(&timers[i]));
	tally_end(&tally);
}

const struct stressor stress_timers = {
	.name = "timers", .tasks = OWNERS, .begin = begin, .step = step, .end = end,
};

/* -- High-resolution ones ------------------------------------------------------------------------------ */

static const enum hrtimer_mode modes[] = {
	HRTIMER_MODE_REL, HRTIMER_MODE_REL_SOFT, HRTIMER_MODE_REL_PINNED, HRTIMER_MODE_REL_PINNED_SOFT,
};

static struct hr_probe {
	struct hrtimer timer;
	enum hrtimer_mode mode;
	unsigned int rounds;		/* more before it stops; its own, or its owner's while it is idle */
} hrtimers[OWNERS * TIMERS_EACH];
static struct tally hr_tally;

static enum hrtimer_restart hr_expired(struct hrtimer *timer)
{
	struct hr_probe *p = container_of(timer, struct hr_probe, timer);
	unsigned long n = (unsigned long)atomic_long_inc_return(&hr_tally.done);

	poke_irq_work(n);
	poke_tasklet(n);
	if (!p->rounds)
		return HRTIMER_NORESTART;
	p->rounds--;
	hrtimer_forward_now(timer, us_to_ktime(500));
	atomic_long_inc(&hr_tally.sent);
	return HRTIMER_RESTART;
}

static bool hr_begin(void)
{
	unsigned int i;

	tally_begin(&hr_tally, "high-resolution timers");
	for (i = 0; i < OWNERS * TIMERS_EACH; i++) {
		struct hr_probe *p = &hrtimers[i];

		p->mode = modes[i % ARRAY_SIZE(modes)];
		hrtimer_init(&p->timer, i % 3 ? CLOCK_MONOTONIC : CLOCK_REALTIME, p->mode);
		p->timer.function = hr_expired;
	}
	return true;
}

static void hr_step(struct stress_task *t)
{
	struct hr_probe *p = &hrtimers[t->number * TIMERS_EACH + pick(t, TIMERS_EACH)];
	int cancelled;

	if (!pick(t, 2)) {
		cancelled = hrtimer_try_to_cancel(&p->timer);
		if (cancelled > 0)
			atomic_long_inc(&hr_tally.taken_back);
		return;
	}
	if (hrtimer_cancel(&p->timer))
		atomic_long_inc(&hr_tally.taken_back);
	p->rounds = pick(t, 6);
	atomic_long_inc(&hr_tally.sent);
	hrtimer_start(&p->timer, ns_to_ktime(pick(t, 3 * NSEC_PER_MSEC)), p->mode);
}

static void hr_end(void)
{
	unsigned int i;

	for (i = 0; i < OWNERS * TIMERS_EACH; i++)
		if (hrtimer_cancel(&hrtimers[i].timer))
			atomic_long_inc(&hr_tally.taken_back);
	tally_end(&hr_tally);
}

const struct stressor stress_hrtimers = {
	.name = "hrtimers", .tasks = OWNERS, .begin = hr_begin, .step = hr_step, .end = hr_end,
};
