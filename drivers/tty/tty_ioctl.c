/* SPDX-License-Identifier: MIT */
/* Settings of a terminal: termios in its three forms, window size, flow, what is queued. */
#include <linux/sched/signal.h>
#include <linux/tty.h>
#include <linux/uaccess.h>

/* Speeds by their code in CBAUD. */
static const unsigned int speeds[] = {
	0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400,
}, fast_speeds[] = {
	0 /* B..EX: as said in numbers */, 57600, 115200, 230400, 460800, 500000, 576000, 921600,
	1000000, 1152000, 1500000, 2000000, 2500000, 3000000, 3500000, 4000000,
};

static speed_t speed_of(tcflag_t cflag, speed_t said)
{
	unsigned int code = cflag & 0xf;

	if (!(cflag & 0x1000))
		return speeds[code];
	return code ? fast_speeds[code] : said;
}

/* Waits until all is sent. Return: 0 or -ERESTARTSYS. */
static int wait_until_sent(struct tty_struct *tty)
{
	const struct tty_operations *ops = tty->driver->ops;

	return wait_event_interruptible(tty->write_wait,
		READ_ONCE(tty->n.pending_head) == READ_ONCE(tty->n.pending_tail) &&
		(!ops->chars_in_buffer || !ops->chars_in_buffer(tty)));
}

static void set_termios(struct tty_struct *tty, struct ktermios *new)
{
	struct ktermios old;

	mutex_lock(&tty->lock);
	old = tty->termios;
	new->c_ospeed = speed_of(new->c_cflag, new->c_ospeed);
	new->c_ispeed = new->c_ospeed;
	tty->termios = *new;
	if (tty->driver->ops->set_termios)
		tty->driver->ops->set_termios(tty, &old);
	n_tty_set_termios(tty, &old);
	mutex_unlock(&tty->lock);
}

enum termios_form { FORM_TERMIOS, FORM_TERMIOS2, FORM_TERMIO };

/* A form that lacks fields leaves those as they are in @t. */
static int get_form(struct ktermios *t, const void __user *arg, enum termios_form form)
{
	struct termio old;

	if (form == FORM_TERMIOS)
		return copy_from_user(t, arg, sizeof(struct termios)) ? -EFAULT : 0;
	if (form == FORM_TERMIOS2)
		return copy_from_user(t, arg, sizeof(struct termios2)) ? -EFAULT : 0;
	if (copy_from_user(&old, arg, sizeof(old)))
		return -EFAULT;
	t->c_iflag = (t->c_iflag & ~0xffffU) | old.c_iflag;
	t->c_oflag = (t->c_oflag & ~0xffffU) | old.c_oflag;
	t->c_cflag = (t->c_cflag & ~0xffffU) | old.c_cflag;
	t->c_lflag = (t->c_lflag & ~0xffffU) | old.c_lflag;
	t->c_line = old.c_line;
	memcpy(t->c_cc, old.c_cc, NCC);
	return 0;
}

static int put_form(struct tty_struct *tty, void __user *arg, enum termios_form form)
{
	struct ktermios t;
	struct termio old;

	mutex_lock(&tty->lock);
	t = tty->termios;
	mutex_unlock(&tty->lock);
	if (form == FORM_TERMIOS)
		return copy_to_user(arg, &t, sizeof(struct termios)) ? -EFAULT : 0;
	if (form == FORM_TERMIOS2)
		return copy_to_user(arg, &t, sizeof(struct termios2)) ? -EFAULT : 0;
	memset(&old, 0, sizeof(old));		/* there is a byte behind the last field */
	old.c_iflag = t.c_iflag;
	old.c_oflag = t.c_oflag;
	old.c_cflag = t.c_cflag;
	old.c_lflag = t.c_lflag;
	old.c_line = t.c_line;
	memcpy(old.c_cc, t.c_cc, NCC);
	return copy_to_user(arg, &old, sizeof(old)) ? -EFAULT : 0;
}

/* @wait: all is sent first. @flush: and what came in is dropped. */
static int set_form(struct tty_struct *tty, const void __user *arg, enum termios_form form,
		    bool wait, bool flush)
{
	struct ktermios new;
	int err = tty_check_change(tty);

	if (err)
		return err;
	mutex_lock(&tty->lock);
	new = tty->termios;
	mutex_unlock(&tty->lock);
	err = get_form(&new, arg, form);
	if (err)
		return err;
	if (wait && wait_until_sent(tty))
		return -ERESTARTSYS;
	if (flush) {
		mutex_lock(&tty->lock);
		n_tty_flush_input(tty);
		mutex_unlock(&tty->lock);
	}
	set_termios(tty, &new);
	return 0;
}

static int set_window(struct tty_struct *tty, const void __user *arg)
{
	struct winsize new;
	bool changed;

	if (copy_from_user(&new, arg, sizeof(new)))
		return -EFAULT;
	mutex_lock(&tty->lock);
	changed = memcmp(&new, &tty->winsize, sizeof(new));
	tty->winsize = new;
	mutex_unlock(&tty->lock);
	if (changed)
		tty_signal_foreground(tty, SIGWINCH);
	return 0;
}

