/* SPDX-License-Identifier: MIT */
/*
 * Waiting for a bit, or for a variable: things too small to have a wait queue of their own.
 *
 * They share a table of queues. Waiters of different things may meet in one queue, so a wake-up
 * says for what it is, by address and bit, and passes over the others.
 */
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/wait_bit.h>
#include "internals.h"

#define TABLE_BITS	6
#define NO_BIT		(-1)

struct bit_waiter {
	void			*word;
	int			bit;
	struct wait_queue_entry	wait;
};

static struct wait_queue_head table[1 << TABLE_BITS];

static int __init wait_bit_init(void)
{
	for (int i = 0; i < 1 << TABLE_BITS; i++)
		init_waitqueue_head(&table[i]);
	return 0;
}
pure_initcall(wait_bit_init);

static struct wait_queue_head *queue_of(void *word)
{
	return &table[hash_ptr(word, TABLE_BITS)];
}

static int wake_bit_function(struct wait_queue_entry *wait, unsigned int mode, int sync, void *arg)
{
	struct bit_waiter *waiter = container_of(wait, struct bit_waiter, wait);
	const struct bit_waiter *key = arg;

	if (waiter->word != key->word || waiter->bit != key->bit ||
	    (key->bit != NO_BIT && test_bit(key->bit, key->word)))
		return 0;
	return autoremove_wake_function(wait, mode, sync, arg);
}

/**
 * bit_wait - sleep once
 * @mode: the state the caller has set
 *
 * Return: 0; -EINTR when a signal is pending that @mode allows.
 */
int bit_wait(int mode)
{
	schedule();
	return signal_pending_state(mode, current) ? -EINTR : 0;
}
EXPORT_SYMBOL(bit_wait);

int bit_wait_io(int mode)
{
	io_schedule();
	return signal_pending_state(mode, current) ? -EINTR : 0;
}
EXPORT_SYMBOL(bit_wait_io);

/* Sleep until the bit is clear; with @lock set it before anyone else does. See wait_on_bit(). */
int __wait_on_bit_event(unsigned long *word, int bit, wait_bit_action_f *action, unsigned int mode,
			bool lock)
{
	struct wait_queue_head *wq_head = queue_of(word);
	struct bit_waiter waiter = { .word = word, .bit = bit };
	int ret = 0;

	init_wait_entry(&waiter.wait, lock ? WQ_FLAG_EXCLUSIVE : 0);
	waiter.wait.func = wake_bit_function;
	for (;;) {
		if (lock)
			prepare_to_wait_exclusive(wq_head, &waiter.wait, mode);
		else
			prepare_to_wait(wq_head, &waiter.wait, mode);
		/* The bit decides: clear, with a signal as well, the wait has succeeded. */
		if (lock ? !test_and_set_bit(bit, word) : !test_bit_acquire(bit, word)) {
			ret = 0;
			break;
		}
		if (ret)
			break;
		ret = action(mode);
	}
	finish_wait(wq_head, &waiter.wait);
	return ret;
}
EXPORT_SYMBOL(__wait_on_bit_event);

/**
 * wake_up_bit - wake those that wait for a bit which has been cleared
 * @word: its word
 * @bit: its number
 *
 * A full barrier must stand between the clearing and this, as it first looks without a lock
 * whether anybody waits. Context: any but NMI.
 */
void wake_up_bit(void *word, int bit)
{
	struct wait_queue_head *wq_head = queue_of(word);
	struct bit_waiter key = { .word = word, .bit = bit };

	if (waitqueue_active(wq_head))
		__wake_up(wq_head, TASK_NORMAL, 0, &key);
}
EXPORT_SYMBOL(wake_up_bit);

/* wait_var_event() uses a plain wait_event: its waiters look for themselves. */
struct wait_queue_head *__var_waitqueue(void *p)
{
	return queue_of(p);
}
EXPORT_SYMBOL(__var_waitqueue);

void wake_up_var(void *var)
{
	struct wait_queue_head *wq_head = queue_of(var);

	if (waitqueue_active(wq_head))
		__wake_up(wq_head, TASK_NORMAL, 0, &(struct bit_waiter){ .word = var, .bit = NO_BIT });
}
EXPORT_SYMBOL(wake_up_var);
