/* SPDX-License-Identifier: MIT */
/*
 * The checker of lock orders: every report provoked on purpose, without a deadlock, on one CPU
 * after the other; and what looks like one and is none.
 */
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/local_lock.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include "log.h"
#include "test.h"
#include "text.h"

#ifdef CONFIG_DEBUG

#define PROC_TEXT	(1024 * 1024)

/* After a provoked report: on again, and the locks' classes as if they had never been used. */
static void forget(struct lockdep_map *a, struct lockdep_map *b, struct lockdep_map *c)
{
	lockdep_reset();
	lockdep_reset_lock(a);
	if (b)
		lockdep_reset_lock(b);
	if (c)
		lockdep_reset_lock(c);
}
#define forget_locks(a, b, c)	forget(&(a)->dep_map, &(b)->dep_map, &(c)->dep_map)

/* Run @fn in hard-interrupt context on this CPU, and come back after it. */
static void run_hardirq(struct irq_work *work)
{
	void (*fn)(void) = *(void (**)(void))(work + 1);

	fn();
}

static void in_hardirq_do(void (*fn)(void))
{
	struct {
		struct irq_work work;
		void (*fn)(void);
	} w = { IRQ_WORK_INIT_HARD(run_hardirq), fn };

	irq_work_queue(&w.work);
	irq_work_sync(&w.work);
}

static void run_softirq(struct tasklet_struct *t)
{
	void (*fn)(void) = *(void (**)(void))(t + 1);

	fn();
}

static void in_softirq_do(void (*fn)(void))
{
	struct {
		struct tasklet_struct t;
		void (*fn)(void);
	} w = { .fn = fn };

	tasklet_setup(&w.t, run_softirq);
	tasklet_schedule(&w.t);
	tasklet_kill(&w.t);
}

static DEFINE_SPINLOCK(lock_a);
static DEFINE_SPINLOCK(lock_b);
static DEFINE_SPINLOCK(lock_c);

static noinline void take_a_then_b(void)
{
	spin_lock(&lock_a);
	spin_lock(&lock_b);
	spin_unlock(&lock_b);
	spin_unlock(&lock_a);
}

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

static noinline void take_a(void)
{
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
}

TEST(lockdep, hardirq_state, "E8", "a lock that an interrupt takes, taken with interrupts on, is reported with both places")
{
	watch_log();
	in_hardirq_do(take_a);
	local_irq_disable();
	take_a();
	local_irq_enable();
	expect(!logged("WARNING:"));
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	expect(logged("WARNING: inconsistent lock state"));
	expect(logged("inconsistent {IN-HARDIRQ-W} -> {HARDIRQ-ON-W} usage."));
	expect(logged("init/1 [HC0[0]:SC0[0]:HE1:SE1] takes:"));
	expect(logged("(lock_a){?.-.}-{2:2}, at: test_lockdep_hardirq_state+") ||
	       logged("(lock_a){?...}-{2:2}, at: test_lockdep_hardirq_state+"));
	expect(logged("{IN-HARDIRQ-W} state was registered at:"));
	expect(logged("   take_a+"));
	expect(logged("  <Interrupt>"));
	expect(logged("hardirqs last  enabled at ("));
	forget_locks(&lock_a, &lock_b, &lock_c);
}

TEST(lockdep, softirq_state, "E8", "the same for a softirq: held with softirqs on, then taken in one")
{
	watch_log();
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	expect(!logged("WARNING:"));
	in_softirq_do(take_a);
	expect(logged("WARNING: inconsistent lock state"));
	expect(logged("inconsistent {SOFTIRQ-ON-W} -> {IN-SOFTIRQ-W} usage."));
	expect(logged("(lock_a){+.?.}-{2:2}, at: take_a+"));
	forget_locks(&lock_a, &lock_b, &lock_c);
}

TEST(lockdep, irqs_back_on, "E8", "interrupts that the end of an inner section enables are noticed for the outer lock")
{
	watch_log();
	in_hardirq_do(take_a);
	spin_lock_irq(&lock_a);
	spin_lock_irq(&lock_b);
	expect(!logged("WARNING:"));
	spin_unlock_irq(&lock_b);
	expect(logged("WARNING: inconsistent lock state"));
	expect(logged("inconsistent {IN-HARDIRQ-W} -> {HARDIRQ-ON-W} usage."));
	expect(logged("1 lock held by init/1:"));
	spin_unlock_irq(&lock_a);
	forget_locks(&lock_a, &lock_b, &lock_c);
}

