/* SPDX-License-Identifier: MIT */
/*
 * What RCU costs, in instructions, on one CPU. The limits are a little above what was reached.
 * Each figure includes one reading of the counter.
 */
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include "cost.h"
#include "test.h"

#define ROUNDS	101
#define MANY	1000

#define need_counter() \
	need(counts_instructions(), "the time-stamp counter does not count instructions: boot with --icount")

static u32 took[ROUNDS];

static void judge(const char *what, u32 limit)
{
	u32 m = median(took, ROUNDS);

	test_note("%s: %u", what, m);
	expect(m <= limit);
}

DEFINE_STATIC_SRCU(domain);

TEST(cost, rcu_reader, "E6", "a reader of RCU and one of SRCU cost what they may")
{
	int idx, i;
	u64 t;

	need_counter();
	for (i = 0; i < ROUNDS; i++) {
		t = get_cycles();
		rcu_read_lock();
		rcu_read_unlock();
		took[i] = (u32)(get_cycles() - t);
	}
	judge("rcu_read_lock() and unlock()", 15);

	for (i = 0; i < ROUNDS; i++) {
		t = get_cycles();
		idx = srcu_read_lock(&domain);
		srcu_read_unlock(&domain, idx);
		took[i] = (u32)(get_cycles() - t);
	}
	judge("srcu_read_lock() and unlock()", 15);
}

static void nothing(struct rcu_head *head)
{
}

TEST(cost, rcu_callback, "E6", "call_rcu() and the call of its callback cost what they may")
{
	struct rcu_head *heads = kcalloc(MANY, sizeof(*heads), GFP_KERNEL);
	u64 t, queued;
	int i;

	need_counter();
	require(heads);
	rcu_barrier();
	/* The first one asks for a grace period; none can pass in a reader. */
	rcu_read_lock();
	call_rcu(&heads[0], nothing);
	for (i = 0; i < ROUNDS; i++) {
		t = get_cycles();
		call_rcu(&heads[1 + i], nothing);
		took[i] = (u32)(get_cycles() - t);
	}
	judge("call_rcu()", 38);
	rcu_read_unlock();
	rcu_barrier();

	t = get_cycles();
	for (i = 0; i < MANY; i++)
		call_rcu(&heads[i], nothing);
	rcu_barrier();
	queued = (get_cycles() - t) / MANY;
	test_note("queued and called, each of %d: %llu", MANY, queued);
	expect(queued <= 60);
	kfree(heads);
}

TEST(cost, rcu_wait, "E6", "synchronize_rcu() on one idle CPU costs what it may, plain and expedited")
{
	int i;
	u64 t;

	need_counter();
	rcu_barrier();
	for (i = 0; i < ROUNDS; i++) {
		t = get_cycles();
		synchronize_rcu();
		took[i] = (u32)(get_cycles() - t);
	}
	judge("synchronize_rcu()", 2000);
	for (i = 0; i < ROUNDS; i++) {
		t = get_cycles();
		synchronize_rcu_expedited();
		took[i] = (u32)(get_cycles() - t);
	}
	judge("synchronize_rcu_expedited()", 2100);
}
