/* SPDX-License-Identifier: MIT */
/* RCU: objects replaced and freed after a grace period, under readers that never find one dead. */
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include "stress.h"

#define NR_SLOTS	4
#define WRITERS		2
#define ALIVE		0x600dc0deu
#define DEAD		0xdeadc0deu

struct thing {
	u32 state;
	u32 copy;		/* of state */
	struct rcu_head rcu;
};

static struct thing __rcu *slots[NR_SLOTS];
static struct tally tally;
static atomic_t dead_seen;

static struct thing *new_thing(void)
{
	struct thing *thing = kmalloc(sizeof(*thing), GFP_KERNEL);

	if (thing)
		thing->state = thing->copy = ALIVE;
	return thing;
}

static void free_thing(struct thing *thing)
{
	WRITE_ONCE(thing->state, DEAD);
	WRITE_ONCE(thing->copy, DEAD);
	kfree(thing);
	atomic_long_inc(&tally.done);
}

static void free_later(struct rcu_head *rcu)
{
	free_thing(container_of(rcu, struct thing, rcu));
}

static bool begin(void)
{
	unsigned int i;

	tally_begin(&tally, "objects freed after a grace period");
	atomic_set(&dead_seen, 0);
	for (i = 0; i < NR_SLOTS; i++)
		rcu_assign_pointer(slots[i], new_thing());
	return true;
}

static void write_slot(struct stress_task *t)
{
	struct thing *new = new_thing(), *old;

	if (!new)
		return;
	/* Full barriers on both sides: readers find it whole. */
	old = xchg(&slots[pick(t, NR_SLOTS)], new);
	atomic_long_inc(&tally.sent);
	switch (pick(t, 16)) {
	case 0:
		synchronize_rcu();
		free_thing(old);
		break;
	case 1:
		atomic_long_dec(&tally.sent);
		kfree_rcu(old, rcu);
		break;
	case 2:
		rcu_barrier();
		fallthrough;
	default:
		call_rcu(&old->rcu, free_later);
	}
	/* What waits to be freed is not to use up the memory. */
	if (atomic_long_read(&tally.sent) - atomic_long_read(&tally.done) > 1000)
		rcu_barrier();
}

static void read_slots(struct stress_task *t)
{
	unsigned int n = pick(t, 64);
	struct thing *thing;

	rcu_read_lock();
	thing = rcu_dereference(slots[pick(t, NR_SLOTS)]);
	while (n--) {
		/* Some are preempted, or interrupted, in between. */
		if (READ_ONCE(thing->state) != ALIVE || READ_ONCE(thing->copy) != ALIVE)
			atomic_inc(&dead_seen);
		cpu_relax();
	}
	rcu_read_unlock();
}

static void step(struct stress_task *t)
{
	unsigned int n;

	if (t->number < WRITERS) {
		write_slot(t);
		return;
	}
	for (n = 0; n < 20; n++)
		read_slots(t);
}

static void end(void)
{
	unsigned int i;

	rcu_barrier();
	for (i = 0; i < NR_SLOTS; i++) {
		atomic_long_inc(&tally.sent);
		free_thing(rcu_dereference_protected(slots[i], true));
	}
	tally_end(&tally);
	expect_eq(atomic_read(&dead_seen), 0);
}

const struct stressor stress_rcu = {
	.name = "rcu", .tasks = WRITERS + 2, .begin = begin, .step = step, .end = end,
};
