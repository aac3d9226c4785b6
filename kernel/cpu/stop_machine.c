/* SPDX-License-Identifier: MIT */
/*
 * migration/N: the thread of a CPU that nothing preempts, and what it is asked to run.
 *
 * While it runs, the task that was running on that CPU stands still. stop_machine() has it run
 * on all CPUs at once, in lock step, so that one can change what all others rely on.
 */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/nmi.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smpboot.h>
#include <linux/stop_machine.h>
#include "internals.h"

struct cpu_stop_done {
	atomic_t		left;
	int			ret;	/* of the last that failed */
	struct completion	completion;
};

struct stopper {
	raw_spinlock_t		lock;
	struct list_head	works;	/* lock */
	bool			enabled;	/* lock; its CPU is up and serves it */
};

static DEFINE_PER_CPU(struct stopper, stopper);
static DEFINE_PER_CPU(struct task_struct *, stopper_thread);	/* migration/N; fixed once made */

/* One stop_machine() at a time: two whose works interleave would wait for each other. */
static DEFINE_MUTEX(stop_cpus_mutex);

static void init_done(struct cpu_stop_done *done, int nr)
{
	atomic_set(&done->left, nr);
	done->ret = 0;
	init_completion(&done->completion);
}

static void work_done(struct cpu_stop_done *done)
{
	if (done && atomic_dec_and_test(&done->left))
		complete(&done->completion);
}

/* Return: false if the CPU has no stopper. */
static bool queue_stop_work(unsigned int cpu, struct cpu_stop_work *work)
{
	struct stopper *st = per_cpu_ptr(&stopper, cpu);
	unsigned long flags;
	bool enabled;

	raw_spin_lock_irqsave(&st->lock, flags);
	enabled = st->enabled;
	if (enabled)
		list_add_tail(&work->list, &st->works);
	raw_spin_unlock_irqrestore(&st->lock, flags);
	if (enabled)
		wake_up_process(per_cpu(stopper_thread, cpu));
	return enabled;
}

static int should_run(unsigned int cpu)
{
	struct stopper *st = per_cpu_ptr(&stopper, cpu);

	return !list_empty_careful(&st->works);
}

static void run(unsigned int cpu)
{
	struct stopper *st = per_cpu_ptr(&stopper, cpu);
	struct cpu_stop_work *work;

	raw_spin_lock_irq(&st->lock);
	work = list_first_entry_or_null(&st->works, struct cpu_stop_work, list);
	if (work)
		list_del_init(&work->list);
	raw_spin_unlock_irq(&st->lock);
	if (work) {
		struct cpu_stop_done *done = work->done;
		int ret;

		preempt_disable();
		ret = work->fn(work->arg);
		if (ret && done)
			WRITE_ONCE(done->ret, ret);
		preempt_enable();
		work_done(done);
	}
}

static void create(unsigned int cpu)
{
	static const struct sched_param top = { .sched_priority = MAX_RT_PRIO - 1 };

	sched_setscheduler_nocheck(per_cpu(stopper_thread, cpu), SCHED_FIFO, &top);
	stop_machine_unpark(cpu);
}

static void set_enabled(unsigned int cpu, bool enabled)
{
	struct stopper *st = per_cpu_ptr(&stopper, cpu);
	unsigned long flags;

	raw_spin_lock_irqsave(&st->lock, flags);
	st->enabled = enabled;
	raw_spin_unlock_irqrestore(&st->lock, flags);
}

/* The CPU goes. The caller is migration/@cpu itself, which parks when it has done this work. */
void stop_machine_park(unsigned int cpu)
{
	set_enabled(cpu, false);
	kthread_park(per_cpu(stopper_thread, cpu));
}

/* The CPU has come: before any task may want to be moved off it. */
void stop_machine_unpark(unsigned int cpu)
{
	if (!per_cpu(stopper_thread, cpu))
		return;
	set_enabled(cpu, true);
	kthread_unpark(per_cpu(stopper_thread, cpu));
}

static struct smp_hotplug_thread stop_threads = {
	.store			= &stopper_thread,
	.thread_should_run	= should_run,
	.thread_fn		= run,
	.create			= create,
	.thread_comm		= "migration/%u",
	.selfparking		= true,
};

static int __init cpu_stop_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct stopper *st = per_cpu_ptr(&stopper, cpu);

		raw_spin_lock_init(&st->lock);
		INIT_LIST_HEAD(&st->works);
	}
	return smpboot_register_percpu_thread(&stop_threads);
}
early_initcall(cpu_stop_init);

