/* SPDX-License-Identifier: MIT */
/*
 * The i8254 interval timer of every PC: three 16-bit down-counters at 1.193182 MHz.
 *
 * Channel 0 interrupts on IRQ 0 and is a clock event device. Channel 2, gated through port
 * 0x61, interrupts nobody and serves to wait for an exact time by polling: that needs no
 * interrupt, no calibration and no other clock, so it works from the first instruction on.
 *
 * Intel 231164, "8254 Programmable Interval Timer": "Programming the 8254", "Mode Definitions".
 */
#include <linux/clockchips.h>
#include <linux/clocksource.h>
#include <linux/i8253.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/export.h>
#include <asm/processor.h>

#define PIT_CH0			0x40	/* R/W: low byte, then high byte */
#define PIT_CH2			0x42
#define PIT_CONTROL		0x43	/* W */
#define   PIT_SELECT(ch)	((ch) << 6)
#define   PIT_LATCH_COUNT	0x00	/* hold the count until it is read */
#define   PIT_LOW_HIGH		0x30	/* both bytes, low first */
#define   PIT_MODE(m)		((m) << 1)
#define     PIT_TERMINAL_COUNT	0	/* OUT rises, once, when the count reaches 0 */
#define     PIT_RATE		2	/* OUT pulses each time round */

/* PC/AT system control port B */
#define PORT_B			0x61
#define   PORT_B_GATE2		0x01	/* R/W: channel 2 counts */
#define   PORT_B_SPEAKER	0x02	/* R/W: its output drives the speaker */
#define   PORT_B_OUT2		0x20	/* R: its output */

#define PIT_MAX			0xffff
#define PIT_MIN_DELTA		0xf
#define PIT_MAX_DELTA		0x7fff	/* more would look like a count that has passed */
#define PIT_ABSENT_POLLS	(16u << 20)
#define PIT_STUCK_POLLS		1000

DEFINE_RAW_SPINLOCK(i8253_lock);
EXPORT_SYMBOL(i8253_lock);

/* i8253_lock held. */
static void load(unsigned int channel, unsigned int mode, unsigned int count)
{
	u16 port = (u16)(PIT_CH0 + channel);

	outb((u8)(PIT_SELECT(channel) | PIT_LOW_HIGH | PIT_MODE(mode)), PIT_CONTROL);
	outb((u8)count, port);
	outb((u8)(count >> 8), port);
}

static unsigned int latched_count(unsigned int channel)
{
	u16 port = (u16)(PIT_CH0 + channel);
	unsigned int low;

	outb((u8)(PIT_SELECT(channel) | PIT_LATCH_COUNT), PIT_CONTROL);
	low = inb(port);
	return low | (unsigned int)inb(port) << 8;
}

/* Let channel 2 count with its output off the speaker. i8253_lock held. */
static void open_gate(unsigned int mode, unsigned int count)
{
	outb((inb(PORT_B) & ~PORT_B_SPEAKER) | PORT_B_GATE2, PORT_B);
	load(2, mode, count);
}

static void close_gate(void)
{
	outb(inb(PORT_B) & ~(PORT_B_GATE2 | PORT_B_SPEAKER), PORT_B);
}

/**
 * i8253_wait - wait until channel 2 has counted @ticks, at most 65535
 *
 * Context: any but NMI; IRQs are off meanwhile.
 * Return: false when there is no such timer, and there was no wait.
 */
bool i8253_wait(unsigned int ticks)
{
	unsigned long flags;
	unsigned int polls;

	raw_spin_lock_irqsave(&i8253_lock, flags);
	open_gate(PIT_TERMINAL_COUNT, min(ticks, (unsigned int)PIT_MAX));
	/* OUT falls when the mode is written: high now is a port that nobody drives. */
	for (polls = 0; !(inb(PORT_B) & PORT_B_OUT2) && polls < PIT_ABSENT_POLLS; polls++)
		cpu_relax();
	close_gate();
	raw_spin_unlock_irqrestore(&i8253_lock, flags);
	return polls > 0 && polls < PIT_ABSENT_POLLS;
}

/**
 * i8253_counter_start - let channel 2 run round and round, to be read
 *
 * Context: boot. Return: does it count?
 */
bool __init i8253_counter_start(void)
{
	unsigned long flags;
	unsigned int polls, start;

	raw_spin_lock_irqsave(&i8253_lock, flags);
	open_gate(PIT_RATE, 0);
	start = latched_count(2);
	for (polls = 0; latched_count(2) == start && polls < PIT_STUCK_POLLS; polls++)
		cpu_relax();
	raw_spin_unlock_irqrestore(&i8253_lock, flags);
	return polls < PIT_STUCK_POLLS;
}

