/* SPDX-License-Identifier: MIT */
/* What a lock carries for the checker of lock orders. Empty in the release build. */
#ifndef _LINUX_LOCKDEP_TYPES_H
#define _LINUX_LOCKDEP_TYPES_H

#include <linux/types.h>

#define MAX_LOCKDEP_SUBCLASSES		8UL
#define NR_LOCKDEP_CACHING_CLASSES	2
#define MAX_LOCK_DEPTH			48UL

/* What waiting for a lock may cost: nothing, a spin, a sleep. One kind is not taken inside a lower. */
enum lockdep_wait_type {
	LD_WAIT_INV = 0,	/* not said, not checked */
	LD_WAIT_FREE,
	LD_WAIT_SPIN,
	LD_WAIT_CONFIG = LD_WAIT_SPIN,	/* spinlock_t: spins here as raw_spinlock_t does */
	LD_WAIT_SLEEP,
	LD_WAIT_MAX,
};

enum lockdep_lock_type {
	LD_LOCK_NORMAL = 0,
	LD_LOCK_PERCPU,
	LD_LOCK_MAX,
};

#ifdef CONFIG_DEBUG

struct lockdep_subclass_key {
	char			unused;		/* only its address counts */
};

/* One per place that initialises locks: all locks from there are of one class per subclass. */
struct lock_class_key {
	union {
		struct hlist_node		hash_entry;	/* of a registered key */
		struct lockdep_subclass_key	subkeys[MAX_LOCKDEP_SUBCLASSES];
	};
};

struct lock_class;

struct lockdep_map {
	struct lock_class_key	*key;		/* NULL: the map's own address, if it is static */
	struct lock_class	*class_cache[NR_LOCKDEP_CACHING_CLASSES];	/* hints */
	const char		*name;
	u8			wait_type_outer;	/* as which kind it is taken; INV: as inner */
	u8			wait_type_inner;	/* what may be taken while it is held */
	u8			lock_type;
};

/* A lock that a task holds, or that was taken in an interrupt on top of it. */
struct held_lock {
	u64			prev_chain_key;	/* of what was held before it */
	unsigned long		acquire_ip;
	struct lockdep_map	*instance;
	struct lockdep_map	*nest_lock;
	u16			class_idx;	/* 0: taken while the checker was off */
	u8			irq_context;	/* 1: in a softirq, 2: in a hard interrupt, or both */
	u8			read;		/* 0: for writing; 1: shared; 2: shared, may recur */
	bool			trylock;
	bool			check;
	bool			hardirqs_off;
};

/* When the CPU's interrupts and softirqs were turned off and on, by whom. */
struct irqtrace_events {
	unsigned int		irq_events;
	unsigned int		hardirq_enable_event, hardirq_disable_event;
	unsigned int		softirq_enable_event, softirq_disable_event;
	unsigned long		hardirq_enable_ip, hardirq_disable_ip;
	unsigned long		softirq_enable_ip, softirq_disable_ip;
};

/* Of each task; written by it and by what interrupts it, with interrupts off. */
struct task_lockdep {
	u64			chain_key;	/* of all that is held */
	unsigned int		depth;
	unsigned int		recursion;	/* lockdep_off() */
	struct irqtrace_events	irqtrace;
	unsigned long		preempt_disable_ip;
	struct held_lock	held[MAX_LOCK_DEPTH];
};

#else

struct lock_class_key { };
struct lockdep_map { };

#endif
#endif
