/* SPDX-License-Identifier: MIT */
/*
 * readv(), writev() and their like: several buffers in one call.
 *
 * The file's operation is called once with all that they hold, by way of memory of our own: so a
 * pipe or a terminal gives what there is and does not wait for the last buffer to be full, and what
 * two write at once does not mix. Of a regular file more than MAX_AT_ONCE comes in several calls,
 * with its position locked.
 */
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/uio.h>
#include "internals.h"

#define MAX_AT_ONCE	(64UL << 10)

/* The buffers; what is done is cut off at the front. */
struct buffers {
	struct iovec	*iov;		/* the first that is not done */
	struct iovec	*all;		/* to be freed */
	size_t		left;		/* bytes of all */
	bool		write;		/* to the file */
};

/*
 * get_iovec - the buffers that a program means
 * @iov: a copy of their list, to be freed
 *
 * Return: the bytes of all, of which the last ones are as short as MAX_RW_COUNT wants it; -EINVAL;
 * -EFAULT;
 * -ENOMEM.
 */
ssize_t get_iovec(const struct iovec __user *vec, unsigned long nr, struct iovec **iov)
{
	struct iovec *all;
	size_t bytes = 0;
	unsigned long i;

	*iov = NULL;
	if (nr > UIO_MAXIOV)
		return -EINVAL;
	*iov = all = kmalloc_array(nr, sizeof(*vec), GFP_KERNEL);
	if (!all)
		return -ENOMEM;
	if (copy_from_user(all, vec, nr * sizeof(*vec)))
		return -EFAULT;
	for (i = 0; i < nr; i++)
		if ((ssize_t)all[i].iov_len < 0)
			return -EINVAL;
	for (i = 0; i < nr; i++) {
		if (!access_ok(all[i].iov_base, all[i].iov_len))
			return -EFAULT;
		all[i].iov_len = min_t(size_t, all[i].iov_len, MAX_RW_COUNT - bytes);
		bytes += all[i].iov_len;
	}
	return bytes;
}

/* The next @n bytes of the buffers to or from @mem. Return: how many could be had. */
static size_t move(struct buffers *b, u8 *mem, size_t n)
{
	size_t done = 0, len, missed;

	while (done < n) {
		len = min(n - done, b->iov->iov_len);
		missed = b->write ? copy_from_user(mem + done, b->iov->iov_base, len) :
				    copy_to_user(b->iov->iov_base, mem + done, len);
		b->iov->iov_base += len;
		b->iov->iov_len -= len;
		b->left -= len;
		done += len - missed;
		if (missed)
			break;
		if (!b->iov->iov_len)
			b->iov++;
	}
	return done;
}

/* One call of the file's operation. */
static ssize_t rw_once(struct file *file, struct buffers *b, u8 *mem, size_t n, loff_t *pos)
{
	ssize_t ret;
	size_t moved;

	if (b->write) {
		moved = move(b, mem, n);
		return moved ? kernel_write(file, mem, moved, pos) : -EFAULT;
	}
	ret = kernel_read(file, mem, n, pos);
	if (ret <= 0)
		return ret;
	moved = move(b, mem, ret);
	*pos -= ret - moved;
	return moved ? (ssize_t)moved : -EFAULT;
}

static ssize_t rw_buffers(struct file *file, struct buffers *b, loff_t *pos)
{
	size_t size = min(b->left, MAX_AT_ONCE), done = 0, n;
	ssize_t ret;
	u8 *mem;

	if (!size)
		return 0;
	mem = kvmalloc(size, GFP_KERNEL);
	if (!mem)
		return -ENOMEM;
	do {
		n = min(b->left, size);
		ret = rw_once(file, b, mem, n, pos);
		if (ret > 0)
			done += ret;
	} while (ret == (ssize_t)n && b->left && (b->write || S_ISREG(file->f_inode->i_mode)));
	kvfree(mem);
	return done ? (ssize_t)done : ret;
}

static ssize_t rw_vec(struct file *file, char __user *vec, size_t nr, loff_t *pos, bool write)
{
	struct buffers b = { .write = write };
	ssize_t ret;

	if (!(file->f_mode & (write ? FMODE_WRITE : FMODE_READ)))
		return -EBADF;
	ret = get_iovec((const struct iovec __user *)vec, nr, &b.all);
	if (ret > 0) {
		b.iov = b.all;
		b.left = ret;
		ret = rw_buffers(file, &b, pos);
	}
	kfree(b.all);
	return ret;
}

/* As vfs_read() and do_write(), of so many buffers. */
static ssize_t read_vec(struct file *file, char __user *vec, size_t nr, loff_t *pos)
{
	return rw_vec(file, vec, nr, pos, false);
}

static ssize_t write_vec(struct file *file, char __user *vec, size_t nr, loff_t *pos)
{
	return rw_vec(file, vec, nr, pos, true);
}

SYSCALL_DEFINE3(readv, unsigned long, fd, const struct iovec __user *, vec, unsigned long, nr)
{
	return rw_at_pos(read_vec, fd, (char __user *)vec, nr);
}

SYSCALL_DEFINE3(writev, unsigned long, fd, const struct iovec __user *, vec, unsigned long, nr)
{
	return rw_at_pos(write_vec, fd, (char __user *)vec, nr);
}

/* A position has two halves, of which a 64-bit machine's first one is all. */
SYSCALL_DEFINE5(preadv, unsigned long, fd, const struct iovec __user *, vec, unsigned long, nr,
		unsigned long, pos, unsigned long, high)
{
	return rw_at(read_vec, fd, (char __user *)vec, nr, pos, FMODE_PREAD);
}

SYSCALL_DEFINE5(pwritev, unsigned long, fd, const struct iovec __user *, vec, unsigned long, nr,
		unsigned long, pos, unsigned long, high)
{
	return rw_at(write_vec, fd, (char __user *)vec, nr, pos, FMODE_PWRITE);
}
