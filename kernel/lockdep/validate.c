/* SPDX-License-Identifier: MIT */
/*
 * A lock is taken while others are held: is there a way in which that deadlocks?
 *
 * Looked at once for each chain. What follows from it is put into the graph as edges from the
 * locks held to the new one; before, it is asked whether the graph leads back.
 */
#include <linux/kernel.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

static u8 kind_of(const struct held_lock *prev, const struct held_lock *next)
{
	if (next->read == 2)
		return prev->read ? DEP_SR : DEP_ER;
	return prev->read ? DEP_SN : DEP_EN;
}

/* ---- The same class twice ------------------------------------------------------------------ */

enum recursion { NOT_HELD, MAY_RECUR, RECURSION_REPORTED };

static bool holds(const struct lockdep_map *lock)
{
	const struct task_lockdep *t = &current->lockdep;

	for (unsigned int i = 0; i < t->depth; i++)
		if (t->held[i].instance == lock)
			return true;
	return false;
}

static void report_recursion(const struct held_lock *prev, const struct held_lock *next)
{
	if (!debug_locks_off())
		return;
	report_banner("WARNING: possible recursive locking detected");
	pr_warn("%s/%d is trying to acquire lock:\n", current->comm, current->pid);
	print_lock(next);
	pr_warn("\nbut task is already holding lock:\n");
	print_lock(prev);
	pr_warn("\nother info that might help us debug this:\n");
	pr_warn(" Possible unsafe locking scenario:\n\n");
	pr_warn("       CPU0\n       ----\n");
	pr_warn("  lock(%s);\n", CLASS_NAME(held_class(prev)));
	pr_warn("  lock(%s);\n", CLASS_NAME(held_class(next)));
	pr_warn("\n *** DEADLOCK ***\n\n");
	pr_warn(" If the two are taken in an order of their own, a subclass says so (_nested).\n\n");
	report_tail();
}

static enum recursion check_recursion(const struct held_lock *next)
{
	const struct task_lockdep *t = &current->lockdep;

	for (unsigned int i = 0; i < t->depth; i++) {
		const struct held_lock *prev = &t->held[i];

		if (prev->class_idx != next->class_idx)
			continue;
		if ((next->read == 2 && prev->read) ||
		    (next->nest_lock && holds(next->nest_lock)))
			return MAY_RECUR;
		graph_unlock();
		report_recursion(prev, next);
		return RECURSION_REPORTED;
	}
	return NOT_HELD;
}

/* ---- A circle --------------------------------------------------------------------------------- */

static bool is_held_one(const struct lock_class *class, bool weak, void *arg)
{
	const struct held_lock *prev = arg;

	return class == held_class(prev) && !(weak && prev->read);
}

/* CPU 1 stands for all who take the locks in the order of the graph. */
static void print_circle_scenario(const struct lock_class *prev, const struct lock_class *next,
				  const struct lock_class *last)
{
	static const char other[] = "                               ";

	pr_warn(" Possible unsafe locking scenario:\n\n");
	if (last != next)
		pr_warn("Chain exists of:\n  %s --> %s --> %s\n\n", CLASS_NAME(next),
			CLASS_NAME(last), CLASS_NAME(prev));
	pr_warn("       CPU0                    CPU1\n");
	pr_warn("       ----                    ----\n");
	pr_warn("  lock(%s);\n", CLASS_NAME(prev));
	pr_warn("%slock(%s);\n", other, CLASS_NAME(last));
	pr_warn("%slock(%s);\n", other, CLASS_NAME(prev));
	pr_warn("  lock(%s);\n", CLASS_NAME(next));
	pr_warn("\n *** DEADLOCK ***\n\n");
}

/*
 * The search went next -> ... -> prev and ended at node @end. Nobody changes the graph now: the
 * checker is off.
 */
static void report_circle(const struct held_lock *prev, const struct held_lock *next, int end,
			  u32 trace)
{
	const struct search_node *node = search_node(end);
	const struct lock_class *last;
	int n, depth = 0;

	for (n = node->parent; n >= 0; n = search_node(n)->parent)
		depth++;
	last = class_at(search_node(node->parent)->class);

	report_banner("WARNING: possible circular locking dependency detected");
	pr_warn("%s/%d is trying to acquire lock:\n", current->comm, current->pid);
	print_lock(next);
	pr_warn("\nbut task is already holding lock:\n");
	print_lock(prev);
	pr_warn("\nwhich lock already depends on the new lock.\n\n");
	pr_warn("\nthe existing dependency chain (in reverse order) is:\n");
	for (n = end; n >= 0 && search_node(n)->parent >= 0; n = search_node(n)->parent) {
		pr_warn("\n-> #%d %s:\n", depth--, CLASS_TEXT(class_at(search_node(n)->class)));
		trace_print(edge_at(search_node(n)->edge)->trace, 6);
	}
	pr_warn("\n-> #0 %s:\n", CLASS_TEXT(held_class(next)));
	trace_print(trace, 6);
	pr_warn("\nother info that might help us debug this:\n\n");
	print_circle_scenario(held_class(prev), held_class(next), last);
	report_tail();
}

