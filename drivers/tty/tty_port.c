/* SPDX-License-Identifier: MIT */
/*
 * Between a driver's interrupt and the terminal: bytes go into a ring, and a work takes them
 * out, as what they mean (echo, editing, signals) may sleep.
 */
#include <linux/tty.h>

/**
 * tty_insert_flip_char - a byte came in
 * @port: where
 * @c: the byte
 * @flag: TTY_NORMAL, or what was wrong with it
 *
 * Context: any, one caller at a time for one port. tty_flip_buffer_push() sends it on.
 * Return: 1, or 0 when it was lost for want of room; that is counted.
 */
int tty_insert_flip_char(struct tty_port *port, unsigned char c, char flag)
{
	unsigned int head = port->head;

	if (head - smp_load_acquire(&port->tail) == TTY_FLIP_SIZE) {
		WRITE_ONCE(port->overruns, port->overruns + 1);
		return 0;
	}
	port->chars[head % TTY_FLIP_SIZE] = c;
	port->flags[head % TTY_FLIP_SIZE] = flag;
	smp_store_release(&port->head, head + 1);
	return 1;
}
EXPORT_SYMBOL(tty_insert_flip_char);

/* tty_flip_buffer_push - have the terminal look at what came in. Any context. */
void tty_flip_buffer_push(struct tty_port *port)
{
	queue_work(system_unbound_wq, &port->work);
}
EXPORT_SYMBOL(tty_flip_buffer_push);

/* The driver has sent something: there is room. Any context. */
void tty_wakeup(struct tty_struct *tty)
{
	wake_up_interruptible(&tty->write_wait);
	if (READ_ONCE(tty->n.pending_head) != READ_ONCE(tty->n.pending_tail))
		tty_flip_buffer_push(&tty->port);
}
EXPORT_SYMBOL(tty_wakeup);

static void start_or_stop(struct tty_struct *tty, bool was_stopped)
{
	const struct tty_operations *ops = tty->driver->ops;

	if (tty->stopped == was_stopped)
		return;
	if (tty->stopped) {
		if (ops->stop)
			ops->stop(tty);
	} else {
		if (ops->start)
			ops->start(tty);
		wake_up_interruptible(&tty->write_wait);
	}
}

static void receive_work(struct work_struct *work)
{
	struct tty_port *port = container_of(work, struct tty_port, work);
	struct tty_struct *tty = port->tty;

	mutex_lock(&tty->lock);
	while (port->tail != smp_load_acquire(&port->head)) {
		unsigned int at = port->tail % TTY_FLIP_SIZE;
		bool was_stopped = tty->stopped;

		if (!n_tty_receive(tty, port->chars[at], port->flags[at]))
			break;		/* the reader makes room and pushes */
		start_or_stop(tty, was_stopped);
		smp_store_release(&port->tail, port->tail + 1);
	}
	n_tty_send_pending(tty);
	if (n_tty_input_available(tty, false))
		wake_up_interruptible(&tty->read_wait);
	mutex_unlock(&tty->lock);
}

void tty_port_init(struct tty_port *port, struct tty_struct *tty)
{
	port->tty = tty;
	INIT_WORK(&port->work, receive_work);
}
