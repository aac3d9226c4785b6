/* SPDX-License-Identifier: MIT */
/*
 * A timer that re-arms itself and schedules a tasklet: two steps of deferred work, both in
 * softirq context, on the same CPU.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/timer.h>

static int count = 5;
module_param(count, int, 0444);
MODULE_PARM_DESC(count, "how often to tick");

static int period = 100;
module_param(period, int, 0444);
MODULE_PARM_DESC(period, "milliseconds between ticks");

static void tick(struct timer_list *unused);
static void tock(struct tasklet_struct *unused);
static DEFINE_TIMER(ticker, tick);
static DECLARE_TASKLET(tocker, tock);

/* The timer writes ticks; the tasklet, which runs after it on the same CPU, reads it. */
static int ticks;
static int timer_cpu;

static void tick(struct timer_list *unused)
{
	ticks++;
	timer_cpu = smp_processor_id();
	tasklet_schedule(&tocker);
	if (ticks < count)
		mod_timer(&ticker, jiffies + msecs_to_jiffies(period));
}

static void tock(struct tasklet_struct *unused)
{
	pr_info("ticker: tick %d%s%s\n", ticks, in_serving_softirq() ? ", in softirq" : "",
		smp_processor_id() == timer_cpu ? ", on the timer's CPU" : ", on another CPU");
}

static int __init ticker_init(void)
{
	if (count < 1 || period < 0) {
		pr_err("ticker: count=%d period=%d make no sense\n", count, period);
		return -EINVAL;
	}
	mod_timer(&ticker, jiffies + msecs_to_jiffies(period));
	return 0;
}

/* The timer first: it is what schedules the tasklet. */
static void __exit ticker_exit(void)
{
	del_timer_sync(&ticker);
	tasklet_kill(&tocker);
	pr_info("ticker: %d ticks\n", ticks);
}

module_init(ticker_init);
module_exit(ticker_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("A timer and a tasklet");