/* Return: false when there is one; it was reported, and the graph lock is dropped. */
static bool check_circle(struct held_lock *prev, const struct held_lock *next)
{
	int end = graph_search(FORWARD, held_class(next), next->read == 2, is_held_one, prev);
	u32 trace;

	if (likely(end < 0))
		return true;
	trace = trace_save(next->acquire_ip);
	if (debug_locks_off()) {
		graph_unlock();
		report_circle(prev, next, end, trace);
	} else {
		graph_unlock();
	}
	return false;
}

/* ---- Edges ------------------------------------------------------------------------------------- */

/* graph_lock() held; dropped when this returns false. */
static bool add_dependency(struct held_lock *prev, struct held_lock *next, u32 *trace)
{
	struct lock_class *from = held_class(prev), *to = held_class(next);
	struct lock_edge *edge;
	u8 kind = kind_of(prev, next);

	if (!from->key || from == to)
		return true;
	edge = edge_find(from, to);
	if (edge && edge->kinds & kind)
		return true;
	if (!check_circle(prev, next) || !check_irq_edge(prev, next))
		return false;
	if (edge) {
		edge->kinds |= kind;
		return true;
	}
	if (!*trace)
		*trace = trace_save(next->acquire_ip);
	if (edge_add(from, to, kind, *trace))
		return true;
	graph_unlock();
	return false;
}

/*
 * From the last ones taken down: one that was waited for has its own edges from those below it,
 * so the rest follows; except below a recursive reader, where paths end (see graph.c).
 */
static bool add_dependencies(struct held_lock *next)
{
	struct task_lockdep *t = &current->lockdep;
	u32 trace = 0;

	for (unsigned int i = t->depth; i--; ) {
		struct held_lock *prev = &t->held[i];

		if (prev->irq_context != next->irq_context)
			break;
		if (!prev->check || !prev->class_idx)
			continue;
		if (!add_dependency(prev, next, &trace))
			return false;
		if (!prev->trylock && prev->read != 2)
			break;
	}
	return true;
}

/**
 * validate_new_chain - look at a lock that is to be taken on top of those that are held
 * @lock: the lock; not yet among them
 * @first: it is the first of its context
 *
 * Context: interrupts off. The task's chain key has been moved on. Return: false when something
 * was reported.
 */
bool validate_new_chain(struct held_lock *lock, bool first)
{
	enum recursion recursion;

	if (!graph_lock())
		return false;
	recursion = check_recursion(lock);
	if (recursion == RECURSION_REPORTED)
		return false;
	if (recursion == NOT_HELD && !first && !add_dependencies(lock))
		return false;
	chain_add(current->lockdep.chain_key);
	graph_unlock();
	return true;
}

/* ---- Kinds of waiting ----------------------------------------------------------------------------- */

/* The most that may be waited for here, from the context and from what is held in it. */
static u8 wait_type_allowed(const struct held_lock *next, u8 *context)
{
	const struct task_lockdep *t = &current->lockdep;
	u8 allowed;

	*context = next->irq_context ? LD_WAIT_SPIN : LD_WAIT_MAX;
	allowed = *context;
	for (unsigned int i = t->depth; i--; ) {
		const struct held_lock *prev = &t->held[i];
		u8 inner;

		if (prev->irq_context != next->irq_context)
			break;
		if (!prev->class_idx)
			continue;
		inner = held_class(prev)->wait_type_inner;
		if (inner)
			allowed = min(allowed, inner);
	}
	return allowed;
}

/**
 * check_wait_context - may a lock of this kind be waited for here?
 * @lock: the lock
 *
 * Return: false when not, and that was reported.
 */
bool check_wait_context(const struct held_lock *lock)
{
	const struct lock_class *class = held_class(lock);
	u8 outer = class->wait_type_outer ?: class->wait_type_inner, context;

	if (lock->trylock || outer < LD_WAIT_SLEEP)
		return true;
	if (outer <= wait_type_allowed(lock, &context))
		return true;
	if (!debug_locks_off())
		return false;
	report_banner("[ BUG: Invalid wait context ]");
	pr_warn("%s/%d is trying to lock:\n", current->comm, current->pid);
	print_lock(lock);
	pr_warn("other info that might help us debug this:\n");
	pr_warn("context-{%d:%d}\n", context, context);
	report_tail();
	return false;
}

#endif
