/* SPDX-License-Identifier: MIT */
/*
 * What is held: a stack of locks in each task, on which interrupts put theirs on top.
 *
 * It is kept also while the checker is off, so that lockdep_assert_held() and the lists of
 * held locks stay true and the checker can be turned on again. Interrupts are off while it is
 * looked at or changed; in an NMI, which could come in between, nothing is.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/string.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

int debug_locks = 1;	/* 1 to 0 by debug_locks_off(), back by lockdep_reset() */

static DEFINE_PER_CPU(unsigned int, inside);	/* of the checker itself; this CPU, IRQs off */

/**
 * debug_locks_off - from here on no more reports: what follows one can't be trusted
 *
 * Context: any. Return: 1 to who turned it off and so may report, else 0.
 */
int debug_locks_off(void)
{
	return READ_ONCE(debug_locks) && xchg(&debug_locks, 0);
}
EXPORT_SYMBOL_GPL(debug_locks_off);

/**
 * lockdep_reset - turn the checker on again after a report, for tests
 *
 * What the report was about stays known: see lockdep_reset_lock(). The current task is taken to
 * hold nothing. Context: any.
 */
void lockdep_reset(void)
{
	struct task_lockdep *t = &current->lockdep;
	unsigned long flags;

	raw_local_irq_save(flags);
	t->depth = 0;
	t->chain_key = 0;
	raw_local_irq_restore(flags);
	WRITE_ONCE(debug_locks, 1);
}
EXPORT_SYMBOL_GPL(lockdep_reset);

/* The locks that the checker's own doings take, printing above all, are not looked at. IRQs off. */
bool lockdep_enter(void)
{
	if (raw_cpu_read(inside) || current->lockdep.recursion)
		return false;
	raw_cpu_write(inside, 1);
	return true;
}

void lockdep_leave(void)
{
	raw_cpu_write(inside, 0);
}

/** lockdep_off - the current task's locks are not looked at until lockdep_on(); nests */
void lockdep_off(void)
{
	current->lockdep.recursion++;
}
EXPORT_SYMBOL(lockdep_off);

/** lockdep_on - the end of lockdep_off() */
void lockdep_on(void)
{
	current->lockdep.recursion--;
}
EXPORT_SYMBOL(lockdep_on);

static void report_depth(void)
{
	if (!debug_locks_off())
		return;
	pr_err("BUG: MAX_LOCK_DEPTH too low!\n");
	pr_err("turning off the locking correctness validator.\n");
	print_held_locks(current);
	dump_stack();
}

/* How a lock is used that is taken here, as a mask. */
static __always_inline unsigned int usages_of(const struct held_lock *lock)
{
	unsigned int used = BIT(USED), count = preempt_count();

	if (lock->check) {
		/* What only tries does not wait for whom it interrupts. */
		if (unlikely(lock->irq_context) && !lock->trylock)
			used |= (lock->irq_context & CONTEXT_HARDIRQ ? BIT(IN_HARDIRQ) : 0) |
				(lock->irq_context & CONTEXT_SOFTIRQ ? BIT(IN_SOFTIRQ) : 0);
		/*
		 * A handler that turns interrupts on has broken another rule, which is checked
		 * elsewhere; its locks count as taken with them off.
		 */
		if (!lock->hardirqs_off && !(count & HARDIRQ_MASK)) {
			used |= BIT(ON_HARDIRQ);
			if (!(count & SOFTIRQ_MASK))
				used |= BIT(ON_SOFTIRQ);
		}
	}
	return lock->read ? used << USAGE_READ : used;
}

/* Is there something wrong with taking it here? What was seen before costs a few compares. */
static __always_inline void look_at(struct task_lockdep *t, struct held_lock *h, bool again)
{
	const struct lock_class *class = held_class(h);
	unsigned int used = usages_of(h);
	bool first;

	if (!again) {
		if (unlikely((READ_ONCE(class->usage) & used) != used) && !mark_usages(h, used))
			return;
		if (unlikely(class->wait_type_inner > LD_WAIT_SPIN) && !check_wait_context(h))
			return;
	}
	if (unlikely(!h->check))
		return;
	/* An interrupt's locks are a chain of their own: those below do not wait for them. */
	first = !t->depth || t->held[t->depth - 1].irq_context != h->irq_context;
	t->chain_key = chain_extend(first ? 0 : t->chain_key, h);
	if (unlikely(!h->trylock && !chain_known(t->chain_key)))
		validate_new_chain(h, first);
}

/* It is held from here on, whatever came of looking at it. */
static __always_inline void push(struct task_lockdep *t, struct held_lock *h, bool again)
{
	h->prev_chain_key = t->chain_key;
	if (likely(debug_locks && h->class_idx))
		look_at(t, h, again);
	t->depth++;
}

static __always_inline unsigned int class_of(struct lockdep_map *lock, unsigned int subclass)
{
	struct lock_class *class;

	if (likely(subclass < NR_LOCKDEP_CACHING_CLASSES && lock->key)) {
		class = READ_ONCE(lock->class_cache[subclass]);
		if (likely(class && READ_ONCE(class->key) == lock->key->subkeys + subclass))
			return class_number(class);
	}
	class = class_find(lock, subclass);
	return class ? class_number(class) : 0;
}

