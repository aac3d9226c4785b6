/* SPDX-License-Identifier: MIT */
/* The serial ports as terminals: /dev/ttyS0, /dev/ttyS1. */
#include <linux/init.h>
#include <linux/tty.h>
#include "8250.h"

static struct uart *port_of(struct tty_struct *tty)
{
	return &uart_ports[tty->index];
}

/* A byte from the interrupt, with the port's lock held. @lsr says what was wrong with it. */
void uart_tty_receive(struct uart *u, u8 c, u8 lsr)
{
	char flag = lsr & LSR_BI ? TTY_BREAK : lsr & LSR_PE ? TTY_PARITY : lsr & LSR_FE ? TTY_FRAME : TTY_NORMAL;

	if (!tty_insert_flip_char(&u->tty->port, c, flag))
		u->dropped++;
}

/* What was typed before anybody listened is the terminal's. */
static int open_port(struct tty_struct *tty, struct file *file)
{
	struct uart *u = port_of(tty);
	u8 c;

	if (!u->open)
		return -ENXIO;
	spin_lock_irq(&u->lock);
	u->tty = tty;
	while (uart_take_byte(u, &c))
		uart_tty_receive(u, c, 0);
	spin_unlock_irq(&u->lock);
	tty_flip_buffer_push(&tty->port);
	return 0;
}

static int write_port(struct tty_struct *tty, const unsigned char *buf, int count)
{
	struct uart *u = port_of(tty);
	int i;

	spin_lock_irq(&u->lock);
	for (i = 0; i < count && u->tx_head - u->tx_tail < TX_RING; i++)
		u->tx_ring[u->tx_head++ % TX_RING] = buf[i];
	/* Enabling the interrupt with the transmitter empty raises it at once. */
	if (i && !u->tx_stopped)
		uart_set_ier(u, u->ier | IER_THRI);
	spin_unlock_irq(&u->lock);
	return i;
}

static unsigned int chars_in_port(struct tty_struct *tty)
{
	struct uart *u = port_of(tty);

	return READ_ONCE(u->tx_head) - READ_ONCE(u->tx_tail);
}

static unsigned int room_in_port(struct tty_struct *tty)
{
	return TX_RING - chars_in_port(tty);
}

static void flush_port(struct tty_struct *tty)
{
	struct uart *u = port_of(tty);

	spin_lock_irq(&u->lock);
	u->tx_tail = u->tx_head;
	spin_unlock_irq(&u->lock);
}

static void stop_port(struct tty_struct *tty)
{
	struct uart *u = port_of(tty);

	spin_lock_irq(&u->lock);
	u->tx_stopped = true;
	uart_set_ier(u, u->ier & ~IER_THRI);
	spin_unlock_irq(&u->lock);
}

static void start_port(struct tty_struct *tty)
{
	struct uart *u = port_of(tty);

	spin_lock_irq(&u->lock);
	u->tx_stopped = false;
	if (u->tx_head != u->tx_tail)
		uart_set_ier(u, u->ier | IER_THRI);
	spin_unlock_irq(&u->lock);
}

static void close_port(struct tty_struct *tty, struct file *file)
{
	struct uart *u = port_of(tty);

	start_port(tty);
	spin_lock_irq(&u->lock);
	u->tty = NULL;
	spin_unlock_irq(&u->lock);
}

static const struct tty_operations port_ops = {
	.open = open_port,
	.close = close_port,
	.write = write_port,
	.write_room = room_in_port,
	.chars_in_buffer = chars_in_port,
	.flush_buffer = flush_port,
	.stop = stop_port,
	.start = start_port,
};

static struct tty_driver driver = {
	.driver_name = "serial",
	.name = "ttyS",
	.major = TTY_MAJOR,
	.minor_start = 64,
	.num = UART_PORTS,
	.ops = &port_ops,
};

struct tty_driver *uart_tty_driver(void)
{
	return &driver;
}

int __init uart_tty_init(void)
{
	driver.init_termios = tty_std_termios;
	driver.init_termios.c_cflag = B115200 | CS8 | CREAD | HUPCL | CLOCAL;
	driver.init_termios.c_ispeed = driver.init_termios.c_ospeed = 115200;
	return tty_register_driver(&driver);
}
