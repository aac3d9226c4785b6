/* SPDX-License-Identifier: MIT */
/* Waiting for a bit to clear, or for a change of something that has no queue of its own. */
#ifndef _LINUX_WAIT_BIT_H
#define _LINUX_WAIT_BIT_H

#include <linux/wait.h>
#include <linux/bitops.h>

typedef int wait_bit_action_f(int mode);
int bit_wait(int mode);
int bit_wait_io(int mode);

int __wait_on_bit_event(unsigned long *word, int bit, wait_bit_action_f *action, unsigned int mode,
			bool lock);
void wake_up_bit(void *word, int bit);
void wake_up_var(void *var);
struct wait_queue_head *__var_waitqueue(void *p);

/**
 * wait_on_bit - sleep until a bit is clear
 * @word: the word it is in
 * @bit: its number
 * @mode: TASK_* to sleep in
 *
 * Who clears it does so with clear_bit_unlock(), smp_mb__after_atomic(), wake_up_bit().
 *
 * Context: process, may sleep.
 * Return: 0, or -EINTR when @mode allows signals and one came.
 */
static inline int wait_on_bit(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_bit_acquire(bit, word))
		return 0;
	return __wait_on_bit_event(word, bit, bit_wait, mode, false);
}

static inline int wait_on_bit_lock(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_and_set_bit(bit, word))
		return 0;
	return __wait_on_bit_event(word, bit, bit_wait, mode, true);
}

static inline void clear_and_wake_up_bit(int bit, void *word)
{
	clear_bit_unlock(bit, word);
	smp_mb__after_atomic();		/* pairs with set_current_state() of the waiter */
	wake_up_bit(word, bit);
}

#define wait_var_event(var, condition)	wait_event(*__var_waitqueue(var), condition)
#define wait_var_event_killable(var, condition) \
	wait_event_killable(*__var_waitqueue(var), condition)
#define wait_var_event_interruptible(var, condition) \
	wait_event_interruptible(*__var_waitqueue(var), condition)
#define wait_var_event_timeout(var, condition, timeout) \
	wait_event_timeout(*__var_waitqueue(var), condition, timeout)

#endif
