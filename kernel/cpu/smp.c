/* SPDX-License-Identifier: MIT */
/*
 * Calls to other CPUs.
 *
 * Each CPU has a lock-free list of calls to make; whoever makes it non-empty sends the IPI. A
 * call's flag passes it to the called CPU and back. Waiting callers keep theirs on the stack;
 * the others use one per CPU (and target), so a second call may have to wait for the first to
 * be picked up. That is why interrupts must be on: two CPUs that call each other would wait
 * for ever.
 */
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/llist.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include "internals.h"

static DEFINE_PER_CPU_SHARED_ALIGNED(struct llist_head, call_queue);
static DEFINE_PER_CPU(call_single_data_t, single_call);		/* the caller's, when it does not wait */
static DEFINE_PER_CPU(call_single_data_t, many_calls)[NR_CPUS];	/* the caller's, by target */

unsigned int setup_max_cpus = NR_CPUS;

static int __init maxcpus_option(char *str)
{
	unsigned int max;

	if (kstrtouint(str ?: "", 0, &max))
		return -EINVAL;
	setup_max_cpus = max;
	return 0;
}
early_param("maxcpus", maxcpus_option);

static int __init nosmp_option(char *str)
{
	setup_max_cpus = 0;
	return 0;
}
early_param("nosmp", nosmp_option);

/* Wait until @csd is ours. Pairs with csd_unlock(). */
static __always_inline void csd_lock_wait(call_single_data_t *csd)
{
	smp_cond_load_acquire(&csd->flags, !(VAL & CSD_FLAG_LOCK));
}

static __always_inline void csd_unlock(call_single_data_t *csd)
{
	smp_store_release(&csd->flags, 0);
}

/* Return: whether the CPU has to be told. */
static __always_inline bool queue_call(int cpu, call_single_data_t *csd)
{
	return llist_add(&csd->llist, per_cpu_ptr(&call_queue, cpu));
}

/* Calling and waiting with interrupts off can dead-lock, except when the others are stopped. */
static void check_caller(void)
{
	WARN_ON_ONCE(cpu_online(raw_smp_processor_id()) && irqs_disabled() && !oops_in_progress &&
		     system_state >= SYSTEM_SCHEDULING);
}

/* What this CPU is asked to call, in the order it was asked. Interrupts off. */
static void run_call_queue(void)
{
	struct llist_node *calls = llist_del_all(this_cpu_ptr(&call_queue));
	call_single_data_t *csd, *next;

	llist_for_each_entry_safe(csd, next, llist_reverse_order(calls), llist) {
		smp_call_func_t func = csd->func;
		void *info = csd->info;

		if (csd->flags & CSD_TYPE_SYNC) {
			func(info);
			csd_unlock(csd);	/* and it may be gone from the caller's stack */
		} else {
			csd_unlock(csd);	/* @func may use it for another call */
			func(info);
		}
	}
}

/*
 * This CPU goes off line: what others have asked of it before they were stopped is still done,
 * as the IPI that would say so does not come any more. Interrupts off.
 */
void smp_call_dying(void)
{
	run_call_queue();
	irq_work_run();
}

/**
 * smp_call_function_single - call a function on one CPU
 * @cpu: the CPU; may be this one
 * @func: called there with interrupts off, in interrupt context; must be fast
 * @info: handed to @func
 * @wait: return only after @func has
 *
 * Context: process or softirq, interrupts on.
 * Return: 0; -ENXIO the CPU is not online.
 */
int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait)
{
	call_single_data_t on_stack = { .flags = CSD_FLAG_LOCK | CSD_TYPE_SYNC }, *csd = &on_stack;
	unsigned long flags;

	check_caller();
	if (cpu == get_cpu()) {
		local_irq_save(flags);
		func(info);
		local_irq_restore(flags);
		put_cpu();
		return 0;
	}
	if ((unsigned int)cpu >= nr_cpu_ids || !cpu_online(cpu)) {
		put_cpu();
		return -ENXIO;
	}
	if (!wait) {
		csd = this_cpu_ptr(&single_call);
		csd_lock_wait(csd);
		csd->flags = CSD_FLAG_LOCK;
	}
	csd->func = func;
	csd->info = info;
	if (queue_call(cpu, csd))
		arch_send_ipi_cpu(cpu, IPI_CALL_FUNCTION_SINGLE);
	if (wait)
		csd_lock_wait(csd);
	put_cpu();
	return 0;
}
EXPORT_SYMBOL(smp_call_function_single);

/**
 * smp_call_function_single_async - call a function on one CPU, with the caller's own memory
 * @cpu: the CPU
 * @csd: func and info set; must stay until the call was made
 *
 * Context: any but NMI; interrupts may be off.
 * Return: 0; -EBUSY @csd is queued still; -ENXIO the CPU is not online.
 */
int smp_call_function_single_async(int cpu, call_single_data_t *csd)
{
	unsigned long flags;
	int ret = 0;

	preempt_disable();
	if (csd->flags & CSD_FLAG_LOCK) {
		ret = -EBUSY;
	} else if (cpu == raw_smp_processor_id()) {
		local_irq_save(flags);
		csd->func(csd->info);
		local_irq_restore(flags);
	} else if (!cpu_online(cpu)) {
		ret = -ENXIO;
	} else {
		csd->flags = CSD_FLAG_LOCK;
		if (queue_call(cpu, csd))
			arch_send_ipi_cpu(cpu, IPI_CALL_FUNCTION_SINGLE);
	}
	preempt_enable();
	return ret;
}
EXPORT_SYMBOL(smp_call_function_single_async);

