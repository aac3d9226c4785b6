/* SPDX-License-Identifier: MIT */
/*
 * Input of a terminal: what a byte from the line means, and editing of the line that is being
 * typed. POSIX.1-2017, 11.1.5 to 11.1.9 and 11.2.2, with Linux's word erase, reprint and
 * literal next.
 *
 * Everything here runs in the terminal's work with its lock held.
 */
#include <linux/ctype.h>
#include <linux/signal.h>
#include <linux/tty.h>

#define CONTINUES_UTF8(c)	(((c) & 0xc0) == 0x80)

static u8 *byte_at(struct n_tty *n, unsigned int at)
{
	return &n->buf[at % N_TTY_BUF_SIZE];
}

static void put_byte(struct tty_struct *tty, unsigned char c)
{
	struct n_tty *n = &tty->n;

	*byte_at(n, n->head) = c;
	__clear_bit(n->head % N_TTY_BUF_SIZE, n->ends);
	n->head++;
}

/* The byte that ends a line: all up to it can be read now. */
static void put_line_end(struct tty_struct *tty, unsigned char c)
{
	struct n_tty *n = &tty->n;

	put_byte(tty, c);
	__set_bit((n->head - 1) % N_TTY_BUF_SIZE, n->ends);
	n->canon_head = n->head;
	n->lost = false;
}

static void finish_erasing(struct tty_struct *tty)
{
	if (tty->n.erasing) {
		n_tty_put(tty, '/');
		tty->n.erasing = false;
	}
}

/* How many columns the tab that was taken out at @head had: from where the text before it ends. */
static unsigned int width_of_tab(struct tty_struct *tty)
{
	struct n_tty *n = &tty->n;
	unsigned int at, column = n->canon_column;

	for (at = n->canon_head; at != n->head; at++) {
		u8 c = *byte_at(n, at);

		if (c == '\t')
			column += 8 - column % 8;
		else if (iscntrl(c))
			column += L_FLAG(tty, ECHOCTL) ? 2 : 0;
		else if (!(I_FLAG(tty, IUTF8) && CONTINUES_UTF8(c)))
			column++;
	}
	return 8 - column % 8;
}

static void rub_out(struct tty_struct *tty)
{
	n_tty_put(tty, '\b');
	n_tty_put(tty, ' ');
	n_tty_put(tty, '\b');
}

/* Byte @c, before which the line now ends, disappears from the screen. */
static void show_erased(struct tty_struct *tty, unsigned char c, int kind)
{
	if (L_FLAG(tty, ECHOPRT)) {
		if (!tty->n.erasing)
			n_tty_put(tty, '\\');
		tty->n.erasing = true;
		n_tty_echo(tty, c);
	} else if (kind == VERASE && !L_FLAG(tty, ECHOE)) {
		n_tty_echo(tty, tty->termios.c_cc[VERASE]);
	} else if (c == '\t') {
		for (unsigned int width = width_of_tab(tty); width; width--)
			n_tty_put(tty, '\b');
	} else if (!iscntrl(c)) {
		rub_out(tty);
	} else if (L_FLAG(tty, ECHOCTL)) {
		rub_out(tty);
		rub_out(tty);
	}
}

/* ^U where the terminal does not rub out: say so, and begin anew. */
static void kill_line(struct tty_struct *tty)
{
	tty->n.head = tty->n.canon_head;
	if (!L_FLAG(tty, ECHO))
		return;
	finish_erasing(tty);
	n_tty_echo(tty, tty->termios.c_cc[VKILL]);
	if (L_FLAG(tty, ECHOK))
		n_tty_put(tty, '\n');
}

/* One character (VERASE), one word (VWERASE) or the whole line (VKILL). */
static void erase(struct tty_struct *tty, int kind)
{
	struct n_tty *n = &tty->n;
	bool seen_word = false;

	if (kind == VKILL &&
	    (!L_FLAG(tty, ECHO) || !L_FLAG(tty, ECHOK) || !L_FLAG(tty, ECHOKE) || !L_FLAG(tty, ECHOE))) {
		kill_line(tty);
		return;
	}
	while (n->head != n->canon_head) {
		unsigned int at = n->head;
		u8 c;

		do {
			c = *byte_at(n, --at);
		} while (I_FLAG(tty, IUTF8) && CONTINUES_UTF8(c) && at != n->canon_head);
		if (kind == VWERASE) {
			bool word = isalnum(c) || c == '_';

			if (!word && seen_word)
				break;
			seen_word |= word;
		}
		n->head = at;
		if (L_FLAG(tty, ECHO))
			show_erased(tty, c, kind);
		if (kind == VERASE)
			break;
	}
	if (n->head == n->canon_head && L_FLAG(tty, ECHO))
		finish_erasing(tty);
}

