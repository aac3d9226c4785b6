/* SPDX-License-Identifier: MIT */
/*
 * printk: format the message, cut it into records, store them, show them.
 *
 * Works from the first C code on and in any context. Storing takes no lock. Who stored
 * tries to become the one that shows (console.c); in an NMI, or when the caller said
 * deferred, an irq_work does that a moment later.
 */
#include <linux/console.h>
#include <linux/export.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "internals.h"

#define MESSAGE_MAX	1024	/* more is cut */
#define PIECES_MAX	16	/* more lines in one message are stored in several goes */

int oops_in_progress;		/* CPUs that report something fatal; changed by those alone */

static void show_later(struct irq_work *work)
{
	console_flush();
}
static DEFINE_PER_CPU(struct irq_work, show_work) = IRQ_WORK_INIT(show_later);

/* Who prints: continued lines are put together only if all of it came from one. */
static u32 caller_id(void)
{
	u32 context = in_nmi() ? 3 : in_hardirq() ? 2 : in_serving_softirq() ? 1 : 0;

	if (!context && current)
		return current->pid;
	return 0x80000000 | context << 24 | raw_smp_processor_id();
}

/* Store one message, line by line; a line longer than a record goes on in the next one. */
static void store_lines(const char *text, size_t len, int priority, bool cont, u64 ts)
{
	struct record_piece pieces[PIECES_MAX];
	u32 caller = caller_id();
	unsigned int n = 0;

	/* An empty message ends nothing and says nothing. */
	while (len) {
		const char *nl = memchr(text, '\n', len);
		size_t line = nl ? (size_t)(nl - text) : len;
		size_t piece = min_t(size_t, line, RECORD_TEXT_MAX);
		bool ends = nl && piece == line;

		pieces[n].text = text;
		pieces[n].len = piece;
		pieces[n].newline = ends;
		pieces[n].cont = cont;
		cont = !ends;
		text += piece + ends;
		len -= piece + ends;
		if (++n == PIECES_MAX) {
			ring_store(pieces, n, priority, ts, caller);
			n = 0;
		}
	}
	if (n)
		ring_store(pieces, n, priority, ts, caller);
}

static noinline int store_message(int facility, int level, const char *fmt, va_list args)
{
	u64 ts = local_clock();
	char buf[MESSAGE_MAX];
	char *text = buf;
	bool cont = false;
	int len, prefix;

	len = vscnprintf(buf, sizeof(buf), fmt, args);
	/*
	 * The level may come from the format or from a %s in front; the first one counts. A
	 * program's text is no more than that.
	 */
	while (!facility && (prefix = printk_get_level(text))) {
		if (prefix == 'c')
			cont = true;
		else if (level == LOGLEVEL_DEFAULT)
			level = prefix - '0';
		text += 2;
		len -= 2;
	}
	if (level == LOGLEVEL_DEFAULT)
		level = default_message_loglevel;
	store_lines(text, len, facility << 3 | level, cont, ts);
	return len;
}

/**
 * vprintk_emit - store a message and see that it is shown
 * @facility: 0 of the kernel, else as syslog numbers them
 * @level: LOGLEVEL_*; LOGLEVEL_DEFAULT takes it from the text; LOGLEVEL_SCHED: the same, and
 *	the consoles are left for later
 * @dev_info: which device it is about; not kept
 * @fmt: the format
 * @args: its arguments
 *
 * Context: any. Return: length of the text without levels.
 */
int vprintk_emit(int facility, int level, const struct dev_printk_info *dev_info, const char *fmt,
		 va_list args)
{
	bool later = in_nmi() || level == LOGLEVEL_SCHED;
	int len;

	if (level == LOGLEVEL_SCHED)
		level = LOGLEVEL_DEFAULT;
	preempt_disable_notrace();
	len = store_message(facility, level, fmt, args);
	log_stored();
	if (!later || oops_in_progress)
		console_flush();
	else if (system_state >= SYSTEM_SCHEDULING)
		irq_work_queue(this_cpu_ptr(&show_work));
	preempt_enable_notrace();
	return len;
}
EXPORT_SYMBOL(vprintk_emit);

int vprintk(const char *fmt, va_list args)
{
	return vprintk_emit(0, LOGLEVEL_DEFAULT, NULL, fmt, args);
}
EXPORT_SYMBOL(vprintk);

/**
 * _printk - what printk() calls
 * @fmt: the format, in front of it a KERN_ level
 *
 * Context: any. Return: length of the text without levels.
 */
int _printk(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vprintk(fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL(_printk);

int _printk_deferred(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vprintk_emit(0, LOGLEVEL_SCHED, NULL, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL(_printk_deferred);

DEFINE_RATELIMIT_STATE(printk_ratelimit_state, 5 * HZ, 10);

int __printk_ratelimit(const char *func)
{
	return ___ratelimit(&printk_ratelimit_state, func);
}
EXPORT_SYMBOL(__printk_ratelimit);

/* True at most once in @interval_msec; *@caller_jiffies remembers the last time. */
bool printk_timed_ratelimit(unsigned long *caller_jiffies, unsigned int interval_msec)
{
	unsigned long elapsed = jiffies - *caller_jiffies;

	if (*caller_jiffies && elapsed <= msecs_to_jiffies(interval_msec))
		return false;
	*caller_jiffies = jiffies;
	return true;
}
EXPORT_SYMBOL(printk_timed_ratelimit);
