/* SPDX-License-Identifier: MIT */
/*
 * Tasklets: functions queued per CPU and run by two softirqs, HI first.
 *
 *	state		list		what may happen
 *	0		none		schedule: SCHED, onto this CPU's list
 *	SCHED		one		its CPU takes it: RUN
 *	RUN		none		schedule: SCHED|RUN; the function returns: 0
 *	SCHED|RUN	one		function returns: SCHED; another CPU that gets
 *					to it meanwhile puts it back on its list
 *
 * Who turns SCHED on owns @next and queues it; who turns RUN on may call the function. Both
 * change by one compare-and-exchange, so a tasklet is on one list and on one CPU at most.
 * WAIT is set by a task that waits for SCHED or RUN to fall: whoever drops RUN wakes it.
 *
 * The lists belong to their CPU and are changed with its interrupts off.
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/tasklet.h>
#include <linux/wait.h>

#include "internals.h"

#define STATE_SCHED	BIT(TASKLET_STATE_SCHED)
#define STATE_RUN	BIT(TASKLET_STATE_RUN)
#define STATE_WAIT	BIT(2)

struct tasklet_list {
	struct tasklet_struct *head;
	struct tasklet_struct *tail;	/* valid while head is not NULL */
};

static DEFINE_PER_CPU(struct tasklet_list, tasklet_list);
static DEFINE_PER_CPU(struct tasklet_list, tasklet_hi_list);

/* All tasks that wait for any tasklet; woken seldom. */
static DECLARE_WAIT_QUEUE_HEAD(tasklet_waiters);

/* IRQs off. */
static __always_inline void append(struct tasklet_list *list, struct tasklet_struct *t)
{
	t->next = NULL;
	if (list->head)
		list->tail->next = t;
	else
		list->head = t;
	list->tail = t;
}

static __always_inline void queue(struct tasklet_list __percpu *lists, unsigned int nr,
				  struct tasklet_struct *t)
{
	unsigned long flags;

	local_irq_save(flags);
	append(this_cpu_ptr(lists), t);
	raise_here(nr);
	local_irq_restore(flags);
}

/* The slow half of tasklet_schedule(): SCHED was clear and the caller has set it. */
void __tasklet_schedule(struct tasklet_struct *t)
{
	queue(&tasklet_list, TASKLET_SOFTIRQ, t);
}
EXPORT_SYMBOL(__tasklet_schedule);

void __tasklet_hi_schedule(struct tasklet_struct *t)
{
	queue(&tasklet_hi_list, HI_SOFTIRQ, t);
}
EXPORT_SYMBOL(__tasklet_hi_schedule);

/* SCHED -> RUN; false when it runs elsewhere. Orders the count after it, see tasklet_disable(). */
static __always_inline bool start_run(struct tasklet_struct *t)
{
	unsigned long old = READ_ONCE(t->state);

	do {
		if (old & STATE_RUN)
			return false;
	} while (!try_cmpxchg(&t->state, &old, (old & ~STATE_SCHED) | STATE_RUN));

	WARN_ONCE(!(old & STATE_SCHED), "tasklet SCHED state not set: %s %pS\n",
		  t->use_callback ? "callback" : "func",
		  t->use_callback ? (void *)t->callback : (void *)t->func);
	return true;
}

/* The last access to @t: from here on its owner may free it. */
static __always_inline void end_run(struct tasklet_struct *t)
{
	unsigned long old = STATE_RUN;

	while (!try_cmpxchg(&t->state, &old, old & ~(STATE_RUN | STATE_WAIT)))
		;	/* each failure brought news of a schedule or a waiter in old */
	if (unlikely(old & STATE_WAIT))
		wake_up_all(&tasklet_waiters);
}

static __always_inline void call(struct tasklet_struct *t)
{
	if (t->use_callback)
		t->callback(t);
	else
		t->func(t->data);
}

/*
 * One of the list's entries. True when it has to stay on the list: it runs on another CPU,
 * or it is disabled. A disabled one keeps its softirq raised until it is enabled or killed.
 */
static __always_inline bool run_or_keep(struct tasklet_struct *t)
{
	bool keep;

	/* Disabled: it stays scheduled, for all to see. The look below is the one that decides. */
	if (unlikely(atomic_read(&t->count)) || !start_run(t))
		return true;
	if (likely(!atomic_read(&t->count))) {
		call(t);
		end_run(t);
		return false;
	}
	/* Whoever scheduled it since start_run() has it on a list already. */
	keep = !test_and_set_bit(TASKLET_STATE_SCHED, &t->state);
	end_run(t);
	return keep;
}

static __always_inline void run_list(struct tasklet_list __percpu *lists, unsigned int nr)
{
	struct tasklet_list *list = this_cpu_ptr(lists);
	struct tasklet_struct *t, *next;

	local_irq_disable();
	t = list->head;
	list->head = NULL;
	local_irq_enable();

	for (; t; t = next) {
		next = t->next;
		if (likely(!run_or_keep(t)))
			continue;
		local_irq_disable();
		append(list, t);
		__raise_softirq_irqoff(nr);
		local_irq_enable();
	}
}

static void tasklet_action(struct softirq_action *unused)
{
	run_list(&tasklet_list, TASKLET_SOFTIRQ);
}

static void tasklet_hi_action(struct softirq_action *unused)
{
	run_list(&tasklet_hi_list, HI_SOFTIRQ);
}

/**
 * tasklet_setup - make @t ready
 * @callback: called with @t in softirq context
 */
void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *))
{
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

/* Asked again after each wake-up: WAIT has to be set before the look, for end_run() to see it. */
static bool state_fell(struct tasklet_struct *t, int bit)
{
	if (!test_bit(bit, &t->state))
		return true;
	set_bit(2, &t->state);
	smp_mb__after_atomic();
	return !test_bit(bit, &t->state);
}

/**
 * tasklet_unlock_wait - wait until @t does not run
 *
 * Context: process, may sleep.
 */
void tasklet_unlock_wait(struct tasklet_struct *t)
{
	wait_event(tasklet_waiters, state_fell(t, TASKLET_STATE_RUN));
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
	smp_cond_load_acquire(&t->state, !(VAL & STATE_RUN));
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
		wait_event(tasklet_waiters, state_fell(t, TASKLET_STATE_SCHED));
	tasklet_unlock_wait(t);
	clear_bit(TASKLET_STATE_SCHED, &t->state);
}
EXPORT_SYMBOL(tasklet_kill);

void __init tasklet_boot(void)
{
	open_softirq(TASKLET_SOFTIRQ, tasklet_action);
	open_softirq(HI_SOFTIRQ, tasklet_hi_action);
}
