/* SPDX-License-Identifier: MIT */
/* Timers as objects whose life is watched, in the debug build: see linux/debugobjects.h. */
#include <linux/bug.h>
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/lockdep.h>
#include <linux/timer.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

static const struct debug_obj_descr timer_descr;

/* In place of the function of a timer that was never set up. */
static void stub_timer(struct timer_list *unused)
{
	WARN_ON(1);
}

static void *timer_hint(void *addr)
{
	return ((struct timer_list *)addr)->function;
}

static bool timer_is_static(void *addr)
{
	return ((struct timer_list *)addr)->function && debug_is_static(addr);
}

/* Set up anew, or freed, while it is pending. */
static bool timer_stop(void *addr, enum debug_obj_state state)
{
	if (state != ODEBUG_STATE_ACTIVE)
		return false;
	timer_delete_sync(addr);
	return true;
}

static bool timer_make_stub(void *addr, enum debug_obj_state state)
{
	if (state != ODEBUG_STATE_NOTAVAILABLE)
		return false;
	timer_setup((struct timer_list *)addr, stub_timer, 0);
	return true;
}

static const struct debug_obj_descr timer_descr = {
	.name			= "timer_list",
	.debug_hint		= timer_hint,
	.is_static_object	= timer_is_static,
	.fixup_init		= timer_stop,
	.fixup_activate		= timer_make_stub,
	.fixup_free		= timer_stop,
	.fixup_assert_init	= timer_make_stub,
};

static void set_up(struct timer_list *timer, void (*func)(struct timer_list *),
		   unsigned int flags, const char *name, struct lock_class_key *key)
{
	timer->entry.pprev = NULL;
	timer->function = func;
	timer->flags = flags | (u32)raw_smp_processor_id();
	lockdep_init_map(&timer->lockdep_map, name, key, 0);
}

/* What timer_setup() comes to. */
void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *),
		    unsigned int flags, const char *name, struct lock_class_key *key)
{
	debug_object_init(timer, &timer_descr);
	set_up(timer, func, flags, name, key);
}
EXPORT_SYMBOL(init_timer_key);

void init_timer_on_stack_key(struct timer_list *timer, void (*func)(struct timer_list *),
			     unsigned int flags, const char *name, struct lock_class_key *key)
{
	debug_object_init_on_stack(timer, &timer_descr);
	set_up(timer, func, flags, name, key);
}
EXPORT_SYMBOL_GPL(init_timer_on_stack_key);

/** destroy_timer_on_stack - the function that @timer is a local variable of is about to return */
void destroy_timer_on_stack(struct timer_list *timer)
{
	debug_object_free(timer, &timer_descr);
}
EXPORT_SYMBOL_GPL(destroy_timer_on_stack);

void debug_timer_activate(struct timer_list *timer)
{
	debug_object_activate(timer, &timer_descr);
}

void debug_timer_deactivate(struct timer_list *timer)
{
	debug_object_deactivate(timer, &timer_descr);
}

void debug_timer_assert_init(struct timer_list *timer)
{
	debug_object_assert_init(timer, &timer_descr);
}

/* ---- hrtimers -------------------------------------------------------------------------------- */

static void *hrtimer_hint(void *addr)
{
	return ((struct hrtimer *)addr)->function;
}

static bool hrtimer_stop(void *addr, enum debug_obj_state state)
{
	if (state != ODEBUG_STATE_ACTIVE)
		return false;
	hrtimer_cancel(addr);
	return true;
}

static const struct debug_obj_descr hrtimer_descr = {
	.name			= "hrtimer",
	.debug_hint		= hrtimer_hint,
	.fixup_init		= hrtimer_stop,
	.fixup_free		= hrtimer_stop,
};

void debug_hrtimer_init(struct hrtimer *timer)
{
	debug_object_init(timer, &hrtimer_descr);
}

void debug_hrtimer_init_on_stack(struct hrtimer *timer)
{
	debug_object_init_on_stack(timer, &hrtimer_descr);
}

/** destroy_hrtimer_on_stack - the function that @timer is a local variable of is about to return */
void destroy_hrtimer_on_stack(struct hrtimer *timer)
{
	debug_object_free(timer, &hrtimer_descr);
}
EXPORT_SYMBOL_GPL(destroy_hrtimer_on_stack);

void debug_hrtimer_activate(struct hrtimer *timer)
{
	debug_object_activate(timer, &hrtimer_descr);
}

void debug_hrtimer_deactivate(struct hrtimer *timer)
{
	debug_object_deactivate(timer, &hrtimer_descr);
}

#endif
