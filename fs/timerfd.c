/* SPDX-License-Identifier: MIT */
/*
 * timerfd_create(): a timer whose file can be read once its time is over, and tells how often that
 * has been so. As with timer_create(), an interval begins anew only when it is read: what went by meanwhile
 * is reckoned then.
 */
#include <linux/anon_inodes.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#define TFD_TIMER_ABSTIME	(1 << 0)
#define TFD_TIMER_CANCEL_ON_SET	(1 << 1)	/* -ECANCELED, when the clock is set */
#define TFD_SETTIME_FLAGS	(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)
#define TFD_CREATE_FLAGS	(O_CLOEXEC | O_NONBLOCK)

struct timerfd_ctx {
	clockid_t		clock;		/* fixed */

	wait_queue_head_t	wqh;		/* its lock guards the next ones; taken from the timer's function */
	struct hrtimer		timer;
	ktime_t			interval;	/* 0: only once */
	u64			ticks;		/* times it was over since it was read */
	bool			expired;	/* it stands until it is read */
	bool			cancelled;	/* the clock was set */

	struct list_head	watching;	/* cancel_lock: in cancel_list, if it is in one */
};

/* Those that are to be cancelled when the clock is set. The lock is taken before those of their queues. */
static DEFINE_SPINLOCK(cancel_lock);
static LIST_HEAD(cancel_list);

static enum hrtimer_restart timerfd_fn(struct hrtimer *timer)
{
	struct timerfd_ctx *ctx = container_of(timer, struct timerfd_ctx, timer);
	unsigned long flags;

	spin_lock_irqsave(&ctx->wqh.lock, flags);
	ctx->expired = true;
	WRITE_ONCE(ctx->ticks, ctx->ticks + 1);
	wake_up_locked_poll(&ctx->wqh, EPOLLIN);
	spin_unlock_irqrestore(&ctx->wqh.lock, flags);
	return HRTIMER_NORESTART;
}

static void clock_set(void)
{
	struct timerfd_ctx *ctx;

	spin_lock_irq(&cancel_lock);
	list_for_each_entry(ctx, &cancel_list, watching) {
		spin_lock(&ctx->wqh.lock);
		ctx->cancelled = true;
		WRITE_ONCE(ctx->ticks, ctx->ticks + 1);
		wake_up_locked_poll(&ctx->wqh, EPOLLIN);
		spin_unlock(&ctx->wqh.lock);
	}
	spin_unlock_irq(&cancel_lock);
}

static int __init timerfd_init(void)
{
	on_clock_set(clock_set);
	return 0;
}
fs_initcall(timerfd_init);

/* -- The file ----------------------------------------------------------------------------------------- */

/* The intervals that have gone by since it was over first; and it runs again. wqh.lock held. */
static void catch_up(struct timerfd_ctx *ctx)
{
	if (ctx->expired && ctx->interval) {
		WRITE_ONCE(ctx->ticks, ctx->ticks + hrtimer_forward_now(&ctx->timer, ctx->interval) - 1);
		hrtimer_restart(&ctx->timer);
	}
	ctx->expired = false;
}

static __poll_t timerfd_poll(struct file *file, poll_table *wait)
{
	struct timerfd_ctx *ctx = file->private_data;

	poll_wait(file, &ctx->wqh, wait);
	return READ_ONCE(ctx->ticks) ? EPOLLIN : 0;
}

static ssize_t timerfd_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	struct timerfd_ctx *ctx = file->private_data;
	u64 ticks = 0;
	int err = 0;

	if (size < sizeof(ticks))
		return -EINVAL;
	spin_lock_irq(&ctx->wqh.lock);
	if (!ctx->ticks)
		err = file->f_flags & O_NONBLOCK ? -EAGAIN :
		      wait_event_interruptible_locked_irq(ctx->wqh, ctx->ticks);
	if (ctx->cancelled) {
		ctx->cancelled = ctx->expired = false;
		err = -ECANCELED;
	} else if (!err) {
		catch_up(ctx);
		ticks = ctx->ticks;
	}
	if (!err || err == -ECANCELED)
		WRITE_ONCE(ctx->ticks, 0);
	spin_unlock_irq(&ctx->wqh.lock);
	if (err)
		return err;
	return copy_to_user(buf, &ticks, sizeof(ticks)) ? -EFAULT : (ssize_t)sizeof(ticks);
}

static int timerfd_release(struct inode *inode, struct file *file)
{
	struct timerfd_ctx *ctx = file->private_data;

	spin_lock_irq(&cancel_lock);
	list_del(&ctx->watching);
	spin_unlock_irq(&cancel_lock);
	hrtimer_cancel(&ctx->timer);
	kfree(ctx);
	return 0;
}

static const struct file_operations timerfd_fops = {
	.release	= timerfd_release,
	.poll		= timerfd_poll,
	.read		= timerfd_read,
	.llseek		= noop_llseek,
};

/* -- Making and setting ------------------------------------------------------------------------------- */

/* Nothing sleeps so deeply here that it could not be woken by any timer. */
static clockid_t clock_to_run_by(clockid_t clock)
{
	switch (clock) {
	case CLOCK_REALTIME_ALARM:
		return CLOCK_REALTIME;
	case CLOCK_BOOTTIME_ALARM:
		return CLOCK_BOOTTIME;
	default:
		return clock;
	}
}

