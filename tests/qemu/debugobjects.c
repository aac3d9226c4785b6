/* SPDX-License-Identifier: MIT */
/*
 * Timers, works and tasklets whose memory goes, or that are used as they must not be: reported
 * with their function, and made harmless.
 */
#include <linux/debugobjects.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include "log.h"
#include "test.h"

#ifdef CONFIG_DEBUG

#define FAR_OFF	(1000 * HZ)

static atomic_t calls;

static void timer_called(struct timer_list *t)
{
	atomic_inc(&calls);
}

static enum hrtimer_restart hrtimer_called(struct hrtimer *t)
{
	atomic_inc(&calls);
	return HRTIMER_NORESTART;
}

static void work_called(struct work_struct *work)
{
	atomic_inc(&calls);
}

static void tasklet_called(struct tasklet_struct *t)
{
	atomic_inc(&calls);
}

struct device_of_ours {
	char name[24];
	struct timer_list timer;
};

TEST(debugobjects, free_timer, "E8 D8", "memory that is freed with a pending timer inside is reported with the timer's function")
{
	struct device_of_ours *d = kzalloc(sizeof(*d), GFP_KERNEL);

	require(d);
	timer_setup(&d->timer, timer_called, 0);
	watch_log();
	mod_timer(&d->timer, jiffies + FAR_OFF);
	timer_delete(&d->timer);
	mod_timer(&d->timer, jiffies + FAR_OFF);
	expect(!logged("ODEBUG"));
	kfree(d);
	expect(logged("ODEBUG: free active (active state 0) object type: timer_list hint: timer_called+0x0"));
	expect(logged("test_debugobjects_free_timer+"));

	d = vzalloc(2 * PAGE_SIZE);
	require(d);
	d = (void *)d + PAGE_SIZE;
	timer_setup(&d->timer, timer_called, 0);
	mod_timer(&d->timer, jiffies + FAR_OFF);
	watch_log();
	vfree((void *)d - PAGE_SIZE);
	expect(logged("ODEBUG: free active (active state 0) object type: timer_list hint: timer_called+0x0"));
}

TEST(debugobjects, freed_is_stopped, "E8 D8", "such a timer, hrtimer or work is off its queue afterwards; one at rest is not mentioned")
{
	static struct {
		struct timer_list timer;
		struct hrtimer hrtimer;
		struct delayed_work dwork;
	} o;

	timer_setup(&o.timer, timer_called, 0);
	hrtimer_init(&o.hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	o.hrtimer.function = hrtimer_called;
	INIT_DELAYED_WORK(&o.dwork, work_called);
	watch_log();
	mod_timer(&o.timer, jiffies + FAR_OFF);
	hrtimer_start(&o.hrtimer, ms_to_ktime(1000000), HRTIMER_MODE_REL);
	schedule_delayed_work(&o.dwork, FAR_OFF);
	expect(!logged("ODEBUG"));
	debug_check_no_obj_freed(&o, sizeof(o));
	expect(logged("ODEBUG: free active (active state 0) object type: timer_list hint: timer_called+0x0"));
	expect(logged("ODEBUG: free active (active state 0) object type: hrtimer hint: hrtimer_called+0x0"));
	expect(logged("ODEBUG: free active (active state 0) object type: timer_list hint: delayed_work_timer_fn+0x0"));
	expect(!timer_pending(&o.timer));
	expect(!hrtimer_active(&o.hrtimer));
	expect(!timer_pending(&o.dwork.timer));

	watch_log();
	debug_check_no_obj_freed(&o, sizeof(o));
	expect(!logged("ODEBUG"));
}

static DECLARE_COMPLETION(go_on);

static void work_blocks(struct work_struct *work)
{
	wait_for_completion(&go_on);
}

TEST(debugobjects, free_work, "E8 D7", "a work that is freed while it is queued is reported, and does not run")
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("debugobjects", 0);
	static struct work_struct work;
	struct work_struct blocker;

	require(wq);
	reinit_completion(&go_on);
	atomic_set(&calls, 0);
	INIT_WORK_ONSTACK(&blocker, work_blocks);
	INIT_WORK(&work, work_called);
	watch_log();
	queue_work(wq, &blocker);
	queue_work(wq, &work);
	expect(!logged("ODEBUG"));
	debug_check_no_obj_freed(&work, sizeof(work));
	expect(logged("ODEBUG: free active (active state 0) object type: work_struct hint: work_called+0x0"));
	complete(&go_on);
	destroy_workqueue(wq);
	destroy_work_on_stack(&blocker);
	expect_eq(atomic_read(&calls), 0);
}

