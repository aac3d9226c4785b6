/* SPDX-License-Identifier: MIT */
/*
 * The 16550 serial port of a PC: interrupt-driven both ways, and a console.
 *
 * National Semiconductor PC16550D data sheet, "Registers" and "FIFO Interrupt Mode
 * Operation". Received bytes go into a ring that one reader empties; bytes to send wait in
 * a ring that the transmitter-empty interrupt drains, 16 at a time. Kernel messages are
 * written by polling, since they must come out whatever state the machine is in; they
 * first drain the ring, so that the order is kept.
 *
 * A break on the line followed by a key is a SysRq.
 */
#include <linux/console.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/kdb.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/sysrq.h>
#include <linux/wait.h>

#define UART_RX		0	/* R: received byte (DLAB 0) */
#define UART_TX		0	/* W: byte to send (DLAB 0) */
#define UART_DLL	0	/* RW: divisor, low (DLAB 1) */
#define UART_DLM	1	/* RW: divisor, high (DLAB 1) */
#define UART_IER	1	/* RW: interrupt enable */
#define   IER_RDI	0x01	/*   received data */
#define   IER_THRI	0x02	/*   transmitter holding register empty */
#define   IER_RLSI	0x04	/*   receiver line status: break, errors */
#define UART_IIR	2	/* R: interrupt identification */
#define   IIR_NO_INT	0x01
#define   IIR_FIFO	0xc0	/*   both set: FIFOs work */
#define UART_FCR	2	/* W: FIFO control */
#define   FCR_ENABLE	0x01
#define   FCR_CLEAR	0x06
#define   FCR_TRIGGER_1	0x00	/*   interrupt at the first byte: a key is seen at once */
#define UART_LCR	3	/* RW: line control */
#define   LCR_8N1	0x03
#define   LCR_DLAB	0x80
#define UART_MCR	4	/* RW: modem control */
#define   MCR_DTR_RTS	0x03
#define   MCR_OUT2	0x08	/*   gates the interrupt line on a PC */
#define UART_LSR	5	/* R: line status; reading clears the error bits */
#define   LSR_DR	0x01
#define   LSR_OE	0x02
#define   LSR_BI	0x10
#define   LSR_THRE	0x20
#define   LSR_TEMT	0x40
#define UART_MSR	6	/* R: modem status */
#define UART_SCR	7	/* RW: scratch */

#define FIFO_SIZE	16
#define RX_RING		1024	/* powers of two */
#define TX_RING		4096
#define SYSRQ_WINDOW	(5 * HZ)
#define BAUD_BASE	115200

struct uart {
	unsigned int	base;		/* fixed after probe */
	unsigned int	irq;

	spinlock_t	lock;		/* guards all below; taken with irqs off */
	bool		present, open;
	u8		ier;
	unsigned int	rx_head, rx_tail, tx_head, tx_tail;	/* free running */
	bool		break_seen;	/* its byte has not been taken yet */
	unsigned long	break_until;	/* jiffies; 0 = no break came */
	unsigned long	rx, tx, brk, overruns, dropped;		/* bytes and events */
	char		rx_ring[RX_RING];
	char		tx_ring[TX_RING];

	wait_queue_head_t readers, writers;
};

static struct uart ports[] = {
	{ .base = 0x3f8, .irq = 4 },
	{ .base = 0x2f8, .irq = 3 },
};

static struct uart *console_port;	/* fixed once uart_init() has run */
static struct console uart_console;

static u8 uart_in(const struct uart *u, unsigned int reg)
{
	return inb(u->base + reg);
}

static void uart_out(const struct uart *u, unsigned int reg, u8 val)
{
	outb(val, u->base + reg);
}

static void set_ier(struct uart *u, u8 ier)
{
	if (u->ier != ier)
		uart_out(u, UART_IER, u->ier = ier);
}