static bool is_clock(clockid_t clock)
{
	clock = clock_to_run_by(clock);
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME;
}

SYSCALL_DEFINE2(timerfd_create, int, clock, int, flags)
{
	struct timerfd_ctx *ctx;
	int fd;

	if ((flags & ~TFD_CREATE_FLAGS) || !is_clock(clock))
		return -EINVAL;
	ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx)
		return -ENOMEM;
	ctx->clock = clock_to_run_by(clock);
	init_waitqueue_head(&ctx->wqh);
	INIT_LIST_HEAD(&ctx->watching);
	hrtimer_init(&ctx->timer, ctx->clock, HRTIMER_MODE_ABS);
	fd = anon_inode_getfd("[timerfd]", &timerfd_fops, ctx, O_RDWR | flags);
	if (fd < 0)
		kfree(ctx);
	return fd;
}

/* Return: counted, with ctx; file NULL for -EBADF, ctx NULL for -EINVAL. */
static struct fd timerfd_get(int ufd, struct timerfd_ctx **ctx)
{
	struct fd f = fdget(ufd);

	*ctx = f.file && f.file->f_op == &timerfd_fops ? f.file->private_data : NULL;
	return f;
}

static bool watches_clock(const struct timerfd_ctx *ctx, int flags)
{
	return ctx->clock == CLOCK_REALTIME && flags == TFD_SETTIME_FLAGS;
}

static void watch_clock(struct timerfd_ctx *ctx, int flags)
{
	spin_lock_irq(&cancel_lock);
	list_del_init(&ctx->watching);
	if (watches_clock(ctx, flags))
		list_add(&ctx->watching, &cancel_list);
	spin_unlock_irq(&cancel_lock);
}

/* wqh.lock held. */
static void look_at(const struct timerfd_ctx *ctx, struct itimerspec64 *it)
{
	ktime_t left = hrtimer_get_remaining(&ctx->timer);

	it->it_value = ktime_to_timespec64(left > 0 ? left : 0);
	it->it_interval = ktime_to_timespec64(ctx->interval);
}

/* Stops it, and keeps its lock, which its function wants. @old: as it was. */
static void lock_stopped(struct timerfd_ctx *ctx, struct itimerspec64 *old)
{
	spin_lock_irq(&ctx->wqh.lock);
	while (hrtimer_try_to_cancel(&ctx->timer) < 0) {
		spin_unlock_irq(&ctx->wqh.lock);
		hrtimer_cancel(&ctx->timer);
		spin_lock_irq(&ctx->wqh.lock);
	}
	if (ctx->expired && ctx->interval)
		hrtimer_forward_now(&ctx->timer, ctx->interval);
	look_at(ctx, old);
}

/* wqh.lock held; the timer is stopped. Return: 0; -ECANCELED: the clock was set, and nobody has read that. */
static int start_timer(struct timerfd_ctx *ctx, const struct itimerspec64 *new, int flags)
{
	enum hrtimer_mode mode = flags & TFD_TIMER_ABSTIME ? HRTIMER_MODE_ABS : HRTIMER_MODE_REL;
	ktime_t end = timespec64_to_ktime(new->it_value);
	bool cancelled = ctx->cancelled && watches_clock(ctx, flags);

	ctx->expired = ctx->cancelled = false;
	WRITE_ONCE(ctx->ticks, 0);
	ctx->interval = timespec64_to_ktime(new->it_interval);
	hrtimer_init(&ctx->timer, ctx->clock, mode);
	ctx->timer.function = timerfd_fn;
	if (end)
		hrtimer_start(&ctx->timer, end, mode);
	return cancelled ? -ECANCELED : 0;
}

SYSCALL_DEFINE4(timerfd_settime, int, ufd, int, flags, const struct __kernel_itimerspec __user *, unew,
		struct __kernel_itimerspec __user *, uold)
{
	struct itimerspec64 new, old;
	struct timerfd_ctx *ctx;
	struct fd f;
	int err;

	if (get_itimerspec64(&new, unew))
		return -EFAULT;
	if ((flags & ~TFD_SETTIME_FLAGS) || !itimerspec64_valid(&new))
		return -EINVAL;
	f = timerfd_get(ufd, &ctx);
	if (!ctx) {
		fdput(f);
		return f.file ? -EINVAL : -EBADF;
	}
	watch_clock(ctx, flags);
	lock_stopped(ctx, &old);
	err = start_timer(ctx, &new, flags);
	spin_unlock_irq(&ctx->wqh.lock);
	fdput(f);
	return err ?: uold ? put_itimerspec64(&old, uold) : 0;
}

SYSCALL_DEFINE2(timerfd_gettime, int, ufd, struct __kernel_itimerspec __user *, to)
{
	struct itimerspec64 it;
	struct timerfd_ctx *ctx;
	struct fd f = timerfd_get(ufd, &ctx);

	if (!ctx) {
		fdput(f);
		return f.file ? -EINVAL : -EBADF;
	}
	spin_lock_irq(&ctx->wqh.lock);
	catch_up(ctx);
	look_at(ctx, &it);
	spin_unlock_irq(&ctx->wqh.lock);
	fdput(f);
	return put_itimerspec64(&it, to);
}
