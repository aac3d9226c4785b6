/* SPDX-License-Identifier: MIT */
/* Lines that nobody answers: the limit, the report, polling afterwards, and who is left alone. */
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "irq_fake.h"
#include "test.h"

static struct {
	unsigned int calls, handle_every;
	bool handle_all;
} device;

static irqreturn_t deaf_handler(int irq, void *dev)
{
	unsigned int n = ++device.calls;

	if (READ_ONCE(device.handle_all))
		return IRQ_HANDLED;
	return device.handle_every && n % device.handle_every == 0 ? IRQ_HANDLED : IRQ_NONE;
}

static bool is_disabled(unsigned int irq)
{
	return irqd_irq_disabled(irq_get_irq_data(irq));
}

struct burst {
	struct irq_work work;
	unsigned int irq, n;
	unsigned long last;	/* jiffies before the last interrupt */
	bool paused;		/* unhandled ones may have been too far apart to add up */
};

/*
 * Unhandled interrupts with more than a tenth of a second between them are forgiven, and the machine may
 * be as slow as that. One that was handled may lie between two of them, so half of it counts here.
 */
static void burst_run(struct irq_work *work)
{
	struct burst *burst = container_of(work, struct burst, work);
	unsigned long begin;
	unsigned int i;

	for (i = 0; i < burst->n; i++) {
		begin = jiffies;
		generic_handle_irq(burst->irq);
		if (jiffies - burst->last > HZ / 20)
			burst->paused = true;
		burst->last = begin;
	}
}

/* @n interrupts of @burst's line, in portions that leave the machine alive. */
static void go_on(struct burst *burst, unsigned int n)
{
	for (; n; n -= burst->n) {
		burst->n = min(n, 1000U);
		init_irq_work(&burst->work, burst_run);
		irq_work_queue(&burst->work);
		irq_work_sync(&burst->work);
	}
}

static void storm(unsigned int irq, unsigned int n)
{
	struct burst burst = { .irq = irq };

	go_on(&burst, n);
}

#define WINDOW	100000	/* interrupts after which those unhandled are judged */

/*
 * A storm that has its line closed, with what the kernel says of it; NULL, and the test skipped,
 * when no storm came without a pause.
 */
static const char *closing_storm(unsigned int irq)
{
	unsigned long end = jiffies + TEST_PATIENCE;
	struct burst burst;
	const char *said;

	do {
		burst = (struct burst){ .irq = irq, .last = jiffies };
		go_on(&burst, WINDOW - 1);
		expect(!is_disabled(irq));
		log_capture_start();
		go_on(&burst, 1);	/* and none too late after the one before */
		said = log_capture_stop();
	} while (burst.paused && !is_disabled(irq) && time_before(jiffies, end));
	if (burst.paused && !is_disabled(irq)) {
		test_skip("the machine pauses all the time");
		return NULL;
	}
	expect(is_disabled(irq));
	return said;
}

static void check_report(unsigned int irq, const char *said)
{
	char text[80];

	snprintf(text, sizeof(text), "irq %u: nobody cared (try booting with the \"irqpoll\" option)", irq);
	expect(strstr(said, text));
	expect(strstr(said, "deaf_handler"));
	snprintf(text, sizeof(text), "Disabling IRQ #%u\n", irq);
	expect(strstr(said, text));
}

static struct fake_line *deaf_line(unsigned int handle_every, unsigned long flags)
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_simple_irq, "simple");

	memset(&device, 0, sizeof(device));
	device.handle_every = handle_every;
	if (line)
		expect_eq(request_irq(line->irq, deaf_handler, flags, "deaf", line), 0);
	return line;
}

TEST(spurious, nobody_cared, "C7", "99,900 unhandled of 100,000 close the line, with a report that names the handlers")
{
	struct fake_line *line, *other;
	const char *said;

	need(!noirqdebug, "noirqdebug");
	line = deaf_line(0, IRQF_SHARED);
	other = fake_line_new(&fake_chip, handle_simple_irq, "simple");
	require(line && other);
	said = closing_storm(line->irq);
	if (said) {
		check_report(line->irq, said);
		/* Given up, but polled: the device is served all the same, slowly. */
		WRITE_ONCE(device.calls, 0);
		wait_until(READ_ONCE(device.calls) >= 2);
	}
	/* A new user may be the one that serves it: open again. */
	WRITE_ONCE(device.handle_all, true);
	expect_eq(request_irq(line->irq, deaf_handler, IRQF_SHARED, "second", other), 0);
	expect(!is_disabled(line->irq));
	free_irq(line->irq, other);
	free_irq(line->irq, line);
	fake_line_free(line);
	fake_line_free(other);
}

TEST(spurious, limit, "C7", "100 handled of 100,000 keep the line open, 99 do not")
{
	struct fake_line *line;

	need(!noirqdebug, "noirqdebug");
	line = deaf_line(1000, IRQF_SHARED);	/* 100 in 100,000 */
	require(line);
	storm(line->irq, 200000);
	expect(!is_disabled(line->irq));
	free_irq(line->irq, line);
	fake_line_free(line);

	line = deaf_line(1011, IRQF_SHARED);	/* 98 in 100,000 */
	require(line);
	closing_storm(line->irq);
	free_irq(line->irq, line);
	fake_line_free(line);
}

TEST(spurious, handled, "C7", "a storm of handled interrupts is nobody's fault")
{
	struct fake_line *line = deaf_line(1, 0);

	require(line);
	storm(line->irq, 200000);
	expect_eq(device.calls, 200000);
	expect(!is_disabled(line->irq));
	free_irq(line->irq, line);
	fake_line_free(line);
}

TEST(spurious, noirqdebug, "C7", "noirqdebug leaves a line open whatever its handlers say")
{
	struct fake_line *line;
	bool was = noirqdebug;

	noirqdebug = true;
	line = deaf_line(0, 0);
	noirqdebug = was;
	require(line);
	storm(line->irq, 100001);
	expect(!is_disabled(line->irq));
	free_irq(line->irq, line);
	fake_line_free(line);
}

static irqreturn_t bogus_handler(int irq, void *dev)
{
	return (irqreturn_t)77;
}

TEST(spurious, bogus, "C7", "an answer that is none is reported with its handler")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_simple_irq, "simple");
	const char *said;

	require(line);
	expect_eq(request_irq(line->irq, bogus_handler, 0, "bogus", line), 0);
	log_capture_start();
	storm(line->irq, 1);
	said = log_capture_stop();
	expect(strstr(said, "bogus return value 4d"));
	expect(strstr(said, "bogus_handler"));
	free_irq(line->irq, line);
	fake_line_free(line);
}
