/* SPDX-License-Identifier: MIT */
/*
 * splice(), tee(), vmsplice(): between a pipe and another file, pipe or program, without the way
 * through the caller's memory. Bytes are copied once, from the one's page to the other's.
 *
 * A file takes part if its operations say so: splice_read, splice_write. They are called with the
 * other side in reach: splice_read() with the pipe's mutex held and room in it, splice_write()
 * without.
 *
 * Locks: a pipe's mutex, of two the one at the lower address first; inside of it what the file's
 * read() and write() take.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"
#include "pipe.h"

#define SPLICE_F_MOVE		0x01	/* these two: a hint, which is not needed */
#define SPLICE_F_MORE		0x04
#define SPLICE_F_NONBLOCK	0x02	/* don't wait for a pipe */
#define SPLICE_F_GIFT		0x08	/* the program does not need the pages any more */
#define SPLICE_F_ALL		(SPLICE_F_MOVE | SPLICE_F_NONBLOCK | SPLICE_F_MORE | SPLICE_F_GIFT)

static struct pipe_inode_info *pipe_of(const struct file *file)
{
	return file->f_op == &pipefifo_fops ? file->private_data : NULL;
}

/* -- Waiting. The mutex is held. --------------------------------------------------------------- */

/* Return: 0: there is something, or nobody will write any more; -EAGAIN; -ERESTARTSYS. */
static int wait_for_data(struct pipe_inode_info *pipe, unsigned int flags)
{
	int err = 0;

	while (!err && !pipe_used(pipe) && pipe->writers)
		err = flags & SPLICE_F_NONBLOCK ? -EAGAIN : pipe_wait(pipe, &pipe->rd_wait);
	return err;
}

/* Return: 0: there is room; -EPIPE; -EAGAIN; -ERESTARTSYS. */
static int wait_for_room(struct pipe_inode_info *pipe, unsigned int flags)
{
	int err = 0;

	while (!err) {
		if (!pipe->readers) {
			send_sig(SIGPIPE, current, 0);
			return -EPIPE;
		}
		if (pipe_room(pipe))
			break;
		err = flags & SPLICE_F_NONBLOCK ? -EAGAIN : pipe_wait(pipe, &pipe->wr_wait);
	}
	return err;
}

/* -- A file and a pipe ------------------------------------------------------------------------- */

/**
 * generic_file_splice_read - splice_read of a file that can be read
 * @in: the file
 * @ppos: where; moved on
 * @pipe: where to; its mutex is held, and there is room
 * @len: bytes
 * @flags: SPLICE_F_*
 *
 * Context: process, may sleep. Return: the bytes; 0 at the file's end; -ENOMEM; as its read().
 */
ssize_t generic_file_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe,
				 size_t len, unsigned int flags)
{
	ssize_t ret = 0;
	size_t done = 0;
	unsigned int n;
	u8 *space;

	while (done < len && pipe_room(pipe)) {
		space = pipe_space(pipe, &n);
		if (!space) {
			ret = -ENOMEM;
			break;
		}
		n = min_t(size_t, n, len - done);
		ret = kernel_read(in, space, n, ppos);
		if (ret <= 0)
			break;
		pipe->head += ret;
		done += ret;
		/* Others than regular files might wait for more. */
		if ((unsigned int)ret < n || !S_ISREG(in->f_inode->i_mode) ||
		    signal_pending(current))
			break;
	}
	return done ? (ssize_t)done : ret;
}
EXPORT_SYMBOL(generic_file_splice_read);

/**
 * iter_file_splice_write - splice_write of a file that can be written
 * @pipe: where from; its mutex is not held
 * @out: the file
 * @ppos: where; moved on
 * @len: bytes
 * @flags: SPLICE_F_*
 *
 * It waits for the first byte only. Context: process, may sleep. Return: the bytes; 0: nobody
 * writes to the pipe; -EAGAIN; -ERESTARTSYS; as its write().
 */
ssize_t iter_file_splice_write(struct pipe_inode_info *pipe, struct file *out, loff_t *ppos,
			       size_t len, unsigned int flags)
{
	size_t done = 0;
	ssize_t ret;
	unsigned int n;
	u8 *data;

	mutex_lock(&pipe->mutex);
	ret = wait_for_data(pipe, flags);
	while (!ret && done < len && pipe_used(pipe)) {
		data = pipe_data(pipe, 0, &n);
		ret = kernel_write(out, data, min_t(size_t, n, len - done), ppos);
		if (ret <= 0)
			break;
		pipe_consume(pipe, ret);
		done += ret;
		ret = signal_pending(current) ? -ERESTARTSYS : 0;
	}
	mutex_unlock(&pipe->mutex);
	if (done)
		pipe_wake_writers(pipe);
	return done ? (ssize_t)done : ret;
}
EXPORT_SYMBOL(iter_file_splice_write);

