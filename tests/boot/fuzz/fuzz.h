/* SPDX-License-Identifier: MIT */
/* What the fuzzers share: random numbers, and what the processes tell each other. */
#ifndef _TESTS_FUZZ_H
#define _TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#define MAX_WORKERS	8
#define NR_NUMBERS	512	/* of system calls, and some more */
#define MAX_CALLS	256
#define NR_ERRNOS	134

/* How often a call was made, and what came of it. */
struct record {
	uint32_t	made, well;
	uint8_t		errnos[NR_ERRNOS];
};

/* In memory of all processes. One who writes each word, but for the totals. */
struct shared {
	uint64_t	calls[MAX_WORKERS];	/* made by each worker's place, over all its lives */
	uint32_t	last_call[MAX_WORKERS];	/* number of the one under way; bit 31: by INT 0x80 */
	uint64_t	execs, ran;		/* mutated images tried, and of them those that began to run */
	uint64_t	frames_back;		/* spoilt frames that let the program go on */
	uint64_t	strange;		/* a call, and an error that no program is to see */
	struct record	records[MAX_CALLS];
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

/* table.c */
struct call {
	const char	*name, *like;
};

extern const struct call calls[];
extern const unsigned int nr_calls;
extern uint16_t calls_64[NR_NUMBERS], calls_32[NR_NUMBERS];	/* number to call, 0 unknown */

void prepare_table(void);
int number_of(unsigned int call, int compat);
void note_result(unsigned int call, long result);
void report_coverage(int all);

/* arguments.c */
#define AREA		(64 << 10)
#define AREA_AT		0x20000000UL
#define CONSTANT_AT	0x20100000UL
#define PLAY		0x10000000UL	/* pages that come and go: mappings may be there */
#define PLAY_PAGES	32

extern unsigned char *area, *constant;

void open_files(struct random *r);
void make_area(void);
void fill(struct random *r);
uint64_t odd_number(struct random *r);
uint64_t argument(struct random *r);
uint64_t argument_like(struct random *r, char letter);

/* recover.c */
#define MAX_THREADS	2

extern void *places_to_return[MAX_THREADS][5];

void restore_signals(unsigned int thread);
void catch_faults(unsigned int thread);

/* What the processes do. */
void fuzz_calls(unsigned int place, uint64_t seed, uint64_t upto);
void fuzz_frames(unsigned int place, uint64_t seed, uint64_t upto);
void fuzz_images(const char *program, uint64_t seed, unsigned int images);

#endif