/* The line status. Reading clears what it says of a break: keep that for receive_byte(). */
static u8 line_status(struct uart *u)
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

	while (!(line_status(u) & LSR_THRE) && --tries)
		cpu_relax();
}

static void put_polled(struct uart *u, char c)
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

static void drain_polled(struct uart *u)
{
	while (u->tx_tail != u->tx_head)
		put_polled(u, u->tx_ring[u->tx_tail++ % TX_RING]);
}

/*
 * One byte came in. A break is a byte of zero that the line status announced, some time
 * before. After it the next byte is a SysRq key, handled without the lock, since what it
 * prints takes it. Returns the key or 0.
 */
static char receive_byte(struct uart *u, u8 lsr)
{
	char c = uart_in(u, UART_RX);

	if (lsr & LSR_OE)
		u->overruns++;
	if (u->break_seen && !c) {
		u->break_seen = false;
		u->brk++;
		u->break_until = (jiffies + SYSRQ_WINDOW) | 1;
		return 0;
	}
	u->rx++;
	if (u->break_until) {
		bool in_time = time_before(jiffies, u->break_until);

		u->break_until = 0;
		if (in_time && c)
			return c;
	}
	if (u->rx_head - u->rx_tail == RX_RING)
		u->dropped++;
	else
		u->rx_ring[u->rx_head++ % RX_RING] = c;
	return 0;
}

static irqreturn_t uart_interrupt(int irq, void *dev)
{
	struct uart *u = dev;
	bool got = false, sent = false;
	char sysrq = 0;
	u8 lsr;

	spin_lock(&u->lock);
	if (uart_in(u, UART_IIR) & IIR_NO_INT) {
		spin_unlock(&u->lock);
		return IRQ_NONE;
	}
	while (((lsr = line_status(u)) & (LSR_DR | LSR_BI)) && !sysrq) {
		sysrq = receive_byte(u, lsr);
		got = true;
	}
	if ((u->ier & IER_THRI) && (lsr & LSR_THRE)) {
		sent = true;
		if (!send_some(u))
			set_ier(u, u->ier & ~IER_THRI);
	}
	spin_unlock(&u->lock);
	if (got)
		wake_up_interruptible(&u->readers);
	if (sent)
		wake_up_interruptible(&u->writers);
	if (sysrq)
		handle_sysrq(sysrq);
	return IRQ_HANDLED;
}

/* ---- The console's two directions --------------------------------------------------- */

static void uart_console_write(struct console *con, const char *s, unsigned int n)
{
	struct uart *u = con->data;
	unsigned long flags;
	bool locked = true;

	/* In a panic the CPU that held the lock may be stopped: write all the same. */
	if (oops_in_progress)
		locked = spin_trylock_irqsave(&u->lock, flags);
	else
		spin_lock_irqsave(&u->lock, flags);
	drain_polled(u);
	while (n--) {
		if (*s == '\n')
			put_polled(u, '\r');
		put_polled(u, *s++);
	}
	if (locked)
		spin_unlock_irqrestore(&u->lock, flags);
}

/* Bytes into the transmit ring, "\n" as "\r\n"; sleeps while it is full. */
static void uart_write_wait(const char *s, size_t n)
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
		set_ier(u, u->ier | IER_THRI);
		spin_unlock_irq(&u->lock);
		if (n)
			wait_event_interruptible(u->writers,
				READ_ONCE(u->tx_head) - READ_ONCE(u->tx_tail) <= TX_RING / 2);
	}
}

static bool take_byte(struct uart *u, u8 *c)
{
	unsigned long flags;
	bool got;

	spin_lock_irqsave(&u->lock, flags);
	got = u->rx_tail != u->rx_head;
	if (got)
		*c = u->rx_ring[u->rx_tail++ % RX_RING];
	spin_unlock_irqrestore(&u->lock, flags);
	return got;
}

static int uart_read_wait(void)
{
	u8 c;

	while (!take_byte(console_port, &c))
		wait_event_interruptible(console_port->readers,
			READ_ONCE(console_port->rx_head) != READ_ONCE(console_port->rx_tail));
	return c;
}

