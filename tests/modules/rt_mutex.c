/* SPDX-License-Identifier: MIT */
/* Priority inheritance: at which priority an owner runs, and who gets the lock first. rows E4 */
#include <linux/kthread.h>
#include <linux/rtmutex.h>
#include <linux/sched.h>
#include <linux/sched/prio.h>
#include <uapi/linux/sched/types.h>
#include "test.h"

static DEFINE_RT_MUTEX(lock);
static struct rt_mutex second;
static atomic_t served;

struct waiter {
	const char *name;
	struct task_struct *task;
	bool started;
};

static int wait_for_it(void *arg)
{
	struct waiter *w = arg;

	WRITE_ONCE(w->started, true);
	rt_mutex_lock(&lock);
	note("%s", w->name);
	rt_mutex_unlock(&lock);
	atomic_inc(&served);
	while (!kthread_should_stop())
		msleep(4);
	return 0;
}

/* The priorities are what a module can set without the scheduler's own functions. */
static void start(struct waiter *w, const char *name, int fifo, int nice)
{
	w->name = name;
	w->started = false;
	w->task = kthread_create(wait_for_it, w, "%s", name);
	if (IS_ERR(w->task))
		return;
	if (fifo == 50)
		sched_set_fifo(w->task);
	else if (fifo == 1)
		sched_set_fifo_low(w->task);
	else
		set_user_nice(w->task, nice);
	wake_up_process(w->task);
	eventually(READ_ONCE(w->started));
	msleep(50);
}

static void prio(const char *what)
{
	note("%s: %d", what, current->prio);
}

static void test(void)
{
	static struct waiter a, b, c, d;
	int dropped;

	rt_mutex_init(&second);
	set_user_nice(current, 0);
	note("try %d", rt_mutex_trylock(&lock));
	note("locked %d", rt_mutex_base_is_locked(&lock.rtmutex));
	prio("alone");
	start(&a, "nice 5", 0, 5);
	prio("after nice 5");
	start(&b, "nice -5", 0, -5);
	prio("after nice -5");
	start(&c, "fifo 1", 1, 0);
	prio("after fifo 1");
	start(&d, "fifo 50", 50, 0);
	prio("after fifo 50");
	rt_mutex_lock(&second);
	rt_mutex_unlock(&second);
	prio("another lock");
	show("inherited");
	rt_mutex_unlock(&lock);
	dropped = current->prio;
	eventually(atomic_read(&served) == 4);
	kthread_stop(a.task);
	kthread_stop(b.task);
	kthread_stop(c.task);
	kthread_stop(d.task);
	show("order");
	note("dropped: %d", dropped);
	show("own");
	note("locked %d", rt_mutex_base_is_locked(&lock.rtmutex));
	note("interruptible %d", rt_mutex_lock_interruptible(&lock));
	note("locked %d", rt_mutex_base_is_locked(&lock.rtmutex));
	rt_mutex_unlock(&lock);
	show("after");
}
MODULE_TEST(test);
