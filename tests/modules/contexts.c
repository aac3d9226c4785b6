/* SPDX-License-Identifier: MIT */
/* What each context says of itself, and the parts of preempt_count there. rows E7 D1 D2 */
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include "test.h"

static atomic_t done;

static void where(const char *what)
{
	int c = preempt_count();

	note("[%s hardirq %d softirq %d serving %d task %d interrupt %d atomic %d irqs-off %d count %x/%x/%x]",
	     what, !!in_hardirq(), !!in_softirq(), !!in_serving_softirq(), !!in_task(), !!in_interrupt(),
	     !!in_atomic(), irqs_disabled(), (int)(c & HARDIRQ_MASK) >> HARDIRQ_SHIFT,
	     (int)(c & SOFTIRQ_MASK) >> SOFTIRQ_SHIFT, in_task() ? (int)(c & PREEMPT_MASK) >> PREEMPT_SHIFT : 0);
	show("");
	atomic_inc(&done);
}

static void in_tasklet(struct tasklet_struct *t) { where("tasklet"); }
static DECLARE_TASKLET(tasklet, in_tasklet);
static void in_timer(struct timer_list *t) { where("timer"); }
static DEFINE_TIMER(timer, in_timer);
static void in_irq_work(struct irq_work *w) { where("irq_work"); }
static void in_work(struct work_struct *w) { where("work"); }
static DECLARE_WORK(work, in_work);
static int in_thread(void *data) { where("kthread"); return 0; }
static enum hrtimer_restart in_hrtimer(struct hrtimer *t) { where("hrtimer"); return HRTIMER_NORESTART; }

#define UNTIL_DONE(what)			\
	do {					\
		atomic_set(&done, 0);		\
		what;				\
		eventually(atomic_read(&done));	\
	} while (0)

static void test(void)
{
	static DEFINE_SPINLOCK(lock);
	struct irq_work iw;
	struct hrtimer hrtimer;

	where("init");
	preempt_disable();
	where("preempt off");
	preempt_enable();
	local_irq_disable();
	where("irqs off");
	local_irq_enable();
	local_bh_disable();
	where("bh off");
	local_bh_disable();
	where("bh off twice");
	local_bh_enable();
	local_bh_enable();
	spin_lock(&lock);
	where("spin_lock");
	spin_unlock(&lock);
	spin_lock_bh(&lock);
	where("spin_lock_bh");
	spin_unlock_bh(&lock);
	spin_lock_irq(&lock);
	where("spin_lock_irq");
	spin_unlock_irq(&lock);
	UNTIL_DONE(tasklet_schedule(&tasklet));
	UNTIL_DONE(mod_timer(&timer, jiffies));
	UNTIL_DONE(schedule_work(&work));
	UNTIL_DONE(kthread_run(in_thread, NULL, "there"));
	init_irq_work(&iw, in_irq_work);
	UNTIL_DONE(irq_work_queue(&iw));
	hrtimer_init(&hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	hrtimer.function = in_hrtimer;
	UNTIL_DONE(hrtimer_start(&hrtimer, 1000, HRTIMER_MODE_REL_HARD));
	hrtimer_init(&hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	hrtimer.function = in_hrtimer;
	UNTIL_DONE(hrtimer_start(&hrtimer, 1000, HRTIMER_MODE_REL_SOFT));
}
MODULE_TEST(test);
