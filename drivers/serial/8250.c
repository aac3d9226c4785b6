/* SPDX-License-Identifier: MIT */
/*
 * The 16550 serial port of a PC: interrupt-driven both ways.
 *
 * National Semiconductor PC16550D data sheet, "Registers" and "FIFO Interrupt Mode
 * Operation". Received bytes go to the terminal that has the port open, else into a ring that
 * the kernel's prompt empties; bytes to send wait in a ring that the transmitter-empty
 * interrupt drains, 16 at a time. Kernel messages are written by polling, since they must
 * come out whatever state the machine is in (8250_console.c).
 *
 * A break on the line followed by a key is a SysRq.
 */
#include <linux/console.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kdb.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/sysrq.h>
#include <linux/tty.h>
#include "8250.h"

struct uart uart_ports[UART_PORTS] = {
	{ .base = 0x3f8, .irq = 4 },
	{ .base = 0x2f8, .irq = 3 },
};

/* The line status. Reading clears what it says of a break: keep that for receive_byte(). */
u8 uart_line_status(struct uart *u)
{
	u8 lsr = uart_in(u, UART_LSR);

	if (lsr & LSR_BI)
		u->break_seen = true;
	return lsr;
}

/* Bounded: a line that nobody drains must not stop the kernel. */
static void wait_for_thre(struct uart *u)
{
	unsigned int tries = 100000;

	while (!(uart_line_status(u) & LSR_THRE) && --tries)
		cpu_relax();
}

void uart_put_polled(struct uart *u, char c)
{
	wait_for_thre(u);
	uart_out(u, UART_TX, c);
	u->tx++;
}

/* The transmitter is empty: give it what its FIFO holds. Returns false when none is left. */
static bool send_some(struct uart *u)
{
	unsigned int room = FIFO_SIZE;

	while (room-- && u->tx_tail != u->tx_head) {
		uart_out(u, UART_TX, u->tx_ring[u->tx_tail++ % TX_RING]);
		u->tx++;
	}
	return u->tx_tail != u->tx_head;
}

void uart_drain_polled(struct uart *u)
{
	while (u->tx_tail != u->tx_head)
		uart_put_polled(u, u->tx_ring[u->tx_tail++ % TX_RING]);
}

static void keep_byte(struct uart *u, u8 c, u8 lsr)
{
	if (u->tty)
		uart_tty_receive(u, c, lsr);
	else if (u->rx_head - u->rx_tail == RX_RING)
		u->dropped++;
	else
		u->rx_ring[u->rx_head++ % RX_RING] = c;
}

bool uart_take_byte(struct uart *u, u8 *c)
{
	if (u->rx_tail == u->rx_head)
		return false;
	*c = u->rx_ring[u->rx_tail++ % RX_RING];
	return true;
}

/*
 * One byte came in. A break is a byte of zero that the line status announced, some time
 * before. After it the next byte is a SysRq key, handled without the lock, since what it
 * prints takes it; a second break is one for the terminal. Returns the key or 0.
 */
static char receive_byte(struct uart *u, u8 lsr)
{
	char c = uart_in(u, UART_RX);
	unsigned long until = u->break_until;
	bool in_time = until && time_before(jiffies, until);

	if (lsr & LSR_OE)
		u->overruns++;
	u->break_until = 0;
	if (u->break_seen && !c) {
		u->break_seen = false;
		u->brk++;
		if (in_time)
			keep_byte(u, 0, LSR_BI);
		else
			u->break_until = (jiffies + SYSRQ_WINDOW) | 1;
		return 0;
	}
	u->rx++;
	if (in_time && c)
		return c;
	keep_byte(u, c, lsr & ~LSR_BI);
	return 0;
}

static irqreturn_t uart_interrupt(int irq, void *dev)
{
	struct uart *u = dev;
	struct tty_struct *tty;
	bool got = false, sent = false;
	char sysrq = 0;
	u8 lsr;

	spin_lock(&u->lock);
	tty = u->tty;
	if (uart_in(u, UART_IIR) & IIR_NO_INT) {
		spin_unlock(&u->lock);
		return IRQ_NONE;
	}
	while (((lsr = uart_line_status(u)) & (LSR_DR | LSR_BI)) && !sysrq) {
		sysrq = receive_byte(u, lsr);
		got = true;
	}
	if ((u->ier & IER_THRI) && (lsr & LSR_THRE)) {
		sent = true;
		if (!send_some(u))
			uart_set_ier(u, u->ier & ~IER_THRI);
	}
	spin_unlock(&u->lock);
	/* A terminal outlives its being open: the pointer stays good. */
	if (tty && got)
		tty_flip_buffer_push(&tty->port);
	if (tty && sent)
		tty_wakeup(tty);
	if (got)
		wake_up_interruptible(&u->readers);
	if (sent)
		wake_up_interruptible(&u->writers);
	if (sysrq)
		handle_sysrq(sysrq);
	return IRQ_HANDLED;
}