TEST(lockdep, softirqs_back_on, "E8", "so are softirqs that the end of an inner section enables")
{
	watch_log();
	in_softirq_do(take_a);
	spin_lock_bh(&lock_a);
	spin_lock_bh(&lock_b);
	spin_unlock_bh(&lock_b);
	expect(!logged("WARNING:"));
	/* The section of lock_a ends before it is dropped. */
	__local_bh_enable_ip(_THIS_IP_, SOFTIRQ_DISABLE_OFFSET);
	spin_unlock(&lock_a);
	expect(logged("WARNING: inconsistent lock state"));
	expect(logged("inconsistent {IN-SOFTIRQ-W} -> {SOFTIRQ-ON-W} usage."));
	expect(logged("softirqs last  enabled at ("));
	expect_eq(preempt_count(), 0);
	forget_locks(&lock_a, &lock_b, &lock_c);
}

TEST(lockdep, safe_to_unsafe, "E8", "a lock held with interrupts on, taken under one that interrupts take, is reported")
{
	watch_log();
	in_hardirq_do(take_a);
	spin_lock(&lock_b);
	spin_unlock(&lock_b);
	local_irq_disable();
	take_a_then_b();
	local_irq_enable();
	expect(logged("WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected"));
	expect(logged("[HC0[0]:SC0[0]:HE0:SE1] is trying to acquire:"));
	expect(logged("(lock_b){+.+.}-{2:2}, at: take_a_then_b+"));
	expect(logged(" (lock_a){-...}-{2:2} -> (lock_b){+.+.}-{2:2}"));
	expect(logged("... which became HARDIRQ-irq-safe at:"));
	expect(logged("   take_a+"));
	expect(logged("... which became HARDIRQ-irq-unsafe at:"));
	expect(logged("   test_lockdep_safe_to_unsafe+"));
	expect(logged("                               local_irq_disable();"));
	forget_locks(&lock_a, &lock_b, &lock_c);
}

