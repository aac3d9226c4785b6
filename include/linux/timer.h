/* SPDX-License-Identifier: MIT */
/* Timers counted in jiffies: a function called once, in softirq context, no earlier than asked. */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/list.h>
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/stddef.h>
#include <linux/stringify.h>
#include <linux/smp.h>

/* Guarded by the lock of the wheel that @flags names; @function and @data by their user. */
struct timer_list {
	struct hlist_node	entry;		/* in a bucket; pprev NULL when not pending */
	unsigned long		expires;
	void			(*function)(struct timer_list *);
	u32			flags;		/* CPU of the wheel, TIMER_* */
	u32			bucket;		/* where on the wheel it is, when pending */
	unsigned long		data;		/* of the older form: the function's argument */
#ifdef CONFIG_DEBUG
	struct lockdep_map	lockdep_map;	/* "its function runs", as a lock */
#endif
};

#define TIMER_CPUMASK		0x0001ffff	/* whose wheel */
#define TIMER_LEGACY		0x00020000	/* set up by init_timer(): function(data) */
#define TIMER_MIGRATING		0x00040000	/* between two wheels, no lock to be had */
#define TIMER_DEFERRABLE	0x00080000	/* need not wake an idle CPU */
#define TIMER_SHUT_DOWN		0x00400000	/* not to be armed until it is set up again */
#define TIMER_BASEMASK		(TIMER_CPUMASK | TIMER_MIGRATING | TIMER_DEFERRABLE | TIMER_SHUT_DOWN)
#define TIMER_PINNED		0x00100000	/* stays on the CPU that armed it */
#define TIMER_IRQSAFE		0x00200000	/* runs with irqs off; del_timer_sync() from an IRQ */
#define TIMER_INIT_FLAGS	(TIMER_DEFERRABLE | TIMER_PINNED | TIMER_IRQSAFE)

#define TIMER_TRACE_FLAGMASK	(TIMER_MIGRATING | TIMER_DEFERRABLE | TIMER_PINNED | TIMER_IRQSAFE)

#ifdef CONFIG_DEBUG
#define __TIMER_LOCKDEP_MAP(where)	.lockdep_map = STATIC_LOCKDEP_MAP_INIT(where, where),
#else
#define __TIMER_LOCKDEP_MAP(where)
#endif
#define __TIMER_INITIALIZER(_function, _flags)				\
	{ .function = (_function), .flags = (_flags),			\
	  __TIMER_LOCKDEP_MAP(__FILE__ ":" __stringify(__LINE__)) }
#define TIMER_INITIALIZER(_function, _flags) __TIMER_INITIALIZER(_function, _flags)
#define DEFINE_TIMER(_name, _function)					\
	struct timer_list _name = __TIMER_INITIALIZER(_function, 0)

#ifdef CONFIG_DEBUG
void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *),
		    unsigned int flags, const char *name, struct lock_class_key *key);
void init_timer_on_stack_key(struct timer_list *timer, void (*func)(struct timer_list *),
			     unsigned int flags, const char *name, struct lock_class_key *key);
void destroy_timer_on_stack(struct timer_list *timer);
#define __init_timer(timer, fn, flags)					\
do {									\
	static struct lock_class_key __key;				\
	init_timer_key((timer), (fn), (flags), "(" #timer ")", &__key);	\
} while (0)
#define __init_timer_on_stack(timer, fn, flags)				\
do {									\
	static struct lock_class_key __key;				\
	init_timer_on_stack_key((timer), (fn), (flags), "(" #timer ")", &__key); \
} while (0)
#else
static inline void __init_timer(struct timer_list *timer, void (*func)(struct timer_list *),
				unsigned int flags)
{
	timer->entry.pprev = NULL;
	timer->function = func;
	timer->flags = flags | (u32)raw_smp_processor_id();
}
#define __init_timer_on_stack(timer, fn, flags) __init_timer((timer), (fn), (flags))
static inline void destroy_timer_on_stack(struct timer_list *timer) { }
#endif

/* One on the stack is destroyed before its function returns. */
#define timer_setup(timer, callback, flags) __init_timer((timer), (callback), (flags))
#define timer_setup_on_stack(timer, callback, flags) \
	__init_timer_on_stack((timer), (callback), (flags))
#define from_timer(var, callback_timer, timer_fieldname) \
	container_of(callback_timer, typeof(*var), timer_fieldname)

/* The forms from before 4.15: the function takes @data. */
#define init_timer(timer)	__init_timer((timer), (timer)->function, TIMER_LEGACY)
#define init_timer_deferrable(timer) \
	__init_timer((timer), (timer)->function, TIMER_LEGACY | TIMER_DEFERRABLE)
#define setup_timer(timer, fn, arg) __setup_timer((timer), (fn), (arg), 0)
#ifdef CONFIG_DEBUG
#define setup_timer_on_stack(timer, fn, arg)				\
do {									\
	__init_timer_on_stack((timer), (void (*)(struct timer_list *))(void *)(fn), TIMER_LEGACY); \
	(timer)->data = (arg);						\
} while (0)
#else
#define setup_timer_on_stack(timer, fn, arg) __setup_timer((timer), (fn), (arg), 0)
#endif
#define setup_deferrable_timer(timer, fn, arg) __setup_timer((timer), (fn), (arg), TIMER_DEFERRABLE)
#define setup_pinned_timer(timer, fn, arg) __setup_timer((timer), (fn), (arg), TIMER_PINNED)
void __setup_timer(struct timer_list *timer, void (*fn)(unsigned long), unsigned long data,
		   unsigned int flags);

static inline int timer_pending(const struct timer_list *timer)
{
	return !hlist_unhashed_lockless(&timer->entry);
}

void add_timer(struct timer_list *timer);
void add_timer_on(struct timer_list *timer, int cpu);
int mod_timer(struct timer_list *timer, unsigned long expires);
int mod_timer_pending(struct timer_list *timer, unsigned long expires);
int timer_reduce(struct timer_list *timer, unsigned long expires);
int timer_delete(struct timer_list *timer);
int timer_delete_sync(struct timer_list *timer);
int try_to_del_timer_sync(struct timer_list *timer);
int timer_shutdown(struct timer_list *timer);
int timer_shutdown_sync(struct timer_list *timer);

static inline int del_timer(struct timer_list *timer)
{
	return timer_delete(timer);
}

static inline int del_timer_sync(struct timer_list *timer)
{
	return timer_delete_sync(timer);
}
#define del_singleshot_timer_sync(t) timer_delete_sync(t)

unsigned long __round_jiffies(unsigned long j, int cpu);
unsigned long __round_jiffies_relative(unsigned long j, int cpu);
unsigned long round_jiffies(unsigned long j);
unsigned long round_jiffies_relative(unsigned long j);
unsigned long __round_jiffies_up(unsigned long j, int cpu);
unsigned long __round_jiffies_up_relative(unsigned long j, int cpu);
unsigned long round_jiffies_up(unsigned long j);
unsigned long round_jiffies_up_relative(unsigned long j);

void init_timers(void);
void run_local_timers(void);	/* from the tick, irqs off */
int timers_prepare_cpu(unsigned int cpu);
int timers_dead_cpu(unsigned int cpu);

#endif
