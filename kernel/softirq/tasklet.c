/* SPDX-License-Identifier: MIT */
/*
 * Tasklets: functions queued per CPU and run by two softirqs, HI first.
 *
 *	state		list		what may happen
 *	0		none		schedule: SCHED, onto this CPU's list
 *	SCHED		one		its CPU takes it: SCHED|RUN
 *	SCHED|RUN	none		disabled: parked, SCHED. Else its function is called: RUN
 *	RUN		none		schedule: SCHED|RUN, onto a list; function returns: 0
 *	RUN|SCHED	one		function returns: SCHED; another CPU that gets to it
 *					meanwhile puts it back on its list
 *	SCHED|PARKED	none		enabled: back to SCHED, on the list of the CPU it was parked by
 *
 * Who turns SCHED on owns @next and queues it; who turns RUN on may call the function; who turns
 * PARKED off brings it back. So a tasklet is on one list and on one CPU at most. A disabled one
 * is scheduled as long as it waits, for all to see.
 *
 * A list is a stack that its CPU alone pushes to and takes, newest first, by instructions that no
 * interrupt can come between. @returned is pushed to by any CPU, and emptied by an irq_work.
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/debug_handler.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/tasklet.h>
#include <linux/wait.h>

#include "internals.h"

/* Of a parked one: which list of which CPU it is to go back to. */
#define PARKED_HI_BIT	(TASKLET_STATE_PARKED + 1)
#define PARKED_CPU_SHIFT 8
#define PARKED_MASK	(~0UL << TASKLET_STATE_PARKED)

struct tasklet_queue {
	struct tasklet_struct *list;		/* this CPU's */
	struct tasklet_struct *returned;	/* enabled by other CPUs */
};

static DEFINE_PER_CPU(struct tasklet_queue, tasklet_queue);
static DEFINE_PER_CPU(struct tasklet_queue, tasklet_hi_queue);

/* All tasks that wait for any tasklet; woken seldom. */
static DECLARE_WAIT_QUEUE_HEAD(tasklet_waiters);

/* ---- Queueing ------------------------------------------------------------------------ */

/* The caller does not leave this CPU. */
static __always_inline void push(struct tasklet_queue __percpu *queue, struct tasklet_struct *t)
{
	struct tasklet_struct *first = this_cpu_read(queue->list);

	do {
		t->next = first;
	} while (!this_cpu_try_cmpxchg(queue->list, &first, t));
}

/* In a plain task: it could be moved before the softirq is raised, and ksoftirqd has to look. */
static noinline void push_from_task(struct tasklet_queue __percpu *queue, unsigned int nr,
				    struct tasklet_struct *t)
{
	unsigned long flags;

	local_irq_save(flags);
	push(queue, t);
	raise_here(nr);
	local_irq_restore(flags);
}

/* SCHED was clear and the caller has set it, or holds it. */
static __always_inline void enqueue(struct tasklet_queue __percpu *queue, unsigned int nr,
				    struct tasklet_struct *t)
{
	if (unlikely(!preempt_count_has(INTERRUPT_MASK))) {
		push_from_task(queue, nr, t);
		return;
	}
	push(queue, t);
	or_softirq_pending(1U << nr);
}

/* The slow half of tasklet_schedule(). */
void __tasklet_schedule(struct tasklet_struct *t)
{
	enqueue(&tasklet_queue, TASKLET_SOFTIRQ, t);
}
EXPORT_SYMBOL(__tasklet_schedule);

void __tasklet_hi_schedule(struct tasklet_struct *t)
{
	enqueue(&tasklet_hi_queue, HI_SOFTIRQ, t);
}
EXPORT_SYMBOL(__tasklet_hi_schedule);

/* SCHED is ours. */
static noinline void requeue(struct tasklet_struct *t, unsigned int nr)
{
	if (nr == HI_SOFTIRQ)
		__tasklet_hi_schedule(t);
	else
		__tasklet_schedule(t);
}

static struct tasklet_struct *reverse(struct tasklet_struct *t)
{
	struct tasklet_struct *first = NULL, *next;

	for (; t; t = next) {
		next = t->next;
		t->next = first;
		first = t;
	}
	return first;
}

/* ---- Disabled ones ------------------------------------------------------------------- */