/* Everything else is stopped: the ring first, then the chip, with no lock. */
static int uart_read_poll(void)
{
	struct uart *u = console_port;

	if (u->rx_tail != u->rx_head)
		return (u8)u->rx_ring[u->rx_tail++ % RX_RING];
	return line_status(u) & LSR_DR ? uart_in(u, UART_RX) : -1;
}

static void uart_write_poll(const char *s, size_t n)
{
	uart_console_write(&uart_console, s, n);
}

static const struct kdb_io uart_kdb_io = {
	.name = "ttyS",
	.read_wait = uart_read_wait,
	.write_wait = uart_write_wait,
	.read_poll = uart_read_poll,
	.write_poll = uart_write_poll,
};

/* ---- Finding and starting ports ------------------------------------------------------ */

static bool uart_there(const struct uart *u)
{
	uart_out(u, UART_SCR, 0x5a);
	if (uart_in(u, UART_SCR) != 0x5a)
		return false;
	uart_out(u, UART_SCR, 0xa5);
	return uart_in(u, UART_SCR) == 0xa5;
}

static void set_line(struct uart *u, unsigned int baud)
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

static int uart_console_setup(struct console *con, char *options)
{
	struct uart *u;

	if (con->index < 0)
		con->index = 0;
	if (con->index >= (int)ARRAY_SIZE(ports) || !ports[con->index].present)
		return -ENODEV;
	u = &ports[con->index];
	set_line(u, options ? simple_strtoul(options, NULL, 10) : BAUD_BASE);
	con->data = u;
	console_port = u;
	return 0;
}

static struct console uart_console = {
	.name = "ttyS",
	.write = uart_console_write,
	.setup = uart_console_setup,
	.flags = CON_PRINTBUFFER,
	.index = -1,
};

static int __init uart_console_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ports); i++) {
		spin_lock_init(&ports[i].lock);
		init_waitqueue_head(&ports[i].readers);
		init_waitqueue_head(&ports[i].writers);
		ports[i].present = uart_there(&ports[i]);
	}
	if (ports[0].present || ports[1].present)
		register_console(&uart_console);
	return 0;
}
console_initcall(uart_console_init);

static int __init start_port(struct uart *u, unsigned int index)
{
	int err;

	if (u != console_port)
		set_line(u, BAUD_BASE);
	/* The console's lock is taken with interrupts off, and a nested handler may print. */
	err = request_irq(u->irq, uart_interrupt, IRQF_SHARED | IRQF_DISABLED, "ttyS", u);
	if (err) {
		pr_err("ttyS%u: no interrupt %u: %d; nothing typed there will be seen\n", index, u->irq, err);
		return err;
	}
	spin_lock_irq(&u->lock);
	u->open = true;
	set_ier(u, IER_RDI | IER_RLSI);
	spin_unlock_irq(&u->lock);
	pr_info("ttyS%u at I/O 0x%x (irq = %u, base_baud = %u) is a 16550A\n", index, u->base,
		u->irq, BAUD_BASE);
	return 0;
}

static int serial_show(struct seq_file *m, void *unused)
{
	unsigned int i;

	seq_puts(m, "serinfo:1.0 driver revision:\n");
	for (i = 0; i < ARRAY_SIZE(ports); i++) {
		struct uart *u = &ports[i];

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
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ports); i++)
		if (ports[i].present)
			start_port(&ports[i], i);
	/* No console= that means a serial port: the prompt still wants a line. */
	if (!console_port && ports[0].present)
		console_port = &ports[0];
	if (console_port && console_port->open)
		kdb_register_io(&uart_kdb_io);
	proc_mkdir("tty", NULL);
	proc_mkdir("tty/driver", NULL);
	proc_create_single("tty/driver/serial", 0444, NULL, serial_show);
	return 0;
}
device_initcall(uart_init);
