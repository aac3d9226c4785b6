/* SPDX-License-Identifier: MIT */
/* Numbers that look random and repeat from the same seed: for tests and spreading, never for secrets. */
#ifndef _LINUX_PRANDOM_H
#define _LINUX_PRANDOM_H

#include <linux/types.h>
#include <linux/random.h>

/* Four linear feedback shift registers, combined (L'Ecuyer's taus113). */
struct rnd_state {
	u32 s1, s2, s3, s4;
};

u32 prandom_u32_state(struct rnd_state *state);
void prandom_bytes_state(struct rnd_state *state, void *buf, size_t nbytes);
void prandom_seed_state(struct rnd_state *state, u64 seed);

#define prandom_u32()		get_random_u32()
#define prandom_bytes(buf, n)	get_random_bytes(buf, n)

static inline u32 prandom_u32_max(u32 ep_ro)
{
	return (u32)(((u64)get_random_u32() * ep_ro) >> 32);
}

#endif
