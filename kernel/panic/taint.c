/* SPDX-License-Identifier: MIT */
/* What has happened to this kernel that a reader of its messages should know. */
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/spinlock.h>

static unsigned long tainted_mask;	/* atomic bit operations; bits are never cleared */

/* One letter a flag, in the order of TAINT_*: set, not set. */
static const char taint_letters[TAINT_FLAGS_COUNT][2] = {
	"PG", "F ", "S ", "R ", "M ", "B ", "U ", "D ", "A ", "W ",
	"C ", "I ", "O ", "E ", "L ", "K ", "X ", "T ", "N ",
};

/**
 * print_tainted - the flags as text, for the headers of reports
 *
 * Context: any. Return: a text that stays; two callers at once see the same flags.
 */
const char *print_tainted(void)
{
	static char text[sizeof("Tainted: ") + TAINT_FLAGS_COUNT];
	unsigned long mask = READ_ONCE(tainted_mask);
	int i, len;

	if (!mask)
		return "Not tainted";
	len = sprintf(text, "Tainted: ");
	for (i = 0; i < TAINT_FLAGS_COUNT; i++)
		text[len + i] = taint_letters[i][!(mask & BIT(i))];
	text[len + i] = '\0';
	return text;
}

/**
 * add_taint - mark the kernel
 * @flag: TAINT_*
 * @lockdep_ok: whether the checks of locks can be trusted after it; they stay on here
 *
 * Context: any.
 */
void add_taint(unsigned int flag, enum lockdep_ok lockdep_ok)
{
	set_bit(flag, &tainted_mask);
}
EXPORT_SYMBOL(add_taint);

/**
 * test_taint - whether a mark is set
 * @flag: TAINT_*
 */
int test_taint(unsigned int flag)
{
	return test_bit(flag, &tainted_mask);
}
EXPORT_SYMBOL(test_taint);