/* An irq_work: hard-IRQ context, on the CPU that they were parked by. */
static void take_returned(struct irq_work *work)
{
	struct tasklet_struct *t, *next;

	for (t = reverse(xchg(&this_cpu_ptr(&tasklet_hi_queue)->returned, NULL)); t; t = next) {
		next = t->next;
		__tasklet_hi_schedule(t);
	}
	for (t = reverse(xchg(&this_cpu_ptr(&tasklet_queue)->returned, NULL)); t; t = next) {
		next = t->next;
		__tasklet_schedule(t);
	}
}

static DEFINE_PER_CPU(struct irq_work, return_work) = IRQ_WORK_INIT(take_returned);

static void return_to(unsigned int cpu, bool hi, struct tasklet_struct *t)
{
	struct tasklet_queue *queue = per_cpu_ptr(hi ? &tasklet_hi_queue : &tasklet_queue, cpu);
	struct tasklet_struct *first = READ_ONCE(queue->returned);

	do {
		t->next = first;
	} while (!try_cmpxchg(&queue->returned, &first, t));
	irq_work_queue_on(per_cpu_ptr(&return_work, cpu), (int)cpu);
}

/**
 * __tasklet_unpark - the last disable is gone, and a run of @t was put off
 * @t: somebody else may bring it back at the same time
 *
 * It runs on the CPU that it was scheduled on, if that is still there.
 *
 * Context: any but NMI.
 */
void __tasklet_unpark(struct tasklet_struct *t)
{
	unsigned long state = __atomic_fetch_and(&t->state, ~PARKED_MASK, __ATOMIC_SEQ_CST), flags;
	unsigned int cpu = (unsigned int)(state >> PARKED_CPU_SHIFT);
	bool hi = state & BIT(PARKED_HI_BIT);

	if (!(state & BIT(TASKLET_STATE_PARKED)))
		return;
	local_irq_save(flags);
	if (cpu != (unsigned int)smp_processor_id() && cpu_online(cpu))
		return_to(cpu, hi, t);
	else
		requeue(t, hi ? HI_SOFTIRQ : TASKLET_SOFTIRQ);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(__tasklet_unpark);

/*
 * Found disabled. Softirqs that kept looking whether it still is would keep a CPU busy for
 * nothing: tasklet_enable() brings it back. Either we see its count, or it sees PARKED.
 */
static noinline void park(struct tasklet_struct *t, unsigned int nr)
{
	unsigned long bits = BIT(TASKLET_STATE_PARKED) |
			     (unsigned long)smp_processor_id() << PARKED_CPU_SHIFT;

	if (nr == HI_SOFTIRQ)
		bits |= BIT(PARKED_HI_BIT);
	__atomic_fetch_or(&t->state, bits, __ATOMIC_SEQ_CST);
	if (!atomic_read(&t->count))
		__tasklet_unpark(t);
}

/* ---- Running ------------------------------------------------------------------------- */

/* After SCHED or RUN of some tasklet fell. The sleeper is on the queue before it looks at the bit. */
static __always_inline void wake_waiters(void)
{
	if (unlikely(waitqueue_active(&tasklet_waiters)))
		wake_up_all(&tasklet_waiters);
}

/* The last access to @t: from here on its owner may free it. */
static __always_inline void end_run(struct tasklet_struct *t)
{
	(void)test_and_clear_bit(TASKLET_STATE_RUN, &t->state);
	wake_waiters();
}

static __cold void warn_not_scheduled(struct tasklet_struct *t)
{
	WARN_ONCE(1, "tasklet SCHED state not set: %s %pS\n", t->use_callback ? "callback" : "func",
		  t->use_callback ? (void *)t->callback : (void *)t->func);
}

/* RUN is ours. The bit's fall is a full barrier: what was stored before a schedule that found it set is seen. */
static __always_inline void call(struct tasklet_struct *t)
{
	struct handler_state before = handler_begin();

	debug_tasklet_deactivate(t);
	if (unlikely(!test_and_clear_bit(TASKLET_STATE_SCHED, &t->state)))
		warn_not_scheduled(t);
	else if (likely(t->use_callback))
		t->callback(t);
	else
		t->func(t->data);
	handler_end(&before, "tasklet", t->use_callback ? (void *)t->callback : (void *)t->func);
}

static __always_inline void run_list(struct tasklet_queue __percpu *queue, unsigned int nr)
{
	struct tasklet_struct *t = this_cpu_xchg(queue->list, NULL), *next;

	if (unlikely(!t))
		return;
	if (unlikely(t->next))
		t = reverse(t);
	do {
		next = t->next;
		if (likely(!test_and_set_bit(TASKLET_STATE_RUN, &t->state))) {
			/* Either we see the count, or tasklet_disable() waits for us. */
			if (likely(!atomic_read(&t->count)))
				call(t);
			else
				park(t, nr);
			end_run(t);
		} else {
			requeue(t, nr);
		}
		t = next;
	} while (unlikely(t));
}

static void tasklet_action(struct softirq_action *unused)
{
	run_list(&tasklet_queue, TASKLET_SOFTIRQ);
}

static void tasklet_hi_action(struct softirq_action *unused)
{
	run_list(&tasklet_hi_queue, HI_SOFTIRQ);
}

/**
 * tasklet_setup - make @t ready
 * @callback: called with @t in softirq context
 */
void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *))
{
	debug_tasklet_init(t);
	t->next = NULL;
	t->state = 0;
	atomic_set(&t->count, 0);
	t->use_callback = true;
	t->callback = callback;
	t->data = 0;
}
EXPORT_SYMBOL(tasklet_setup);