static void reprint(struct tty_struct *tty)
{
	struct n_tty *n = &tty->n;

	finish_erasing(tty);
	n_tty_echo(tty, tty->termios.c_cc[VREPRINT]);
	n_tty_put(tty, '\n');
	n->canon_column = n->column;
	for (unsigned int at = n->canon_head; at != n->head; at++)
		n_tty_echo(tty, *byte_at(n, at));
}

/* A byte that is kept: shown, if it is to be, and put where the line goes on. */
static void take(struct tty_struct *tty, unsigned char c)
{
	struct n_tty *n = &tty->n;

	/* In a line, the last place is for what ends it. */
	if (L_FLAG(tty, ICANON) && n->head - n->tail >= N_TTY_BUF_SIZE - 1) {
		if (I_FLAG(tty, IMAXBEL) && !n->lost)
			n_tty_put(tty, '\a');
		n->lost = true;
		return;
	}
	if (L_FLAG(tty, ECHO)) {
		finish_erasing(tty);
		if (n->head == n->canon_head)
			n->canon_column = n->column;
		if (c == '\n')
			n_tty_put(tty, c);
		else
			n_tty_echo(tty, c);
	}
	if (c == 0xff && I_FLAG(tty, PARMRK))
		put_byte(tty, c);
	put_byte(tty, c);
}

/* Return: true when the byte was a signal. */
static bool take_signal(struct tty_struct *tty, unsigned char c)
{
	int sig = tty_is_cc(tty, VINTR, c) ? SIGINT : tty_is_cc(tty, VQUIT, c) ? SIGQUIT :
		  tty_is_cc(tty, VSUSP, c) ? SIGTSTP : 0;

	if (!sig)
		return false;
	if (!L_FLAG(tty, NOFLSH)) {
		n_tty_flush_input(tty);
		n_tty_flush_output(tty);
	}
	if (I_FLAG(tty, IXON))
		tty->stopped = false;
	if (L_FLAG(tty, ECHO))
		n_tty_echo(tty, c);
	tty_signal_foreground(tty, sig);
	return true;
}

/* Return: true when the byte held or released the output. */
static bool take_flow(struct tty_struct *tty, unsigned char c)
{
	bool stop = tty_is_cc(tty, VSTOP, c), start = tty_is_cc(tty, VSTART, c);

	if (!start && !stop)
		return false;
	if (start != stop || tty->stopped)	/* one character may do both, in turn */
		tty->stopped = stop && !start;
	else
		tty->stopped = true;
	return true;
}

/* Return: true when the byte edited the line or ended it. */
static bool take_line_byte(struct tty_struct *tty, unsigned char c)
{
	static const int erasers[] = { VERASE, VKILL, VWERASE };

	for (int i = 0; i < 3; i++) {
		if (tty_is_cc(tty, erasers[i], c) && (erasers[i] != VWERASE || L_FLAG(tty, IEXTEN))) {
			erase(tty, erasers[i]);
			return true;
		}
	}
	if (tty_is_cc(tty, VLNEXT, c) && L_FLAG(tty, IEXTEN)) {
		tty->n.lnext = true;
		if (L_FLAG(tty, ECHO)) {
			finish_erasing(tty);
			if (L_FLAG(tty, ECHOCTL)) {
				n_tty_put(tty, '^');
				n_tty_put(tty, '\b');
			}
		}
		return true;
	}
	if (tty_is_cc(tty, VREPRINT, c) && L_FLAG(tty, ECHO) && L_FLAG(tty, IEXTEN)) {
		reprint(tty);
		return true;
	}
	if (c == '\n') {
		if (L_FLAG(tty, ECHO | ECHONL)) {
			finish_erasing(tty);
			n_tty_put(tty, '\n');
		}
		put_line_end(tty, '\n');
		return true;
	}
	if (tty_is_cc(tty, VEOF, c)) {
		put_line_end(tty, __DISABLED_CHAR);
		return true;
	}
	if (tty_is_cc(tty, VEOL, c) || (tty_is_cc(tty, VEOL2, c) && L_FLAG(tty, IEXTEN))) {
		if (L_FLAG(tty, ECHO)) {
			if (tty->n.head == tty->n.canon_head)
				tty->n.canon_column = tty->n.column;
			n_tty_echo(tty, c);
		}
		put_line_end(tty, c);
		return true;
	}
	return false;
}

