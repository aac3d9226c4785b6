/* SPDX-License-Identifier: MIT */
/*
 * Single random numbers, out of a store that each CPU fills a hundred bytes at a time, so that a
 * number costs little more than a copy. What was handed out is wiped from the store.
 */
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/string.h>

#include "internals.h"

#define STORE_BYTES	96	/* 32 and a block: what get_random_bytes() makes without waste */

/* Of its CPU, IRQs off. */
struct store {
	u8		byte[STORE_BYTES];
	unsigned int	left;		/* at the front */
	unsigned long	generation;	/* of the key that they were made with */
};
static DEFINE_PER_CPU(struct store, store);

static __always_inline void take(void *out, unsigned int n)
{
	struct store *s;
	unsigned long flags;

	local_irq_save(flags);
	s = this_cpu_ptr(&store);
	if (s->left < n || unlikely(s->generation != crng_generation())) {
		s->generation = crng_generation();
		get_random_bytes(s->byte, sizeof(s->byte));
		s->left = sizeof(s->byte);
	}
	s->left -= n;
	memcpy(out, s->byte + s->left, n);
	memset(s->byte + s->left, 0, n);
	local_irq_restore(flags);
}

/* get_random_u8() and so on. Context: any but NMI. */
#define GET_RANDOM(type)						\
type get_random_##type(void)						\
{									\
	type v;								\
									\
	take(&v, sizeof(v));						\
	return v;							\
}									\
EXPORT_SYMBOL(get_random_##type)
GET_RANDOM(u8);
GET_RANDOM(u16);
GET_RANDOM(u32);
GET_RANDOM(u64);
