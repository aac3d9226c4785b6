// SPDX-License-Identifier: MIT
/* RCU: readers, callbacks; a grace period, which is time and not instructions. */
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include "irqbench.h"

#define MANY	10000

DEFINE_STATIC_SRCU(domain);

static void nothing(struct rcu_head *head)
{
}

/* In a reader, so that no grace period ends meanwhile. */
static void queueing(struct rcu_head *heads)
{
	int i = 0;

	rcu_barrier();
	rcu_read_lock();
	COUNT("rcu.call", , call_rcu(&heads[i++], nothing));
	rcu_read_unlock();
	rcu_barrier();
}

static u64 first_call, last_call;

static void note_time(struct rcu_head *head)
{
	last_call = get_cycles();
	if (!first_call)
		first_call = last_call;
}

/* From the first callback to the last: the wait for the grace period is left out. */
static void many(struct rcu_head *heads)
{
	int i;

	for (i = 0; i < MANY; i++)
		call_rcu(&heads[i], note_time);
	rcu_barrier();
	report("rcu.each_of_10000", (last_call - first_call) / (MANY - 1));
}

void bench_rcu(void)
{
	struct rcu_head *heads = kvcalloc(MANY, sizeof(*heads), GFP_KERNEL);
	int idx;

	COUNT("rcu.read_pair", , ({ rcu_read_lock(); barrier(); rcu_read_unlock(); }));
	COUNT("rcu.srcu_pair", , ({ idx = srcu_read_lock(&domain); srcu_read_unlock(&domain, idx); }));
	COUNT("rcu.synchronize", , synchronize_rcu());
	if (!heads)
		return;
	queueing(heads);
	many(heads);
	kvfree(heads);
}
