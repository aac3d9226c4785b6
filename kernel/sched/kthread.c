/* SPDX-License-Identifier: MIT */
/*
 * Kernel threads: made asleep, started by wake_up_process(), asked to stop or to park.
 *
 * A thread is made by whoever calls kthread_create(), straight away. Its state stays until the
 * task's last reference is gone, so kthread_stop() can still read the result.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/freezer.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "internals.h"

enum {
	KTHREAD_SHOULD_STOP,
	KTHREAD_SHOULD_PARK,
	KTHREAD_IS_PER_CPU,
};

struct kthread {
	unsigned long		flags;		/* KTHREAD_*: atomic bit operations */
	unsigned int		cpu;		/* with KTHREAD_IS_PER_CPU: whose it is */
	int			result;		/* written before exited completes */
	int			(*fn)(void *data);
	void			*data;
	struct completion	parked;
	struct completion	exited;
};

/* @k was made by kthread_create(). */
static struct kthread *to_kthread(struct task_struct *k)
{
	return k->kthread;
}

void kthread_free_state(struct kthread *kthread)
{
	kfree(kthread);
}

void kthread_signal_exit(struct kthread *kthread)
{
	if (kthread)
		complete_all(&kthread->exited);
}

static void park(struct kthread *self)
{
	for (;;) {
		/* Only kthread_unpark() wakes this state, so a late other wake-up does no harm. */
		set_current_state(TASK_PARKED);
		if (!test_bit(KTHREAD_SHOULD_PARK, &self->flags))
			break;
		/* Who waits for us shall not run before we sleep. */
		preempt_disable();
		complete(&self->parked);
		schedule_preempt_disabled();
		preempt_enable();
	}
	__set_current_state(TASK_RUNNING);
}

static void kthread_main(void *arg)
{
	struct kthread *self = arg;
	int ret = -EINTR;

	if (!test_bit(KTHREAD_SHOULD_STOP, &self->flags)) {
		park(self);
		ret = self->fn(self->data);
	}
	kthread_exit(ret);
}

static __printf(3, 0) struct task_struct *create(int (*fn)(void *), void *data,
						 const char *namefmt, va_list args)
{
	struct kthread *kthread = kzalloc(sizeof(*kthread), GFP_KERNEL);
	struct task_struct *p;

	if (!kthread)
		return ERR_PTR(-ENOMEM);
	kthread->fn = fn;
	kthread->data = data;
	init_completion(&kthread->parked);
	init_completion(&kthread->exited);
	p = task_create(kthread_main, kthread);
	if (!p) {
		kfree(kthread);
		return ERR_PTR(-ENOMEM);
	}
	p->kthread = kthread;
	vsnprintf(p->comm, sizeof(p->comm), namefmt, args);
	return p;
}

/**
 * kthread_create_on_node - make a kernel thread; it sleeps until it is woken
 * @threadfn: what it runs; its result is what kthread_stop() returns
 * @data: handed to @threadfn
 * @node: where its memory should be; there is one node
 * @namefmt: printf-style name, cut to 15 characters
 *
 * @threadfn either returns by itself, and then nobody may call kthread_stop() without a
 * reference to the task, or runs until kthread_should_stop().
 *
 * Context: process, may sleep.
 * Return: the task; ERR_PTR(-ENOMEM).
 */
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
					   const char namefmt[], ...)
{
	struct task_struct *p;
	va_list args;

	va_start(args, namefmt);
	p = create(threadfn, data, namefmt, args);
	va_end(args);
	return p;
}
EXPORT_SYMBOL(kthread_create_on_node);

/**
 * kthread_create_on_cpu - make a kernel thread bound to one CPU
 * @threadfn: what it runs
 * @data: handed to @threadfn
 * @cpu: the CPU, which need not be online yet
 * @namefmt: name; may hold one %u for the CPU
 *
 * Context: process, may sleep. Return: the task; ERR_PTR(-ENOMEM).
 */
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data,
					  unsigned int cpu, const char *namefmt)
{
	struct task_struct *p = kthread_create_on_node(threadfn, data, NUMA_NO_NODE, namefmt, cpu);

	if (!IS_ERR(p))
		kthread_bind(p, cpu);
	return p;
}
EXPORT_SYMBOL(kthread_create_on_cpu);

struct task_struct *kthread_run_on_cpu(int (*threadfn)(void *data), void *data, unsigned int cpu,
				       const char *namefmt)
{
	struct task_struct *p = kthread_create_on_cpu(threadfn, data, cpu, namefmt);

	if (!IS_ERR(p))
		wake_up_process(p);
	return p;
}
EXPORT_SYMBOL(kthread_run_on_cpu);

/**
 * kthread_bind - bind a thread that has not started to a CPU, for good
 * @k: from kthread_create()
 * @cpu: the CPU
 *
 * Context: any. The thread's affinity can't be changed by others afterwards.
 */
void kthread_bind(struct task_struct *k, unsigned int cpu)
{
	bind_sleeping_task(k, cpumask_of(cpu));
}
EXPORT_SYMBOL(kthread_bind);

void kthread_bind_mask(struct task_struct *k, const struct cpumask *mask)
{
	bind_sleeping_task(k, mask);
}
EXPORT_SYMBOL(kthread_bind_mask);

/**
 * kthread_set_per_cpu - say that a thread belongs to a CPU, and stays when that goes off line
 * @k: bound to @cpu
 * @cpu: the CPU; -1: it belongs to none any more
 *
 * Such a thread is parked before its CPU goes, or does not run. Others are moved elsewhere.
 * Context: any.
 */
