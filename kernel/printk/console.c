/* SPDX-License-Identifier: MIT */
/*
 * Consoles: who they are, and bringing the log out to them.
 *
 * The console lock is one word, so that it can be tried from any context. Who stores a
 * record and gets the lock shows everything that is due, looks again after letting go, and
 * so also shows what others stored meanwhile; who does not get it need not wait.
 *
 *	CPU 0					CPU 1
 *	shows records, sees no more
 *						stores a record
 *						tries the lock: taken, returns
 *	lets go of the lock
 *	looks again: sees it, tries the lock
 */
#include <linux/arch.h>
#include <linux/atomic.h>
#include <linux/console.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "internals.h"

/* Looks of a dying CPU at the lock before it writes without it: a tenth of a second or so. */
#define PANIC_TRIES	1000000

int console_printk[4] = {
	CONSOLE_LOGLEVEL_DEFAULT,
	MESSAGE_LOGLEVEL_DEFAULT,
	CONSOLE_LOGLEVEL_MIN,
	CONSOLE_LOGLEVEL_DEFAULT,
};
EXPORT_SYMBOL(console_printk);
bool ignore_loglevel;

static void early_write(struct console *con, const char *s, unsigned int count)
{
	while (count--)
		arch_early_putc(*s++);
}

/* What there is before any driver. */
static struct console early_console = {
	.name = "early",
	.write = early_write,
	.flags = CON_BOOT | CON_PRINTBUFFER | CON_ENABLED | CON_ANYTIME,
};

struct console *console_drivers = &early_console;

/* Holder's CPU + 1, 0 when free. Guards console_drivers and each console's place in the log. */
static atomic_t console_owner;

int console_trylock(void)
{
	int expected = 0;

	preempt_disable();
	if (atomic_try_cmpxchg_acquire(&console_owner, &expected, raw_smp_processor_id() + 1))
		return 1;
	preempt_enable();
	return 0;
}
EXPORT_SYMBOL(console_trylock);

/** console_lock - keep all others from the consoles; preemption is off meanwhile */
void console_lock(void)
{
	spin_until(console_trylock());
}
EXPORT_SYMBOL(console_lock);

int is_console_locked(void)
{
	return atomic_read(&console_owner) != 0;
}
EXPORT_SYMBOL(is_console_locked);

static void release(void)
{
	atomic_set_release(&console_owner, 0);
	preempt_enable();
}

/** console_unlock - show what came meanwhile and let go */
void console_unlock(void)
{
	release();
	console_flush();
}
EXPORT_SYMBOL(console_unlock);

/* One record on one console. */
static void show_record(struct console *con, const struct printk_info *info, const char *text)
{
	char line[RECORD_TEXT_MAX + 32];
	size_t len = 0;
	bool joins = continues_line(info, con->line_open, con->line_caller);
	bool hidden = joins ? con->line_hidden :
			      info->level >= console_loglevel && !ignore_loglevel;

	if (con->line_open && !con->line_hidden && !joins)
		line[len++] = '\n';
	if (!hidden) {
		if (!joins)
			len += format_prefix(line + len, sizeof(line) - len, info, false);
		memcpy(line + len, text, info->text_len);
		len += info->text_len;
		if (info->newline)
			line[len++] = '\n';
	}
	con->line_open = !info->newline;
	con->line_hidden = hidden;
	con->line_caller = info->caller;
	if (len)
		con->write(con, line, len);
}

static void say_dropped(struct console *con)
{
	char line[64];

	if (!con->dropped)
		return;
	con->write(con, line, scnprintf(line, sizeof(line), "** %lu printk messages dropped **\n",
					con->dropped));
	con->dropped = 0;
}

/* Everything that is complete, on one console. */
static void show_all(struct console *con)
{
	struct printk_info info;
	char text[RECORD_TEXT_MAX];

	for (;;) {
		u64 first = ring_first();

		if (con->seq < first) {
			con->dropped += first - con->seq;
			con->seq = first;
		}
		switch (ring_read(con->seq, &info, text)) {
		case RING_NOT_YET:
			/* When dying, do not wait for a writer that may be stopped half-way. */
			if (!oops_in_progress || con->seq >= ring_next())
				return;
			fallthrough;
		case RING_GONE:
			con->dropped++;
			break;
		case RING_READ:
			say_dropped(con);
			show_record(con, &info, text);
			break;
		}
		con->seq++;
	}
}

static void show_on_all(void)
{
	struct console *con;

	for_each_console(con) {
		if ((con->flags & CON_ENABLED) && con->write)
			show_all(con);
	}
}

/* Whether a complete record waits that an enabled console has not shown. Without the lock. */
static bool more_to_show(void)
{
	u64 next = ring_next();
	struct printk_info info;
	char text[RECORD_TEXT_MAX];

	for (struct console *con = READ_ONCE(console_drivers); con; con = READ_ONCE(con->next)) {
		u64 seq = READ_ONCE(con->seq);

		if ((con->flags & CON_ENABLED) && seq < next &&
		    ring_read(seq, &info, text) != RING_NOT_YET)
			return true;
	}
	return false;
}

/*
 * A CPU that is dying writes in the end, lock or no lock: the holder may be stopped, or be
 * this CPU itself, interrupted. An owner once waited for in vain is not waited for again.
 */
static void show_by_force(void)
{
	static int dead_owner;		/* dying CPUs only, one at a time */
	int owner, tries = PANIC_TRIES;

	while ((owner = atomic_read(&console_owner)) && owner != raw_smp_processor_id() + 1 &&
	       owner != dead_owner && tries--)
		cpu_relax();
	if (!owner && console_trylock()) {
		show_on_all();
		release();
		return;
	}
	dead_owner = owner;
	show_on_all();
}

/* Show what is due, unless somebody else is at it. Any context but NMI (dying excepted). */
void console_flush(void)
{
	do {
		if (!console_trylock()) {
			if (oops_in_progress)
				show_by_force();
			return;
		}
		show_on_all();
		release();
		smp_mb();	/* letting go before looking; a writer stores before trying */
	} while (more_to_show());
}

/** console_flush_all - show everything that is stored */
void console_flush_all(void)
{
	console_flush();
}
EXPORT_SYMBOL(console_flush_all);

void console_stop(struct console *con)
{
	console_lock();
	con->flags &= ~CON_ENABLED;
	console_unlock();
}
EXPORT_SYMBOL(console_stop);

void console_start(struct console *con)
{
	console_lock();
	con->flags |= CON_ENABLED;
	console_unlock();
}
EXPORT_SYMBOL(console_start);