/** i8253_counter_read - how far it is, upwards, in 16 bits */
u32 __init i8253_counter_read(void)
{
	unsigned long flags;
	unsigned int count;

	raw_spin_lock_irqsave(&i8253_lock, flags);
	count = latched_count(2);
	raw_spin_unlock_irqrestore(&i8253_lock, flags);
	return -count & PIT_MAX;
}

void __init i8253_counter_stop(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&i8253_lock, flags);
	close_gate();
	raw_spin_unlock_irqrestore(&i8253_lock, flags);
}

/** i8253_wait_us - wait for at least @usecs; as i8253_wait() */
bool i8253_wait_us(unsigned long usecs)
{
	u64 ticks = div_u64((u64)usecs * PIT_TICK_RATE, USEC_PER_SEC) + 1;

	while (ticks > PIT_MAX) {
		if (!i8253_wait(PIT_MAX))
			return false;
		ticks -= PIT_MAX;
	}
	return i8253_wait((unsigned int)ticks);
}

/**
 * i8253_stop - no more interrupts from channel 0, which firmware leaves running
 *
 * A counter that was told its mode waits for its count. Context: any but NMI.
 */
void i8253_stop(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&i8253_lock, flags);
	outb(PIT_SELECT(0) | PIT_LOW_HIGH | PIT_MODE(PIT_TERMINAL_COUNT), PIT_CONTROL);
	raw_spin_unlock_irqrestore(&i8253_lock, flags);
}

/** i8253_run_free - let channel 0 go round as slowly as it can: 18.2 times a second. Context: any but NMI. */
void i8253_run_free(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&i8253_lock, flags);
	load(0, PIT_RATE, 0);
	raw_spin_unlock_irqrestore(&i8253_lock, flags);
}

static int pit_shutdown(struct clock_event_device *evt)
{
	i8253_stop();
	return 0;
}

static int pit_set_periodic(struct clock_event_device *evt)
{
	raw_spin_lock(&i8253_lock);
	load(0, PIT_RATE, PIT_LATCH);
	raw_spin_unlock(&i8253_lock);
	return 0;
}

static int pit_set_oneshot(struct clock_event_device *evt)
{
	return 0;	/* each event writes the mode with its count */
}

static int pit_next_event(unsigned long delta, struct clock_event_device *evt)
{
	raw_spin_lock(&i8253_lock);
	load(0, PIT_TERMINAL_COUNT, (unsigned int)delta);
	raw_spin_unlock(&i8253_lock);
	return 0;
}

/* For the boot CPU. Its interrupt handler calls ->event_handler. */
struct clock_event_device i8253_clockevent = {
	.name			= "pit",
	.features		= CLOCK_EVT_FEAT_PERIODIC,
	.rating			= 40,
	.set_state_shutdown	= pit_shutdown,
	.set_state_periodic	= pit_set_periodic,
	.set_next_event		= pit_next_event,
};

/** clockevent_i8253_init - register channel 0 for this CPU; @oneshot: in one-shot mode too */
void __init clockevent_i8253_init(bool oneshot)
{
	if (oneshot) {
		i8253_clockevent.features |= CLOCK_EVT_FEAT_ONESHOT;
		i8253_clockevent.set_state_oneshot = pit_set_oneshot;
		i8253_clockevent.set_state_oneshot_stopped = pit_shutdown;
	}
	i8253_clockevent.cpumask = cpumask_of(0);
	clockevents_config_and_register(&i8253_clockevent, PIT_TICK_RATE, PIT_MIN_DELTA,
					PIT_MAX_DELTA);
}

/*
 * Channel 0 in its periodic mode as a clock: so many ticks, and how far into this one. The
 * counter goes round a little before the interrupt is taken and jiffies moves on: a count
 * that went up with jiffies unchanged is taken to be at the very end of the jiffy.
 */
static u64 pit_read(struct clocksource *cs)
{
	static unsigned int last_count;		/* both: i8253_lock */
	static unsigned long last_jiffies;
	unsigned long flags, now;
	unsigned int count;

	raw_spin_lock_irqsave(&i8253_lock, flags);
	now = jiffies;
	count = latched_count(0);
	if (count > PIT_LATCH)
		count = PIT_LATCH;
	if (now == last_jiffies && count > last_count)
		count = last_count;
	last_count = count;
	last_jiffies = now;
	raw_spin_unlock_irqrestore(&i8253_lock, flags);
	return (u64)now * PIT_LATCH + (PIT_LATCH - count);
}

static struct clocksource clocksource_pit = {
	.name	= "pit",
	.rating	= 110,
	.read	= pit_read,
	.mask	= CLOCKSOURCE_MASK(32),
};

/** clocksource_i8253_init - offer channel 0 as a clock: it has to stay periodic */
void __init clocksource_i8253_init(void)
{
	clocksource_register_hz(&clocksource_pit, PIT_TICK_RATE);
}