TEST(lockdep, inversion, "E8", "the same is found when the order was known first, over a lock in between")
{
	watch_log();
	local_irq_disable();
	spin_lock(&lock_c);
	take_a_then_b();
	spin_unlock(&lock_c);
	local_irq_enable();
	spin_lock(&lock_b);
	spin_unlock(&lock_b);
	expect(!logged("WARNING:"));
	in_hardirq_do(take_a);
	expect(logged("WARNING: possible irq lock inversion dependency detected"));
	expect(logged("(lock_a){-...}-{2:2}, at: take_a+") ||
	       logged("(lock_a){....}-{2:2}, at: take_a+"));
	expect(logged(" (lock_b){+.+.}-{2:2}"));
	forget_locks(&lock_a, &lock_b, &lock_c);
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

TEST(lockdep, no_key, "E8", "a lock whose memory is not static and which was not initialised is reported")
{
	spinlock_t lock = __SPIN_LOCK_UNLOCKED(on_stack);

	watch_log();
	spin_lock(&lock);
	spin_unlock(&lock);
	expect(logged("INFO: trying to register non-static key."));
	lockdep_reset();
}

static DEFINE_MUTEX(kept);	/* never let go: initialised again after each use */

TEST(lockdep, freed, "E8", "memory that is given back, or initialised again, with a held lock in it is reported")
{
	struct mutex *m = kmalloc(sizeof(*m), GFP_KERNEL);

	require(m);
	mutex_init(m);
	watch_log();
	mutex_lock(m);
	kfree(m);
	expect(logged("WARNING: held lock freed!"));
	expect(logged("init/1 is freeing memory "));
	expect(logged("(m){+.+.}-{3:3}, at: test_lockdep_freed+"));
	lockdep_reset();

	watch_log();
	mutex_lock(&kept);
	mutex_init(&kept);
	expect(logged("WARNING: held lock freed!"));
	lockdep_reset();
}

static int ends_with_lock(void *unused)
{
	mutex_lock(&kept);
	return 0;
}

TEST(lockdep, exit, "E8 D9", "a task that ends with a lock held is reported with the lock")
{
	struct task_struct *t = kthread_create(ends_with_lock, NULL, "holder");

	require(!IS_ERR(t));
	get_task_struct(t);
	watch_log();
	wake_up_process(t);
	wait_until(READ_ONCE(t->__state) == TASK_DEAD);
	expect(logged("WARNING: holder/"));
	expect(logged(" still has locks held!"));
	expect(logged("kept){+.+.}-{3:3}, at: ends_with_lock+"));
	kthread_stop(t);
	put_task_struct(t);
	mutex_init(&kept);
	lockdep_reset();
}

/* ---- Waiting for functions ------------------------------------------------------------------- */

static void work_takes_first(struct work_struct *work)
{
	mutex_lock(&first);
	mutex_unlock(&first);
}

TEST(lockdep, flush_work, "E8 D7", "waiting for a work with a lock held that the work takes is a circle")
{
	struct work_struct work;

	INIT_WORK_ONSTACK(&work, work_takes_first);
	watch_log();
	schedule_work(&work);
	flush_work(&work);
	expect(!logged("WARNING:"));
	/* It is not even queued: it might have been. */
	mutex_lock(&first);
	flush_work(&work);
	mutex_unlock(&first);
	expect(logged("WARNING: possible circular locking dependency detected"));
	expect(logged("((work_completion)(&work)"));
	forget(&first.dep_map, &work.lockdep_map, NULL);
	destroy_work_on_stack(&work);
}

TEST(lockdep, flush_workqueue, "E8 D7", "the same for all works of a workqueue")
{
	struct workqueue_struct *wq = alloc_workqueue("lockdep_wq", 0, 0);
	struct work_struct work;

	require(wq);
	INIT_WORK_ONSTACK(&work, work_takes_first);
	watch_log();
	queue_work(wq, &work);
	flush_workqueue(wq);
	expect(!logged("WARNING:"));
	mutex_lock(&first);
	flush_workqueue(wq);
	mutex_unlock(&first);
	expect(logged("WARNING: possible circular locking dependency detected"));
	expect(logged("((wq_completion)lockdep_wq){+.+.}-{0:0}, at: "));
	forget(&first.dep_map, &work.lockdep_map, NULL);
	destroy_workqueue(wq);
	destroy_work_on_stack(&work);
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

static atomic_t timer_ran;

static void timer_takes_a(struct timer_list *t)
{
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	atomic_inc(&timer_ran);
}

TEST(lockdep, del_timer_sync, "E8 D8", "waiting for a timer with a lock held that its function takes is a circle")
{
	struct timer_list timer;

	atomic_set(&timer_ran, 0);
	timer_setup_on_stack(&timer, timer_takes_a, 0);
	watch_log();
	mod_timer(&timer, jiffies);
	wait_until(atomic_read(&timer_ran));
	timer_delete_sync(&timer);
	expect(!logged("WARNING:"));
	spin_lock_bh(&lock_a);
	timer_delete_sync(&timer);
	spin_unlock_bh(&lock_a);
	expect(logged("WARNING: possible circular locking dependency detected"));
	expect(logged("((&timer)"));
	expect(logged("   timer_takes_a+"));
	forget(&lock_a.dep_map, &timer.lockdep_map, NULL);
	destroy_timer_on_stack(&timer);
}

static void work_keeps_it(struct work_struct *work)
{
	mutex_lock(&kept);
	barrier();	/* no tail call: the caller's address is this function's */
}

TEST(lockdep, work_leaks, "E8 D7", "a work that leaves a lock held is named, with the lock")
{
	struct work_struct work;

	INIT_WORK_ONSTACK(&work, work_keeps_it);
	watch_log();
	schedule_work(&work);
	flush_work(&work);
	wait_until(logged("BUG: workqueue leaked lock or atomic: kworker/"));
	expect(logged("last function: work_keeps_it"));
	expect(logged("kept){+.+.}-{3:3}, at: work_keeps_it+"));
	mutex_init(&kept);
	destroy_work_on_stack(&work);
}

/* ---- Handlers that leave something behind ---------------------------------------------------- */

static noinline void keeps_raw(void)
{
	lock_map_acquire(&lock_a.dep_map);
}

static noinline void keeps_preempt(void)
{
	preempt_disable();
}

static noinline void keeps_irqs_off(void)
{
	local_irq_disable();
}

TEST(lockdep, handler_leaks, "E8 D2 D4", "what a tasklet or an interrupt's function leaves behind is reported with its name, and undone")
{
	watch_log();
	in_softirq_do(keeps_raw);
	expect(logged("WARNING: lock held when a handler returned!"));
	expect(logged("tasklet run_softirq+"));
	expect(logged("(lock_a){"));
	expect(!lockdep_depth(current));
	forget_locks(&lock_a, &lock_b, &lock_c);

	watch_log();
	in_softirq_do(keeps_preempt);
	in_hardirq_do(keeps_preempt);
	in_softirq_do(keeps_irqs_off);
	expect(logged("BUG: tasklet run_softirq+"));
	expect(logged("returned with preemption imbalance: 00000100 -> 00000101"));
	expect(logged("BUG: irq_work run_hardirq+"));
	expect(logged("returned with preemption imbalance: 00010000 -> 00010001"));
	expect(logged("returned with disabled interrupts"));
	expect_eq(preempt_count(), 0);
}

/* ---- What is no deadlock ---------------------------------------------------------------------- */

TEST(lockdep, trylock_order, "E8", "a trylock closes no circle: who does not wait does not deadlock")
{
	watch_log();
	take_a_then_b();
	spin_lock(&lock_b);
	expect(spin_trylock(&lock_a));
	spin_unlock(&lock_a);
	spin_unlock(&lock_b);
	expect(!logged("WARNING:"));
	expect(debug_locks);
	forget_locks(&lock_a, &lock_b, &lock_c);
}

static DEFINE_RWLOCK(rw);

static void read_rw(void)
{
	read_lock(&rw);
	read_unlock(&rw);
}

TEST(lockdep, read_recursion, "E8 E3", "a reader in an interrupt may meet readers; but not a writer with interrupts on")
{
	watch_log();
	read_lock(&rw);
	in_hardirq_do(read_rw);
	read_unlock(&rw);
	write_lock_irq(&rw);
	write_unlock_irq(&rw);
	expect(!logged("WARNING:"));
	write_lock(&rw);
	write_unlock(&rw);
	expect(logged("WARNING: inconsistent lock state"));
	expect(logged("inconsistent {IN-HARDIRQ-R} -> {HARDIRQ-ON-W} usage."));
	forget(&rw.dep_map, NULL, NULL);

	watch_log();
	read_lock(&rw);
	read_lock(&rw);
	read_unlock(&rw);
	read_unlock(&rw);
	expect(logged("WARNING: possible recursive locking detected"));
	forget(&rw.dep_map, NULL, NULL);
}

static void read_rw_then_a(void)
{
	read_lock(&rw);
	take_a();
	read_unlock(&rw);
}

static void a_then_read_rw(void)
{
	spin_lock(&lock_a);
	read_lock(&rw);
	read_unlock(&rw);
	spin_unlock(&lock_a);
}

TEST(lockdep, reader_circle, "E8 E3", "a circle that only readers of interrupts would close is none")
{
	watch_log();
	in_hardirq_do(a_then_read_rw);
	in_hardirq_do(read_rw_then_a);
	expect(!logged("WARNING:"));
	forget(&rw.dep_map, &lock_a.dep_map, NULL);
	local_irq_disable();
	a_then_read_rw();
	read_rw_then_a();
	local_irq_enable();
	expect(logged("WARNING: possible circular locking dependency detected"));
	forget(&rw.dep_map, &lock_a.dep_map, NULL);
}

TEST(lockdep, nest_lock, "E8 E4", "any number of one class may be taken under the lock that guards them all")
{
	struct mutex items[3];

	for (int i = 0; i < 3; i++)
		mutex_init(&items[i]);
	watch_log();
	mutex_lock(&first);
	for (int i = 0; i < 3; i++)
		mutex_lock_nest_lock(&items[i], &first);
	for (int i = 0; i < 3; i++)
		mutex_unlock(&items[i]);
	mutex_unlock(&first);
	expect(!logged("WARNING:"));
	forget_locks(&first, &items[0], &items[1]);
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

#endif
