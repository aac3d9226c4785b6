/* SPDX-License-Identifier: MIT */
/*
 * The serial port as the kernel's console, and as the line of its prompt.
 *
 * Messages are written by polling; they first drain what waits to be sent, so that the
 * order is kept. The prompt reads and writes by interrupt, and by polling when everything
 * else is stopped.
 */
#include <linux/console.h>
#include <linux/init.h>
#include <linux/kdb.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/tty.h>
#include "8250.h"

static struct uart *console_port;	/* fixed once uart_console_start() has run */

static void console_write(struct console *con, const char *s, unsigned int n)
{
	struct uart *u = con->data;
	unsigned long flags;
	bool locked = true;

	/* In a panic the CPU that held the lock may be stopped: write all the same. */
	if (oops_in_progress)
		locked = spin_trylock_irqsave(&u->lock, flags);
	else
		spin_lock_irqsave(&u->lock, flags);
	uart_drain_polled(u);
	while (n--) {
		if (*s == '\n')
			uart_put_polled(u, '\r');
		uart_put_polled(u, *s++);
	}
	if (locked)
		spin_unlock_irqrestore(&u->lock, flags);
}

static int console_setup(struct console *con, char *options)
{
	struct uart *u;

	if (con->index < 0)
		con->index = 0;
	if (con->index >= UART_PORTS || !uart_ports[con->index].present)
		return -ENODEV;
	u = &uart_ports[con->index];
	uart_set_line(u, options ? simple_strtoul(options, NULL, 10) : BAUD_BASE);
	u->set_up = true;
	con->data = u;
	console_port = u;
	return 0;
}

static struct tty_driver *console_device(struct console *con, int *index)
{
	*index = con->index;
	return uart_tty_driver();
}

static struct console uart_console = {
	.name = "ttyS",
	.write = console_write,
	.device = console_device,
	.setup = console_setup,
	.flags = CON_PRINTBUFFER,
	.index = -1,
};

void __init uart_console_init(void)
{
	for (unsigned int i = 0; i < UART_PORTS; i++) {
		if (uart_ports[i].present) {
			register_console(&uart_console);
			return;
		}
	}
}

/* ---- The prompt's line ---------------------------------------------------------------- */

/* Bytes into the transmit ring, "\n" as "\r\n"; sleeps while it is full. */
static void kdb_write_wait(const char *s, size_t n)
{
	struct uart *u = console_port;

	while (u && n) {
		spin_lock_irq(&u->lock);
		while (n && TX_RING - (u->tx_head - u->tx_tail) >= 2) {
			if (*s == '\n')
				u->tx_ring[u->tx_head++ % TX_RING] = '\r';
			u->tx_ring[u->tx_head++ % TX_RING] = *s++;
			n--;
		}
		/* Enabling the interrupt with the transmitter empty raises it at once. */
		uart_set_ier(u, u->ier | IER_THRI);
		spin_unlock_irq(&u->lock);
		if (n)
			wait_event_interruptible(u->writers,
				READ_ONCE(u->tx_head) - READ_ONCE(u->tx_tail) <= TX_RING / 2);
	}
}

static int kdb_read_wait(void)
{
	struct uart *u = console_port;
	bool got;
	u8 c;

	for (;;) {
		spin_lock_irq(&u->lock);
		got = uart_take_byte(u, &c);
		spin_unlock_irq(&u->lock);
		if (got)
			return c;
		wait_event_interruptible(u->readers,
			READ_ONCE(u->rx_head) != READ_ONCE(u->rx_tail));
	}
}

/* Everything else is stopped: the ring first, then the chip, with no lock. */
static int kdb_read_poll(void)
{
	struct uart *u = console_port;
	u8 c;

	if (uart_take_byte(u, &c))
		return c;
	return uart_line_status(u) & LSR_DR ? uart_in(u, UART_RX) : -1;
}

static void kdb_write_poll(const char *s, size_t n)
{
	console_write(&uart_console, s, n);
}

static const struct kdb_io uart_kdb_io = {
	.name = "ttyS",
	.read_wait = kdb_read_wait,
	.write_wait = kdb_write_wait,
	.read_poll = kdb_read_poll,
	.write_poll = kdb_write_poll,
};

/* The interrupts work: the prompt may use the console's port. */
void __init uart_console_start(void)
{
	/* No console= that means a serial port: the prompt still wants a line. */
	if (!console_port && uart_ports[0].present)
		console_port = &uart_ports[0];
	if (console_port && console_port->open)
		kdb_register_io(&uart_kdb_io);
}
