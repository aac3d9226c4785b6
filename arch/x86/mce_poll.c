/* SPDX-License-Identifier: MIT */
/*
 * Errors that the hardware has corrected raise no exception: each CPU looks into its banks
 * every mce.check_interval seconds (300; 0: never). Uncorrected ones that wait for their #MC are
 * left to that.
 *
 * Writing /sys/module/mce/parameters/check_interval begins a new interval.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include <asm/hw_irq.h>

#include "mce.h"

static unsigned int check_interval = 300;	/* seconds; any CPU reads it as it is */
static bool started;				/* set once */

static DEFINE_PER_CPU(struct timer_list, poll_timer);

static void poll_banks(void)
{
	unsigned int banks = mce_banks(), i;
	struct mce_record m;
	bool found = false;

	inc_irq_stat(mce_poll_count);
	for (i = 0; i < banks; i++) {
		if (!mce_read_bank(i, &m) ||
		    ((m.status & MC_STATUS_UC) && (m.status & (MC_STATUS_S | MC_STATUS_PCC))))
			continue;
		mce_clear_bank(i);
		mce_print(&m);
		found = true;
	}
	if (found)
		pr_info("mce: [Hardware Error]: Machine check events logged\n");
}

static void start_interval(struct timer_list *timer)
{
	unsigned int seconds = READ_ONCE(check_interval);

	if (seconds)
		mod_timer(timer, round_jiffies(jiffies + seconds * HZ));
	else
		timer_delete(timer);
}

/* Softirq, on its CPU. */
static void poll(struct timer_list *timer)
{
	unsigned long flags;

	local_irq_save(flags);		/* against a #MC's look at the banks there is no lock */
	poll_banks();
	local_irq_restore(flags);
	start_interval(timer);
}

static void restart_here(void *unused)
{
	start_interval(this_cpu_ptr(&poll_timer));
}

static int poll_online(unsigned int cpu)
{
	timer_setup(this_cpu_ptr(&poll_timer), poll, TIMER_PINNED);
	start_interval(this_cpu_ptr(&poll_timer));
	return 0;
}

static int poll_offline(unsigned int cpu)
{
	timer_delete_sync(this_cpu_ptr(&poll_timer));
	return 0;
}

static int set_check_interval(const char *val, const struct kernel_param *kp)
{
	int err = param_set_uint(val, kp);

	if (err || !started)
		return err;
	cpus_read_lock();
	on_each_cpu(restart_here, NULL, 1);
	cpus_read_unlock();
	return 0;
}

static const struct kernel_param_ops check_interval_ops = {
	.set	= set_check_interval,
	.get	= param_get_uint,
};

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "mce."
module_param_cb(check_interval, &check_interval_ops, &check_interval, 0644);

static int __init mce_poll_init(void)
{
	if (!mce_banks())
		return 0;
	cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "x86/mce:online", poll_online, poll_offline);
	started = true;
	return 0;
}
device_initcall(mce_poll_init);
