/* SPDX-License-Identifier: MIT */
/* The lock checker: what looks like a deadlock and is none. */
#include "lockdep.h"
#include "log.h"
#include "test.h"

#ifdef CONFIG_DEBUG

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
	mutex_lock(&lock_m);
	for (int i = 0; i < 3; i++)
		mutex_lock_nest_lock(&items[i], &lock_m);
	for (int i = 0; i < 3; i++)
		mutex_unlock(&items[i]);
	mutex_unlock(&lock_m);
	expect(!logged("WARNING:"));
	forget_locks(&lock_m, &items[0], &items[1]);
}

#endif
