/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing a terminal: lines or bytes, and waiting for them.
 * POSIX.1-2017, 11.1.5 to 11.1.8.
 */
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/sched/signal.h>
#include <linux/tty.h>
#include <linux/uaccess.h>

/* Where the next line ends: one past its last byte. There is one. */
static unsigned int line_end(const struct n_tty *n)
{
	unsigned int at = n->tail;

	while (!test_bit(at % N_TTY_BUF_SIZE, n->ends) && at != n->canon_head - 1)
		at++;
	return at + 1;
}

static bool is_eof_mark(const struct n_tty *n, unsigned int at)
{
	return test_bit(at % N_TTY_BUF_SIZE, n->ends) && n->buf[at % N_TTY_BUF_SIZE] == __DISABLED_CHAR;
}

/**
 * n_tty_input_available - is there something to read?
 * @tty: locked
 * @poll: for poll(): with as many bytes as VMIN asks for, where no timer is set
 */
bool n_tty_input_available(struct tty_struct *tty, bool poll)
{
	struct n_tty *n = &tty->n;
	unsigned int least = poll && !tty->termios.c_cc[VTIME] ? tty->termios.c_cc[VMIN] : 1;

	if (L_FLAG(tty, ICANON))
		return n->canon_head != n->tail;
	return n->head - n->tail >= max(least, 1U);
}

/* FIONREAD: what a read would give; an end-of-file mark is no byte. */
unsigned int n_tty_chars_readable(struct tty_struct *tty)
{
	struct n_tty *n = &tty->n;
	unsigned int count = 0, at;

	if (!L_FLAG(tty, ICANON))
		return n->head - n->tail;
	for (at = n->tail; at != n->canon_head; at++)
		count += !is_eof_mark(n, at);
	return count;
}

/* @len bytes from the tail on to the program. Return: 0 or -EFAULT; the tail moves then too. */
static int copy_out(struct n_tty *n, char __user *buf, unsigned int len)
{
	unsigned int at = n->tail % N_TTY_BUF_SIZE, first = min(len, N_TTY_BUF_SIZE - at);

	n->tail += len;
	if (copy_to_user(buf, &n->buf[at], first) || copy_to_user(buf + first, n->buf, len - first))
		return -EFAULT;
	return 0;
}

/* One line, or as much of it as fits. Its end-of-file mark goes with it, and is not given out. */
static ssize_t copy_line(struct tty_struct *tty, char __user *buf, size_t count)
{
	struct n_tty *n = &tty->n;
	unsigned int len = line_end(n) - n->tail;
	bool eof = is_eof_mark(n, n->tail + len - 1);
	int err;

	len -= eof;
	if (len > count) {
		len = count;
		eof = false;
	}
	err = copy_out(n, buf, len);
	if (eof)
		n->tail++;
	return err ?: (ssize_t)len;
}

/* Taking something out made room: let the work go on with what waits in the port. */
static void made_room(struct tty_struct *tty)
{
	tty_flip_buffer_push(&tty->port);
}

struct read_state {
	size_t got;
	unsigned int least;	/* bytes that end the read */
	long patience;		/* jiffies to wait for the next */
	long between;		/* what to set it to after each byte; 0: leave it */
};

/* VMIN and VTIME; a line is waited for without end. */
static void set_patience(struct tty_struct *tty, struct read_state *r)
{
	long time = tty->termios.c_cc[VTIME] * HZ / 10;

	*r = (struct read_state){ .least = 1, .patience = MAX_SCHEDULE_TIMEOUT };
	if (L_FLAG(tty, ICANON))
		return;
	if (tty->termios.c_cc[VMIN]) {
		r->least = tty->termios.c_cc[VMIN];
		r->between = time;
	} else {
		r->patience = time;
	}
}

/* Takes what is there. Return: 1 to go on waiting, 0 done, or -errno. */
static int take_available(struct tty_struct *tty, char __user *buf, size_t count, struct read_state *r)
{
	struct n_tty *n = &tty->n;
	ssize_t len;

	if (L_FLAG(tty, ICANON)) {
		len = copy_line(tty, buf, count);
		if (len >= 0)
			r->got = len;
		return len < 0 ? len : 0;
	}
	len = min_t(size_t, n->head - n->tail, count - r->got);
	if (copy_out(n, buf + r->got, len))
		return -EFAULT;
	r->got += len;
	if (r->between)
		r->patience = r->between;
	return r->got < r->least && r->got < count;
}

/* Sleeps until something may have changed. Called and left with the lock held. */
static int wait_for_input(struct tty_struct *tty, unsigned int f_flags, struct read_state *r)
{
	DEFINE_WAIT(wait);

	if (!r->patience)
		return 0;
	if (f_flags & O_NONBLOCK)
		return -EAGAIN;
	if (signal_pending(current))
		return -ERESTARTSYS;
	prepare_to_wait(&tty->read_wait, &wait, TASK_INTERRUPTIBLE);
	mutex_unlock(&tty->lock);
	r->patience = schedule_timeout(r->patience);
	finish_wait(&tty->read_wait, &wait);
	mutex_lock(&tty->lock);
	return 1;
}

