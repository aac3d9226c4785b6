/* SPDX-License-Identifier: MIT */
/*
 * What the debug build adds to every slab object, and the checks that it makes possible.
 *
 *	| object | red zone | link | allocated by | freed by | padding |
 *
 *	object		while free: POISON_FREE, its last byte POISON_END (not when a constructor
 *			or RCU readers give its content a meaning)
 *	red zone	SLUB_RED_ACTIVE while a user has the object, else SLUB_RED_INACTIVE; at
 *			least a word, so that it also says in which state the object is
 *	padding		POISON_INUSE: written to by whoever runs off the start of the next object
 *
 * A finding is reported with the cache, the object, and who had it last; then the bytes
 * are put right and the kernel goes on. A free that can't be right is not done.
 */
#include <linux/debug_free.h>
#include <linux/bug.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/poison.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include "internals.h"
#include "slab.h"

#ifdef CONFIG_DEBUG

#define TRACK_DEPTH	8

struct track {
	unsigned long	when;		/* jiffies */
	int		cpu;
	pid_t		pid;
	unsigned int	depth;		/* of addrs; 0 when it never happened */
	unsigned long	addrs[TRACK_DEPTH];
};

enum track_kind { TRACK_ALLOC, TRACK_FREE };

static struct track *track_of(struct kmem_cache *s, void *obj, enum track_kind kind)
{
	return (struct track *)((char *)obj + s->track) + kind;
}

static unsigned int padding_at(const struct kmem_cache *s)
{
	return s->track + 2 * sizeof(struct track);
}

static bool poisoned_when_free(const struct kmem_cache *s)
{
	return !s->ctor && !(s->flags & SLAB_TYPESAFE_BY_RCU);
}

/* Before the alignment of the whole: set_layout() rounds size up. */
void slab_debug_layout(struct kmem_cache *s)
{
	unsigned int word = sizeof(void *);

	s->red_size = ALIGN(s->object_size, word) - s->object_size + word;
	s->offset = s->object_size + s->red_size;
	s->track = s->offset + word;
	s->size = padding_at(s) + word;
}

static void set_track(struct kmem_cache *s, void *obj, enum track_kind kind)
{
	struct track *t = track_of(s, obj, kind);

	t->when = jiffies;
	t->cpu = raw_smp_processor_id();
	t->pid = current->pid;
	t->depth = stack_trace_save(t->addrs, TRACK_DEPTH, 0);
}

static void print_track(struct kmem_cache *s, void *obj, enum track_kind kind)
{
	const struct track *t = track_of(s, obj, kind);
	unsigned int i;

	if (!t->depth || t->depth > TRACK_DEPTH)
		return;
	pr_err("%s %lu jiffies ago on CPU %d by pid %d:\n",
	       kind == TRACK_ALLOC ? "Allocated" : "Freed", jiffies - t->when, t->cpu, t->pid);
	for (i = 0; i < t->depth; i++)
		pr_err("  %pS\n", (void *)t->addrs[i]);
}

static void report(struct kmem_cache *s, void *obj, const char *what)
{
	pr_err("BUG %s: %s. Object %px of %u bytes\n", s->name, what, obj, s->object_size);
}

static void report_who(struct kmem_cache *s, void *obj)
{
	print_track(s, obj, TRACK_ALLOC);
	print_track(s, obj, TRACK_FREE);
	dump_stack();
}

/* All bytes of [from, from + len) are @want. If not, say so and make them. */
static bool check_bytes(struct kmem_cache *s, void *obj, unsigned int from, unsigned int len,
			u8 want, const char *what)
{
	u8 *bytes = (u8 *)obj + from;
	u8 *bad = memchr_inv(bytes, want, len);

	if (likely(!bad))
		return true;
	report(s, obj, what);
	pr_err("Byte %ld of it is %#04x, not %#04x\n", (long)(bad - (u8 *)obj), *bad, want);
	print_hex_dump(KERN_ERR, "  ", DUMP_PREFIX_OFFSET, 16, 1, obj,
		       min_t(size_t, s->object_size + s->red_size, 128), true);
	report_who(s, obj);
	memset(bytes, want, len);
	return false;
}

