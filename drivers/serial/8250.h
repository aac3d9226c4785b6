/* SPDX-License-Identifier: MIT */
/* What the parts of the serial driver share: the registers and the port. */
#ifndef _DRIVERS_SERIAL_8250_H
#define _DRIVERS_SERIAL_8250_H

#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>

struct tty_struct;

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
#define   LSR_OE	0x02	/*   overrun, parity, framing error, break */
#define   LSR_PE	0x04
#define   LSR_FE	0x08
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
	char		name[8];	/* "ttyS0" */

	spinlock_t	lock;		/* guards all below; taken with irqs off */
	bool		present, set_up, open;
	struct tty_struct *tty;		/* that has it open: bytes go there, not into rx_ring */
	u8		ier;
	unsigned int	rx_head, rx_tail, tx_head, tx_tail;	/* free running */
	bool		tx_stopped;	/* by the terminal; the kernel's own words still come */
	bool		break_seen;	/* its byte has not been taken yet */
	unsigned long	break_until;	/* jiffies; 0 = no break came */
	unsigned long	rx, tx, brk, overruns, dropped;		/* bytes and events */
	char		rx_ring[RX_RING];
	char		tx_ring[TX_RING];

	wait_queue_head_t readers, writers;
};

#define UART_PORTS	2
extern struct uart uart_ports[UART_PORTS];

static inline u8 uart_in(const struct uart *u, unsigned int reg)
{
	return inb(u->base + reg);
}

static inline void uart_out(const struct uart *u, unsigned int reg, u8 val)
{
	outb(val, u->base + reg);
}

static inline void uart_set_ier(struct uart *u, u8 ier)
{
	if (u->ier != ier)
		uart_out(u, UART_IER, u->ier = ier);
}

/* 8250.c: with the port's lock held. */
u8 uart_line_status(struct uart *u);
void uart_put_polled(struct uart *u, char c);
void uart_drain_polled(struct uart *u);
bool uart_take_byte(struct uart *u, u8 *c);
void uart_set_line(struct uart *u, unsigned int baud);

/* 8250_console.c, 8250_tty.c */
void uart_console_init(void);
void uart_console_start(void);
struct tty_driver *uart_tty_driver(void);
int uart_tty_init(void);
void uart_tty_receive(struct uart *u, u8 c, u8 lsr);

#endif