static int get_window(struct tty_struct *tty, void __user *arg)
{
	struct winsize size;

	mutex_lock(&tty->lock);
	size = tty->winsize;
	mutex_unlock(&tty->lock);
	return copy_to_user(arg, &size, sizeof(size)) ? -EFAULT : 0;
}

static int flush(struct tty_struct *tty, unsigned long queue)
{
	int err = tty_check_change(tty);

	if (err)
		return err;
	if (queue > TCIOFLUSH)
		return -EINVAL;
	mutex_lock(&tty->lock);
	if (queue != TCOFLUSH)
		n_tty_flush_input(tty);
	if (queue != TCIFLUSH)
		n_tty_flush_output(tty);
	mutex_unlock(&tty->lock);
	wake_up_interruptible(&tty->write_wait);
	return 0;
}

/* tcflow(): hold or release our output; or ask the other side, by its characters. */
static int flow(struct tty_struct *tty, unsigned long action)
{
	const struct tty_operations *ops = tty->driver->ops;
	int err = tty_check_change(tty);
	u8 c;

	if (err)
		return err;
	if (action > TCION)
		return -EINVAL;
	mutex_lock(&tty->lock);
	if (action == TCOOFF || action == TCOON) {
		tty->stopped = action == TCOOFF;
		if (tty->stopped && ops->stop)
			ops->stop(tty);
		if (!tty->stopped && ops->start)
			ops->start(tty);
		n_tty_send_pending(tty);
	} else {
		c = tty->termios.c_cc[action == TCIOFF ? VSTOP : VSTART];
		if (c != __DISABLED_CHAR)
			ops->write(tty, &c, 1);
	}
	mutex_unlock(&tty->lock);
	wake_up_interruptible(&tty->write_wait);
	return 0;
}

static unsigned int queued(struct tty_struct *tty, bool output)
{
	const struct tty_operations *ops = tty->driver->ops;
	unsigned int count;

	mutex_lock(&tty->lock);
	if (output)
		count = tty->n.pending_head - tty->n.pending_tail +
			(ops->chars_in_buffer ? ops->chars_in_buffer(tty) : 0);
	else
		count = n_tty_chars_readable(tty);
	mutex_unlock(&tty->lock);
	return count;
}

static int set_exclusive(struct tty_struct *tty, bool exclusive)
{
	mutex_lock(&tty->lock);
	tty->exclusive = exclusive;
	mutex_unlock(&tty->lock);
	return 0;
}

/**
 * tty_mode_ioctl - what a program may ask of a terminal beside job control
 * @tty: the terminal
 * @cmd: TC* or TIOC*
 * @arg: its argument
 *
 * Context: may sleep.
 * Return: 0 or -errno; -ENOIOCTLCMD for a command that is none of these.
 */
long tty_mode_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	void __user *p = (void __user *)arg;

	switch (cmd) {
	case TCGETS:	return put_form(tty, p, FORM_TERMIOS);
	case TCGETS2:	return put_form(tty, p, FORM_TERMIOS2);
	case TCGETA:	return put_form(tty, p, FORM_TERMIO);
	case TCSETS:	return set_form(tty, p, FORM_TERMIOS, false, false);
	case TCSETSW:	return set_form(tty, p, FORM_TERMIOS, true, false);
	case TCSETSF:	return set_form(tty, p, FORM_TERMIOS, true, true);
	case TCSETS2:	return set_form(tty, p, FORM_TERMIOS2, false, false);
	case TCSETSW2:	return set_form(tty, p, FORM_TERMIOS2, true, false);
	case TCSETSF2:	return set_form(tty, p, FORM_TERMIOS2, true, true);
	case TCSETA:	return set_form(tty, p, FORM_TERMIO, false, false);
	case TCSETAW:	return set_form(tty, p, FORM_TERMIO, true, false);
	case TCSETAF:	return set_form(tty, p, FORM_TERMIO, true, true);
	case TIOCGWINSZ: return get_window(tty, p);
	case TIOCSWINSZ: return set_window(tty, p);
	case TCFLSH:	return flush(tty, arg);
	case TCXONC:	return flow(tty, arg);
	case TCSBRK: case TCSBRKP:	/* a line to a terminal that is none has no break to send */
		return tty_check_change(tty) ?: wait_until_sent(tty);
	case FIONREAD:	return put_user(queued(tty, false), (int __user *)p);
	case TIOCOUTQ:	return put_user(queued(tty, true), (int __user *)p);
	case TIOCEXCL:	return set_exclusive(tty, true);
	case TIOCNXCL:	return set_exclusive(tty, false);
	case TIOCGETD:	return put_user(N_TTY, (int __user *)p);
	case TIOCMGET:	return put_user(TIOCM_DTR | TIOCM_RTS | TIOCM_CAR | TIOCM_CTS | TIOCM_DSR,
					(int __user *)p);
	default:	return -ENOIOCTLCMD;
	}
}
