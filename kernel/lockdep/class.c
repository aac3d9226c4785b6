/* SPDX-License-Identifier: MIT */
/*
 * Classes: which locks are the same thing at many places.
 *
 * A class is known by an address that stays: a byte of the key that the place of initialisation
 * gave (the subclass says which byte), or the lock's own address if it is static. When the
 * memory of keys goes, with a module, their classes go too.
 */
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/rculist.h>
#include <linux/string.h>
#include <asm/sections.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

_Static_assert(sizeof(struct lock_class_key) >= 2 * MAX_LOCKDEP_SUBCLASSES - 1, "subclasses");

#define CLASS_HASH_BITS	10
#define KEY_HASH_BITS	6

struct lock_class lock_classes[MAX_CLASSES];

/* Under graph_lock(). */
static struct lock_class *class_hash[1 << CLASS_HASH_BITS];
static unsigned int last_given, nr_classes;

static struct hlist_head key_hash[1 << KEY_HASH_BITS];	/* registered keys */

struct lock_class_key __lockdep_no_validate__;
EXPORT_SYMBOL_GPL(__lockdep_no_validate__);

unsigned int classes_used(void)
{
	return nr_classes;
}

static struct lock_class **hash_of(const void *key)
{
	return &class_hash[hash_ptr(key, CLASS_HASH_BITS)];
}

static struct hlist_head *key_hash_of(const struct lock_class_key *key)
{
	return &key_hash[hash_ptr(key, KEY_HASH_BITS)];
}

static bool is_registered(const struct lock_class_key *key)
{
	const struct lock_class_key *k;

	hlist_for_each_entry(k, key_hash_of(key), hash_entry)
		if (k == key)
			return true;
	return false;
}

/* A lock in a per-CPU variable is of one class on all CPUs: that of the variable's template. */
static unsigned long template_of(unsigned long addr)
{
	unsigned long size = __per_cpu_end - __per_cpu_start, template;
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		unsigned long copy = (unsigned long)per_cpu_ptr((void *)__per_cpu_start, cpu);

		if (addr - copy < size)
			return addr - copy + (unsigned long)__per_cpu_start;
	}
	return __is_module_percpu_address(addr, &template) ? template : addr;
}

/**
 * debug_is_static - does an address mean the same thing as long as the kernel, or its module, is there?
 * @obj: the address
 *
 * Context: any.
 */
bool debug_is_static(const void *obj)
{
	unsigned long addr = (unsigned long)obj;

	return (addr >= (unsigned long)_stext && addr < (unsigned long)_end) ||
	       (addr >= (unsigned long)__per_cpu_start && addr < (unsigned long)__per_cpu_end) ||
	       template_of(addr) != addr || is_module_address(addr) ||
	       __is_module_percpu_address(addr, NULL);
}

static struct lock_class *find(const struct lockdep_subclass_key *key)
{
	struct lock_class *class = *hash_of(key);

	while (class && class->key != key)
		class = class->hash_next;
	return class;
}

/* Round and round, so that the number of one that went is not used again soon. */
static struct lock_class *take_free(void)
{
	if (nr_classes == MAX_CLASSES - 1)
		return NULL;
	do {
		if (++last_given == MAX_CLASSES)
			last_given = 1;
	} while (lock_classes[last_given].key);
	nr_classes++;
	return &lock_classes[last_given];
}

static u8 count_name(const char *name)
{
	u8 version = 1;

	for (unsigned int i = 1; i < MAX_CLASSES; i++)
		if (lock_classes[i].key && lock_classes[i].name && name &&
		    (lock_classes[i].name == name || !strcmp(lock_classes[i].name, name)))
			version = max_t(u8, version, lock_classes[i].name_version + 1);
	return version;
}

/* graph_lock() held. NULL: there is no room, which was said, the lock dropped for it. */
static struct lock_class *create(const struct lockdep_map *lock, unsigned int subclass,
				 const struct lockdep_subclass_key *key)
{
	struct lock_class *class = take_free(), **head = hash_of(key);
	u32 seen[2];

	if (!class) {
		report_out_of("MAX_CLASSES", MAX_CLASSES);
		return NULL;
	}
	memcpy(seen, class->seen, sizeof(seen));
	*class = (struct lock_class){
		.name = lock->name, .subclass = subclass, .name_version = count_name(lock->name),
		.wait_type_outer = lock->wait_type_outer, .wait_type_inner = lock->wait_type_inner,
		.lock_type = lock->lock_type, .hash_next = *head, .key = key,
		.seen = { seen[0], seen[1] },
	};
	WRITE_ONCE(*head, class);
	return class;
}

static void report_no_key(const struct lockdep_map *lock)
{
	if (!debug_locks_off())
		return;
	pr_err("INFO: trying to register non-static key.\n");
	pr_err("The lock %s was not initialised, or its key is not in static memory;\n",
	       lock->name ?: "(null)");
	pr_err("turning off the locking correctness validator.\n");
	dump_stack();
}

