/* SPDX-License-Identifier: MIT */
/*
 * In which contexts a class is used, and what must not come together.
 *
 * A lock that is taken in an interrupt must not be held with that interrupt enabled: the
 * interrupt would wait for whom it interrupted. The same holds for locks further on: if A is
 * taken in the interrupt (A is "safe") and B is held with it enabled ("unsafe"), then B must
 * never be taken while A is held, directly or by others in between:
 *
 *	CPU 0			CPU 1
 *	lock(B)
 *				lock(A)
 *				lock(B) waits
 *	<interrupt>
 *	  lock(A) waits
 *
 * So a new edge is checked against the usage at both its ends, and a new usage against the
 * edges at its class. Readers that recur may meet readers.
 */
#include <linux/bitops.h>
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

static const char * const usage_names[NR_USAGES] = {
	"IN-HARDIRQ-W", "IN-HARDIRQ-R", "HARDIRQ-ON-W", "HARDIRQ-ON-R",
	"IN-SOFTIRQ-W", "IN-SOFTIRQ-R", "SOFTIRQ-ON-W", "SOFTIRQ-ON-R",
	"INITIAL USE", "INITIAL READ USE",
};

const char *usage_name(unsigned int usage)
{
	return usage_names[usage];
}

static const char *irq_of(unsigned int usage)
{
	return usage & USAGE_SOFTIRQ ? "SOFTIRQ" : "HARDIRQ";
}

/* The same kind of interrupt, the other side: in it against with it enabled; exclusive. */
static unsigned int opposite(unsigned int usage)
{
	return (usage & ~USAGE_READ) ^ USAGE_ON;
}

/* All usages on the other side of those in @mask. */
static unsigned int opposites(unsigned int mask)
{
	unsigned int in = mask & MASK_IN, on = mask & MASK_ON, result;

	in = (in | in >> USAGE_READ) & ~MASK_READ;	/* reading or not: the kind is what counts */
	on = (on | on >> USAGE_READ) & ~MASK_READ;
	result = in << USAGE_ON | on >> USAGE_ON;
	return result | result << USAGE_READ;
}

/* A class reached weakly counts only with what it was taken for exclusively. */
static unsigned int usage_that_counts(const struct lock_class *class, bool weak)
{
	return weak ? class->usage & ~MASK_READ : class->usage;
}

static bool add_usage(const struct lock_class *class, bool weak, void *mask)
{
	*(unsigned int *)mask |= usage_that_counts(class, weak);
	return false;
}

static bool has_usage(const struct lock_class *class, bool weak, void *mask)
{
	return usage_that_counts(class, weak) & *(unsigned int *)mask;
}

/* ---- Reports ------------------------------------------------------------------------------------- */

/* Context and depth of hard interrupts and softirqs, and whether they are enabled. */
static void print_who(const struct held_lock *lock, const char *does)
{
	pr_warn("%s/%d [HC%u[%lu]:SC%u[%lu]:HE%u:SE%u] %s\n", current->comm, current->pid,
		!!in_hardirq(), hardirq_count() >> HARDIRQ_SHIFT, !!in_serving_softirq(),
		softirq_count() >> SOFTIRQ_SHIFT, !lock->hardirqs_off, !softirq_count(), does);
}

static void report_state(const struct held_lock *lock, unsigned int now, unsigned int before)
{
	const struct lock_class *class = held_class(lock);

	report_banner("WARNING: inconsistent lock state");
	pr_warn("inconsistent {%s} -> {%s} usage.\n", usage_name(before), usage_name(now));
	print_who(lock, "takes:");
	print_lock(lock);
	pr_warn("{%s} state was registered at:\n", usage_name(before));
	trace_print(class->usage_trace[before], 2);
	print_irqtrace_events(current);
	pr_warn("\nother info that might help us debug this:\n");
	pr_warn(" Possible unsafe locking scenario:\n\n");
	pr_warn("       CPU0\n       ----\n");
	pr_warn("  lock(%s);\n", CLASS_NAME(class));
	pr_warn("  <Interrupt>\n");
	pr_warn("    lock(%s);\n", CLASS_NAME(class));
	pr_warn("\n *** DEADLOCK ***\n\n");
	report_tail();
}