static __always_inline void acquire(struct lockdep_map *lock, unsigned int subclass, int trylock,
				    int read, int check, struct lockdep_map *nest_lock,
				    bool irqs_off, unsigned long ip)
{
	struct task_lockdep *t = &current->lockdep;
	struct held_lock *h = &t->held[t->depth];

	if (unlikely(t->depth >= MAX_LOCK_DEPTH)) {
		report_depth();
		return;
	}
	h->acquire_ip = ip;
	h->instance = lock;
	h->nest_lock = nest_lock;
	h->class_idx = likely(debug_locks) ? class_of(lock, subclass) : 0;
	h->irq_context = irq_context_now();
	h->read = read;
	h->trylock = trylock;
	h->check = check && lock->key != &__lockdep_no_validate__;
	h->hardirqs_off = irqs_off;
	push(t, h, false);
}

/**
 * lock_acquire - the current context takes a lock, or is about to wait for it
 * @lock: its map
 * @subclass: of several of its class that are taken in an order of their own
 * @trylock: it does not wait, so it can't be what closes a circle
 * @read: 0 exclusively; 1 shared; 2 shared, and may be again by who has it
 * @check: 0: only keep count
 * @nest_lock: a held lock under which any number of this class may be taken, or NULL
 * @ip: of the caller, for the reports
 *
 * Context: any; ignored in an NMI.
 */
void lock_acquire(struct lockdep_map *lock, unsigned int subclass, int trylock, int read,
		  int check, struct lockdep_map *nest_lock, unsigned long ip)
{
	unsigned long flags;

	if (unlikely(in_nmi()))
		return;
	raw_local_irq_save(flags);
	if (likely(lockdep_enter())) {
		acquire(lock, subclass, trylock, read, check, nest_lock,
			irqs_disabled_flags(flags), ip);
		lockdep_leave();
	}
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lock_acquire);

static bool is_of(const struct held_lock *h, const struct lockdep_map *lock)
{
	return h->instance == lock;
}

/* The place of the last one taken. NULL: it is not held. */
static struct held_lock *find(struct task_lockdep *t, const struct lockdep_map *lock)
{
	for (unsigned int i = t->depth; i--; )
		if (is_of(&t->held[i], lock))
			return &t->held[i];
	return NULL;
}

static void report_unbalanced(const struct lockdep_map *lock, unsigned long ip)
{
	if (!debug_locks_off())
		return;
	report_banner("WARNING: bad unlock balance detected!");
	pr_warn("%s/%d is trying to release lock (%s) at:\n", current->comm, current->pid,
		lock->name ?: "?");
	pr_warn("%pS\n", (void *)ip);
	if (current->lockdep.depth)
		pr_warn("but this lock is not among those that it holds!\n");
	else
		pr_warn("but there are no more locks to release!\n");
	report_tail();
}

/* Those above one that goes make other chains without it: look at them again. */
static void take_out(struct task_lockdep *t, struct held_lock *h)
{
	unsigned int depth = t->depth, from = h - t->held;

	t->chain_key = h->prev_chain_key;
	t->depth = from;
	for (unsigned int i = from + 1; i < depth; i++) {
		t->held[t->depth] = t->held[i];
		push(t, &t->held[t->depth], true);
	}
}

/**
 * lock_release - the current context drops a lock
 * @lock: its map
 * @ip: of the caller
 *
 * Context: any; ignored in an NMI.
 */
void lock_release(struct lockdep_map *lock, unsigned long ip)
{
	struct task_lockdep *t = &current->lockdep;
	struct held_lock *h;
	unsigned long flags;

	if (unlikely(in_nmi()))
		return;
	raw_local_irq_save(flags);
	if (likely(lockdep_enter())) {
		h = t->depth ? &t->held[t->depth - 1] : NULL;
		if (unlikely(!h || !is_of(h, lock)))
			h = find(t, lock);
		if (unlikely(!h)) {
			report_unbalanced(lock, ip);
		} else if (likely(h == &t->held[t->depth - 1])) {
			t->chain_key = h->prev_chain_key;
			t->depth--;
		} else {
			take_out(t, h);
		}
		lockdep_leave();
	}
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lock_release);

/** lock_downgrade - a lock held exclusively is shared from now on */
void lock_downgrade(struct lockdep_map *lock, unsigned long ip)
{
	struct task_lockdep *t = &current->lockdep;
	struct held_lock *h;
	unsigned long flags;

	if (unlikely(in_nmi()))
		return;
	raw_local_irq_save(flags);
	if (likely(lockdep_enter())) {
		h = find(t, lock);
		if (unlikely(!h))
			report_unbalanced(lock, ip);
		else
			h->read = 1;	/* the chain stays the stricter one */
		lockdep_leave();
	}
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lock_downgrade);

/**
 * lock_is_held_type - does the current context hold a lock?
 * @lock: its map
 * @read: 0: exclusively; 1: shared; -1: either
 *
 * Context: any. Return: LOCK_STATE_HELD, LOCK_STATE_NOT_HELD, or LOCK_STATE_UNKNOWN where no
 * count is kept.
 */
int lock_is_held_type(const struct lockdep_map *lock, int read)
{
	const struct held_lock *h;
	int ret = LOCK_STATE_UNKNOWN;
	unsigned long flags;

	if (unlikely(in_nmi()))
		return ret;
	raw_local_irq_save(flags);
	if (likely(lockdep_enter())) {
		h = find(&current->lockdep, lock);
		ret = h && (read == -1 || !!h->read == read) ? LOCK_STATE_HELD
							     : LOCK_STATE_NOT_HELD;
		lockdep_leave();
	}
	raw_local_irq_restore(flags);
	return ret;
}
EXPORT_SYMBOL_GPL(lock_is_held_type);

#endif