/**
 * stop_one_cpu - run a function on a CPU instead of the task there, and wait
 * @cpu: the CPU
 * @fn: runs with preemption off, interrupts on; must not sleep
 * @arg: handed to @fn
 *
 * Context: process, may sleep. Return: what @fn returned; -ENOENT the CPU is not online.
 */
int stop_one_cpu(unsigned int cpu, cpu_stop_fn_t fn, void *arg)
{
	struct cpu_stop_done done;
	struct cpu_stop_work work = { .fn = fn, .arg = arg, .done = &done };

	init_done(&done, 1);
	if (!queue_stop_work(cpu, &work))
		return -ENOENT;
	wait_for_completion(&done.completion);
	return done.ret;
}
EXPORT_SYMBOL(stop_one_cpu);

/* The same without waiting. @work_buf must stay until @fn has begun. Return: queued or not. */
bool stop_one_cpu_nowait(unsigned int cpu, cpu_stop_fn_t fn, void *arg,
			 struct cpu_stop_work *work_buf)
{
	*work_buf = (struct cpu_stop_work){ .fn = fn, .arg = arg };
	return queue_stop_work(cpu, work_buf);
}
EXPORT_SYMBOL(stop_one_cpu_nowait);

/* ---- All at once ------------------------------------------------------------------------------------ */

/* The steps that all CPUs take together: the last to arrive at one opens the next. */
enum stop_state {
	STOP_ARRIVE,		/* every CPU's stopper runs */
	STOP_DISABLE_IRQ,
	STOP_RUN,
	STOP_EXIT,
};

struct stop_all {
	cpu_stop_fn_t		fn;
	void			*data;
	const struct cpumask	*active;	/* which CPUs call @fn; NULL: the first of all */
	atomic_t		waiting;	/* CPUs that have yet to do the present state */
	enum stop_state		state;
};

static void next_state(struct stop_all *all)
{
	if (!atomic_dec_and_test(&all->waiting))
		return;
	atomic_set(&all->waiting, num_online_cpus());
	smp_store_release(&all->state, all->state + 1);
}

static int stop_all_fn(void *arg)
{
	struct stop_all *all = arg;
	int cpu = raw_smp_processor_id(), ret = 0;
	bool active = all->active ? cpumask_test_cpu(cpu, all->active)
				  : cpu == (int)cpumask_first(cpu_online_mask);
	enum stop_state state = STOP_ARRIVE;
	unsigned long flags;

	local_save_flags(flags);
	while (state < STOP_EXIT) {
		touch_nmi_watchdog();
		next_state(all);
		state = smp_cond_load_acquire(&all->state, VAL > state);
		if (state == STOP_DISABLE_IRQ)
			local_irq_disable();
		else if (state == STOP_RUN && active)
			ret = all->fn(all->data);
	}
	local_irq_restore(flags);
	return ret;
}

/**
 * stop_machine_cpuslocked - run a function while no other CPU does anything
 * @fn: called with interrupts off everywhere
 * @data: handed to @fn
 * @cpus: CPUs that call it; NULL for one of them
 *
 * Context: process, may sleep; cpus_read_lock() held. Return: what @fn returned, when not 0.
 */
int stop_machine_cpuslocked(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus)
{
	static struct cpu_stop_work works[NR_CPUS];	/* stop_cpus_mutex */
	struct stop_all all = { .fn = fn, .data = data, .active = cpus };
	struct cpu_stop_done done;
	unsigned long flags;
	unsigned int cpu;
	int ret;

	if (!this_cpu_read(stopper_thread)) {	/* boot: one CPU, no threads */
		WARN_ON_ONCE(num_online_cpus() > 1);
		local_irq_save(flags);
		ret = fn(data);
		local_irq_restore(flags);
		return ret;
	}
	mutex_lock(&stop_cpus_mutex);
	atomic_set(&all.waiting, num_online_cpus());
	init_done(&done, num_online_cpus());
	/* Not to be preempted by the own CPU's stopper before all are queued. */
	preempt_disable();
	for_each_online_cpu(cpu) {
		works[cpu] = (struct cpu_stop_work){ .fn = stop_all_fn, .arg = &all, .done = &done };
		WARN_ON(!queue_stop_work(cpu, &works[cpu]));
	}
	preempt_enable();
	wait_for_completion(&done.completion);
	mutex_unlock(&stop_cpus_mutex);
	return done.ret;
}
EXPORT_SYMBOL(stop_machine_cpuslocked);

int stop_machine(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus)
{
	int ret;

	cpus_read_lock();
	ret = stop_machine_cpuslocked(fn, data, cpus);
	cpus_read_unlock();
	return ret;
}
EXPORT_SYMBOL(stop_machine);
