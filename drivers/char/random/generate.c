/* SPDX-License-Identifier: MIT */
/*
 * The generator: ChaCha20 (RFC 8439) under a key that comes from the pool, with fast key
 * erasure: the first half of each block that is made replaces the key, only what follows leaves.
 *
 * There is a base key, and for each CPU one that was derived from it, so that CPUs do not
 * stand in line. A new base key has a new generation number, by which a CPU sees that its own
 * is old. Every minute, and while there is not enough entropy each time, the base key is
 * made anew from the pool.
 */
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/timex.h>
#include <linux/wait.h>

#include "internals.h"

#define RESEED_INTERVAL	(60 * HZ)

static DEFINE_RAW_SPINLOCK(base_lock);		/* IRQs off; guards the base key and its age */
static struct {
	u8		key[CHACHA_KEY_SIZE];
	unsigned long	birth;
	unsigned long	generation;		/* 0: there was none yet; read without the lock */
} base;

static bool ready;				/* goes true once, under base_lock */

/* Of its CPU, IRQs off. */
struct cpu_key {
	u8		key[CHACHA_KEY_SIZE];
	unsigned long	generation;
};
static DEFINE_PER_CPU(struct cpu_key, cpu_key);

static DECLARE_WAIT_QUEUE_HEAD(ready_wait);

bool rng_is_initialized(void)
{
	return READ_ONCE(ready);
}
EXPORT_SYMBOL(rng_is_initialized);

unsigned long crng_generation(void)
{
	return READ_ONCE(base.generation);
}

/*
 * One step under @key: @state is set up for a stream nobody else gets, after the first @n bytes of
 * it (32 at most) went to @out, and @key is another one. Who guards @key calls this.
 */
static void next_key(u8 *key, u32 *state, u8 *out, size_t n)
{
	u8 block[CHACHA_BLOCK_SIZE];

	chacha_init_consts(state);
	memcpy(&state[4], key, CHACHA_KEY_SIZE);
	memset(&state[12], 0, 4 * sizeof(u32));
	chacha20_block(state, block);
	memcpy(key, block, CHACHA_KEY_SIZE);
	memcpy(out, block + CHACHA_KEY_SIZE, n);
	memzero_explicit(block, sizeof(block));
}

/* A new base key from the pool. Any context but NMI. */
void crng_reseed(void)
{
	u8 key[CHACHA_KEY_SIZE];
	bool first = false;
	unsigned long flags;

	pool_extract(key, sizeof(key));
	raw_spin_lock_irqsave(&base_lock, flags);
	memcpy(base.key, key, sizeof(key));
	base.birth = jiffies;
	WRITE_ONCE(base.generation, base.generation + 1);
	if (!ready && pool_entropy() == POOL_BITS) {
		WRITE_ONCE(ready, true);
		first = true;
	}
	raw_spin_unlock_irqrestore(&base_lock, flags);
	memzero_explicit(key, sizeof(key));
	if (first) {
		wake_up_interruptible(&ready_wait);
		pr_notice("random: crng init done\n");
	}
}

/* This CPU's key is of an old generation. IRQs off. */
static void renew_cpu_key(struct cpu_key *own)
{
	u32 state[CHACHA_STATE_WORDS];

	raw_spin_lock(&base_lock);
	next_key(base.key, state, own->key, sizeof(own->key));
	own->generation = base.generation;
	raw_spin_unlock(&base_lock);
	memzero_explicit(state, sizeof(state));
}

static void begin_stream(u32 *state, u8 *out, size_t n)
{
	struct cpu_key *own;
	unsigned long flags;

	if (unlikely(!rng_is_initialized()) ||
	    time_after(jiffies, READ_ONCE(base.birth) + RESEED_INTERVAL))
		crng_reseed();
	local_irq_save(flags);
	own = this_cpu_ptr(&cpu_key);
	if (unlikely(own->generation != crng_generation()))
		renew_cpu_key(own);
	next_key(own->key, state, out, n);
	local_irq_restore(flags);
}

/**
 * get_random_bytes - fill a buffer with random bytes
 * @buf: the buffer
 * @len: its size
 *
 * Never waits. Until rng_is_initialized() the bytes may be guessed by who knows the machine
 * well: wait_for_random_bytes() first where that matters.
 *
 * Context: any but NMI.
 */
void get_random_bytes(void *buf, size_t len)
{
	size_t n = min(len, (size_t)CHACHA_KEY_SIZE);
	u32 state[CHACHA_STATE_WORDS];
	u8 block[CHACHA_BLOCK_SIZE], *out = buf;

	if (!len)
		return;
	/* A key of its own for the rest, if there is any: made of this CPU's, which goes on. */
	begin_stream(state, block, CHACHA_KEY_SIZE);
	memcpy(out, block, n);
	if (n < len) {
		begin_stream(state, (u8 *)&state[4], 0);
		for (out += n, len -= n; len; out += n, len -= n) {
			chacha20_block(state, block);
			n = min(len, sizeof(block));
			memcpy(out, block, n);
		}
	}
	memzero_explicit(block, sizeof(block));
	memzero_explicit(state, sizeof(state));
}
EXPORT_SYMBOL(get_random_bytes);

/* ---- Waiting for the first seed ----------------------------------------------------------------- */

static void count_one(struct timer_list *timer)
{
	pool_credit(1);
}

/*
 * A machine where nothing happens would wait for ever. So let the CPU switch tasks as fast as
 * it can, and see how far its cycle counter is each time: a tick's interrupt, and all the
 * caches and queues between, decide that. Each tick of it counts as one bit.
 */
static void make_entropy(void)
{
	unsigned long now = random_get_entropy(), last;
	struct timer_list timer;

	timer_setup_on_stack(&timer, count_one, 0);
	while (!rng_is_initialized() && !signal_pending(current)) {
		if (!timer_pending(&timer))
			mod_timer(&timer, jiffies);	/* the next tick */
		pool_mix(&now, sizeof(now));
		schedule();
		last = now;
		now = random_get_entropy();
		if (now == last)	/* a counter that stands still tells nothing */
			break;
	}
	del_timer_sync(&timer);
	destroy_timer_on_stack(&timer);
}

/**
 * wait_for_random_bytes - wait until there was enough entropy for a first seed
 *
 * Context: process, may sleep. Return: 0; -ERESTARTSYS when a signal came.
 */
int wait_for_random_bytes(void)
{
	while (!rng_is_initialized()) {
		int ret;

		make_entropy();
		ret = wait_event_interruptible_timeout(ready_wait, rng_is_initialized(), HZ);
		if (ret < 0)
			return ret;
	}
	return 0;
}
EXPORT_SYMBOL(wait_for_random_bytes);
