/* SPDX-License-Identifier: MIT */
/* The lock checker: locks that are taken in interrupts or softirqs, and elsewhere with those on. */
#include <linux/bottom_half.h>
#include <linux/irqflags.h>
#include "lockdep.h"
#include "log.h"
#include "test.h"

#ifdef CONFIG_DEBUG

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

#endif
