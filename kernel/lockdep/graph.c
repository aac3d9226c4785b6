/* SPDX-License-Identifier: MIT */
/*
 * The graph of classes, and the search in it.
 *
 * Readers make the search more than one for any path. Take A -> B, B -> C one after the other:
 * if B was taken as a recursive reader there (-R) and is held as a reader here (S-), the first
 * task does not wait for the second, and the two edges do not make a path. A path whose
 * neighbours never meet as -R, S- is called strong, and only strong ones deadlock.
 *
 * So a class is reached in two ways: strongly, when anything may follow, and weakly, when only
 * an edge that holds it exclusively may. Going backward it is the other end that counts: there
 * a class is left weakly when it is held shared.
 */
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

static arch_spinlock_t graph_spin;		/* taken with interrupts off; see internals.h */

/* Under graph_lock(), all of them. Edge 0 and node 0 of a list mean "none". */
static struct lock_edge edges[MAX_EDGES];
static unsigned int nr_edges = 1;		/* ever used */
static u16 free_edges;				/* those given back, by next[FORWARD] */
static unsigned int nr_free;

static struct search_node queue[2 * MAX_CLASSES];
static u32 search_number;

/* False, and not locked, when the checker went off meanwhile: then nothing is to be added. */
bool graph_lock(void)
{
	arch_spin_lock(&graph_spin);
	if (likely(READ_ONCE(debug_locks)))
		return true;
	arch_spin_unlock(&graph_spin);
	return false;
}

/* For what must be done though it is off: forgetting what goes. */
void graph_lock_always(void)
{
	arch_spin_lock(&graph_spin);
}

void graph_unlock(void)
{
	arch_spin_unlock(&graph_spin);
}

struct lock_edge *edge_at(unsigned int n)
{
	return &edges[n];
}

const struct search_node *search_node(int n)
{
	return &queue[n];
}

unsigned int edges_used(void)
{
	return nr_edges - 1 - nr_free;
}

struct lock_edge *edge_find(const struct lock_class *from, const struct lock_class *to)
{
	unsigned int to_number = class_number(to);

	for (unsigned int e = from->edges[FORWARD]; e; e = edges[e].next[FORWARD])
		if (edges[e].class[FORWARD] == to_number)
			return &edges[e];
	return NULL;
}

static unsigned int edge_alloc(void)
{
	unsigned int e = free_edges;

	if (e) {
		free_edges = edges[e].next[FORWARD];
		nr_free--;
		return e;
	}
	if (nr_edges == MAX_EDGES) {
		report_out_of("MAX_EDGES", MAX_EDGES);
		return 0;
	}
	return nr_edges++;
}

/* There is none yet. Return: false when there is no room. */
bool edge_add(struct lock_class *from, struct lock_class *to, u8 kind, u32 trace)
{
	unsigned int e = edge_alloc();

	if (!e)
		return false;
	edges[e] = (struct lock_edge){
		.class = { [FORWARD] = class_number(to), [BACKWARD] = class_number(from) },
		.next = { [FORWARD] = from->edges[FORWARD], [BACKWARD] = to->edges[BACKWARD] },
		.kinds = kind, .trace = trace,
	};
	from->edges[FORWARD] = e;
	to->edges[BACKWARD] = e;
	return true;
}

static void unlink_from(struct lock_class *class, enum direction dir, unsigned int edge)
{
	u16 *link = &class->edges[dir];

	while (*link != edge)
		link = &edges[*link].next[dir];
	*link = edges[edge].next[dir];
}

/* All edges from and to a class that goes. */
void edges_remove(struct lock_class *class)
{
	for (enum direction dir = FORWARD; dir <= BACKWARD; dir++) {
		unsigned int e;

		while ((e = class->edges[dir])) {
			class->edges[dir] = edges[e].next[dir];
			unlink_from(class_at(edges[e].class[dir]), !dir, e);
			edges[e].next[FORWARD] = free_edges;
			free_edges = e;
			nr_free++;
		}
	}
}

/* Which of @kinds may follow. */
static u8 may_follow(enum direction dir, bool weak, u8 kinds)
{
	static const u8 after_weak[] = {
		[FORWARD] = DEP_ER | DEP_EN, [BACKWARD] = DEP_SN | DEP_EN,
	};

	return weak ? kinds & after_weak[dir] : kinds;
}

static bool arrives_weakly(enum direction dir, u8 kinds)
{
	static const u8 strong[] = {
		[FORWARD] = DEP_SN | DEP_EN, [BACKWARD] = DEP_ER | DEP_EN,
	};

	return !(kinds & strong[dir]);
}

/* Whether a class has been reached so, or better, in this search; and note that it is now. */
static bool seen(struct lock_class *class, bool weak)
{
	if (class->seen[0] == search_number || (weak && class->seen[1] == search_number))
		return true;
	class->seen[weak] = search_number;
	return false;
}

/**
 * graph_search - find the nearest class that is reached by a strong path, and is wanted
 * @dir: along the edges or against them
 * @from: where to begin; it is asked about first
 * @weak: how @from itself is reached
 * @match: whether a class is wanted
 * @arg: handed to it
 *
 * Context: graph_lock() held. Return: the number of its search node, or -1.
 */
int graph_search(enum direction dir, const struct lock_class *from, bool weak,
		 search_match match, void *arg)
{
	int head = 0, tail = 1;

	search_number++;
	queue[0] = (struct search_node){ .class = class_number(from), .parent = -1, .weak = weak };
	seen(class_at(queue[0].class), weak);
	for (; head < tail; head++) {
		const struct search_node *at = &queue[head];
		const struct lock_class *class = class_at(at->class);

		if (match(class, at->weak, arg))
			return head;
		for (unsigned int e = class->edges[dir]; e; e = edges[e].next[dir]) {
			u8 kinds = may_follow(dir, at->weak, edges[e].kinds);
			bool weakly = arrives_weakly(dir, kinds);

			if (!kinds || seen(class_at(edges[e].class[dir]), weakly))
				continue;
			queue[tail++] = (struct search_node){
				.class = edges[e].class[dir], .edge = e, .parent = head,
				.weak = weakly,
			};
		}
	}
	return -1;
}

#endif
