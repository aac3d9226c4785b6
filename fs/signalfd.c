/* SPDX-License-Identifier: MIT */
/*
 * signalfd(): signals read from a file instead of being handled.
 *
 * The file has a set of signals and nothing else: what waits is looked for in the thread that
 * reads, and in its process. So it is the reader's signals that a file shows which came by fork()
 * or exec(). Who waits for them queues at his sighand, where send_signal_locked() wakes him.
 *
 * siglock of who looks guards what he looks at. The set has one word, and is read and written as
 * one.
 *
 * With epoll one may stay queued there beyond the process's end, when another one has the epoll
 * file too: put_sighand() then sends those away (POLLFREE), if @watched says that there may be
 * some.
 */
#include <linux/anon_inodes.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/signalfd.h>

struct signalfd_ctx {
	sigset_t	others;		/* those that are not shown */
};

static sigset_t others_of(const struct signalfd_ctx *ctx)
{
	return (sigset_t) { { READ_ONCE(ctx->others.sig[0]) } };
}

static __poll_t signalfd_poll(struct file *file, poll_table *wait)
{
	struct sighand_struct *sighand = current->sighand;
	sigset_t others;
	__poll_t events;

	WRITE_ONCE(sighand->watched, true);
	poll_wait(file, &sighand->signalfd_wqh, wait);
	others = others_of(file->private_data);
	spin_lock_irq(&sighand->siglock);
	events = (current->pending.signal.sig[0] | current->signal->shared_pending.signal.sig[0]) &
		 ~others.sig[0] ? EPOLLIN : 0;
	spin_unlock_irq(&sighand->siglock);
	return events;
}

/* What of @info means something for its signal and code. */
static void fill_in(struct signalfd_siginfo *to, const kernel_siginfo_t *info)
{
	to->ssi_signo = info->si_signo;
	to->ssi_errno = info->si_errno;
	to->ssi_code = info->si_code;
	switch (siginfo_layout(info->si_signo, info->si_code)) {
	case SIL_KILL:
		to->ssi_pid = info->si_pid;
		to->ssi_uid = info->si_uid;
		break;
	case SIL_TIMER:
		to->ssi_tid = info->si_tid;
		to->ssi_overrun = info->si_overrun;
		to->ssi_ptr = (unsigned long)info->si_ptr;
		to->ssi_int = info->si_int;
		break;
	case SIL_POLL:
		to->ssi_band = info->si_band;
		to->ssi_fd = info->si_fd;
		break;
	case SIL_FAULT:
		to->ssi_addr = (unsigned long)info->si_addr;
		break;
	case SIL_CHLD:
		to->ssi_pid = info->si_pid;
		to->ssi_uid = info->si_uid;
		to->ssi_status = info->si_status;
		to->ssi_utime = info->si_utime;
		to->ssi_stime = info->si_stime;
		break;
	case SIL_RT:
		to->ssi_pid = info->si_pid;
		to->ssi_uid = info->si_uid;
		to->ssi_ptr = (unsigned long)info->si_ptr;
		to->ssi_int = info->si_int;
		break;
	}
}

/* The file's set may change while one waits. siglock held. */
static int dequeue(const struct signalfd_ctx *ctx, kernel_siginfo_t *info)
{
	sigset_t others = others_of(ctx);

	return dequeue_signal(&others, info);
}

/* Return: 0; -EAGAIN: there is none, and @nonblock; -ERESTARTSYS: another one is to be handled. */
static int take_signal(const struct signalfd_ctx *ctx, kernel_siginfo_t *info, bool nonblock)
{
	struct sighand_struct *sighand = current->sighand;
	int err = 0;

	spin_lock_irq(&sighand->siglock);
	if (!nonblock)
		err = wait_event_interruptible_lock_irq(sighand->signalfd_wqh, dequeue(ctx, info),
							sighand->siglock);
	else if (!dequeue(ctx, info))
		err = -EAGAIN;
	spin_unlock_irq(&sighand->siglock);
	return err;
}

static ssize_t signalfd_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	bool nonblock = file->f_flags & O_NONBLOCK;
	struct signalfd_siginfo out;
	kernel_siginfo_t info;
	size_t done = 0;
	int err;

	if (size < sizeof(out))
		return -EINVAL;
	while (size - done >= sizeof(out)) {
		err = take_signal(file->private_data, &info, nonblock || done);
		if (err)
			return done ? (ssize_t)done : err;
		memset(&out, 0, sizeof(out));
		fill_in(&out, &info);
		if (copy_to_user(buf + done, &out, sizeof(out)))
			return done ? (ssize_t)done : -EFAULT;
		done += sizeof(out);
	}
	return done;
}

static int signalfd_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static const struct file_operations signalfd_fops = {
	.release	= signalfd_release,
	.poll		= signalfd_poll,
	.read		= signalfd_read,
	.llseek		= noop_llseek,
};

static int new_signalfd(const sigset_t *others, int flags)
{
	struct signalfd_ctx *ctx = kmalloc(sizeof(*ctx), GFP_KERNEL);
	int fd;

	if (!ctx)
		return -ENOMEM;
	ctx->others = *others;
	fd = anon_inode_getfd("[signalfd]", &signalfd_fops, ctx, O_RDWR | flags);
	if (fd < 0)
		kfree(ctx);
	return fd;
}

static int change_signalfd(int fd, const sigset_t *others)
{
	struct fd f = fdget(fd);
	struct signalfd_ctx *ctx;

	if (!f.file)
		return -EBADF;
	if (f.file->f_op != &signalfd_fops) {
		fdput(f);
		return -EINVAL;
	}
	ctx = f.file->private_data;
	WRITE_ONCE(ctx->others.sig[0], others->sig[0]);
	/*
	 * What they wait for may be there. Other processes that read the file are not told, as on
	 * Linux.
	 */
	wake_up(&current->sighand->signalfd_wqh);
	fdput(f);
	return fd;
}

static int do_signalfd(int fd, const sigset_t __user *umask, size_t size, int flags)
{
	sigset_t mask;

	if (size != sizeof(sigset_t))
		return -EINVAL;
	if (copy_from_user(&mask, umask, sizeof(mask)))
		return -EFAULT;
	if (flags & ~(SFD_CLOEXEC | SFD_NONBLOCK))
		return -EINVAL;
	sigdelsetmask(&mask, SIG_KERNEL_ONLY_MASK);
	mask.sig[0] = ~mask.sig[0];
	return fd == -1 ? new_signalfd(&mask, flags) : change_signalfd(fd, &mask);
}

SYSCALL_DEFINE4(signalfd4, int, fd, const sigset_t __user *, umask, size_t, size, int, flags)
{
	return do_signalfd(fd, umask, size, flags);
}

SYSCALL_DEFINE3(signalfd, int, fd, const sigset_t __user *, umask, size_t, size)
{
	return do_signalfd(fd, umask, size, 0);
}