void kthread_set_per_cpu(struct task_struct *k, int cpu)
{
	struct kthread *kthread = to_kthread(k);

	if (cpu < 0) {
		clear_bit(KTHREAD_IS_PER_CPU, &kthread->flags);
		return;
	}
	kthread->cpu = (unsigned int)cpu;
	set_bit(KTHREAD_IS_PER_CPU, &kthread->flags);
}

bool kthread_is_per_cpu(struct task_struct *k)
{
	return k->kthread && test_bit(KTHREAD_IS_PER_CPU, &k->kthread->flags);
}

/**
 * kthread_should_stop - has somebody called kthread_stop() on this thread?
 *
 * Context: a kernel thread. When true it should return soon.
 */
bool kthread_should_stop(void)
{
	return test_bit(KTHREAD_SHOULD_STOP, &to_kthread(current)->flags);
}
EXPORT_SYMBOL(kthread_should_stop);

bool __kthread_should_park(struct task_struct *k)
{
	return test_bit(KTHREAD_SHOULD_PARK, &to_kthread(k)->flags);
}

bool kthread_should_park(void)
{
	return __kthread_should_park(current);
}
EXPORT_SYMBOL(kthread_should_park);

/* The same for code that any task may run. */
bool kthread_should_stop_or_park(void)
{
	struct kthread *kthread = current->kthread;

	return kthread && (READ_ONCE(kthread->flags) &
			   (BIT(KTHREAD_SHOULD_STOP) | BIT(KTHREAD_SHOULD_PARK)));
}

/**
 * kthread_freezable_should_stop - kthread_should_stop() and try_to_freeze() in one
 * @was_frozen: whether it stood still; or NULL
 *
 * A thread that is told to stop while it stands still comes back.
 *
 * Context: the thread itself, may sleep. Return: whether to stop.
 */
bool kthread_freezable_should_stop(bool *was_frozen)
{
	bool frozen;

	might_sleep();
	frozen = freezing(current) && __refrigerator(true);
	if (was_frozen)
		*was_frozen = frozen;
	return kthread_should_stop();
}
EXPORT_SYMBOL(kthread_freezable_should_stop);

void *kthread_func(struct task_struct *k)
{
	return k->kthread ? k->kthread->fn : NULL;
}
EXPORT_SYMBOL(kthread_func);

void *kthread_data(struct task_struct *k)
{
	return to_kthread(k)->data;
}
EXPORT_SYMBOL(kthread_data);

void kthread_parkme(void)
{
	park(to_kthread(current));
}
EXPORT_SYMBOL(kthread_parkme);

/**
 * kthread_park - ask a thread to park, and wait until it has
 * @k: it looks at kthread_should_park() and calls kthread_parkme()
 *
 * Context: process, may sleep.
 * Return: 0; -ENOSYS it is exiting; -EBUSY it is parked, or asked to, already.
 */
int kthread_park(struct task_struct *k)
{
	struct kthread *kthread = to_kthread(k);

	if (WARN_ON(k->flags & PF_EXITING))
		return -ENOSYS;
	if (WARN_ON_ONCE(test_and_set_bit(KTHREAD_SHOULD_PARK, &kthread->flags)))
		return -EBUSY;
	if (k != current) {
		wake_up_process(k);
		wait_for_completion(&kthread->parked);
	}
	return 0;
}
EXPORT_SYMBOL(kthread_park);

/**
 * kthread_unpark - let a parked thread go on
 * @k: the thread; one that was asked to park and has not yet will not
 */
void kthread_unpark(struct task_struct *k)
{
	struct kthread *kthread = to_kthread(k);

	/* Its CPU may have been away since it parked, and its binding with it. */
	if (test_bit(KTHREAD_IS_PER_CPU, &kthread->flags) &&
	    !cpumask_test_cpu(kthread->cpu, &k->cpus_mask))
		bind_sleeping_task(k, cpumask_of(kthread->cpu));
	clear_bit(KTHREAD_SHOULD_PARK, &kthread->flags);
	smp_mb__after_atomic();	/* pairs with set_current_state() in park() */
	wake_up_state(k, TASK_PARKED);
}
EXPORT_SYMBOL(kthread_unpark);

/**
 * kthread_stop - ask a thread to stop, and wait for its end
 * @k: the thread. It may have ended by itself only if the caller holds a reference to it.
 *
 * Context: process, may sleep. Not from @k itself.
 * Return: what its function returned; -EINTR if it was never started.
 */
int kthread_stop(struct task_struct *k)
{
	struct kthread *kthread = to_kthread(k);
	int ret;

	get_task_struct(k);
	set_bit(KTHREAD_SHOULD_STOP, &kthread->flags);
	kthread_unpark(k);
	wake_up_process(k);
	wait_for_completion(&kthread->exited);
	ret = kthread->result;
	put_task_struct(k);
	return ret;
}
EXPORT_SYMBOL(kthread_stop);

/**
 * kthread_exit - end the calling thread
 * @result: what kthread_stop() returns
 */
void __noreturn kthread_exit(long result)
{
	to_kthread(current)->result = result;
	do_exit(0);
}
EXPORT_SYMBOL(kthread_exit);

/* The same after completing @comp, so that a module can wait for its threads before it goes. */
void __noreturn kthread_complete_and_exit(struct completion *comp, long code)
{
	if (comp)
		complete(comp);
	kthread_exit(code);
}
EXPORT_SYMBOL(kthread_complete_and_exit);
