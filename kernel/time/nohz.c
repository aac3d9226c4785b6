/* SPDX-License-Identifier: MIT */
/*
 * No tick while idle (NO_HZ).
 *
 * A CPU that goes idle keeps its tick at first: most idle times are shorter than a tick, and
 * those then cost nothing. The tick that finds the CPU idle is the last. The idle loop, which
 * comes round after every interrupt, puts the device off until the first timer is due, or
 * stops it if there is none.
 *
 *	idle loop, IRQs off		interrupt
 *	  may the tick stop?
 *	  the wheel is marked idle
 *	  the device is put off
 *	  waits			<-	tick_irq_enter(): jiffies as they should be
 *	  (again, after each)		handler, softirqs
 *	there is something to run:
 *	  the wheel is marked busy
 *	  the next tick of the grid
 *
 * Who arms a timer on the wheel of another CPU sees its mark under the wheel's lock, and sends
 * that CPU an interrupt if it would sleep too long (timer.c). The idle CPU sets the mark and
 * looks for its first timer under the same lock, so one of the two sees the other.
 *
 * The duty to move jiffies on is let go with the tick, and taken by the next CPU that ticks.
 * When all are idle nobody does: tick_irq_enter() makes up for it. The last that had the duty
 * still wakes up before the clocksource has gone round.
 */
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/stat.h>
#include <linux/string.h>
#include <linux/tick.h>

#include "internals.h"

static bool nohz_on __ro_after_init = true;

/* nohz=on, nohz=off */
static int __init nohz_option(char *str)
{
	return kstrtobool(str, &nohz_on) ? 0 : 1;
}
__setup("nohz=", nohz_option);

bool tick_nohz_enabled(void)
{
	return nohz_on;
}

/** tick_nohz_tick_stopped - has this CPU, which is idle, no tick now? */
bool tick_nohz_tick_stopped(void)
{
	return raw_cpu_read(tick_cpu.stopped);
}

/** tick_nohz_tick_stopped_cpu - the same of any CPU: the answer of a moment */
bool tick_nohz_tick_stopped_cpu(int cpu)
{
	return READ_ONCE(per_cpu(tick_cpu.stopped, cpu));
}

/* Does something else wait for the tick? */
static bool tick_is_needed(void)
{
	return !nohz_on || local_softirq_pending() || irq_work_needs_cpu();
}

/* Let the duty go. What this CPU may sleep, if it was the last to have it. */
static u64 let_duty_go(struct tick_cpu *tc)
{
	if (READ_ONCE(tick_do_timer_cpu) == raw_smp_processor_id()) {
		WRITE_ONCE(tick_do_timer_cpu, TICK_DO_TIMER_NONE);
		tc->keeps_time_last = true;
	} else if (READ_ONCE(tick_do_timer_cpu) != TICK_DO_TIMER_NONE) {
		tc->keeps_time_last = false;
	}
	return tc->keeps_time_last ? timekeeping_max_deferment() : KTIME_MAX;
}

static void restart_tick(struct tick_cpu *tc, ktime_t now)
{
	WRITE_ONCE(tc->stopped, false);
	arch_tell_irq_entry(false);
	timers_idle_exit();
	tick_update_jiffies(now);
	tc->next_tick = tick_next_on_grid(now);
	/* What the device was told before that was a timer's time, and stays so. */
	if (tc->next_tick < tc->programmed)
		tick_program(tc, tc->next_tick);
}

/* The tick is not needed. Return: when the first timer is due. */
static ktime_t next_timer_event(struct tick_cpu *tc, ktime_t *last)
{
	unsigned long jiffies_then, next;

	*last = tick_last_update(&jiffies_then);
	if (!timers_idle_enter(&next))
		return KTIME_MAX;
	if (time_before_eq(next, jiffies_then))
		return *last;
	return ktime_add_safe(*last, (s64)min_t(u64, (next - jiffies_then) * TICK_NSEC, KTIME_MAX));
}

/**
 * tick_nohz_idle_stop_tick - before each wait of the idle loop: stop the tick, if it may
 *
 * Context: idle task, IRQs off.
 */
void tick_nohz_idle_stop_tick(void)
{
	struct tick_cpu *tc = this_cpu_ptr(&tick_cpu);
	ktime_t last, wheel, event;
	u64 longest;

	if (likely(!tc->idle_ticked))
		return;
	if (unlikely(tick_is_needed())) {
		tick_nohz_idle_exit();
		return;
	}
	wheel = next_timer_event(tc, &last);
	/* So near that it may as well be the tick. */
	if (wheel <= ktime_add_ns(last, TICK_NSEC)) {
		if (tc->stopped)
			restart_tick(tc, ktime_get());
		else
			timers_idle_exit();
		return;
	}
	longest = let_duty_go(tc);
	if (longest != KTIME_MAX)
		wheel = min(wheel, ktime_add_ns(last, longest));
	if (!tc->stopped) {
		WRITE_ONCE(tc->stopped, true);
		arch_tell_irq_entry(true);
	}
	tc->next_tick = wheel;
	event = min(wheel, hrtimer_next_event());
	if (event != tc->programmed)
		tick_program(tc, event);
}

/**
 * tick_nohz_idle_exit - the idle loop ends: the tick goes on, if it was stopped
 *
 * Context: idle task.
 */
void tick_nohz_idle_exit(void)
{
	struct tick_cpu *tc = this_cpu_ptr(&tick_cpu);
	unsigned long flags;

	tc->idle_ticked = false;
	if (likely(!tc->stopped))
		return;
	local_irq_save(flags);
	restart_tick(tc, ktime_get());
	local_irq_restore(flags);
}

void tick_irq_enter(void)
{
	tick_update_jiffies(ktime_get());
}