/* The classes on the way from the start of a search to its node @n, each with where it was taken. */
static void print_path(int n)
{
	for (; n >= 0; n = search_node(n)->parent) {
		const struct search_node *node = search_node(n);

		pr_warn("  %s\n", CLASS_TEXT(class_at(node->class)));
		if (node->edge) {
			pr_warn("    the two one after the other:\n");
			trace_print(edge_at(node->edge)->trace, 6);
		}
	}
}

static void print_end(const char *words, const struct lock_class *class, unsigned int usage)
{
	const char *side = usage & USAGE_ON ? "unsafe" : "safe";

	pr_warn("\n%s a %s-irq-%s lock:\n", words, irq_of(usage), side);
	pr_warn(" %s\n", CLASS_TEXT(class));
	pr_warn("... which became %s-irq-%s at:\n", irq_of(usage), side);
	trace_print(class->usage_trace[usage], 2);
}

/* @then: what is taken next on the way from @safe to @unsafe. */
static void print_irq_scenario(const struct lock_class *safe, const struct lock_class *unsafe,
			       const struct lock_class *then)
{
	static const char other[] = "                               ";

	pr_warn("\nother info that might help us debug this:\n\n");
	pr_warn(" Possible interrupt unsafe locking scenario:\n\n");
	pr_warn("       CPU0                    CPU1\n");
	pr_warn("       ----                    ----\n");
	pr_warn("  lock(%s);\n", CLASS_NAME(unsafe));
	pr_warn("%slocal_irq_disable();\n", other);
	pr_warn("%slock(%s);\n", other, CLASS_NAME(safe));
	pr_warn("%slock(%s);\n", other, CLASS_NAME(then));
	pr_warn("  <Interrupt>\n");
	pr_warn("    lock(%s);\n", CLASS_NAME(safe));
	pr_warn("\n *** DEADLOCK ***\n\n");
}

/*
 * The usage bit of @safe and that of @unsafe which do not go together: the same kind of
 * interrupt.
 */
static void pick_pair(unsigned int safe, unsigned int unsafe, unsigned int *in, unsigned int *on)
{
	for (*in = IN_HARDIRQ; *in < USED; (*in)++) {
		unsigned int against;

		if (*in & USAGE_ON || !(safe & BIT(*in)))
			continue;
		against = unsafe & opposites(BIT(*in));
		if (against) {
			*on = __ffs(against);
			return;
		}
	}
}

struct irq_conflict {
	const struct lock_class	*safe, *unsafe;
	unsigned int		in, on;		/* their usages that meet */
};

static void report_irq_edge(struct held_lock *prev, struct held_lock *next,
			    const struct irq_conflict *c)
{
	char title[80];

	snprintf(title, sizeof(title), "WARNING: %s-safe -> %s-unsafe lock order detected",
		 irq_of(c->in), irq_of(c->in));
	report_banner(title);
	print_who(next, "is trying to acquire:");
	print_lock(next);
	pr_warn("\nand this task is already holding:\n");
	print_lock(prev);
	pr_warn("which would create a new lock dependency:\n");
	pr_warn(" %s -> %s\n", CLASS_TEXT(held_class(prev)), CLASS_TEXT(held_class(next)));
	print_end("but this new dependency connects", c->safe, c->in);
	print_end("to", c->unsafe, c->on);
	print_irq_scenario(c->safe, c->unsafe,
			   c->safe == held_class(prev) ? held_class(next) : held_class(prev));
}

static void report_inversion(const struct held_lock *lock, unsigned int usage,
			     const struct lock_class *other, unsigned int other_usage, int path)
{
	const struct lock_class *class = held_class(lock);
	bool backward = usage & USAGE_ON;

	report_banner("WARNING: possible irq lock inversion dependency detected");
	pr_warn("%s/%d just changed the state of lock:\n", current->comm, current->pid);
	print_lock(lock);
	pr_warn("but this lock was taken %s another, %s-%s lock in the past:\n",
		backward ? "under" : "before", irq_of(usage), backward ? "safe" : "unsafe");
	pr_warn(" %s\n", CLASS_TEXT(other));
	print_end("that one is", other, other_usage);
	print_irq_scenario(backward ? other : class, backward ? class : other,
			   backward ? class : other);
	pr_warn("the path between them:\n");
	print_path(path);
	report_tail();
}

/* ---- A new edge ------------------------------------------------------------------------------------ */

/**
 * check_irq_edge - does an edge lead from a safe class to an unsafe one?
 * @prev: held
 * @next: to be taken
 *
 * Context: graph_lock() held; dropped when this returns false, and then it was reported.
 */
