/* SPDX-License-Identifier: MIT */
/*
 * The state of each timer, work and tasklet, kept beside it and found by its address.
 *
 *	none		init -> initialized
 *	initialized	activate -> active		destroy -> destroyed	free -> none
 *	inactive	the same; after its first life
 *	active		deactivate -> inactive; nothing else is right
 *	destroyed	free -> none, init
 *
 * Records stand in buckets by the page of the object, so that memory that is given back is asked
 * for page by page. A bucket's lock is a leaf; nothing is called under it, and printing and
 * repairing happen after it is dropped. Static objects need no init: their record is made when
 * they are first used. Records come from a pool that is filled where that is safe, at
 * initialisations; when it is empty, objects beyond are not looked at, and that is said.
 */
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/gfp.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#ifdef CONFIG_DEBUG

#define HASH_BITS	10
#define POOL_FIRST	256		/* static, for what is used before there are pages */
#define POOL_LOW	64
#define POOL_MAX	65536

struct record {
	struct hlist_node		node;	/* in its bucket, or in the pool */
	void				*object;
	const struct debug_obj_descr	*descr;
	enum debug_obj_state		state;
};

struct bucket {
	arch_spinlock_t			lock;	/* interrupts off */
	struct hlist_head		list;
};

static struct bucket buckets[1 << HASH_BITS];

/* All under pool_lock, interrupts off; nr_free is also read without. */
static arch_spinlock_t pool_lock;
static struct record first_records[POOL_FIRST];
static struct hlist_head pool;
static unsigned int nr_records, nr_free;
static bool pool_was_empty;	/* some objects have no record; never cleared */

static const char * const state_names[ODEBUG_STATE_MAX] = {
	"none", "initialized", "inactive", "active", "destroyed", "not available",
};

static struct bucket *bucket_of(unsigned long addr)
{
	return &buckets[hash_long(addr >> PAGE_SHIFT, HASH_BITS)];
}

/* ---- Records ----------------------------------------------------------------------------------- */

static void add_records(struct record *r, unsigned int n)
{
	unsigned long flags;

	raw_local_irq_save(flags);
	arch_spin_lock(&pool_lock);
	nr_records += n;
	nr_free += n;
	while (n--)
		hlist_add_head(&r++->node, &pool);
	arch_spin_unlock(&pool_lock);
	raw_local_irq_restore(flags);
}

/* Where an object is initialised: under none of our locks. */
static void say_what_is_missed(void)
{
	static bool said;

	if (likely(!READ_ONCE(pool_was_empty)) || xchg(&said, true))
		return;
	pr_warn("ODEBUG: no record for each of more than %u objects: some are not looked at\n", nr_records);
}

static void fill_pool(void)
{
	struct page *page;

	say_what_is_missed();
	if (likely(READ_ONCE(nr_free) >= POOL_LOW) || nr_records >= POOL_MAX)
		return;
	if (!nr_records)
		add_records(first_records, POOL_FIRST);
	if (system_state < SYSTEM_SCHEDULING)
		return;
	page = alloc_pages(GFP_ATOMIC | __GFP_NOWARN, 0);
	if (page)
		add_records(page_address(page), PAGE_SIZE / sizeof(struct record));
}

/* Interrupts off. */
static struct record *take_record(void)
{
	struct record *r = NULL;

	arch_spin_lock(&pool_lock);
	if (pool.first) {
		r = hlist_entry(pool.first, struct record, node);
		hlist_del(&r->node);
		nr_free--;
	} else {
		pool_was_empty = true;
	}
	arch_spin_unlock(&pool_lock);
	return r;
}

static void give_record(struct record *r)
{
	hlist_del(&r->node);
	arch_spin_lock(&pool_lock);
	hlist_add_head(&r->node, &pool);
	nr_free++;
	arch_spin_unlock(&pool_lock);
}

/* The bucket's lock is held for these two. */
static struct record *find(struct bucket *b, const void *object)
{
	struct record *r;

	hlist_for_each_entry(r, &b->list, node)
		if (r->object == object)
			return r;
	return NULL;
}

static struct record *make(struct bucket *b, void *object, const struct debug_obj_descr *descr)
{
	struct record *r = take_record();

	if (!r)
		return NULL;
	r->object = object;
	r->descr = descr;
	r->state = ODEBUG_STATE_NONE;
	hlist_add_head(&r->node, &b->list);
	return r;
}

/* ---- Reports ------------------------------------------------------------------------------------- */