/**
 * tasklet_init - make @t ready, in the older form
 * @func: called with @data in softirq context
 */
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data)
{
	debug_tasklet_init(t);
	t->next = NULL;
	t->state = 0;
	atomic_set(&t->count, 0);
	t->use_callback = false;
	t->func = func;
	t->data = data;
}
EXPORT_SYMBOL(tasklet_init);

/** tasklet_trylock - keep @t from running; 0 when it runs now. Any context. */
int tasklet_trylock(struct tasklet_struct *t)
{
	return !test_and_set_bit(TASKLET_STATE_RUN, &t->state);
}
EXPORT_SYMBOL(tasklet_trylock);

/** tasklet_unlock - undo tasklet_trylock() */
void tasklet_unlock(struct tasklet_struct *t)
{
	end_run(t);
}
EXPORT_SYMBOL(tasklet_unlock);

/**
 * tasklet_unlock_wait - wait until @t does not run
 *
 * Context: process, may sleep.
 */
void tasklet_unlock_wait(struct tasklet_struct *t)
{
	wait_event(tasklet_waiters, !test_bit(TASKLET_STATE_RUN, &t->state));
	smp_mb();
}
EXPORT_SYMBOL(tasklet_unlock_wait);

/**
 * tasklet_unlock_spin_wait - the same by spinning
 *
 * Context: any but @t's own function, or what interrupts it.
 */
void tasklet_unlock_spin_wait(struct tasklet_struct *t)
{
	smp_cond_load_acquire(&t->state, !(VAL & BIT(TASKLET_STATE_RUN)));
}
EXPORT_SYMBOL(tasklet_unlock_spin_wait);

/**
 * tasklet_kill - wait until @t is neither queued nor running
 *
 * It can be scheduled again afterwards: see to it first that nobody does. A disabled one
 * that is queued is waited for until it is enabled. Context: process, may sleep.
 */
void tasklet_kill(struct tasklet_struct *t)
{
	if (in_interrupt())
		pr_notice("Attempt to kill tasklet from interrupt\n");

	/* Holding SCHED keeps everyone else from queueing it while its last run ends. */
	while (test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		wait_event(tasklet_waiters, !test_bit(TASKLET_STATE_SCHED, &t->state));
	tasklet_unlock_wait(t);
	(void)test_and_clear_bit(TASKLET_STATE_SCHED, &t->state);
	wake_waiters();
}
EXPORT_SYMBOL(tasklet_kill);

/* Those of @list, newest first, are queued here. SCHED is set: nobody else touches them. */
static void requeue_all(struct tasklet_struct *list, unsigned int nr)
{
	struct tasklet_struct *t, *next;

	for (t = reverse(list); t; t = next) {
		next = t->next;
		requeue(t, nr);
	}
}

/* @cpu is dead: what is scheduled there runs here. */
static void take_over(struct tasklet_queue __percpu *queues, unsigned int nr, unsigned int cpu)
{
	struct tasklet_queue *queue = per_cpu_ptr(queues, cpu);

	requeue_all(xchg(&queue->list, NULL), nr);
	requeue_all(xchg(&queue->returned, NULL), nr);
}

void tasklets_take_over(unsigned int cpu)
{
	take_over(&tasklet_hi_queue, HI_SOFTIRQ, cpu);
	take_over(&tasklet_queue, TASKLET_SOFTIRQ, cpu);
}

void __init tasklet_boot(void)
{
	open_softirq(TASKLET_SOFTIRQ, tasklet_action);
	open_softirq(HI_SOFTIRQ, tasklet_hi_action);
}