/**
 * n_tty_read - read a line, or bytes
 * @tf: the open terminal
 * @f_flags: O_NONBLOCK: do not wait
 * @buf: where to
 * @count: its size
 *
 * Context: may sleep.
 * Return: bytes, 0 at an end-of-file mark or after a hang-up, or with VTIME when none came in
 * time; -EAGAIN, -ERESTARTSYS, -EFAULT, -EIO (in the background and SIGTTIN can't be had).
 */
ssize_t n_tty_read(struct tty_file *tf, unsigned int f_flags, char __user *buf, size_t count)
{
	struct tty_struct *tty = tf->tty;
	struct read_state r;
	int go_on = tty_job_control_read(tty);

	if (go_on)
		return go_on;
	if (f_flags & O_NONBLOCK) {
		if (!mutex_trylock(&tty->read_lock))
			return -EAGAIN;
	} else if (mutex_lock_interruptible(&tty->read_lock)) {
		return -ERESTARTSYS;
	}
	mutex_lock(&tty->lock);
	set_patience(tty, &r);
	for (go_on = 1; go_on > 0 && !tty_hung_up(tf); ) {
		if (n_tty_input_available(tty, false)) {
			go_on = take_available(tty, buf, count, &r);
			made_room(tty);
		} else {
			go_on = wait_for_input(tty, f_flags, &r);
		}
	}
	mutex_unlock(&tty->lock);
	mutex_unlock(&tty->read_lock);
	return r.got ? (ssize_t)r.got : go_on < 0 ? go_on : 0;
}

/* As much of @bytes as there is room for. */
static unsigned int put_some(struct tty_struct *tty, const u8 *bytes, unsigned int len)
{
	unsigned int done = n_tty_put_plain(tty, bytes, len);

	while (done < len && n_tty_room(tty) >= N_TTY_ROOM) {
		n_tty_put(tty, bytes[done++]);
		done += n_tty_put_plain(tty, bytes + done, len - done);
	}
	return done;
}

static int wait_for_room(struct tty_struct *tty, unsigned int f_flags)
{
	DEFINE_WAIT(wait);

	if (f_flags & O_NONBLOCK)
		return -EAGAIN;
	if (signal_pending(current))
		return -ERESTARTSYS;
	prepare_to_wait(&tty->write_wait, &wait, TASK_INTERRUPTIBLE);
	/*
	 * The driver's interrupt makes room without our lock, and may have done so since we looked.
	 */
	if (n_tty_room(tty) < N_TTY_ROOM) {
		mutex_unlock(&tty->lock);
		schedule();
		mutex_lock(&tty->lock);
	}
	finish_wait(&tty->write_wait, &wait);
	return 0;
}

/* All of one chunk. Return: 0 or -errno, and in *@done what went out. */
static int write_chunk(struct tty_file *tf, unsigned int f_flags, const u8 *bytes, unsigned int len,
		       unsigned int *done)
{
	struct tty_struct *tty = tf->tty;
	int err = 0;

	mutex_lock(&tty->lock);
	for (*done = 0; !err; ) {
		if (tty_hung_up(tf)) {
			err = -EIO;
			break;
		}
		*done += put_some(tty, bytes + *done, len - *done);
		if (*done == len)
			break;
		err = wait_for_room(tty, f_flags);
	}
	mutex_unlock(&tty->lock);
	return err;
}

/**
 * n_tty_write - write bytes as the settings say
 * @tf: the open terminal
 * @f_flags: O_NONBLOCK: do not wait
 * @buf: the bytes
 * @count: how many
 *
 * Two writers' bytes do not mix.
 *
 * Context: may sleep.
 * Return: how many went out; -EAGAIN, -ERESTARTSYS, -EFAULT; -EIO after a hang-up.
 */
ssize_t n_tty_write(struct tty_file *tf, unsigned int f_flags, const char __user *buf, size_t count)
{
	struct tty_struct *tty = tf->tty;
	size_t done = 0;
	int err = L_FLAG(tty, TOSTOP) ? tty_job_control_write(tty) : 0;
	u8 chunk[256];

	if (err)
		return err;
	if (f_flags & O_NONBLOCK) {
		if (!mutex_trylock(&tty->write_lock))
			return -EAGAIN;
	} else if (mutex_lock_interruptible(&tty->write_lock)) {
		return -ERESTARTSYS;
	}
	while (done < count && !err) {
		unsigned int len = min_t(size_t, count - done, sizeof(chunk)), went;

		if (copy_from_user(chunk, buf + done, len)) {
			err = -EFAULT;
			break;
		}
		err = write_chunk(tf, f_flags, chunk, len, &went);
		done += went;
	}
	mutex_unlock(&tty->write_lock);
	return done ? (ssize_t)done : err;
}