static void report(const char *did, void *object, const struct debug_obj_descr *descr,
		   enum debug_obj_state state)
{
	static DEFINE_RATELIMIT_STATE(often, 5 * HZ, 20);

	if (!__ratelimit(&often))
		return;
	WARN(1, KERN_ERR "ODEBUG: %s %s (active state 0) object type: %s hint: %pS\n", did,
	     state_names[state], descr->name, descr->debug_hint ? descr->debug_hint(object) : NULL);
}

static bool repair(bool (*fixup)(void *, enum debug_obj_state), void *object,
		   enum debug_obj_state state)
{
	return fixup && fixup(object, state);
}

/* debug_is_on_stack - is it a local variable of the current task? */
bool debug_is_on_stack(const void *object)
{
	return (unsigned long)object - (unsigned long)current->stack < THREAD_SIZE;
}

static void check_stack(void *object, bool annotated)
{
	const char *stack = current->stack;

	if (likely(debug_is_on_stack(object) == annotated))
		return;
	if (annotated)
		WARN(1, "ODEBUG: object %px is NOT on stack %px, but annotated.\n", object, stack);
	else
		WARN(1, "ODEBUG: object %px is on stack %px, but NOT annotated.\n", object, stack);
}

/* ---- What happens to objects ------------------------------------------------------------------------ */

static void init(void *object, const struct debug_obj_descr *descr, bool on_stack)
{
	struct bucket *b = bucket_of((unsigned long)object);
	enum debug_obj_state state;
	const struct debug_obj_descr *was = descr;
	bool fresh = false;
	unsigned long flags;
	struct record *r;

	fill_pool();
	raw_local_irq_save(flags);
	arch_spin_lock(&b->lock);
	r = find(b, object);
	if (!r) {
		r = make(b, object, descr);
		fresh = true;
	}
	if (r) {
		state = r->state;
		was = r->descr;
		if (state != ODEBUG_STATE_ACTIVE) {
			r->descr = descr;
			r->state = ODEBUG_STATE_INIT;
		}
	}
	arch_spin_unlock(&b->lock);
	raw_local_irq_restore(flags);
	if (!r)
		return;
	if (fresh)
		check_stack(object, on_stack);
	if (unlikely(state == ODEBUG_STATE_ACTIVE)) {
		report("init", object, was, state);
		if (repair(was->fixup_init, object, state) || was != descr)
			init(object, descr, on_stack);
	}
}

/**
 * debug_object_init - an object is initialised
 * @addr: the object
 * @descr: its kind
 *
 * Context: any but NMI, as all of these.
 */
void debug_object_init(void *addr, const struct debug_obj_descr *descr)
{
	init(addr, descr, false);
}
EXPORT_SYMBOL_GPL(debug_object_init);

/** debug_object_init_on_stack - one that is a local variable; debug_object_free() before it goes */
void debug_object_init_on_stack(void *addr, const struct debug_obj_descr *descr)
{
	init(addr, descr, true);
}
EXPORT_SYMBOL_GPL(debug_object_init_on_stack);

/*
 * Bring an object from its state to @to, if that is in the mask @from. Static ones get their
 * record here. Return: the state that it was in; ODEBUG_STATE_NOTAVAILABLE when it has no record.
 */
static enum debug_obj_state change(void *object, const struct debug_obj_descr *descr,
				   unsigned int from, enum debug_obj_state to)
{
	struct bucket *b = bucket_of((unsigned long)object);
	enum debug_obj_state state = ODEBUG_STATE_NOTAVAILABLE;
	unsigned long flags;
	struct record *r;

	raw_local_irq_save(flags);
	arch_spin_lock(&b->lock);
	r = find(b, object);
	if (!r && descr->is_static_object && descr->is_static_object(object)) {
		r = make(b, object, descr);
		if (r)
			r->state = ODEBUG_STATE_INIT;
	}
	if (r) {
		state = r->state;
		if (from & BIT(state))
			r->state = to;
	}
	arch_spin_unlock(&b->lock);
	raw_local_irq_restore(flags);
	return state;
}

#define AT_REST	(BIT(ODEBUG_STATE_INIT) | BIT(ODEBUG_STATE_INACTIVE))

/* It has no record: has it been initialised, and only the pool was empty? */
static bool maybe_known(enum debug_obj_state state)
{
	return state == ODEBUG_STATE_NOTAVAILABLE && READ_ONCE(pool_was_empty);
}

