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
#include <linux/hash.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/types.h>

#ifdef CONFIG_DEBUG

#define MAX_CLASSES		2048
#define MAX_EDGES		16384
#define CHAIN_BITS		15
#define MAX_CHAINS		(1 << CHAIN_BITS)
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
} __aligned(128);				/* a power of two: a number becomes a pointer by a shift */

extern struct lock_class lock_classes[MAX_CLASSES];	/* number 0 is no class */

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
struct lock_class *class_find(struct lockdep_map *lock, unsigned int subclass);
unsigned int classes_used(void);

static inline struct lock_class *class_at(unsigned int n)
{
	return &lock_classes[n];
}

static inline unsigned int class_number(const struct lock_class *class)
{
	return class - lock_classes;
}

/* chain.c */
extern u64 lock_chains[MAX_CHAINS];	/* 0: free. Written under graph_lock(), read without */
bool chain_known_elsewhere(u64 key);
bool chain_add(u64 key);
void chains_forget(void);
unsigned int chains_used(void);

/* validate.c: @lock is not yet among those that current holds */
bool validate_new_chain(struct held_lock *lock, bool first);
bool check_wait_context(const struct held_lock *lock);

/* usage.c */
bool mark_usages(const struct held_lock *lock, unsigned int wanted);
bool mark_used_as(const struct held_lock *lock, unsigned int usage);
bool check_irq_edge(struct held_lock *prev, struct held_lock *next);

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
void print_held_locks(struct task_struct *task);
const char *usage_name(unsigned int usage);
void report_out_of(const char *what, unsigned int size);

static inline struct lock_class *held_class(const struct held_lock *lock)
{
	return class_at(lock->class_idx);
}

static inline u8 irq_context_now(void)
{
	int count = preempt_count();

	return (count & HARDIRQ_MASK ? CONTEXT_HARDIRQ : 0) |
	       (count & SOFTIRQ_OFFSET ? CONTEXT_SOFTIRQ : 0);
}

/* Its home in the table, where nearly every chain is. */
static inline u32 chain_home(u64 key)
{
	return hash_64(key, CHAIN_BITS);
}

/* A stale answer is "no", and then it is asked again under the lock. */
static inline bool chain_known(u64 key)
{
	return likely(READ_ONCE(lock_chains[chain_home(key)]) == key) || chain_known_elsewhere(key);
}

/* The key of a chain with one lock more. */
static inline u64 chain_extend(u64 key, const struct held_lock *lock)
{
	u64 link = lock->class_idx | (u64)lock->read << 16 | 1ULL << 18;

	key = (key ^ link) * GOLDEN_RATIO_64;
	key ^= key >> 29;
	key *= 0xbf58476d1ce4e5b9ULL;	/* an odd constant: mixes the high half once more */
	return (key ^ key >> 32) | 1;	/* never 0 */
}

#endif
#endif
