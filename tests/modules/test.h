/* SPDX-License-Identifier: MIT */
/*
 * What the modules of this folder share: a text that events are noted in, in the order in which
 * they come, and the frame of a module whose init does it all.
 */
#ifndef MODULES_TEST_H
#define MODULES_TEST_H

#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/spinlock.h>

static char notes[900];
static int notes_len;
static DEFINE_RAW_SPINLOCK(notes_lock);	/* guards both */

static __maybe_unused __printf(1, 2) void note(const char *fmt, ...)
{
	unsigned long flags;
	va_list args;

	va_start(args, fmt);
	raw_spin_lock_irqsave(&notes_lock, flags);
	notes_len += scnprintf(notes + notes_len, sizeof(notes) - notes_len, " ");
	notes_len += vscnprintf(notes + notes_len, sizeof(notes) - notes_len, fmt, args);
	raw_spin_unlock_irqrestore(&notes_lock, flags);
	va_end(args);
}

/* Print what was noted since the last time. */
static inline void show(const char *what)
{
	pr_info("%s:%s\n", what, notes_len ? notes : " nothing");
	notes_len = 0;
	notes[0] = 0;
}

/* Until the condition holds, sleeping; says so when it never does. */
#define eventually(cond)								\
	do {										\
		int __tries = 0;							\
											\
		while (!(cond) && ++__tries < 2000)					\
			msleep(4);							\
		if (__tries == 2000)							\
			pr_info("never came: %s\n", #cond);				\
	} while (0)

#define MODULE_TEST(fn)									\
	static int __init test_start(void)						\
	{										\
		fn();									\
		return 0;								\
	}										\
	static void __exit test_end(void)						\
	{										\
	}										\
	module_init(test_start);							\
	module_exit(test_end);								\
	MODULE_LICENSE("GPL")

#endif /* MODULES_TEST_H */
