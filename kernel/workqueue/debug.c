// SPDX-License-Identifier: MIT
/* Works as objects whose life is watched, in the debug build: see linux/debugobjects.h. */
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/preempt.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

static void *work_hint(void *addr)
{
	return ((struct work_struct *)addr)->func;
}

static bool work_is_static(void *addr)
{
	return ((struct work_struct *)addr)->func && debug_is_static(addr);
}

/* Set up anew, or freed, while it is queued. Where waiting is not possible it is taken off at least. */
static bool work_stop(void *addr, enum debug_obj_state state)
{
	if (state != ODEBUG_STATE_ACTIVE)
		return false;
	if (preemptible())
		cancel_work_sync(addr);
	else
		cancel_work(addr);
	return true;
}

static const struct debug_obj_descr work_descr = {
	.name			= "work_struct",
	.debug_hint		= work_hint,
	.is_static_object	= work_is_static,
	.fixup_init		= work_stop,
	.fixup_free		= work_stop,
};

void __init_work(struct work_struct *work, int onstack)
{
	if (onstack)
		debug_object_init_on_stack(work, &work_descr);
	else
		debug_object_init(work, &work_descr);
}
EXPORT_SYMBOL_GPL(__init_work);

/** destroy_work_on_stack - the function that @work is a local variable of is about to return */
void destroy_work_on_stack(struct work_struct *work)
{
	debug_object_free(work, &work_descr);
}
EXPORT_SYMBOL_GPL(destroy_work_on_stack);

void debug_work_activate(struct work_struct *work)
{
	debug_object_activate(work, &work_descr);
}

void debug_work_deactivate(struct work_struct *work)
{
	debug_object_deactivate(work, &work_descr);
}

#endif
