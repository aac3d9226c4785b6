/* SPDX-License-Identifier: MIT */
/*
 * Spin locks as the debug build has them: every lock knows its owner, and every misuse is
 * reported with the lock's state: not initialised, taken twice, dropped by another.
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#ifdef CONFIG_DEBUG

static atomic_t reporting;	/* one at a time: printing takes locks itself */

static void report(const char *kind, const char *what, const char *name, unsigned int magic,
		   struct task_struct *owner, int owner_cpu)
{
	if (atomic_xchg(&reporting, 1))
		return;
	if (owner == SPINLOCK_OWNER_INIT)
		owner = NULL;
	pr_emerg("BUG: %s %s on CPU#%d, %s/%d\n", kind, what, raw_smp_processor_id(),
		 current->comm, current->pid);
	pr_emerg(" lock: %s, .magic: %08x, .owner: %s/%d, .owner_cpu: %d\n", name, magic,
		 owner ? owner->comm : "<none>", owner ? owner->pid : -1, owner_cpu);
	dump_stack();
	add_taint(TAINT_WARN, LOCKDEP_NOW_UNRELIABLE);
	atomic_set(&reporting, 0);
}

static void spin_bug(raw_spinlock_t *lock, const char *what)
{
	report("spinlock", what, lock->dep_map.name, lock->magic, READ_ONCE(lock->owner),
	       READ_ONCE(lock->owner_cpu));
}

static void rwlock_bug(rwlock_t *lock, const char *what)
{
	report("rwlock", what, lock->dep_map.name, lock->magic, READ_ONCE(lock->owner),
	       READ_ONCE(lock->owner_cpu));
}

void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key)
{
	debug_check_no_locks_freed(lock, sizeof(*lock));
	*lock = (raw_spinlock_t)__RAW_SPIN_LOCK_INITIALIZER(lock);
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, LD_WAIT_SPIN);
}
EXPORT_SYMBOL(__raw_spin_lock_init);

static void spin_acquired(raw_spinlock_t *lock)
{
	WRITE_ONCE(lock->owner_cpu, raw_smp_processor_id());
	WRITE_ONCE(lock->owner, current);
}

/* Not lock_acquire() alone: what an own lock does at once is certain, the rest is possible. */
static void spin_lock_checked(raw_spinlock_t *lock)
{
	if (READ_ONCE(lock->magic) != SPINLOCK_MAGIC)
		spin_bug(lock, "bad magic");
	if (READ_ONCE(lock->owner) == current)
		spin_bug(lock, "recursion");
	else if (READ_ONCE(lock->owner_cpu) == (unsigned int)raw_smp_processor_id())
		spin_bug(lock, "cpu recursion");
	arch_spin_lock(&lock->raw_lock);
	spin_acquired(lock);
}

void do_raw_spin_lock(raw_spinlock_t *lock)
{
	lock_acquire(&lock->dep_map, 0, 0, 0, 1, NULL, _RET_IP_);
	spin_lock_checked(lock);
}
EXPORT_SYMBOL(do_raw_spin_lock);

void do_raw_spin_lock_nested(raw_spinlock_t *lock, unsigned int subclass)
{
	lock_acquire(&lock->dep_map, subclass, 0, 0, 1, NULL, _RET_IP_);
	spin_lock_checked(lock);
}
EXPORT_SYMBOL(do_raw_spin_lock_nested);

void do_raw_spin_lock_nest_lock(raw_spinlock_t *lock, struct lockdep_map *nest_lock)
{
	lock_acquire(&lock->dep_map, 0, 0, 0, 1, nest_lock, _RET_IP_);
	spin_lock_checked(lock);
}
EXPORT_SYMBOL(do_raw_spin_lock_nest_lock);

int do_raw_spin_trylock(raw_spinlock_t *lock)
{
	if (!arch_spin_trylock(&lock->raw_lock))
		return 0;
	lock_acquire(&lock->dep_map, 0, 1, 0, 1, NULL, _RET_IP_);
	spin_acquired(lock);
	return 1;
}
EXPORT_SYMBOL(do_raw_spin_trylock);

