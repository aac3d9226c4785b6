/* SPDX-License-Identifier: MIT */
/* Wait queues: who is woken, in which order, and what the waits return. rows D9 */
#include <linux/kthread.h>
#include <linux/wait.h>
#include "test.h"

static DECLARE_WAIT_QUEUE_HEAD(queue);
static bool flag;

static int woken(struct wait_queue_entry *e, unsigned int mode, int sync, void *key)
{
	note("%s%s", (char *)e->private, e->flags & WQ_FLAG_EXCLUSIVE ? "!" : "");
	return 1;
}

static int refuses(struct wait_queue_entry *e, unsigned int mode, int sync, void *key)
{
	note("%s-refuses", (char *)e->private);
	return 0;
}

static void order(void)
{
	struct wait_queue_entry e[6];
	int i;

	for (i = 0; i < 6; i++) {
		init_waitqueue_func_entry(&e[i], i == 4 ? refuses : woken);
		e[i].private = (char *[]){ "a", "b", "c", "d", "e", "f" }[i];
	}
	note("active %d", waitqueue_active(&queue));
	add_wait_queue(&queue, &e[0]);
	add_wait_queue_exclusive(&queue, &e[1]);
	add_wait_queue(&queue, &e[2]);
	add_wait_queue_exclusive(&queue, &e[3]);
	add_wait_queue_exclusive(&queue, &e[4]);
	add_wait_queue_exclusive(&queue, &e[5]);
	note("active %d", waitqueue_active(&queue));
	show("added");
	wake_up(&queue);
	show("wake_up");
	wake_up_nr(&queue, 2);
	show("wake_up_nr 2");
	wake_up_nr(&queue, 3);
	show("wake_up_nr 3");
	wake_up_all(&queue);
	show("wake_up_all");
	wake_up_interruptible(&queue);
	show("wake_up_interruptible");
	remove_wait_queue(&queue, &e[1]);
	wake_up(&queue);
	show("one removed");
	for (i = 0; i < 6; i++)
		if (i != 1)
			remove_wait_queue(&queue, &e[i]);
	note("active %d", waitqueue_active(&queue));
	show("none left");
}

static int setter(void *unused)
{
	msleep(20);
	flag = true;
	wake_up(&queue);
	return 0;
}

static void test(void)
{
	order();
	note("%ld", wait_event_timeout(queue, false, 1));
	note("%ld", wait_event_timeout(queue, true, 0));
	note("%ld", wait_event_timeout(queue, true, 50));
	note("%ld", wait_event_interruptible_timeout(queue, false, 1));
	note("%d", wait_event_interruptible(queue, true));
	note("%d", wait_event_killable(queue, true));
	show("returns");
	kthread_run(setter, NULL, "setter");
	note("%d", wait_event_timeout(queue, flag, 1000) > 900);
	flag = false;
	kthread_run(setter, NULL, "setter");
	wait_event(queue, flag);
	note("flag");
	show("woken by a thread");
	note("%ld %ld", schedule_timeout_interruptible(0), schedule_timeout_uninterruptible(1));
	note("msleep %lu", msleep_interruptible(1));
	show("sleeps");
}
MODULE_TEST(test);
