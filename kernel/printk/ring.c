/* SPDX-License-Identifier: MIT */
/*
 * The ring of log records: any number of writers in any context, NMIs included, without a
 * lock; any number of readers, who find out when a record is overwritten under them.
 *
 * A writer takes as many numbers as it needs with one addition to ring_head; number n lives
 * in slot n % RING_SLOTS. Each slot's state tells whose it is:
 *
 *	0		never used
 *	2n + 2		writer n is at work
 *	2n + 3		record n is complete
 *
 *	writer					reader
 *	state: 2n + 2 by compare-exchange	state == 2n + 3?  (acquire)
 *	text					copy text
 *	state = 2n + 3  (release)		state unchanged?  (after a read barrier)
 *
 * A writer that finds its slot still being written by one a whole ring older (which was
 * interrupted for as long) leaves its record out; the reader passes over the hole when the
 * ring has gone round.
 */
#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "internals.h"

#define RING_SLOTS	1024
#define WRITING(seq)	(2 * (seq) + 2)
#define COMPLETE(seq)	(2 * (seq) + 3)

struct slot {
	atomic64_t	state;
	u64		ts_nsec;	/* from here on: the writer, while WRITING */
	u32		caller;
	u16		len;
	u8		facility;
	u8		level : 3;
	u8		newline : 1;
	u8		cont : 1;
	char		text[RECORD_TEXT_MAX];
};

static struct slot ring[RING_SLOTS];
static atomic64_t ring_head;		/* number of the next record */

static_assert(sizeof(struct slot) == 240 && (RING_SLOTS & (RING_SLOTS - 1)) == 0);

static bool slot_claim(struct slot *slot, u64 seq)
{
	s64 old = atomic64_read(&slot->state);

	do {
		/* Being written, or already of a later round. */
		if ((old && !(old & 1)) || old > (s64)WRITING(seq))
			return false;
	} while (!atomic64_try_cmpxchg(&slot->state, &old, WRITING(seq)));
	/* Readers that still copy the old record must see the state before the new text. */
	smp_wmb();
	return true;
}

/**
 * ring_store - append records, next to each other
 * @pieces: their texts
 * @count: how many
 * @priority: of all of them: facility and level as syslog has them, the level in three bits
 * @ts_nsec: time of all of them
 * @caller: see struct printk_info
 *
 * Context: any, NMI included.
 */
void ring_store(const struct record_piece *pieces, unsigned int count, int priority, u64 ts_nsec,
		u32 caller)
{
	u64 seq = atomic64_fetch_add(count, &ring_head);

	for (unsigned int i = 0; i < count; i++, seq++) {
		struct slot *slot = &ring[seq % RING_SLOTS];

		if (!slot_claim(slot, seq))
			continue;
		slot->ts_nsec = ts_nsec;
		slot->caller = caller;
		slot->facility = priority >> 3;
		slot->level = priority & 7;
		slot->newline = pieces[i].newline;
		slot->cont = pieces[i].cont;
		slot->len = min_t(u16, pieces[i].len, RECORD_TEXT_MAX);
		memcpy(slot->text, pieces[i].text, slot->len);
		atomic64_set_release(&slot->state, COMPLETE(seq));
	}
}

u64 ring_next(void)
{
	return atomic64_read(&ring_head);
}

/* The oldest record that may still be there. */
u64 ring_first(void)
{
	u64 next = ring_next();

	return next > RING_SLOTS ? next - RING_SLOTS : 0;
}

/**
 * ring_read - copy a record out
 * @seq: its number
 * @info: filled in
 * @text: RECORD_TEXT_MAX bytes of room; not ended by a NUL
 *
 * Context: any.
 */
enum ring_state ring_read(u64 seq, struct printk_info *info, char *text)
{
	struct slot *slot = &ring[seq % RING_SLOTS];

	if (seq >= ring_next())
		return RING_NOT_YET;
	if (atomic64_read_acquire(&slot->state) != (s64)COMPLETE(seq))
		return seq < ring_first() ? RING_GONE : RING_NOT_YET;
	info->seq = seq;
	info->ts_nsec = slot->ts_nsec;
	info->caller = slot->caller;
	info->facility = slot->facility;
	info->level = slot->level;
	info->newline = slot->newline;
	info->cont = slot->cont;
	info->text_len = min_t(u16, slot->len, RECORD_TEXT_MAX);
	memcpy(text, slot->text, info->text_len);
	smp_rmb();	/* pairs with slot_claim() */
	return atomic64_read(&slot->state) == (s64)COMPLETE(seq) ? RING_READ : RING_GONE;
}

/** printk_first_seq - number of the oldest record that may be there */
u64 printk_first_seq(void)
{
	return ring_first();
}

/** printk_next_seq - number that the next record will have */
u64 printk_next_seq(void)
{
	return ring_next();
}
