/* SPDX-License-Identifier: MIT */
/*
 * The console that works from the first instruction: COM1, polled, and QEMU's debug port.
 *
 * National Semiconductor PC16550D; Bochs, port 0xe9. The real serial driver takes over
 * later and uses the same settings, so nothing is lost in between.
 */
#include <linux/arch.h>
#include <linux/compiler.h>
#include <asm/io.h>
#include <asm/processor.h>

#define COM1			0x3f8
#define UART_TX			0	/* W: byte to send (DLAB = 0) */
#define UART_DLL		0	/* RW: divisor, low (DLAB = 1) */
#define UART_DLM		1	/* RW: divisor, high (DLAB = 1) */
#define UART_IER		1	/* RW: interrupt enables */
#define UART_FCR		2	/* W: FIFO control */
#define   UART_FCR_ENABLE_CLEAR		0x07
#define UART_LCR		3	/* RW: line control */
#define   UART_LCR_8N1			0x03
#define   UART_LCR_DLAB			0x80
#define UART_MCR		4	/* RW: modem control */
#define   UART_MCR_DTR_RTS		0x03
#define UART_LSR		5	/* R: line status */
#define   UART_LSR_THRE			0x20
#define UART_DIVISOR_115200	1

#define DEBUGCON		0xe9	/* R: 0xe9 when it is there. W: byte */

/* A byte takes 87 us at 115200 baud; a port read takes about one. Then the line is dead. */
#define UART_SPIN_MAX		20000

/* Written by the first byte, on the boot CPU, before there is another. */
static enum { UNKNOWN, ABSENT, PRESENT } uart, debugcon;

static void probe(void)
{
	debugcon = inb(DEBUGCON) == DEBUGCON ? PRESENT : ABSENT;

	/* No device leaves the bus at all ones, and bit 7 of LSR can't stay set in an idle UART. */
	uart = inb(COM1 + UART_LSR) == 0xff ? ABSENT : PRESENT;
	if (uart == ABSENT)
		return;
	outb(UART_LCR_DLAB | UART_LCR_8N1, COM1 + UART_LCR);
	outb(UART_DIVISOR_115200, COM1 + UART_DLL);
	outb(0, COM1 + UART_DLM);
	outb(UART_LCR_8N1, COM1 + UART_LCR);
	outb(0, COM1 + UART_IER);
	outb(UART_FCR_ENABLE_CLEAR, COM1 + UART_FCR);
	outb(UART_MCR_DTR_RTS, COM1 + UART_MCR);
}

static void uart_putc(char c)
{
	int spin;

	for (spin = 0; spin < UART_SPIN_MAX; spin++) {
		if (inb(COM1 + UART_LSR) & UART_LSR_THRE) {
			outb(c, COM1 + UART_TX);
			return;
		}
		cpu_relax();
	}
}

/* See <linux/arch.h>. Context: any. A newline becomes a carriage return and a newline. */
void arch_early_putc(char c)
{
	if (uart == UNKNOWN)
		probe();
	if (debugcon == PRESENT)
		outb(c, DEBUGCON);
	if (uart != PRESENT)
		return;
	if (c == '\n')
		uart_putc('\r');
	uart_putc(c);
}
