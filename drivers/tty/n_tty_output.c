/* SPDX-License-Identifier: MIT */
/*
 * Output of a terminal: what the settings make of a byte, and where the cursor then is.
 * POSIX.1-2017, 11.2.3 "Output Modes".
 *
 * A program's output waits until the driver has room. An echo can't wait, as the work that
 * makes it serves the input: what has no room is kept and goes before all that comes after.
 */
#include <linux/ctype.h>
#include <linux/minmax.h>
#include <linux/tty.h>

#define CONTINUES_UTF8(c)	(((c) & 0xc0) == 0x80)

/**
 * n_tty_send_pending - give the driver what had no room before
 * @tty: locked
 *
 * Return: true when nothing of it is left.
 */
bool n_tty_send_pending(struct tty_struct *tty)
{
	struct n_tty *n = &tty->n;

	while (!tty->stopped && n->pending_tail != n->pending_head) {
		unsigned int at = n->pending_tail % TTY_PENDING_SIZE;
		unsigned int len = min_t(unsigned int, n->pending_head - n->pending_tail, TTY_PENDING_SIZE - at);
		int sent = tty->driver->ops->write(tty, &n->pending[at], len);

		if (sent <= 0)
			return false;
		n->pending_tail += sent;
	}
	return n->pending_tail == n->pending_head;
}

/* How many bytes n_tty_put() is sure to send at once. */
unsigned int n_tty_room(struct tty_struct *tty)
{
	if (tty->stopped || !n_tty_send_pending(tty))
		return 0;
	return tty->driver->ops->write_room(tty);
}

static void send(struct tty_struct *tty, unsigned char c)
{
	struct n_tty *n = &tty->n;

	if (!tty->stopped && n_tty_send_pending(tty) && tty->driver->ops->write(tty, &c, 1) == 1)
		return;
	/* Full: somebody types at a line that does not move. It is the newest echo that goes. */
	if (n->pending_head - n->pending_tail < TTY_PENDING_SIZE)
		n->pending[n->pending_head++ % TTY_PENDING_SIZE] = c;
}

static void put_tab(struct tty_struct *tty)
{
	unsigned int width = 8 - tty->n.column % 8;

	tty->n.column += width;
	if (O_FLAG(tty, TABDLY) != XTABS) {
		send(tty, '\t');
		return;
	}
	while (width--)
		send(tty, ' ');
}

/**
 * n_tty_put - send one byte as the settings say
 * @tty: locked
 * @c: becomes up to 8 bytes
 */
void n_tty_put(struct tty_struct *tty, unsigned char c)
{
	struct n_tty *n = &tty->n;

	if (!O_FLAG(tty, OPOST)) {
		send(tty, c);
		return;
	}
	if (c == '\r' && O_FLAG(tty, ONOCR) && !n->column)
		return;
	if (c == '\r' && O_FLAG(tty, OCRNL)) {
		c = '\n';
		if (O_FLAG(tty, ONLRET))
			n->column = n->canon_column = 0;
		send(tty, c);
		return;
	}
	switch (c) {
	case '\n':
		if (O_FLAG(tty, ONLCR))
			send(tty, '\r');
		if (O_FLAG(tty, ONLCR | ONLRET))
			n->column = n->canon_column = 0;
		break;
	case '\r':
		n->column = n->canon_column = 0;
		break;
	case '\t':
		put_tab(tty);
		return;
	case '\b':
		if (n->column)
			n->column--;
		break;
	default:
		if (iscntrl(c))
			break;
		if (O_FLAG(tty, OLCUC))
			c = toupper(c);
		if (!(I_FLAG(tty, IUTF8) && CONTINUES_UTF8(c)))
			n->column++;
	}
	send(tty, c);
}

/*
 * Bytes that the settings let through as they are, and that move the cursor on, if at all, by one.
 */
static bool is_plain(struct tty_struct *tty, unsigned char c)
{
	return !O_FLAG(tty, OPOST) || (!iscntrl(c) && !O_FLAG(tty, OLCUC));
}

/**
 * n_tty_put_plain - send the plain bytes at the front of some, all at once
 * @tty: locked
 * @bytes: what is to be sent
 * @len: how many
 *
 * Return: how many were sent; n_tty_put() is for the next one, if there is room for it.
 */
unsigned int n_tty_put_plain(struct tty_struct *tty, const u8 *bytes, unsigned int len)
{
	unsigned int plain = 0, i;
	int sent;

	while (plain < len && is_plain(tty, bytes[plain]))
		plain++;
	if (!plain || tty->stopped || !n_tty_send_pending(tty))
		return 0;
	sent = tty->driver->ops->write(tty, bytes, plain);
	for (i = 0; (int)i < sent; i++)
		if (O_FLAG(tty, OPOST) && !(I_FLAG(tty, IUTF8) && CONTINUES_UTF8(bytes[i])))
			tty->n.column++;
	return i;
}

/* A byte of input shown: control characters as ^X where ECHOCTL is set. */
void n_tty_echo(struct tty_struct *tty, unsigned char c)
{
	if (L_FLAG(tty, ECHOCTL) && iscntrl(c) && c != '\t') {
		n_tty_put(tty, '^');
		n_tty_put(tty, c ^ 0x40);
	} else {
		n_tty_put(tty, c);
	}
}