void do_raw_spin_unlock(raw_spinlock_t *lock)
{
	lock_release(&lock->dep_map, _RET_IP_);
	if (lock->magic != SPINLOCK_MAGIC)
		spin_bug(lock, "bad magic");
	if (!raw_spin_is_locked(lock))
		spin_bug(lock, "already unlocked");
	if (lock->owner != current)
		spin_bug(lock, "wrong owner");
	if (lock->owner_cpu != (unsigned int)raw_smp_processor_id())
		spin_bug(lock, "wrong CPU");
	WRITE_ONCE(lock->owner, SPINLOCK_OWNER_INIT);
	WRITE_ONCE(lock->owner_cpu, -1U);
	arch_spin_unlock(&lock->raw_lock);
}
EXPORT_SYMBOL(do_raw_spin_unlock);

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key)
{
	debug_check_no_locks_freed(lock, sizeof(*lock));
	*lock = __RW_LOCK_UNLOCKED(lock);
	lockdep_init_map_wait(&lock->dep_map, name, key, 0, LD_WAIT_SPIN);
}
EXPORT_SYMBOL(__rwlock_init);

static void check_rwlock(rwlock_t *lock)
{
	if (READ_ONCE(lock->magic) != RWLOCK_MAGIC)
		rwlock_bug(lock, "bad magic");
}

/* A reader in an interrupt goes ahead of waiting writers; another may have to wait for one. */
static int read_kind(void)
{
	return in_interrupt() ? 2 : 1;
}

void do_raw_read_lock(rwlock_t *lock)
{
	lock_acquire(&lock->dep_map, 0, 0, read_kind(), 1, NULL, _RET_IP_);
	check_rwlock(lock);
	if (READ_ONCE(lock->owner) == current)
		rwlock_bug(lock, "recursion");
	arch_read_lock(&lock->raw_lock);
}
EXPORT_SYMBOL(do_raw_read_lock);

int do_raw_read_trylock(rwlock_t *lock)
{
	check_rwlock(lock);
	if (!arch_read_trylock(&lock->raw_lock))
		return 0;
	lock_acquire(&lock->dep_map, 0, 1, read_kind(), 1, NULL, _RET_IP_);
	return 1;
}
EXPORT_SYMBOL(do_raw_read_trylock);

void do_raw_read_unlock(rwlock_t *lock)
{
	lock_release(&lock->dep_map, _RET_IP_);
	check_rwlock(lock);
	if (!(READ_ONCE(lock->raw_lock.word) & ~(RW_READER - 1)))
		rwlock_bug(lock, "already unlocked");
	arch_read_unlock(&lock->raw_lock);
}
EXPORT_SYMBOL(do_raw_read_unlock);

static void write_acquired(rwlock_t *lock)
{
	WRITE_ONCE(lock->owner_cpu, raw_smp_processor_id());
	WRITE_ONCE(lock->owner, current);
}

void do_raw_write_lock(rwlock_t *lock)
{
	lock_acquire(&lock->dep_map, 0, 0, 0, 1, NULL, _RET_IP_);
	check_rwlock(lock);
	if (READ_ONCE(lock->owner) == current)
		rwlock_bug(lock, "recursion");
	arch_write_lock(&lock->raw_lock);
	write_acquired(lock);
}
EXPORT_SYMBOL(do_raw_write_lock);

int do_raw_write_trylock(rwlock_t *lock)
{
	check_rwlock(lock);
	if (!arch_write_trylock(&lock->raw_lock))
		return 0;
	lock_acquire(&lock->dep_map, 0, 1, 0, 1, NULL, _RET_IP_);
	write_acquired(lock);
	return 1;
}
EXPORT_SYMBOL(do_raw_write_trylock);

void do_raw_write_unlock(rwlock_t *lock)
{
	lock_release(&lock->dep_map, _RET_IP_);
	check_rwlock(lock);
	if (lock->owner != current)
		rwlock_bug(lock, "wrong owner");
	WRITE_ONCE(lock->owner, SPINLOCK_OWNER_INIT);
	WRITE_ONCE(lock->owner_cpu, -1U);
	arch_write_unlock(&lock->raw_lock);
}
EXPORT_SYMBOL(do_raw_write_unlock);

#endif
