/* SPDX-License-Identifier: MIT */
/*
 * The checker of lock orders: every report provoked on purpose, without a deadlock, on one CPU
 * after the other. Here the orders, and what belongs to one class.
 */
#include <linux/local_lock.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "lockdep.h"
#include "log.h"
#include "test.h"
#include "text.h"

#ifdef CONFIG_DEBUG

#define PROC_TEXT	(1024 * 1024)

static noinline void take_b_then_a(void)
{
	spin_lock(&lock_b);
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	spin_unlock(&lock_b);
}

TEST(lockdep, abba, "E8", "two locks in both orders are reported once, with both places, though nothing deadlocked")
{
	watch_log();
	take_a_then_b();
	expect(!logged("WARNING:"));
	take_b_then_a();
	expect(logged("WARNING: possible circular locking dependency detected"));
	expect(logged("is trying to acquire lock:"));
	expect(logged("(lock_a){+.+.}-{2:2}, at: take_b_then_a+"));
	expect(logged("but task is already holding lock:"));
	expect(logged("which lock already depends on the new lock."));
	expect(logged("-> #1 (lock_b){+.+.}-{2:2}:"));
	expect(logged("      take_a_then_b+"));
	expect(logged("-> #0 (lock_a){+.+.}-{2:2}:"));
	expect(logged("      take_b_then_a+"));
	expect(logged(" Possible unsafe locking scenario:"));
	expect(logged("  lock(lock_b);"));
	expect(logged("                               lock(lock_a);"));
	expect(logged(" *** DEADLOCK ***"));
	expect(logged("1 lock held by init/1:"));
	expect(!debug_locks);

	watch_log();
	take_b_then_a();
	expect(!logged("WARNING:"));
	forget_locks(&lock_a, &lock_b, &lock_c);
	expect(debug_locks);
}

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);
static DECLARE_RWSEM(third);

TEST(lockdep, circle_of_three, "E8 E4", "a circle of three sleeping locks, each taken under one other only, is found")
{
	watch_log();
	mutex_lock(&first);
	mutex_lock(&second);
	mutex_unlock(&second);
	mutex_unlock(&first);
	mutex_lock(&second);
	down_write(&third);
	up_write(&third);
	mutex_unlock(&second);
	expect(!logged("WARNING:"));
	down_read(&third);
	mutex_lock(&first);
	mutex_unlock(&first);
	up_read(&third);
	expect(logged("WARNING: possible circular locking dependency detected"));
	expect(logged("Chain exists of:"));
	expect(logged("  first --> second --> third"));
	expect(logged("-> #2 (third){++++}-{3:3}:"));
	forget_locks(&first, &second, &third);
}

struct node {
	spinlock_t lock;
};

static noinline void node_init(struct node *n)
{
	spin_lock_init(&n->lock);
}

TEST(lockdep, recursion, "E8", "two locks of one class are reported, unless a subclass orders them")
{
	struct node parent, child;

	node_init(&parent);
	node_init(&child);
	watch_log();
	spin_lock(&parent.lock);
	spin_lock_nested(&child.lock, SINGLE_DEPTH_NESTING);
	spin_unlock(&child.lock);
	spin_unlock(&parent.lock);
	expect(!logged("WARNING:"));

	spin_lock(&parent.lock);
	spin_lock(&child.lock);
	spin_unlock(&child.lock);
	spin_unlock(&parent.lock);
	expect(logged("WARNING: possible recursive locking detected"));
	expect(logged("(&n->lock){"));
	lockdep_reset();
}

TEST(lockdep, keys, "E8", "a registered key makes a class of its own, which goes with it")
{
	struct lock_class_key *key = kzalloc(sizeof(*key), GFP_KERNEL);
	struct node n;

	require(key);
	lockdep_register_key(key);
	node_init(&n);
	lockdep_set_class(&n.lock, key);
	watch_log();
	spin_lock(&n.lock);
	expect(lockdep_is_held(&n.lock));
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	spin_unlock(&n.lock);
	expect(!lockdep_is_held(&n.lock));
	lockdep_unregister_key(key);
	node_init(&n);
	spin_lock(&lock_a);
	spin_lock(&n.lock);
	spin_unlock(&n.lock);
	spin_unlock(&lock_a);
	expect(!logged("WARNING:") && !logged("INFO:"));
	kfree(key);
	forget_locks(&lock_a, &n.lock, &lock_c);
}

TEST(lockdep, no_key, "E8", "a lock whose memory is not static and which was not initialised is reported")
{
	spinlock_t lock = __SPIN_LOCK_UNLOCKED(on_stack);

	watch_log();
	spin_lock(&lock);
	spin_unlock(&lock);
	expect(logged("INFO: trying to register non-static key."));
	lockdep_reset();
}

static DEFINE_PER_CPU(local_lock_t, cpu_lock) = INIT_LOCAL_LOCK(cpu_lock);

TEST(lockdep, local_lock, "E8", "a local lock is one class on all CPUs, in the order with others and in the contexts that it is taken in")
{
	watch_log();
	local_lock(&cpu_lock);
	take_a();
	local_unlock(&cpu_lock);
	expect(!logged("WARNING:"));
	spin_lock(&lock_a);
	local_lock(&cpu_lock);
	local_unlock(&cpu_lock);
	spin_unlock(&lock_a);
	expect(logged("WARNING: possible circular locking dependency detected"));
	expect(logged("(cpu_lock){+.+.}-{2:2}, at: test_lockdep_local_lock+"));
	forget(&lock_a.dep_map, &per_cpu(cpu_lock, 0).dep_map, NULL);
}

TEST(lockdep, unlock_balance, "E8", "dropping a lock that is not held is reported")
{
	static DEFINE_SPINLOCK(lock);

	watch_log();
	preempt_disable();
	spin_unlock(&lock);
	expect(logged("WARNING: bad unlock balance detected!"));
	expect(logged("is trying to release lock (lock) at:"));
	expect(logged("but there are no more locks to release!"));
	lockdep_reset();
}

TEST(lockdep, wait_context, "E8", "a mutex under a spin lock, or in an interrupt, is reported as a wrong kind of waiting")
{
	watch_log();
	spin_lock(&lock_a);
	lock_acquire(&first.dep_map, 0, 0, 0, 1, NULL, _THIS_IP_);
	lock_release(&first.dep_map, _THIS_IP_);
	spin_unlock(&lock_a);
	expect(logged("[ BUG: Invalid wait context ]"));
	expect(logged("(first){+.+.}-{3:3}, at: test_lockdep_wait_context+"));
	forget_locks(&lock_a, &first, &second);
}

TEST(lockdep, proc, "E8 H3", "/proc/lockdep lists classes with their usage, and what was taken under them")
{
	char *text = vmalloc(PROC_TEXT);
	const char *class;

	require(text);
	take_a_then_b();
	expect(text_of("/proc/lockdep", text, PROC_TEXT) > 0);
	class = strstr(text, "(lock_a){+.+.}-{2:2}\n -> [");
	expect(class && strstr(class, "] lock_b\n"));
	expect(text_of("/proc/lockdep_stats", text, PROC_TEXT) > 0);
	expect(strstr(text, " lock-classes: "));
	expect(strstr(text, " debug_locks:                             1\n"));
	vfree(text);
	forget_locks(&lock_a, &lock_b, &lock_c);
}

#endif
