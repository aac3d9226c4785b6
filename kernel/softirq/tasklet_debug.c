/* SPDX-License-Identifier: MIT */
/* Tasklets as objects whose life is watched, in the debug build: see linux/debugobjects.h. */
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/tasklet.h>

#ifdef CONFIG_DEBUG

#define PARKED_MASK	(~0UL << TASKLET_STATE_PARKED)	/* see tasklet.c */

static void *tasklet_hint(void *addr)
{
	struct tasklet_struct *t = addr;

	return t->use_callback ? (void *)t->callback : (void *)t->func;
}

static bool tasklet_is_static(void *addr)
{
	return tasklet_hint(addr) && debug_is_static(addr);
}

/*
 * Freed, or set up anew, while it is scheduled: wait for its run. A disabled one would not come to
 * it; once it is parked, who takes that bit away owns it, and we just forget the run. Where waiting
 * is not possible nothing can be done: lists are their CPUs' own.
 */
static bool tasklet_stop(void *addr, enum debug_obj_state state)
{
	struct tasklet_struct *t = addr;

	if (state != ODEBUG_STATE_ACTIVE || !preemptible())
		return false;
	while (test_bit(TASKLET_STATE_SCHED, &t->state)) {
		if (__atomic_fetch_and(&t->state, ~PARKED_MASK, __ATOMIC_SEQ_CST) &
		    BIT(TASKLET_STATE_PARKED)) {
			clear_bit(TASKLET_STATE_SCHED, &t->state);
			debug_tasklet_deactivate(t);
			break;
		}
		schedule_timeout_uninterruptible(1);
	}
	tasklet_unlock_wait(t);
	return true;
}

static const struct debug_obj_descr tasklet_descr = {
	.name			= "tasklet",
	.debug_hint		= tasklet_hint,
	.is_static_object	= tasklet_is_static,
	.fixup_init		= tasklet_stop,
	.fixup_free		= tasklet_stop,
};

/* There is no other form for one on the stack. */
void debug_tasklet_init(struct tasklet_struct *t)
{
	if (debug_is_on_stack(t))
		debug_object_init_on_stack(t, &tasklet_descr);
	else
		debug_object_init(t, &tasklet_descr);
}

void debug_tasklet_activate(struct tasklet_struct *t)
{
	debug_object_activate(t, &tasklet_descr);
}
EXPORT_SYMBOL_GPL(debug_tasklet_activate);

void debug_tasklet_deactivate(struct tasklet_struct *t)
{
	debug_object_deactivate(t, &tasklet_descr);
}

#endif
