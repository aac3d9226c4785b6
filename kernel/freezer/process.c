/* SPDX-License-Identifier: MIT */
/* Freezing all tasks: first user space, then the kernel threads that can and WQ_FREEZABLE workqueues. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/freezer.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#define FREEZE_TIMEOUT	(20 * HZ)	/* a task that does not come by in this time never will */

static DEFINE_MUTEX(freeze_mutex);	/* one freezes or thaws at a time */

/* Ask everybody once more. Return: how many move still. */
static unsigned int ask_all(bool user_only)
{
	struct task_struct *p, *t;
	unsigned int moving = 0;

	read_lock(&tasklist_lock);
	for_each_process_thread(p, t)
		moving += t != current && freeze_task(t);
	read_unlock(&tasklist_lock);
	if (!user_only)
		moving += freeze_workqueues_busy();
	return moving;
}

static int freeze_all(const char *whom, bool user_only)
{
	unsigned long begun = jiffies;
	unsigned int moving;

	if (!user_only)
		freeze_workqueues_begin();
	while ((moving = ask_all(user_only)) && time_before(jiffies, begun + FREEZE_TIMEOUT))
		usleep_range(500, 4000);
	if (moving) {
		pr_err("Freezing of %s failed: %u refuse to freeze\n", whom, moving);
		return -EBUSY;
	}
	pr_info("Freezing %s done (elapsed %u ms)\n", whom, jiffies_to_msecs(jiffies - begun));
	return 0;
}

static void thaw_all(bool kthreads_only)
{
	struct task_struct *p, *t;

	thaw_workqueues();
	read_lock(&tasklist_lock);
	for_each_process_thread(p, t)
		if (t != current && (!kthreads_only || (t->flags & PF_KTHREAD)))
			__thaw_task(t);
	read_unlock(&tasklist_lock);
}

static void __thaw_processes(void)
{
	WRITE_ONCE(pm_nosig_freezing, false);
	WRITE_ONCE(pm_freezing, false);
	thaw_all(false);
	current->flags &= ~PF_SUSPEND_TASK;
}

/**
 * freeze_processes - let user space stand still
 *
 * The calling task goes on, and calls thaw_processes() when it is done.
 *
 * Context: process, may sleep.
 * Return: 0; -EBUSY when a task did not come to rest in 20 s: then all go on.
 */
int freeze_processes(void)
{
	int ret;

	mutex_lock(&freeze_mutex);
	current->flags |= PF_SUSPEND_TASK;
	WRITE_ONCE(pm_freezing, true);
	ret = freeze_all("user space processes", true);
	if (ret)
		__thaw_processes();
	mutex_unlock(&freeze_mutex);
	return ret;
}

/**
 * freeze_kernel_threads - after freeze_processes(): freezable kernel threads and workqueues as well
 *
 * Context: process, may sleep.
 * Return: 0; -EBUSY when one did not come to rest in 20 s: then kernel threads go on.
 */
int freeze_kernel_threads(void)
{
	int ret;

	mutex_lock(&freeze_mutex);
	WRITE_ONCE(pm_nosig_freezing, true);
	ret = freeze_all("remaining freezable tasks", false);
	if (ret) {
		WRITE_ONCE(pm_nosig_freezing, false);
		thaw_all(true);
	}
	mutex_unlock(&freeze_mutex);
	return ret;
}

/** thaw_processes - everything goes on; process context, by the task that froze it */
void thaw_processes(void)
{
	mutex_lock(&freeze_mutex);
	__thaw_processes();
	mutex_unlock(&freeze_mutex);
}

/** thaw_kernel_threads - kernel threads and workqueues go on, user space does not */
void thaw_kernel_threads(void)
{
	mutex_lock(&freeze_mutex);
	WRITE_ONCE(pm_nosig_freezing, false);
	thaw_all(true);
	mutex_unlock(&freeze_mutex);
}