TEST(debugobjects, free_tasklet, "E8 D4", "a tasklet that is freed while it is scheduled is reported; a disabled one does not run")
{
	static struct tasklet_struct t;

	atomic_set(&calls, 0);
	tasklet_setup(&t, tasklet_called);
	watch_log();
	tasklet_disable(&t);
	tasklet_schedule(&t);
	debug_check_no_obj_freed(&t, sizeof(t));
	expect(logged("ODEBUG: free active (active state 0) object type: tasklet hint: tasklet_called+0x0"));
	expect_eq(atomic_read(&calls), 0);
	expect_eq(t.state, 0);
	tasklet_enable(&t);
	expect_eq(atomic_read(&calls), 0);
}

TEST(debugobjects, init_active, "E8 D8 D7", "setting up anew what is pending is reported, and it is stopped first")
{
	static struct timer_list timer;
	static struct delayed_work dwork;

	timer_setup(&timer, timer_called, 0);
	mod_timer(&timer, jiffies + FAR_OFF);
	watch_log();
	timer_setup(&timer, timer_called, 0);
	expect(logged("ODEBUG: init active (active state 0) object type: timer_list hint: timer_called+0x0"));
	expect(!timer_pending(&timer));
	mod_timer(&timer, jiffies + FAR_OFF);
	expect_eq(timer_delete_sync(&timer), 1);

	INIT_DELAYED_WORK(&dwork, work_called);
	schedule_delayed_work(&dwork, FAR_OFF);
	watch_log();
	INIT_DELAYED_WORK(&dwork, work_called);
	expect(logged("ODEBUG: init active (active state 0) object type: timer_list hint: delayed_work_timer_fn+0x0"));
	expect(!timer_pending(&dwork.timer));
}

TEST(debugobjects, not_initialised, "E8 D8", "arming or deleting a timer that was never set up is reported, and does no harm")
{
	struct timer_list *t = kzalloc(sizeof(*t), GFP_KERNEL);

	require(t);
	watch_log();
	timer_delete_sync(t);
	expect(logged("ODEBUG: assert_init not available (active state 0) object type: timer_list hint: 0x0"));
	watch_log();
	mod_timer(t, jiffies + FAR_OFF);
	expect(!logged("ODEBUG"));
	timer_delete_sync(t);
	kfree(t);
	expect(!logged("ODEBUG"));
}

TEST(debugobjects, stack_annotation, "E8 D8", "a timer on the stack has to be set up as one, and only such a one")
{
	static struct timer_list elsewhere;
	struct timer_list local;

	watch_log();
	timer_setup_on_stack(&local, timer_called, 0);
	mod_timer(&local, jiffies + FAR_OFF);
	timer_delete_sync(&local);
	destroy_timer_on_stack(&local);
	expect(!logged("ODEBUG"));
	timer_setup(&local, timer_called, 0);
	expect(logged("but NOT annotated."));
	destroy_timer_on_stack(&local);
	watch_log();
	timer_setup_on_stack(&elsewhere, timer_called, 0);
	expect(logged("is NOT on stack"));
	destroy_timer_on_stack(&elsewhere);

	timer_setup_on_stack(&local, timer_called, 0);
	mod_timer(&local, jiffies + FAR_OFF);
	watch_log();
	destroy_timer_on_stack(&local);
	expect(logged("ODEBUG: free active (active state 0) object type: timer_list hint: timer_called+0x0"));
	expect(!timer_pending(&local));
}

static int leaves_timer(void *unused)
{
	struct timer_list t;

	timer_setup_on_stack(&t, timer_called, 0);
	mod_timer(&t, jiffies + FAR_OFF);
	kthread_exit(0);	/* from here, so that nothing is called where @t is */
}

TEST(debugobjects, stack_of_task, "E8 D9", "a timer on the stack of a task that has ended is reported when the stack is given back")
{
	struct task_struct *t = kthread_create(leaves_timer, NULL, "leaver");

	require(!IS_ERR(t));
	watch_log();
	wake_up_process(t);
	wait_until(logged("ODEBUG: free active (active state 0) object type: timer_list hint: timer_called+0x0"));
}

#endif