bool check_irq_edge(struct held_lock *prev, struct held_lock *next)
{
	unsigned int before = 0, after = 0, wanted;
	struct irq_conflict c;
	int from, to;

	graph_search(BACKWARD, held_class(prev), prev->read, add_usage, &before);
	before &= MASK_IN;
	if (!before)
		return true;
	wanted = opposites(before);
	to = graph_search(FORWARD, held_class(next), next->read == 2, has_usage, &wanted);
	if (to < 0)
		return true;
	c.unsafe = class_at(search_node(to)->class);
	after = usage_that_counts(c.unsafe, search_node(to)->weak) & MASK_ON;
	wanted = opposites(after) & before;
	from = graph_search(BACKWARD, held_class(prev), prev->read, has_usage, &wanted);
	c.safe = class_at(search_node(from)->class);
	pick_pair(usage_that_counts(c.safe, search_node(from)->weak), after, &c.in, &c.on);
	if (debug_locks_off()) {
		graph_unlock();
		report_irq_edge(prev, next, &c);
		pr_warn("the dependencies between the %s-irq-safe lock and the one held:\n",
			irq_of(c.in));
		print_path(from);
		/* The search is over, so its nodes may be used again for the other side. */
		wanted = BIT(c.on);
		to = graph_search(FORWARD, held_class(next), next->read == 2, has_usage, &wanted);
		pr_warn("the dependencies between the lock to be acquired and the %s-irq-unsafe lock:\n",
			irq_of(c.in));
		print_path(to);
		report_tail();
	} else {
		graph_unlock();
	}
	return false;
}

/* ---- A new usage ------------------------------------------------------------------------------------- */

/* graph_lock() held; dropped when this returns false. */
static bool check_state(const struct held_lock *lock, unsigned int usage)
{
	struct lock_class *class = held_class(lock);
	unsigned int bad = BIT(opposite(usage));

	if (!(usage & USAGE_READ))
		bad |= bad << USAGE_READ;
	bad &= class->usage;
	if (likely(!bad))
		return true;
	class->usage_trace[usage] = trace_save(lock->acquire_ip);
	class->usage |= BIT(usage);
	if (debug_locks_off()) {
		graph_unlock();
		report_state(lock, usage, __ffs(bad));
	} else {
		graph_unlock();
	}
	return false;
}

static bool check_paths(const struct held_lock *lock, unsigned int usage)
{
	enum direction dir = usage & USAGE_ON ? BACKWARD : FORWARD;
	unsigned int wanted = opposites(BIT(usage));
	/* Reading in an interrupt, or where one comes, disturbs only who is there exclusively. */
	bool weak = usage & USAGE_READ;
	const struct lock_class *other;
	unsigned int meet;
	int n;

	n = graph_search(dir, held_class(lock), weak, has_usage, &wanted);
	if (likely(n < 0))
		return true;
	other = class_at(search_node(n)->class);
	meet = usage_that_counts(other, search_node(n)->weak) & wanted;
	if (debug_locks_off()) {
		graph_unlock();
		report_inversion(lock, usage, other, __ffs(meet), n);
	} else {
		graph_unlock();
	}
	return false;
}

/**
 * mark_used_as - note that a lock is used in a way
 * @lock: the lock
 * @usage: IN_HARDIRQ ... USED_READ
 *
 * Context: interrupts off. Return: false when that does not go with what is known; it was reported.
 */
bool mark_used_as(const struct held_lock *lock, unsigned int usage)
{
	struct lock_class *class = held_class(lock);
	bool good = true;

	if (likely(READ_ONCE(class->usage) & BIT(usage)))
		return true;
	if (!graph_lock())
		return false;
	if (usage < USED)
		good = check_state(lock, usage) && check_paths(lock, usage);
	if (!good)
		return false;
	class->usage_trace[usage] = trace_save(lock->acquire_ip);
	WRITE_ONCE(class->usage, class->usage | BIT(usage));
	graph_unlock();
	return true;
}

/**
 * mark_usages - note how a lock is taken here
 * @lock: the lock
 * @wanted: mask of usages
 *
 * Context: interrupts off. Return: as mark_used_as().
 */
bool mark_usages(const struct held_lock *lock, unsigned int wanted)
{
	for (unsigned int usage = 0; usage < NR_USAGES; usage++)
		if (wanted & BIT(usage) && !mark_used_as(lock, usage))
			return false;
	return true;
}

#endif