static void set_red(struct kmem_cache *s, void *obj, u8 value)
{
	memset((u8 *)obj + s->object_size, value, s->red_size);
}

static void poison(struct kmem_cache *s, void *obj)
{
	if (!poisoned_when_free(s))
		return;
	memset(obj, POISON_FREE, s->object_size - 1);
	((u8 *)obj)[s->object_size - 1] = POISON_END;
}

/* An object of a new slab, before its constructor. */
void slab_debug_init_object(struct kmem_cache *s, void *obj)
{
	memset((u8 *)obj + s->object_size, 0, padding_at(s) - s->object_size);
	memset((u8 *)obj + padding_at(s), POISON_INUSE, s->size - padding_at(s));
	set_red(s, obj, SLUB_RED_INACTIVE);
	poison(s, obj);
}

static void check_padding(struct kmem_cache *s, void *obj)
{
	check_bytes(s, obj, padding_at(s), s->size - padding_at(s), POISON_INUSE,
		    "Padding overwritten (before the start of the next object?)");
}

/**
 * slab_debug_alloc - check an object that is about to be handed out, and mark it so
 * @s: its cache
 * @obj: off a CPU's list; nobody else has it
 */
void slab_debug_alloc(struct kmem_cache *s, void *obj)
{
	check_bytes(s, obj, s->object_size, s->red_size, SLUB_RED_INACTIVE,
		    "Red zone overwritten after free");
	if (poisoned_when_free(s)) {
		check_bytes(s, obj, 0, s->object_size - 1, POISON_FREE, "Poison overwritten (use after free)");
		check_bytes(s, obj, s->object_size - 1, 1, POISON_END,
			    "Poison overwritten (use after free)");
	}
	check_padding(s, obj);
	set_red(s, obj, SLUB_RED_ACTIVE);
	set_track(s, obj, TRACK_ALLOC);
}

/**
 * slab_debug_free - check an object that a user gives back, and mark it free
 * @s: its cache
 * @obj: what the user passed
 *
 * Return: false when this is not an object, or a free one: leave it alone then.
 */
bool slab_debug_free(struct kmem_cache *s, void *obj)
{
	char *slab = page_address(virt_to_head_page(obj));
	unsigned long off = (char *)obj - slab;
	u8 *red = (u8 *)obj + s->object_size;

	if (off % s->size || off / s->size >= s->objects) {
		report(s, obj, "Free of a pointer that is not the start of an object");
		report_who(s, slab + rounddown(off, s->size));
		return false;
	}
	if (!memchr_inv(red, SLUB_RED_INACTIVE, s->red_size)) {
		report(s, obj, "Object already free");
		report_who(s, obj);
		return false;
	}
	debug_memory_freed(obj, s->object_size);
	check_bytes(s, obj, s->object_size, s->red_size, SLUB_RED_ACTIVE,
		    "Red zone overwritten (past the end of the object)");
	check_padding(s, obj);
	set_red(s, obj, SLUB_RED_INACTIVE);
	set_track(s, obj, TRACK_FREE);
	poison(s, obj);
	return true;
}

/* kmem_cache_destroy() found objects in use: say which, and who has them. */
void slab_debug_report_left(struct kmem_cache *s, struct page *slab)
{
	char *obj = page_address(slab);
	unsigned int i;

	for (i = 0; i < s->objects; i++, obj += s->size) {
		if (*((u8 *)obj + s->object_size) != SLUB_RED_ACTIVE)
			continue;
		report(s, obj, "Object left at destruction of its cache");
		print_track(s, obj, TRACK_ALLOC);
	}
}

#endif /* CONFIG_DEBUG */