static void take_break(struct tty_struct *tty)
{
	if (I_FLAG(tty, IGNBRK))
		return;
	if (I_FLAG(tty, BRKINT)) {
		n_tty_flush_input(tty);
		n_tty_flush_output(tty);
		tty_signal_foreground(tty, SIGINT);
		return;
	}
	if (I_FLAG(tty, PARMRK)) {
		put_byte(tty, 0xff);
		put_byte(tty, 0);
	}
	put_byte(tty, 0);
}

static void take_error(struct tty_struct *tty, unsigned char c)
{
	if (I_FLAG(tty, IGNPAR))
		return;
	if (!I_FLAG(tty, INPCK)) {
		take(tty, c);
		return;
	}
	if (I_FLAG(tty, PARMRK)) {
		put_byte(tty, 0xff);
		put_byte(tty, 0);
		put_byte(tty, c);
	} else {
		put_byte(tty, 0);
	}
}

static void take_byte(struct tty_struct *tty, unsigned char c)
{
	if (I_FLAG(tty, ISTRIP))
		c &= 0x7f;
	if (I_FLAG(tty, IUCLC) && L_FLAG(tty, IEXTEN))
		c = tolower(c);
	if (tty->n.lnext) {
		tty->n.lnext = false;
		take(tty, c);
		return;
	}
	if (tty->stopped && I_FLAG(tty, IXON) && I_FLAG(tty, IXANY))
		tty->stopped = false;
	if (I_FLAG(tty, IXON) && take_flow(tty, c))
		return;
	if (L_FLAG(tty, ISIG) && take_signal(tty, c))
		return;
	if (c == '\r') {
		if (I_FLAG(tty, IGNCR))
			return;
		if (I_FLAG(tty, ICRNL))
			c = '\n';
	} else if (c == '\n' && I_FLAG(tty, INLCR)) {
		c = '\r';
	}
	if (L_FLAG(tty, ICANON) && take_line_byte(tty, c))
		return;
	take(tty, c);
}

/**
 * n_tty_receive - one byte came in
 * @tty: locked
 * @c: the byte
 * @flag: TTY_NORMAL, or what was wrong with it
 *
 * Context: the terminal's work.
 * Return: false when there is no room before somebody reads: offer it again then. A line
 * that nobody ended is not waited for; it loses what is too much.
 */
bool n_tty_receive(struct tty_struct *tty, unsigned char c, char flag)
{
	struct n_tty *n = &tty->n;
	bool can_be_read = !L_FLAG(tty, ICANON) || n->canon_head != n->tail;

	/* A byte may become three. */
	if (can_be_read && N_TTY_BUF_SIZE - (n->head - n->tail) < 4)
		return false;
	switch (flag) {
	case TTY_NORMAL:
		take_byte(tty, c);
		break;
	case TTY_BREAK:
		take_break(tty);
		break;
	case TTY_OVERRUN:
		break;		/* the driver counted it */
	default:
		take_error(tty, c);
	}
	return true;
}

void n_tty_flush_input(struct tty_struct *tty)
{
	struct n_tty *n = &tty->n;

	n->head = n->canon_head = n->tail = 0;
	n->lnext = n->erasing = n->lost = false;
	bitmap_zero(n->ends, N_TTY_BUF_SIZE);
}

void n_tty_flush_output(struct tty_struct *tty)
{
	tty->n.pending_tail = tty->n.pending_head;
	if (tty->driver->ops->flush_buffer)
		tty->driver->ops->flush_buffer(tty);
}

/* The settings changed: what was typed under the old ones can be read under the new. */
void n_tty_set_termios(struct tty_struct *tty, const struct ktermios *old)
{
	struct n_tty *n = &tty->n;

	if (!old || ((old->c_lflag ^ tty->termios.c_lflag) & ICANON)) {
		bitmap_zero(n->ends, N_TTY_BUF_SIZE);
		if (L_FLAG(tty, ICANON) && n->head != n->tail)
			__set_bit((n->head - 1) % N_TTY_BUF_SIZE, n->ends);
		n->canon_head = L_FLAG(tty, ICANON) ? n->head : n->tail;
		n->erasing = n->lnext = false;
	}
	if (!I_FLAG(tty, IXON) && old && (old->c_iflag & IXON))
		tty->stopped = false;
	wake_up_interruptible(&tty->read_wait);
	wake_up_interruptible(&tty->write_wait);
}

void n_tty_open(struct tty_struct *tty)
{
	memset(&tty->n, 0, sizeof(tty->n));
	tty->stopped = false;
}
