/* SPDX-License-Identifier: MIT */
/* Between the files of drivers/char/random/. */
#ifndef _RANDOM_INTERNALS_H
#define _RANDOM_INTERNALS_H

#include <crypto/blake2s.h>
#include <crypto/chacha.h>
#include <linux/types.h>

#define POOL_BITS	(BLAKE2S_HASH_SIZE * 8)		/* what the pool can hold, and what is enough */

/* pool.c */
void pool_mix(const void *buf, size_t len);
void pool_credit(size_t bits);
unsigned int pool_entropy(void);
void pool_extract(u8 *out, size_t len);

/* generate.c */
void crng_reseed(void);
unsigned long crng_generation(void);

#endif
