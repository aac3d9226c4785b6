/* SPDX-License-Identifier: MIT */
/*
 * What the files of kernel/lockdep say to each other.
 *
 * A class stands for all locks that are used alike. An edge A -> B says that B was taken while A
 * was held. Usage bits of a class say in which contexts its locks were taken. Everything is kept
 * in static pools, as memory can't be allocated under the locks that are looked at.
 *
 * The graph (classes, edges, back-traces, the table of chains) is changed under graph_lock(),
 * a lock without a checker. Reading a class's usage and the table of chains needs none: a bit
 * or a chain that is not seen yet is looked up again under the lock.
 */
#ifndef _LOCKDEP_INTERNALS_H
#define _LOCKDEP_INTERNALS_H

#include <linux/bits.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/types.h>

#ifdef CONFIG_DEBUG

#define MAX_CLASSES		2048
#define MAX_EDGES		16384
#define MAX_CHAINS		32768	/* a power of two */
#define TRACE_WORDS		131072

#define CONTEXT_SOFTIRQ		1	/* held_lock.irq_context */
#define CONTEXT_HARDIRQ		2

/*
 * Usage bits, four for each kind of interrupt. The low bit says "for reading", the next one
 * "with that interrupt enabled" instead of "in it".
 */
enum {
	IN_HARDIRQ, IN_HARDIRQ_READ, ON_HARDIRQ, ON_HARDIRQ_READ,
	IN_SOFTIRQ, IN_SOFTIRQ_READ, ON_SOFTIRQ, ON_SOFTIRQ_READ,
	USED, USED_READ,
	NR_USAGES,
};
#define USAGE_READ	1		/* bits of a number, not of the mask */
#define USAGE_ON	2
#define USAGE_SOFTIRQ	4
#define MASK_IN		(BIT(IN_HARDIRQ) | BIT(IN_HARDIRQ_READ) | BIT(IN_SOFTIRQ) | BIT(IN_SOFTIRQ_READ))
#define MASK_ON		(MASK_IN << USAGE_ON)
#define MASK_READ	(BIT(IN_HARDIRQ_READ) | BIT(ON_HARDIRQ_READ) | BIT(IN_SOFTIRQ_READ) | \
			 BIT(ON_SOFTIRQ_READ))

/* All under graph_lock(). A class is in use as long as it has a key. */
struct lock_class {
	const struct lockdep_subclass_key *key;
	const char		*name;
	struct lock_class	*hash_next;
	u8			subclass;
	u8			name_version;	/* of several with the same name */
	u8			wait_type_outer, wait_type_inner, lock_type;
	u16			usage;		/* mask; read without the lock too */
	u16			edges[2];	/* FORWARD, BACKWARD: first of its list; 0 ends */
	u32			seen[2];	/* search number: strongly, weakly; see graph.c */
	u32			usage_trace[NR_USAGES];
};

enum direction { FORWARD, BACKWARD };

/* An edge's kinds: its lock held Exclusive or Shared, the next one taken Recursively or Not. */
#define DEP_SR		1
#define DEP_ER		2
#define DEP_SN		4
#define DEP_EN		8

struct lock_edge {
	u16			class[2];	/* FORWARD: where it leads; BACKWARD: where it comes from */
	u16			next[2];	/* in the lists of the classes at its ends */
	u8			kinds;		/* DEP_* that were seen */
	u32			trace;		/* where the second was taken */
};

/* A step of a search: the way back to its start goes by parent. */
struct search_node {
	u16			class;
	u16			edge;		/* by which it was reached; 0 at the start */
	s16			parent;
	bool			weak;		/* reached only so that what follows must be strong */
};

typedef bool (*search_match)(const struct lock_class *class, bool weak, void *arg);

/* graph.c */
bool graph_lock(void);
void graph_lock_always(void);
void graph_unlock(void);
int graph_search(enum direction dir, const struct lock_class *from, bool weak,
		 search_match match, void *arg);
const struct search_node *search_node(int n);
struct lock_edge *edge_at(unsigned int n);
struct lock_edge *edge_find(const struct lock_class *from, const struct lock_class *to);
bool edge_add(struct lock_class *from, struct lock_class *to, u8 kind, u32 trace);
void edges_remove(struct lock_class *class);
unsigned int edges_used(void);

/* class.c */
struct lock_class *class_of_map(struct lockdep_map *lock, unsigned int subclass);
struct lock_class *class_at(unsigned int n);
unsigned int class_number(const struct lock_class *class);
unsigned int classes_used(void);

/* chain.c */
bool chain_known(u64 key);
bool chain_add(u64 key);
void chains_forget(void);
unsigned int chains_used(void);
u64 chain_extend(u64 key, const struct held_lock *lock);

/* validate.c: @lock is not yet among those that current holds */
bool validate_lock(struct held_lock *lock);
bool check_wait_context(const struct held_lock *lock);

/* usage.c */
bool mark_usage(const struct held_lock *lock);
bool mark_used_as(const struct held_lock *lock, unsigned int usage);
bool check_irq_edge(struct held_lock *prev, struct held_lock *next);
u8 irq_context_now(void);

/* trace.c */
u32 trace_save(unsigned long from_ip);
void trace_print(u32 trace, int indent);
unsigned int trace_words_used(void);

/* held.c */
bool lockdep_enter(void);
void lockdep_leave(void);

/* report.c: all after debug_locks_off() said yes, without the graph lock */
#define REPORT_LINE	"=====================================================\n"
#define REPORT_SUBLINE	"-----------------------------------------------------\n"
#define TEXT_MAX	160
#define CLASS_NAME(class)	class_name((char [TEXT_MAX]){ 0 }, class)
#define CLASS_TEXT(class)	class_text((char [TEXT_MAX]){ 0 }, class)
void report_banner(const char *what);
void report_tail(void);
char *class_name(char *buf, const struct lock_class *class);
char *class_text(char *buf, const struct lock_class *class);
void print_lock(const struct held_lock *lock);
void print_irq_events(void);
void print_held_locks(struct task_struct *task);
const char *usage_name(unsigned int usage);
void report_out_of(const char *what, unsigned int size);

static inline struct lock_class *held_class(const struct held_lock *lock)
{
	return class_at(lock->class_idx);
}

#endif
#endif
