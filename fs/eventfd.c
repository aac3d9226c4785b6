/* SPDX-License-Identifier: MIT */
/* eventfd(): a number that writing adds to and reading takes, waiting while it is 0. */
#include <linux/anon_inodes.h>
#include <linux/errno.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/wait.h>

#define EFD_SEMAPHORE	0x00000001	/* reading takes 1 */
#define EFD_CLOEXEC	O_CLOEXEC
#define EFD_NONBLOCK	O_NONBLOCK

struct eventfd_ctx {
	bool			semaphore;	/* fixed */

	wait_queue_head_t	wqh;		/* its lock guards the next one */
	u64			count;		/* ULLONG_MAX is never reached */
};

static __poll_t eventfd_poll(struct file *file, poll_table *wait)
{
	struct eventfd_ctx *ctx = file->private_data;
	__poll_t events = 0;
	u64 count;

	/* Who changes it from here on wakes us. */
	poll_wait(file, &ctx->wqh, wait);
	count = READ_ONCE(ctx->count);
	if (count > 0)
		events |= EPOLLIN;
	if (count < ULLONG_MAX - 1)
		events |= EPOLLOUT;
	return events;
}

static ssize_t eventfd_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	struct eventfd_ctx *ctx = file->private_data;
	int err = 0;
	u64 taken;

	if (size < sizeof(taken))
		return -EINVAL;
	spin_lock_irq(&ctx->wqh.lock);
	if (!ctx->count)
		err = file->f_flags & O_NONBLOCK ? -EAGAIN :
		      wait_event_interruptible_locked_irq(ctx->wqh, ctx->count);
	if (!err) {
		taken = ctx->semaphore ? 1 : ctx->count;
		WRITE_ONCE(ctx->count, ctx->count - taken);
		wake_up_locked_poll(&ctx->wqh, EPOLLOUT);
	}
	spin_unlock_irq(&ctx->wqh.lock);
	if (err)
		return err;
	return copy_to_user(buf, &taken, sizeof(taken)) ? -EFAULT : (ssize_t)sizeof(taken);
}

static ssize_t eventfd_write(struct file *file, const char __user *buf, size_t size, loff_t *pos)
{
	struct eventfd_ctx *ctx = file->private_data;
	int err = 0;
	u64 add;

	if (size < sizeof(add))
		return -EINVAL;
	if (copy_from_user(&add, buf, sizeof(add)))
		return -EFAULT;
	if (add == ULLONG_MAX)
		return -EINVAL;
	spin_lock_irq(&ctx->wqh.lock);
	if (add >= ULLONG_MAX - ctx->count)
		err = file->f_flags & O_NONBLOCK ? -EAGAIN :
		      wait_event_interruptible_locked_irq(ctx->wqh, add < ULLONG_MAX - ctx->count);
	if (!err) {
		WRITE_ONCE(ctx->count, ctx->count + add);
		wake_up_locked_poll(&ctx->wqh, EPOLLIN);
	}
	spin_unlock_irq(&ctx->wqh.lock);
	return err ?: (ssize_t)sizeof(add);
}

static int eventfd_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static const struct file_operations eventfd_fops = {
	.release	= eventfd_release,
	.poll		= eventfd_poll,
	.read		= eventfd_read,
	.write		= eventfd_write,
	.llseek		= noop_llseek,
};

static int do_eventfd(unsigned int count, int flags)
{
	struct eventfd_ctx *ctx;
	int fd;

	if (flags & ~(EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK))
		return -EINVAL;
	ctx = kmalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx)
		return -ENOMEM;
	init_waitqueue_head(&ctx->wqh);
	ctx->semaphore = flags & EFD_SEMAPHORE;
	ctx->count = count;
	fd = anon_inode_getfd("[eventfd]", &eventfd_fops, ctx, O_RDWR | (flags & (EFD_CLOEXEC | EFD_NONBLOCK)));
	if (fd < 0)
		kfree(ctx);
	return fd;
}

SYSCALL_DEFINE2(eventfd2, unsigned int, count, int, flags)
{
	return do_eventfd(count, flags);
}

SYSCALL_DEFINE1(eventfd, unsigned int, count)
{
	return do_eventfd(count, 0);
}