/* ---- Finding and starting ports ------------------------------------------------------ */

static bool uart_there(const struct uart *u)
{
	uart_out(u, UART_SCR, 0x5a);
	if (uart_in(u, UART_SCR) != 0x5a)
		return false;
	uart_out(u, UART_SCR, 0xa5);
	return uart_in(u, UART_SCR) == 0xa5;
}

void uart_set_line(struct uart *u, unsigned int baud)
{
	unsigned int divisor = baud && baud <= BAUD_BASE ? BAUD_BASE / baud : 1;

	uart_out(u, UART_IER, u->ier = 0);
	uart_out(u, UART_LCR, LCR_8N1 | LCR_DLAB);
	uart_out(u, UART_DLL, divisor & 0xff);
	uart_out(u, UART_DLM, divisor >> 8);
	uart_out(u, UART_LCR, LCR_8N1);
	uart_out(u, UART_FCR, FCR_ENABLE | FCR_CLEAR | FCR_TRIGGER_1);
	uart_out(u, UART_MCR, MCR_DTR_RTS | MCR_OUT2);
}

static int __init find_ports(void)
{
	for (unsigned int i = 0; i < UART_PORTS; i++) {
		spin_lock_init(&uart_ports[i].lock);
		init_waitqueue_head(&uart_ports[i].readers);
		init_waitqueue_head(&uart_ports[i].writers);
		uart_ports[i].present = uart_there(&uart_ports[i]);
	}
	uart_console_init();
	return 0;
}
console_initcall(find_ports);

static int __init start_port(struct uart *u, unsigned int index)
{
	int err;

	if (!u->set_up)
		uart_set_line(u, BAUD_BASE);
	snprintf(u->name, sizeof(u->name), "ttyS%u", index);
	/* The console's lock is taken with interrupts off, and a nested handler may print. */
	err = request_irq(u->irq, uart_interrupt, IRQF_SHARED | IRQF_DISABLED, u->name, u);
	if (err) {
		pr_err("ttyS%u: no interrupt %u: %d; nothing typed there will be seen\n", index, u->irq, err);
		return err;
	}
	spin_lock_irq(&u->lock);
	u->open = true;
	uart_set_ier(u, IER_RDI | IER_RLSI);
	spin_unlock_irq(&u->lock);
	pr_info("ttyS%u at I/O 0x%x (irq = %u, base_baud = %u) is a 16550A\n", index, u->base,
		u->irq, BAUD_BASE);
	return 0;
}

static int serial_show(struct seq_file *m, void *unused)
{
	seq_puts(m, "serinfo:1.0 driver revision:\n");
	for (unsigned int i = 0; i < UART_PORTS; i++) {
		struct uart *u = &uart_ports[i];

		seq_printf(m, "%u: uart:%s port:%08X irq:%u", i, u->present ? "16550A" : "unknown",
			   u->base, u->irq);
		if (u->present)
			seq_printf(m, " tx:%lu rx:%lu brk:%lu oe:%lu drop:%lu", READ_ONCE(u->tx),
				   READ_ONCE(u->rx), READ_ONCE(u->brk), READ_ONCE(u->overruns),
				   READ_ONCE(u->dropped));
		seq_putc(m, '\n');
	}
	return 0;
}

static int __init uart_init(void)
{
	int err;

	for (unsigned int i = 0; i < UART_PORTS; i++)
		if (uart_ports[i].present)
			start_port(&uart_ports[i], i);
	uart_console_start();
	err = uart_tty_init();
	if (err)
		pr_err("ttyS: no terminals: %d\n", err);
	proc_mkdir("tty", NULL);
	proc_mkdir("tty/driver", NULL);
	proc_create_single("tty/driver/serial", 0444, NULL, serial_show);
	return 0;
}
device_initcall(uart_init);