static ssize_t file_to_pipe(struct file *in, loff_t *pos, struct pipe_inode_info *pipe, size_t len,
			    unsigned int flags)
{
	ssize_t ret;

	mutex_lock(&pipe->mutex);
	ret = wait_for_room(pipe, flags);
	if (!ret) {
		len = min_t(size_t, len, pipe_room(pipe));
		ret = rw_verify_area(READ, in, pos, len);
	}
	if (!ret && !in->f_op->splice_read)
		ret = -EINVAL;
	if (!ret)
		ret = in->f_op->splice_read(in, pos, pipe, len, flags);
	mutex_unlock(&pipe->mutex);
	if (ret > 0)
		pipe_wake_readers(pipe);
	return ret;
}

static ssize_t pipe_to_file(struct pipe_inode_info *pipe, struct file *out, loff_t *pos, size_t len,
			    unsigned int flags)
{
	int err;

	if (out->f_flags & O_APPEND)
		return -EINVAL;
	err = rw_verify_area(WRITE, out, pos, len);
	if (err)
		return err;
	if (!out->f_op->splice_write)
		return -EINVAL;
	return out->f_op->splice_write(pipe, out, pos, min_t(size_t, len, MAX_RW_COUNT), flags);
}

/* -- Two pipes --------------------------------------------------------------------------------- */

static void lock_both(struct pipe_inode_info *a, struct pipe_inode_info *b)
{
	if (a > b)
		swap(a, b);
	mutex_lock(&a->mutex);
	mutex_lock_nested(&b->mutex, SINGLE_DEPTH_NESTING);
}

static void unlock_both(struct pipe_inode_info *a, struct pipe_inode_info *b)
{
	mutex_unlock(&a->mutex);
	mutex_unlock(&b->mutex);
}

/*
 * What can be had at once. @keep: it stays in @in. Both mutexes are held. Return: bytes; -EPIPE;
 * -ENOMEM.
 */
static ssize_t move_bytes(struct pipe_inode_info *in, struct pipe_inode_info *out, size_t len,
			  bool keep)
{
	unsigned int n, room;
	size_t done = 0;
	u8 *data, *space;

	if (!out->readers)
		return -EPIPE;
	while (done < len && pipe_used(in) > (keep ? done : 0) && pipe_room(out)) {
		space = pipe_space(out, &room);
		if (!space)
			return done ? (ssize_t)done : -ENOMEM;
		data = pipe_data(in, keep ? done : 0, &n);
		n = min_t(size_t, min(n, room), len - done);
		memcpy(space, data, n);
		out->head += n;
		if (!keep)
			pipe_consume(in, n);
		done += n;
	}
	return done;
}

/* One after the other, as each may take its time; then what was there may be gone. */
static int wait_for_both(struct pipe_inode_info *in, struct pipe_inode_info *out,
			 unsigned int flags)
{
	int err;

	mutex_lock(&in->mutex);
	err = wait_for_data(in, flags);
	mutex_unlock(&in->mutex);
	if (err)
		return err;
	mutex_lock(&out->mutex);
	err = wait_for_room(out, flags);
	mutex_unlock(&out->mutex);
	return err;
}

static ssize_t pipe_to_pipe(struct pipe_inode_info *in, struct pipe_inode_info *out, size_t len,
			    unsigned int flags, bool keep)
{
	ssize_t ret;
	bool ended;

	do {
		ret = wait_for_both(in, out, flags);
		if (ret)
			return ret;
		lock_both(in, out);
		ret = move_bytes(in, out, len, keep);
		ended = !pipe_used(in) && !in->writers;
		unlock_both(in, out);
	} while (!ret && !ended);
	if (ret > 0)
		pipe_wake_readers(out);
	if (ret > 0 && !keep)
		pipe_wake_writers(in);
	if (ret == -EPIPE)
		send_sig(SIGPIPE, current, 0);
	return ret;
}

/* -- The calls --------------------------------------------------------------------------------- */

static unsigned int with_nonblock(unsigned int flags, const struct file *file)
{
	return file->f_flags & O_NONBLOCK ? flags | SPLICE_F_NONBLOCK : flags;
}

/* @in_pos, @out_pos: NULL, or where; moved on. */
static ssize_t do_splice(struct file *in, loff_t *in_pos, struct file *out, loff_t *out_pos,
			 size_t len, unsigned int flags)
{
	struct pipe_inode_info *from = pipe_of(in), *to = pipe_of(out);
	ssize_t ret;
	loff_t pos;

	if (!(in->f_mode & FMODE_READ) || !(out->f_mode & FMODE_WRITE))
		return -EBADF;
	if (from && to) {
		flags = with_nonblock(with_nonblock(flags, in), out);
		return from == to ? -EINVAL : pipe_to_pipe(from, to, len, flags, false);
	}
	if (from) {
		if (out_pos && !(out->f_mode & FMODE_PWRITE))
			return -EINVAL;
		pos = begin_pos(out, out_pos);
		ret = pipe_to_file(from, out, &pos, len, with_nonblock(flags, in));
		end_pos(out, out_pos, pos);
		return ret;
	}
	if (!to || (in_pos && !(in->f_mode & FMODE_PREAD)))
		return -EINVAL;
	pos = begin_pos(in, in_pos);
	ret = file_to_pipe(in, &pos, to, len, with_nonblock(flags, out));
	end_pos(in, in_pos, pos);
	return ret;
}

