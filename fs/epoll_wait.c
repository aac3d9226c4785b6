/* SPDX-License-Identifier: MIT */
/* epoll_wait() and its like: those of the watched files that have something to tell. */
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "eventpoll.h"

#define TIMER_SLACK_NS	50000
#define MAX_EVENTS	(INT_MAX / sizeof(struct epoll_event))

/* After it was told. ep->lock held. */
static void told(struct eventpoll *ep, struct epitem *item)
{
	if (item->event.events & EPOLLONESHOT)
		item->event.events &= EP_PRIVATE_BITS;
	else if (!(item->event.events & EPOLLET) && list_empty(&item->ready))
		list_add_tail(&item->ready, &ep->ready);	/* as long as it holds */
}

/* What @item's file has to tell, to the program. Return: 1; 0: nothing; -EFAULT. mtx held. */
static int tell(const struct epitem *item, struct epoll_event __user *to)
{
	struct epoll_event event = { .data = item->event.data };
	poll_table pt;

	init_poll_funcptr(&pt, NULL);
	event.events = ep_item_poll(item, &pt, 1);
	if (!event.events)
		return 0;
	return copy_to_user(to, &event, sizeof(event)) ? -EFAULT : 1;
}

/* Each item that is ready is asked once. Return: how many were told; -EFAULT. */
static int send_events(struct eventpoll *ep, struct epoll_event __user *to, int max)
{
	struct epitem *item;
	int ret = 1, count = 0;
	LIST_HEAD(look);

	mutex_lock(&ep->mtx);
	spin_lock_irq(&ep->lock);
	list_splice_init(&ep->ready, &look);
	while (count < max && ret >= 0 && !list_empty(&look)) {
		item = list_first_entry(&look, struct epitem, ready);
		/* Off the list before it is asked: what happens from here on puts it on again. */
		list_del_init(&item->ready);
		spin_unlock_irq(&ep->lock);
		ret = tell(item, &to[count]);
		spin_lock_irq(&ep->lock);
		if (ret > 0)
			told(ep, item);
		else if (ret < 0 && list_empty(&item->ready))
			list_add(&item->ready, &look);
		count += ret > 0;
	}
	ep_put_back(ep, &look);
	spin_unlock_irq(&ep->lock);
	mutex_unlock(&ep->mtx);
	return count ?: ret < 0 ? ret : 0;
}

static bool has_ready(struct eventpoll *ep)
{
	return !list_empty_careful(&ep->ready);
}

/* Return: false when the time is over. */
static bool sleep_until_ready(struct eventpoll *ep, ktime_t *end)
{
	int in_time = 1;
	DEFINE_WAIT(wait);

	prepare_to_wait_exclusive(&ep->wq, &wait, TASK_INTERRUPTIBLE);
	if (!has_ready(ep) && !signal_pending(current))
		in_time = schedule_hrtimeout_range(end, TIMER_SLACK_NS, HRTIMER_MODE_ABS);
	finish_wait(&ep->wq, &wait);
	return in_time != 0;
}

/*
 * @end: NULL for no end, 0 for at once. Who was woken looks, whatever else there is: no other was.
 */
static int wait_for_events(struct eventpoll *ep, struct epoll_event __user *to, int max, ktime_t *end)
{
	bool in_time = !end || *end != 0;
	int ret;

	for (;;) {
		ret = has_ready(ep) ? send_events(ep, to, max) : 0;
		if (ret || !in_time)
			return ret;
		if (signal_pending(current))
			return -EINTR;
		in_time = sleep_until_ready(ep, end);
	}
}

static int do_epoll_wait(int epfd, struct epoll_event __user *to, int max, ktime_t *end)
{
	struct fd f;
	int ret;

	if (max <= 0 || (unsigned int)max > MAX_EVENTS)
		return -EINVAL;
	if (!access_ok(to, max * sizeof(*to)))
		return -EFAULT;
	f = fdget(epfd);
	if (!f.file)
		return -EBADF;
	ret = is_eventpoll(f.file) ? wait_for_events(f.file->private_data, to, max, end) : -EINVAL;
	fdput(f);
	return ret;
}

static ktime_t *end_of(int timeout_ms, ktime_t *end)
{
	if (timeout_ms < 0)
		return NULL;
	*end = timeout_ms ? ktime_add(ktime_get(), ms_to_ktime(timeout_ms)) : 0;
	return end;
}

static int wait_masked(int epfd, struct epoll_event __user *to, int max, ktime_t *end,
		       const sigset_t __user *mask, size_t size)
{
	int ret = set_user_sigmask(mask, size);

	if (ret)
		return ret;
	ret = do_epoll_wait(epfd, to, max, end);
	restore_saved_sigmask_unless(ret == -EINTR);
	return ret;
}

SYSCALL_DEFINE4(epoll_wait, int, epfd, struct epoll_event __user *, to, int, max, int, timeout)
{
	ktime_t end;

	return do_epoll_wait(epfd, to, max, end_of(timeout, &end));
}

SYSCALL_DEFINE6(epoll_pwait, int, epfd, struct epoll_event __user *, to, int, max, int, timeout,
		const sigset_t __user *, mask, size_t, size)
{
	ktime_t end;

	return wait_masked(epfd, to, max, end_of(timeout, &end), mask, size);
}

SYSCALL_DEFINE6(epoll_pwait2, int, epfd, struct epoll_event __user *, to, int, max,
		const struct __kernel_timespec __user *, timeout, const sigset_t __user *, mask, size_t, size)
{
	struct timespec64 ts;
	ktime_t end = 0;

	if (timeout) {
		if (get_timespec64(&ts, timeout))
			return -EFAULT;
		if (!timespec64_valid(&ts))
			return -EINVAL;
		if (ts.tv_sec || ts.tv_nsec)
			end = ktime_add_safe(ktime_get(), timespec64_to_ktime(ts));
	}
	return wait_masked(epfd, to, max, timeout ? &end : NULL, mask, size);
}