/**
 * smp_call_function_any - call a function on one CPU of a set, this one if it is in it
 * @mask: the set
 * @func: as for smp_call_function_single()
 * @info: handed to @func
 * @wait: return only after @func has
 *
 * Return: 0; -ENXIO no CPU of the set is online.
 */
int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait)
{
	unsigned int cpu = get_cpu();
	int ret;

	if (!cpumask_test_cpu(cpu, mask))
		cpu = cpumask_any_and(mask, cpu_online_mask);
	ret = smp_call_function_single(cpu, func, info, wait);
	put_cpu();
	return ret;
}
EXPORT_SYMBOL(smp_call_function_any);

/* Preemption off. This CPU is left out. */
static void call_many(smp_cond_func_t cond, const struct cpumask *mask, smp_call_func_t func,
		      void *info, bool wait)
{
	call_single_data_t *calls = *this_cpu_ptr(&many_calls);
	int cpu, this_cpu = raw_smp_processor_id();
	struct cpumask called = CPU_MASK_NONE, to_tell = CPU_MASK_NONE;

	check_caller();
	for_each_cpu_and(cpu, mask, cpu_online_mask) {
		call_single_data_t *csd = &calls[cpu];

		if (cpu == this_cpu || (cond && !cond(cpu, info)))
			continue;
		csd_lock_wait(csd);
		csd->flags = wait ? CSD_FLAG_LOCK | CSD_TYPE_SYNC : CSD_FLAG_LOCK;
		csd->func = func;
		csd->info = info;
		__cpumask_set_cpu(cpu, &called);
		if (queue_call(cpu, csd))
			__cpumask_set_cpu(cpu, &to_tell);
	}
	if (!cpumask_empty(&to_tell))
		arch_send_ipi(&to_tell, IPI_CALL_FUNCTION);
	if (wait)
		for_each_cpu(cpu, &called)
			csd_lock_wait(&calls[cpu]);
}

/**
 * smp_call_function_many - call a function on each CPU of a set but this one
 * @mask: the set; those of it that are online
 * @func: as for smp_call_function_single()
 * @info: handed to @func
 * @wait: return only when all have returned
 *
 * Context: process or softirq, preemption off, interrupts on.
 */
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
{
	lockdep_assert_preemption_disabled();
	call_many(NULL, mask, func, info, wait);
}
EXPORT_SYMBOL(smp_call_function_many);

/* The same for all other CPUs. */
void smp_call_function(smp_call_func_t func, void *info, int wait)
{
	preempt_disable();
	call_many(NULL, cpu_online_mask, func, info, wait);
	preempt_enable();
}
EXPORT_SYMBOL(smp_call_function);

/**
 * on_each_cpu_cond_mask - call a function on each CPU of a set, this one included
 * @cond: whether to, asked here for each CPU; NULL for yes
 * @func: called with interrupts off
 * @info: handed to @cond and @func
 * @wait: return only when all have returned
 * @mask: the set; those of it that are online
 *
 * Context: process or softirq, interrupts on.
 */
void on_each_cpu_cond_mask(smp_cond_func_t cond, smp_call_func_t func, void *info, bool wait,
			   const struct cpumask *mask)
{
	unsigned long flags;
	int cpu = get_cpu();

	call_many(cond, mask, func, info, wait);
	if (cpumask_test_cpu(cpu, mask) && (!cond || cond(cpu, info))) {
		local_irq_save(flags);
		func(info);
		local_irq_restore(flags);
	}
	put_cpu();
}
EXPORT_SYMBOL(on_each_cpu_cond_mask);

/**
 * smp_handle_ipi - do what another CPU asks
 * @kind: which IPI
 *
 * Context: hard interrupt.
 */
void smp_handle_ipi(enum ipi_kind kind)
{
	switch (kind) {
	case IPI_RESCHEDULE:
		scheduler_ipi();
		break;
	case IPI_CALL_FUNCTION:
	case IPI_CALL_FUNCTION_SINGLE:
		run_call_queue();
		break;
	case IPI_IRQ_WORK:
		irq_work_run();
		break;
	case IPI_STOP:
		set_cpu_online(raw_smp_processor_id(), false);
		arch_cpu_halt_forever();
	default:		/* the NMI's: arch/ has its own handler */
		break;
	}
}

static struct cpumask other_cpus(void)
{
	struct cpumask mask;

	cpumask_copy(&mask, cpu_online_mask);
	cpumask_clear_cpu(raw_smp_processor_id(), &mask);
	return mask;
}

/**
 * smp_send_stop - stop all other CPUs for good
 *
 * Context: panic, power-off. Gives up on a CPU that does not hear after a second.
 */
void smp_send_stop(void)
{
	struct cpumask others = other_cpus();
	unsigned int msecs;

	if (cpumask_empty(&others))
		return;
	arch_send_ipi(&others, IPI_STOP);
	for (msecs = 0; num_online_cpus() > 1 && msecs < 1000; msecs++)
		udelay(1000);
}

static void nothing(void *unused)
{
}

/**
 * kick_all_cpus_sync - have every other CPU take an interrupt, and wait for it
 *
 * When it returns none of them is in code that it was in before with interrupts off.
 * Context: process, interrupts on.
 */
void kick_all_cpus_sync(void)
{
	smp_mb();
	smp_call_function(nothing, NULL, 1);
}
EXPORT_SYMBOL(kick_all_cpus_sync);

void wake_up_all_idle_cpus(void)
{
	int cpu;

	for_each_online_cpu(cpu)
		if (cpu != raw_smp_processor_id() && idle_cpu(cpu))
			resched_cpu(cpu);
}
EXPORT_SYMBOL(wake_up_all_idle_cpus);
