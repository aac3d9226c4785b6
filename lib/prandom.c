/* SPDX-License-Identifier: MIT */
/*
 * taus113: P. L'Ecuyer, "Tables of Maximally Equidistributed Combined LFSR Generators",
 * Mathematics of Computation 68 (1999). Each register must start above a small bound.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <linux/string.h>

static u32 step(u32 s, int a, int b, u32 mask, int c)
{
	return ((s & mask) << c) ^ (((s << a) ^ s) >> b);
}

u32 prandom_u32_state(struct rnd_state *state)
{
	state->s1 = step(state->s1, 6, 13, ~1U, 18);
	state->s2 = step(state->s2, 2, 27, ~7U, 2);
	state->s3 = step(state->s3, 13, 21, ~15U, 7);
	state->s4 = step(state->s4, 3, 12, ~127U, 13);
	return state->s1 ^ state->s2 ^ state->s3 ^ state->s4;
}
EXPORT_SYMBOL(prandom_u32_state);

void prandom_bytes_state(struct rnd_state *state, void *buf, size_t nbytes)
{
	for (u8 *p = buf; nbytes;) {
		u32 word = prandom_u32_state(state);
		size_t n = min(nbytes, sizeof(word));

		memcpy(p, &word, n);
		p += n;
		nbytes -= n;
	}
}
EXPORT_SYMBOL(prandom_bytes_state);

static u32 at_least(u32 x, u32 bound)
{
	return x < bound ? x + bound : x;
}

void prandom_seed_state(struct rnd_state *state, u64 seed)
{
	u32 i = (seed >> 32) ^ (seed << 10) ^ seed;

	state->s1 = at_least(i, 2);
	state->s2 = at_least(i, 8);
	state->s3 = at_least(i, 16);
	state->s4 = at_least(i, 128);
	for (int n = 0; n < 10; n++)
		prandom_u32_state(state);
}
EXPORT_SYMBOL(prandom_seed_state);
