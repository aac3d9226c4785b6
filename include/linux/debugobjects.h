/* SPDX-License-Identifier: MIT */
/*
 * Objects with a life of their own, of which others hold the address: timers, works, tasklets.
 * The debug build knows each one's state, and reports what does not go with it, above all memory
 * that is given back with an active one inside. kernel/debug/objects.c.
 */
#ifndef _LINUX_DEBUGOBJECTS_H
#define _LINUX_DEBUGOBJECTS_H

#include <linux/types.h>

enum debug_obj_state {
	ODEBUG_STATE_NONE,
	ODEBUG_STATE_INIT,
	ODEBUG_STATE_INACTIVE,
	ODEBUG_STATE_ACTIVE,
	ODEBUG_STATE_DESTROYED,
	ODEBUG_STATE_NOTAVAILABLE,
	ODEBUG_STATE_MAX,
};

/*
 * A kind of object. The fixups make a reported one harmless and return whether they did; each may
 * be NULL. @debug_hint gives an address that tells which one it is: its function.
 */
struct debug_obj_descr {
	const char	*name;
	void		*(*debug_hint)(void *addr);
	bool		(*is_static_object)(void *addr);
	bool		(*fixup_init)(void *addr, enum debug_obj_state state);
	bool		(*fixup_activate)(void *addr, enum debug_obj_state state);
	bool		(*fixup_destroy)(void *addr, enum debug_obj_state state);
	bool		(*fixup_free)(void *addr, enum debug_obj_state state);
	bool		(*fixup_assert_init)(void *addr, enum debug_obj_state state);
};

#ifdef CONFIG_DEBUG

void debug_object_init(void *addr, const struct debug_obj_descr *descr);
void debug_object_init_on_stack(void *addr, const struct debug_obj_descr *descr);
int debug_object_activate(void *addr, const struct debug_obj_descr *descr);
void debug_object_deactivate(void *addr, const struct debug_obj_descr *descr);
void debug_object_destroy(void *addr, const struct debug_obj_descr *descr);
void debug_object_free(void *addr, const struct debug_obj_descr *descr);
void debug_object_assert_init(void *addr, const struct debug_obj_descr *descr);
void debug_check_no_obj_freed(const void *address, unsigned long size);
bool debug_is_on_stack(const void *object);

#else

static inline void debug_object_init(void *addr, const struct debug_obj_descr *descr) { }
static inline void debug_object_init_on_stack(void *addr, const struct debug_obj_descr *descr) { }
static inline int debug_object_activate(void *addr, const struct debug_obj_descr *descr)
{
	return 0;
}
static inline void debug_object_deactivate(void *addr, const struct debug_obj_descr *descr) { }
static inline void debug_object_destroy(void *addr, const struct debug_obj_descr *descr) { }
static inline void debug_object_free(void *addr, const struct debug_obj_descr *descr) { }
static inline void debug_object_assert_init(void *addr, const struct debug_obj_descr *descr) { }
static inline void debug_check_no_obj_freed(const void *address, unsigned long size) { }

#endif
#endif
