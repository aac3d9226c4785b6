/* SPDX-License-Identifier: MIT */
/*
 * What a CPU does when it has nothing to do: swapper/N. And for how long it did nothing: the run
 * time of that task, which the scheduler accounts for as for any other.
 */
#include <linux/arch.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/irq_time.h>
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/rcupdate.h>
#include <linux/sched/nohz.h>
#include <linux/tick.h>
#include "internals.h"

/* How long the idle task ran in all, up to now. rq->lock held. */
static u64 idle_ns(struct rq *rq)
{
	if (rq->curr == rq->idle)
		account_curr(rq);
	return rq->idle->sum_exec_runtime - rq->idle_base;
}

/* A task that slept here waits for a device: it is that what the CPU was idle for. */
static void charge_iowait(struct rq *rq)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&rq->lock, flags);
	rq->iowait_ns += idle_ns(rq) - rq->idle_since;
	raw_spin_unlock_irqrestore(&rq->lock, flags);
}

static void do_idle(void)
{
	struct rq *rq = this_rq();

	rq->idle_since = rq->idle->sum_exec_runtime - rq->idle_base;
	while (!need_resched()) {
		/* With interrupts off no wake-up comes between the look and the wait. */
		local_irq_disable();
		if (need_resched()) {
			local_irq_enable();
			break;
		}
		if (unlikely(!cpu_online(rq->cpu))) {
			cpuhp_report_idle_dead();
			arch_cpu_halt_forever();
		}
		rcu_idle_enter();	/* may arm a timer: before the tick is stopped */
		tick_nohz_idle_stop_tick();
		irqs_off_forget();
		arch_cpu_idle();
		rcu_idle_exit();
	}
	tick_nohz_idle_exit();
	if (unlikely(atomic_read(&rq->nr_iowait)))
		charge_iowait(rq);
	schedule_idle();
}

/**
 * cpu_startup_entry - the end of every CPU's start: be its idle task
 * @state: how far the CPU has come
 *
 * Context: the CPU's idle task, preemption off. Does not return.
 */
void __noreturn cpu_startup_entry(enum cpuhp_state state)
{
	struct rq *rq = this_rq();

	/* What this task did until now was not idling. */
	raw_spin_lock_irq(&rq->lock);
	account_curr(rq);
	rq->idle_base = rq->idle->sum_exec_runtime;
	raw_spin_unlock_irq(&rq->lock);
	for (;;)
		do_idle();
}

/* ---- Idle times ----------------------------------------------------------------------------- */

static u64 idle_time_us(int cpu, bool iowait, u64 *when)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;
	u64 idle, waited;

	if (!rq->idle)		/* never was up */
		return 0;
	raw_spin_lock_irqsave(&rq->lock, flags);
	idle = idle_ns(rq);
	waited = rq->iowait_ns;
	if (rq->curr == rq->idle && atomic_read(&rq->nr_iowait))
		waited += idle - rq->idle_since;
	raw_spin_unlock_irqrestore(&rq->lock, flags);
	if (when)
		*when = (u64)ktime_to_us(ktime_get());
	return div_u64(iowait ? waited : idle - waited, NSEC_PER_USEC);
}

/**
 * get_cpu_idle_time_us - how long @cpu had nothing to do, and waited for no device
 * @last_update_time: the time of the answer, in microseconds; may be NULL
 *
 * Context: any but NMI.
 */
u64 get_cpu_idle_time_us(int cpu, u64 *last_update_time)
{
	return idle_time_us(cpu, false, last_update_time);
}
EXPORT_SYMBOL_GPL(get_cpu_idle_time_us);

/** get_cpu_iowait_time_us - how long it was idle while a task that ran on it waited for a device */
u64 get_cpu_iowait_time_us(int cpu, u64 *last_update_time)
{
	return idle_time_us(cpu, true, last_update_time);
}
EXPORT_SYMBOL_GPL(get_cpu_iowait_time_us);

/* ---- CPUs without a tick ------------------------------------------------------------------------ */

/* The CPU for a timer that is armed here: this one, or one that is awake if this is idle. */
int get_nohz_timer_target(void)
{
	int here = raw_smp_processor_id(), cpu;

	if (!idle_cpu(here))
		return here;
	for_each_cpu(cpu, cpu_active_mask)
		if (!idle_cpu(cpu))
			return cpu;
	return here;
}

/* Let @cpu's idle loop go round: there is a new timer. From itself nothing is needed. */
void wake_up_nohz_cpu(int cpu)
{
	if (cpu != raw_smp_processor_id())
		arch_send_ipi_cpu((unsigned int)cpu, IPI_RESCHEDULE);
}

/* The first CPU that is idle without a tick and could take a task of @rq off it, or -1. rq->lock held. */
int find_sleeping_cpu(struct rq *rq)
{
	int cpu;

	for_each_cpu(cpu, cpu_active_mask)
		if (tick_nohz_tick_stopped_cpu(cpu) && find_movable(rq, cpu))
			return cpu;
	return -1;
}
