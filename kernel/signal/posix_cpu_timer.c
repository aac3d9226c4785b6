/* SPDX-License-Identifier: MIT */
/*
 * Timers of timer_create() by the time that a process or a thread runs; what they share with
 * others is in posix_timer.c. They differ in a few things, as Linux's do: a timer that tells
 * nobody runs too, and one whose signal waits does not show when it would be over next.
 *
 * All but the function: in the owner, siglock held.
 */
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/string.h>
#include "posix_timer.h"

/* In the tick of who is counted, which need not be the owner. */
static void timer_fn(struct cpu_timer *cpu)
{
	struct k_itimer *timer = container_of(cpu, struct k_itimer, cpu);
	struct task_struct *leader;
	unsigned long flags;

	leader = posix_timer_lock(timer, &flags);
	if (timer->notify == SIGEV_NONE) {
		timer->active = false;
		cpu->expires = 0;
	} else if (posix_timer_over(timer, leader)) {
		/* Nobody wants the signal. */
		timer->overrun += (s64)cpu_timer_forward(cpu, cpu->fired_at, (u64)timer->interval);
		timer->requeue = false;
		timer->active = cpu_timer_start(cpu);
	} else if (!timer->interval) {
		cpu->expires = 0;
	}
	cpu_timer_done(cpu);
	posix_timer_unlock(leader, &flags);
}

/* posix_cpu_timer_init - of a new timer; no lock held. Return: 0; -EINVAL: no such clock. */
int posix_cpu_timer_init(struct k_itimer *timer)
{
	return cpu_timer_init(&timer->cpu, timer->clock, timer_fn);
}

/* posix_cpu_timer_look - what it says of itself */
void posix_cpu_timer_look(struct k_itimer *timer, struct itimerspec64 *it)
{
	struct cpu_timer *cpu = &timer->cpu;
	u64 now;

	memset(it, 0, sizeof(*it));
	if (cpu_timer_ended(cpu))
		return;
	it->it_interval = ktime_to_timespec64(timer->interval);
	if (!cpu->expires)
		return;
	now = cpu_timer_now(cpu);
	if (now < cpu->expires)
		it->it_value = ns_to_timespec64((s64)(cpu->expires - now));
	else
		it->it_value.tv_nsec = 1;	/* about to be over, or its signal waits */
}

/*
 * posix_cpu_timer_stopped - the same of one that was just stopped, as if it had gone on until now
 */
void posix_cpu_timer_stopped(struct k_itimer *timer, struct itimerspec64 *it)
{
	struct cpu_timer *cpu = &timer->cpu;

	if (cpu->expires && timer->interval)
		timer->overrun += (s64)cpu_timer_forward(cpu, cpu_timer_now(cpu), (u64)timer->interval);
	posix_cpu_timer_look(timer, it);
}

/**
 * posix_cpu_timer_start - set a timer that is stopped, or leave it so for a time of 0
 * @timer: the timer
 * @new: when, and how often
 * @absolute: by its clock, not from now
 *
 * Return: 0; 1: that time is over already, and the caller calls its function, which takes siglock.
 */
int posix_cpu_timer_start(struct k_itimer *timer, const struct itimerspec64 *new, bool absolute)
{
	struct cpu_timer *cpu = &timer->cpu;
	u64 now = cpu_timer_now(cpu), end = (u64)timespec64_to_ktime(new->it_value);

	if (end && !absolute)
		end += now;
	cpu->expires = end;
	timer->interval = timespec64_to_ktime(new->it_interval);
	timer->overrun = -1;
	if (!end)
		return 0;
	timer->active = true;
	if (end <= now) {
		cpu->firing = true;
		cpu->fired_at = now;
		return 1;
	}
	cpu_timer_start(cpu);
	return 0;
}

/* posix_cpu_timer_again - its signal was taken: the next interval */
void posix_cpu_timer_again(struct k_itimer *timer)
{
	struct cpu_timer *cpu = &timer->cpu;

	timer->overrun += (s64)cpu_timer_forward(cpu, cpu_timer_now(cpu), (u64)timer->interval);
	timer->active = cpu_timer_start(cpu);
}
