/* SPDX-License-Identifier: MIT */
/* What the fuzzers share: random numbers, and what the processes tell each other. */
#ifndef _TESTS_FUZZ_H
#define _TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#define MAX_WORKERS	8

/* In a page of all processes. One who writes each word, but for the totals. */
struct shared {
	uint64_t	calls[MAX_WORKERS];	/* made by each worker's place, over all its lives */
	uint32_t	last_call[MAX_WORKERS];	/* number of the one under way; bit 31: by INT 0x80 */
	uint64_t	execs, ran;		/* mutated images tried, and of them those that began to run */
};

extern struct shared *shared;

/* xorshift64*: the same numbers from the same seed. */
struct random {
	uint64_t	state;
};

static inline uint64_t next(struct random *r)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return r->state * 0x2545f4914f6cdd1dULL;
}

static inline uint32_t below(struct random *r, uint32_t n)
{
	return (next(r) >> 32) % n;
}

static inline void seed_random(struct random *r, uint64_t seed)
{
	r->state = seed * 0x9e3779b97f4a7c15ULL + 0x1234567;
	next(r);
}

#define PICK(r, array)	((array)[below((r), sizeof(array) / sizeof((array)[0]))])

void fuzz_calls(unsigned int place, uint64_t seed, uint64_t upto);
void fuzz_images(const char *program, uint64_t seed, unsigned int images);

#endif