static ssize_t splice_at(struct file *in, loff_t __user *off_in, struct file *out,
			 loff_t __user *off_out, size_t len, unsigned int flags)
{
	loff_t from = 0, to = 0;
	ssize_t ret;

	if ((pipe_of(in) && off_in) || (pipe_of(out) && off_out))
		return -ESPIPE;
	if ((off_out && get_user(to, off_out)) || (off_in && get_user(from, off_in)))
		return -EFAULT;
	ret = do_splice(in, off_in ? &from : NULL, out, off_out ? &to : NULL, len, flags);
	if (ret < 0)
		return ret;
	if ((off_out && put_user(to, off_out)) || (off_in && put_user(from, off_in)))
		return -EFAULT;
	return ret;
}

SYSCALL_DEFINE6(splice, int, fd_in, loff_t __user *, off_in, int, fd_out,
		loff_t __user *, off_out, size_t, len, unsigned int, flags)
{
	struct fd in, out;
	ssize_t ret = -EBADF;

	if (!len)
		return 0;
	if (flags & ~SPLICE_F_ALL)
		return -EINVAL;
	in = fdget(fd_in);
	out = fdget(fd_out);
	if (in.file && out.file)
		ret = splice_at(in.file, off_in, out.file, off_out, len, flags);
	fdput(out);
	fdput(in);
	return ret;
}

static ssize_t do_tee(struct file *in, struct file *out, size_t len, unsigned int flags)
{
	struct pipe_inode_info *from = pipe_of(in), *to = pipe_of(out);

	if (!(in->f_mode & FMODE_READ) || !(out->f_mode & FMODE_WRITE))
		return -EBADF;
	if (!from || !to || from == to)
		return -EINVAL;
	return pipe_to_pipe(from, to, len, with_nonblock(with_nonblock(flags, in), out), true);
}

SYSCALL_DEFINE4(tee, int, fd_in, int, fd_out, size_t, len, unsigned int, flags)
{
	struct fd in, out;
	ssize_t ret = -EBADF;

	if (flags & ~SPLICE_F_ALL)
		return -EINVAL;
	if (!len)
		return 0;
	in = fdget(fd_in);
	out = fdget(fd_out);
	if (in.file && out.file)
		ret = do_tee(in.file, out.file, len, flags);
	fdput(out);
	fdput(in);
	return ret;
}

/* Buffer by buffer, until one does not fit, or there is no more. The mutex is held. */
static ssize_t move_buffers(struct pipe_inode_info *pipe, const struct iovec *iov, size_t left,
			    bool write)
{
	size_t done = 0;
	ssize_t ret;

	for (; left; iov++) {
		ret = write ? pipe_put(pipe, iov->iov_base, iov->iov_len) :
			      pipe_take(pipe, iov->iov_base, iov->iov_len);
		if (ret < 0)
			return done ? (ssize_t)done : ret;
		done += ret;
		if ((size_t)ret < iov->iov_len)
			break;
		left -= ret;
	}
	return done;
}

static ssize_t do_vmsplice(struct pipe_inode_info *pipe, const struct iovec *iov, size_t bytes,
			   bool write, unsigned int flags)
{
	ssize_t ret;

	mutex_lock(&pipe->mutex);
	ret = write ? wait_for_room(pipe, flags) : wait_for_data(pipe, flags);
	if (!ret)
		ret = move_buffers(pipe, iov, bytes, write);
	mutex_unlock(&pipe->mutex);
	if (ret > 0 && write)
		pipe_wake_readers(pipe);
	else if (ret > 0)
		pipe_wake_writers(pipe);
	return ret;
}

SYSCALL_DEFINE4(vmsplice, int, fd, const struct iovec __user *, vec, unsigned long, nr,
		unsigned int, flags)
{
	struct pipe_inode_info *pipe;
	struct iovec *iov = NULL;
	ssize_t ret = -EBADF;
	struct fd f;

	if (flags & ~SPLICE_F_ALL)
		return -EINVAL;
	f = fdget(fd);
	if (f.file && (f.file->f_mode & (FMODE_READ | FMODE_WRITE)))
		ret = get_iovec(vec, nr, &iov);
	/* The file's own O_NONBLOCK does not count. */
	if (ret > 0) {
		pipe = pipe_of(f.file);
		ret = pipe ? do_vmsplice(pipe, iov, ret, f.file->f_mode & FMODE_WRITE, flags) : -EBADF;
	}
	kfree(iov);
	fdput(f);
	return ret;
}