/** debug_object_activate - others hold its address from now on. Return: 0; -EINVAL, reported. */
int debug_object_activate(void *addr, const struct debug_obj_descr *descr)
{
	enum debug_obj_state state = change(addr, descr, AT_REST, ODEBUG_STATE_ACTIVE);

	if (likely(AT_REST & BIT(state)) || maybe_known(state))
		return 0;
	report("activate", addr, descr, state);
	return repair(descr->fixup_activate, addr, state) ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(debug_object_activate);

/** debug_object_deactivate - and now no more */
void debug_object_deactivate(void *addr, const struct debug_obj_descr *descr)
{
	unsigned int from = AT_REST | BIT(ODEBUG_STATE_ACTIVE);
	enum debug_obj_state state = change(addr, descr, from, ODEBUG_STATE_INACTIVE);

	if (unlikely(!(from & BIT(state)) && !maybe_known(state)))
		report("deactivate", addr, descr, state);
}
EXPORT_SYMBOL_GPL(debug_object_deactivate);

/** debug_object_destroy - it is not to be used again before its next init */
void debug_object_destroy(void *addr, const struct debug_obj_descr *descr)
{
	enum debug_obj_state state = change(addr, descr, AT_REST, ODEBUG_STATE_DESTROYED);

	if (state != ODEBUG_STATE_ACTIVE && state != ODEBUG_STATE_DESTROYED)
		return;
	report("destroy", addr, descr, state);
	repair(descr->fixup_destroy, addr, state);
}
EXPORT_SYMBOL_GPL(debug_object_destroy);

/** debug_object_assert_init - somebody is about to use it */
void debug_object_assert_init(void *addr, const struct debug_obj_descr *descr)
{
	enum debug_obj_state state = change(addr, descr, 0, ODEBUG_STATE_NONE);

	if (likely(state != ODEBUG_STATE_NOTAVAILABLE) || maybe_known(state))
		return;
	report("assert_init", addr, descr, state);
	repair(descr->fixup_assert_init, addr, state);
}
EXPORT_SYMBOL_GPL(debug_object_assert_init);

/* ---- Memory that goes ------------------------------------------------------------------------------- */

/*
 * Forget all objects of one page's bucket that are in [start, end); stop at an active one.
 * Return: that one's record, copied; its object NULL when there is none.
 */
static struct record forget_page(struct bucket *b, unsigned long start, unsigned long end)
{
	struct record active = { .object = NULL }, *r;
	struct hlist_node *next;
	unsigned long flags;

	if (likely(hlist_empty(&b->list)))
		return active;
	raw_local_irq_save(flags);
	arch_spin_lock(&b->lock);
	hlist_for_each_entry_safe(r, next, &b->list, node) {
		if ((unsigned long)r->object < start || (unsigned long)r->object >= end)
			continue;
		if (r->state == ODEBUG_STATE_ACTIVE) {
			active = *r;
			break;
		}
		give_record(r);
	}
	arch_spin_unlock(&b->lock);
	raw_local_irq_restore(flags);
	return active;
}

/* Whatever state it is in. */
static void drop(void *object)
{
	struct bucket *b = bucket_of((unsigned long)object);
	unsigned long flags;
	struct record *r;

	raw_local_irq_save(flags);
	arch_spin_lock(&b->lock);
	r = find(b, object);
	if (r)
		give_record(r);
	arch_spin_unlock(&b->lock);
	raw_local_irq_restore(flags);
}

static void free_active(void *object, const struct debug_obj_descr *descr)
{
	report("free", object, descr, ODEBUG_STATE_ACTIVE);
	repair(descr->fixup_free, object, ODEBUG_STATE_ACTIVE);
	drop(object);
}

/** debug_object_free - its memory goes, or the function that it is a local variable of returns */
void debug_object_free(void *addr, const struct debug_obj_descr *descr)
{
	if (change(addr, descr, 0, ODEBUG_STATE_NONE) == ODEBUG_STATE_ACTIVE)
		free_active(addr, descr);
	else
		drop(addr);
}
EXPORT_SYMBOL_GPL(debug_object_free);

/**
 * debug_check_no_obj_freed - memory goes: what in it is still active is reported and stopped
 * @address: its start
 * @size: its length in bytes
 */
void debug_check_no_obj_freed(const void *address, unsigned long size)
{
	unsigned long start = (unsigned long)address, end = start + size, page = start & PAGE_MASK;

	for (; page < end; page += PAGE_SIZE) {
		struct bucket *b = bucket_of(page);
		struct record active;

		while ((active = forget_page(b, start, end)).object)
			free_active(active.object, active.descr);
	}
}

#endif
