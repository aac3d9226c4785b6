/* SPDX-License-Identifier: MIT */
/*
 * The real-time clock's periodic interrupt, on IRQ 8, at a rate from 2 to 8192 Hz.
 *
 * Motorola MC146818A data sheet, "Periodic Interrupt Selection". The clock holds its line
 * until register C is read, which also says why it interrupted.
 */
#include <linux/completion.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ktime.h>
#include <linux/mc146818rtc.h>
#include <linux/module.h>

#define RTC_IRQ_LINE	8
#define MAX_RATE	8192	/* 32768 Hz >> (3 - 1) */

static int rate = 1024;
module_param(rate, int, 0444);
MODULE_PARM_DESC(rate, "interrupts a second: a power of two from 2 to 8192");

static int count = 256;
module_param(count, int, 0444);
MODULE_PARM_DESC(count, "stop after so many");

static DECLARE_COMPLETION(enough);
static int interrupts;	/* the handler's; read when it can run no more */

static irqreturn_t rtc_interrupt_sample(int irq, void *dev)
{
	unsigned char why;

	spin_lock(&rtc_lock);
	why = CMOS_READ(RTC_INTR_FLAGS);
	spin_unlock(&rtc_lock);
	if (!(why & RTC_PF))
		return IRQ_NONE;
	if (++interrupts == count)
		complete(&enough);
	return IRQ_HANDLED;
}

/* Rate select 3 is 8192 Hz; each one more halves it. */
static unsigned char rate_select(int hz)
{
	unsigned char rs = 3;

	for (; hz < MAX_RATE; hz *= 2)
		rs++;
	return rs;
}

static void rtc_periodic(bool on)
{
	unsigned char b;

	spin_lock_irq(&rtc_lock);
	if (on)
		CMOS_WRITE((CMOS_READ(RTC_FREQ_SELECT) & ~RTC_RATE_SELECT) | rate_select(rate),
			   RTC_FREQ_SELECT);
	b = CMOS_READ(RTC_CONTROL);
	CMOS_WRITE(on ? b | RTC_PIE : b & ~RTC_PIE, RTC_CONTROL);
	CMOS_READ(RTC_INTR_FLAGS);	/* whatever was pending */
	spin_unlock_irq(&rtc_lock);
}

static int __init rtc_init(void)
{
	ktime_t start;
	int err;

	if (rate < 2 || rate > MAX_RATE || (rate & (rate - 1)) || count < 1) {
		pr_err("rtc: rate=%d count=%d: the rate is a power of two from 2 to %d\n", rate,
		       count, MAX_RATE);
		return -EINVAL;
	}
	err = request_irq(RTC_IRQ_LINE, rtc_interrupt_sample, 0, "rtc-sample", NULL);
	if (err) {
		pr_err("rtc: no interrupt %d: %d\n", RTC_IRQ_LINE, err);
		return err;
	}
	start = ktime_get();
	rtc_periodic(true);
	wait_for_completion(&enough);
	rtc_periodic(false);
	pr_info("rtc: %d interrupts at %d Hz took %lld ms\n", count, rate,
		ktime_ms_delta(ktime_get(), start));
	return 0;
}

static void __exit rtc_exit(void)
{
	free_irq(RTC_IRQ_LINE, NULL);
}

module_init(rtc_init);
module_exit(rtc_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("The periodic interrupt of the real-time clock");
