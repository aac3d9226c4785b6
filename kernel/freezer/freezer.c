/* SPDX-License-Identifier: MIT */
/*
 * Freezing one task, and thawing it.
 *
 * A task freezes in one of two ways:
 *
 *	it comes by try_to_freeze(), is asked to, and sleeps there in TASK_FROZEN
 *	it sleeps already, with TASK_FREEZABLE in its state: the state becomes TASK_FROZEN, and what
 *	wakes TASK_NORMAL wakes it no more; at the thaw it wakes, finds its condition as it is, and
 *	sleeps again or goes on
 *
 * A sleeper that is freezable but not by its state is woken up, so that it comes by.
 *
 * freezer_lock lies between a task's last look at whether it is to freeze and the thaw's wake-up.
 */
#include <linux/export.h>
#include <linux/freezer.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>

bool pm_freezing;
bool pm_nosig_freezing;
EXPORT_SYMBOL_GPL(pm_freezing);

static DEFINE_SPINLOCK(freezer_lock);		/* irqs off; before a task's pi_lock */

/* Tasks that freeze others, and those that never stand still, are not asked. */
bool freezing_slow_path(struct task_struct *p)
{
	if (p->flags & (PF_NOFREEZE | PF_SUSPEND_TASK))
		return false;
	return READ_ONCE(pm_nosig_freezing) || !(p->flags & PF_KTHREAD);
}
EXPORT_SYMBOL(freezing_slow_path);

bool frozen(struct task_struct *p)
{
	return READ_ONCE(p->__state) & TASK_FROZEN;
}

/**
 * __refrigerator - stand still until thawed
 * @check_kthr_stop: or until told to stop, by kthread_stop()
 *
 * Context: process, may sleep. Return: whether it stood still at all.
 */
bool __refrigerator(bool check_kthr_stop)
{
	unsigned int before = get_current_state();
	bool was_frozen = false;

	for (;;) {
		bool freeze;

		spin_lock_irq(&freezer_lock);
		WRITE_ONCE(current->__state, TASK_FROZEN);
		freeze = freezing(current) && !(check_kthr_stop && kthread_should_stop());
		if (!freeze)
			__set_current_state(TASK_RUNNING);
		spin_unlock_irq(&freezer_lock);
		if (!freeze)
			break;
		was_frozen = true;
		schedule();
	}
	/* What the caller was about to wait for may have come meanwhile: it has to look again. */
	if (before != TASK_RUNNING)
		__set_current_state(TASK_RUNNING);
	return was_frozen;
}
EXPORT_SYMBOL(__refrigerator);

/* Asleep for good in a freezable way, or on the way there? Only the first can be frozen from here. */
static bool freeze_in_place(struct task_struct *p)
{
	unsigned long flags;
	bool done = false;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	/* Off its queue it can't run, and pi_lock keeps everyone from waking it. */
	if ((READ_ONCE(p->__state) & TASK_FREEZABLE) && !READ_ONCE(p->on_rq)) {
		WRITE_ONCE(p->__state, TASK_FROZEN);
		done = true;
	}
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return done;
}

/**
 * freeze_task - ask a task to freeze
 * @p: the task
 *
 * Context: any but NMI. Return: true when it is asked and does not stand still yet.
 */
bool freeze_task(struct task_struct *p)
{
	unsigned long flags;
	bool moves = false;

	spin_lock_irqsave(&freezer_lock, flags);
	if (freezing(p) && !frozen(p) && !freeze_in_place(p)) {
		moves = true;
		/* A user task comes by on its way to the signal that there seems to be. */
		if (!(p->flags & PF_KTHREAD))
			set_tsk_thread_flag(p, TIF_SIGPENDING);
		wake_up_state(p, p->flags & PF_KTHREAD ? TASK_NORMAL : TASK_INTERRUPTIBLE);
	}
	spin_unlock_irqrestore(&freezer_lock, flags);
	return moves;
}

/* No longer asked to: wake it, if it stands still. */
void __thaw_task(struct task_struct *p)
{
	unsigned long flags;

	spin_lock_irqsave(&freezer_lock, flags);
	if (!WARN_ON_ONCE(freezing(p)))
		wake_up_state(p, TASK_FROZEN);
	spin_unlock_irqrestore(&freezer_lock, flags);
}

/**
 * set_freezable - the calling kernel thread can be frozen from now on
 *
 * Context: process, may sleep. Return: whether it stood still right away.
 */
bool set_freezable(void)
{
	spin_lock_irq(&freezer_lock);
	current->flags &= ~PF_NOFREEZE;
	spin_unlock_irq(&freezer_lock);
	return try_to_freeze();
}
EXPORT_SYMBOL(set_freezable);