/**
 * class_find - the class of a lock; the first time that one is used, it is made
 * @lock: the lock's map
 * @subclass: which of its key's
 *
 * Context: interrupts off. Return: NULL when there is none; that was reported.
 */
struct lock_class *class_find(struct lockdep_map *lock, unsigned int subclass)
{
	const struct lockdep_subclass_key *key;
	struct lock_class *class;
	bool ok;

	if (unlikely(subclass >= MAX_LOCKDEP_SUBCLASSES))
		subclass = MAX_LOCKDEP_SUBCLASSES - 1;
	if (unlikely(!lock->key))
		lock->key = (struct lock_class_key *)template_of((unsigned long)lock);
	key = lock->key->subkeys + subclass;
	if (!graph_lock())
		return NULL;
	class = find(key);
	if (!class) {
		ok = debug_is_static(key) || is_registered(lock->key);
		if (ok)
			class = create(lock, subclass, key);
		graph_unlock();
		if (!ok)
			report_no_key(lock);
	} else {
		graph_unlock();
	}
	if (class && subclass < NR_LOCKDEP_CACHING_CLASSES)
		WRITE_ONCE(lock->class_cache[subclass], class);
	return class;
}

/* graph_lock() held. */
static void remove(struct lock_class *class)
{
	struct lock_class **link = hash_of(class->key);

	while (*link != class)
		link = &(*link)->hash_next;
	WRITE_ONCE(*link, class->hash_next);
	edges_remove(class);
	WRITE_ONCE(class->key, NULL);
	WRITE_ONCE(class->usage, 0);
	nr_classes--;
}

/* Like graph_lock(), but also while the checker is off: what goes must be forgotten anyway. */
static unsigned long remove_begin(void)
{
	unsigned long flags;

	raw_local_irq_save(flags);
	graph_lock_always();
	return flags;
}

static void remove_range(unsigned long start, unsigned long size)
{
	unsigned long flags = remove_begin();
	bool any = false;

	for (unsigned int i = 1; i < MAX_CLASSES; i++) {
		struct lock_class *class = &lock_classes[i];

		if (!class->key || ((unsigned long)class->key - start >= size &&
				    (unsigned long)class->name - start >= size))
			continue;
		remove(class);
		any = true;
	}
	if (any)
		chains_forget();
	graph_unlock();
	raw_local_irq_restore(flags);
}

/**
 * lockdep_free_key_range - forget the classes whose keys, or names, are in memory that goes
 * @start: of the memory
 * @size: in bytes
 *
 * Context: any but NMI; nobody uses their locks any more.
 */
void lockdep_free_key_range(void *start, unsigned long size)
{
	if (size)
		remove_range((unsigned long)start, size);
}

/** lockdep_reset_lock - forget what was learnt of a lock's class; it may go on being used */
void lockdep_reset_lock(struct lockdep_map *lock)
{
	if (lock->key)
		remove_range((unsigned long)lock->key, MAX_LOCKDEP_SUBCLASSES);
}
EXPORT_SYMBOL_GPL(lockdep_reset_lock);

/**
 * lockdep_register_key - a key in memory that is not static
 * @key: stays until lockdep_unregister_key()
 *
 * Context: any but NMI.
 */
void lockdep_register_key(struct lock_class_key *key)
{
	unsigned long flags = remove_begin();

	if (!is_registered(key))
		hlist_add_head(&key->hash_entry, key_hash_of(key));
	graph_unlock();
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lockdep_register_key);

/** lockdep_unregister_key - and its classes; no lock with it is held. Context: any but NMI. */
void lockdep_unregister_key(struct lock_class_key *key)
{
	unsigned long flags = remove_begin();
	bool known = is_registered(key);

	if (known)
		hlist_del(&key->hash_entry);
	graph_unlock();
	raw_local_irq_restore(flags);
	if (known)
		remove_range((unsigned long)key, sizeof(*key));
}
EXPORT_SYMBOL_GPL(lockdep_unregister_key);

/**
 * lockdep_init_map_type - a lock is initialised: it is of the class of @key from now on
 * @lock: its map
 * @name: for the reports; stays
 * @key: static, or registered; NULL: @lock is static itself
 * @subclass: for lockdep_set_subclass()
 * @inner: what may be taken while it is held, LD_WAIT_*
 * @outer: as what it is taken itself; LD_WAIT_INV: the same
 * @lock_type: LD_LOCK_*
 *
 * Context: any.
 */
void lockdep_init_map_type(struct lockdep_map *lock, const char *name, struct lock_class_key *key,
			   int subclass, u8 inner, u8 outer, u8 lock_type)
{
	*lock = (struct lockdep_map){
		.name = name, .key = key, .wait_type_inner = inner, .wait_type_outer = outer,
		.lock_type = lock_type,
	};
	/* Moving the key on makes @subclass the first. A key has room for twice the subclasses. */
	if (subclass) {
		key = key ?: (struct lock_class_key *)template_of((unsigned long)lock);
		lock->key = (struct lock_class_key *)(void *)&key->subkeys[subclass];
	}
}
EXPORT_SYMBOL_GPL(lockdep_init_map_type);

#endif
