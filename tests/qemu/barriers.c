/* SPDX-License-Identifier: MIT */
/*
 * Barriers: small programs of two CPUs, run many times, of whose results one is forbidden.
 *
 *	MP	message passing: whoever sees the flag sees what was written before it
 *	SB	store buffering: of two CPUs that write and then look at the other's, one sees it
 *	LB	load buffering: two CPUs do not both see what the other writes later
 *
 * The emulator orders more than hardware does; the compiler reorders here as anywhere. All runs of a program
 * have words of their own, so that the CPUs need not meet before each.
 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include "tasks.h"
#include "test.h"

#define RUNS	4096
#define STRETCH	256		/* runs between two meetings */

struct run {
	int x, y, r0, r1;	/* r0 and r1 belong to the side that reads them */
} ____cacheline_aligned;

struct program {
	void (*side[2])(struct run *);
	bool (*forbidden)(const struct run *);
};

static struct {
	const struct program *program;
	struct run *runs;
	atomic_t met, done;
} now;

/* The sides start each stretch together; a CPU that is away for a while holds up the other. */
static int run_side(void *arg)
{
	long side = (long)arg;
	int i;

	for (i = 0; i < RUNS; i++) {
		if (i % STRETCH == 0) {
			atomic_inc(&now.met);
			while (atomic_read(&now.met) < 2 * (i / STRETCH + 1))
				cond_resched();
		}
		now.program->side[side](&now.runs[i]);
	}
	atomic_inc(&now.done);
	return 0;
}

static void litmus(const struct program *program)
{
	unsigned int first = cpumask_first(cpu_online_mask);
	int i, forbidden = 0;

	need(num_online_cpus() > 1, "one CPU only");
	now.program = program;
	now.runs = vzalloc(RUNS * sizeof(*now.runs));
	require(now.runs);
	atomic_set(&now.met, 0);
	atomic_set(&now.done, 0);
	expect(start(run_side, (void *)0L, (int)first, "litmus/0"));
	expect(start(run_side, (void *)1L, (int)cpumask_next(first, cpu_online_mask), "litmus/1"));
	wait_until(atomic_read(&now.done) == 2);
	for (i = 0; i < RUNS; i++)
		forbidden += program->forbidden(&now.runs[i]);
	expect_eq(forbidden, 0);
	vfree(now.runs);
}

/* ---- MP ---------------------------------------------------------------------------------- */

static bool flag_without_message(const struct run *r) { return r->r0 && !r->r1; }

static void mp_wmb(struct run *r)
{
	WRITE_ONCE(r->x, 1);
	smp_wmb();
	WRITE_ONCE(r->y, 1);
}

static void mp_rmb(struct run *r)
{
	r->r0 = READ_ONCE(r->y);
	smp_rmb();
	r->r1 = READ_ONCE(r->x);
}

static void mp_release(struct run *r)
{
	r->x = 1;
	smp_store_release(&r->y, 1);
}

static void mp_acquire(struct run *r)
{
	r->r0 = smp_load_acquire(&r->y);
	if (r->r0)
		r->r1 = r->x;
}

static void mp_atomic_inc(struct run *r)
{
	r->x = 1;
	smp_mb__before_atomic();
	atomic_inc((atomic_t *)&r->y);
}

TEST(barriers, mp_fences, "E2", "message passing: smp_wmb() and smp_rmb() keep two words in order")
{
	static const struct program mp = { { mp_wmb, mp_rmb }, flag_without_message };

	litmus(&mp);
}

TEST(barriers, mp_release, "E2", "message passing: smp_store_release() and smp_load_acquire() do")
{
	static const struct program mp = { { mp_release, mp_acquire }, flag_without_message };

	litmus(&mp);
}

TEST(barriers, mp_atomic, "E2", "message passing: smp_mb__before_atomic() orders a plain store and an atomic operation")
{
	static const struct program mp = { { mp_atomic_inc, mp_acquire }, flag_without_message };

	litmus(&mp);
}

/* ---- SB ---------------------------------------------------------------------------------- */

static bool neither_saw(const struct run *r) { return !r->r0 && !r->r1; }

/* Two sides that do the same with x and y exchanged. */
#define SB_SIDES(name, store_and_barrier)				\
static void sb_##name##_0(struct run *r)				\
{									\
	int *mine = &r->x;						\
	store_and_barrier;						\
	r->r0 = READ_ONCE(r->y);					\
}									\
static void sb_##name##_1(struct run *r)				\
{									\
	int *mine = &r->y;						\
	store_and_barrier;						\
	r->r1 = READ_ONCE(r->x);					\
}									\
static const struct program sb_##name = { { sb_##name##_0, sb_##name##_1 }, neither_saw }

SB_SIDES(mb, WRITE_ONCE(*mine, 1); smp_mb());
SB_SIDES(store_mb, smp_store_mb(*mine, 1));
SB_SIDES(xchg, xchg(mine, 1));
SB_SIDES(cmpxchg, cmpxchg(mine, 0, 1));
SB_SIDES(return, atomic_inc_return((atomic_t *)mine));
SB_SIDES(after, atomic_inc((atomic_t *)mine); smp_mb__after_atomic());

TEST(barriers, sb_mb, "E2", "store buffering: smp_mb() lets one of two CPUs see the other's store")
{
	litmus(&sb_mb);
}

TEST(barriers, sb_store_mb, "E2", "store buffering: so does smp_store_mb()")
{
	litmus(&sb_store_mb);
}

TEST(barriers, sb_xchg, "E2", "store buffering: so does xchg()")
{
	litmus(&sb_xchg);
}

TEST(barriers, sb_cmpxchg, "E2", "store buffering: and a cmpxchg() that succeeds")
{
	litmus(&sb_cmpxchg);
}

TEST(barriers, sb_return, "E2", "store buffering: and atomic operations that return something")
{
	litmus(&sb_return);
}

TEST(barriers, sb_after_atomic, "E2", "store buffering: one that returns nothing does with smp_mb__after_atomic()")
{
	litmus(&sb_after);
}

/* ---- LB ---------------------------------------------------------------------------------- */

static bool saw_the_future(const struct run *r) { return r->r0 && r->r1; }

static void lb_0(struct run *r)
{
	r->r0 = smp_load_acquire(&r->x);
	WRITE_ONCE(r->y, 1);
}

static void lb_1(struct run *r)
{
	r->r1 = READ_ONCE(r->y);
	smp_store_release(&r->x, 1);
}

TEST(barriers, lb, "E2", "load buffering: an acquire and a release keep loads ahead of later stores")
{
	static const struct program lb = { { lb_0, lb_1 }, saw_the_future };

	litmus(&lb);
}

/* ---- Locks ------------------------------------------------------------------------------- */

static DEFINE_SPINLOCK(order);

static void locked_store(struct run *r)
{
	spin_lock(&order);
	r->x = 1;
	spin_unlock(&order);
	spin_lock(&order);
	r->y = 1;
	spin_unlock(&order);
}

static void locked_load(struct run *r)
{
	spin_lock(&order);
	r->r0 = r->y;
	r->r1 = r->x;
	spin_unlock(&order);
}

TEST(barriers, locks, "E2 E3", "message passing: what was written under a lock is seen by its next owners, in order")
{
	static const struct program mp = { { locked_store, locked_load }, flag_without_message };

	litmus(&mp);
}
