/* SPDX-License-Identifier: MIT */
/* From one file to another without the way through user memory: sendfile(), copy_file_range(). */
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/minmax.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

/* A page at a time; positions are moved by what came to @out. */
static ssize_t copy_pages(struct file *in, loff_t *in_pos, struct file *out, loff_t *out_pos,
			  size_t count)
{
	void *page = (void *)__get_free_page(GFP_KERNEL);
	ssize_t done = 0, got = 0, put = 0;
	loff_t pos;

	if (!page)
		return -ENOMEM;
	while ((size_t)done < count && !signal_pending(current)) {
		pos = *in_pos;
		got = kernel_read(in, page, min_t(size_t, count - done, PAGE_SIZE), &pos);
		if (got <= 0)
			break;
		put = kernel_write(out, page, got, out_pos);
		if (put <= 0)
			break;
		*in_pos += put;
		done += put;
		if (put < got)
			break;
		cond_resched();
	}
	free_page((unsigned long)page);
	if (done || (got >= 0 && put >= 0 && !signal_pending(current)))
		return done;
	return got < 0 ? got : put < 0 ? put : -ERESTARTSYS;
}

static ssize_t copy_files_at(struct file *in, loff_t *in_pos, struct file *out, loff_t *out_pos,
			     size_t count)
{
	loff_t from = begin_pos(in, in_pos), to = begin_pos(out, out_pos);
	ssize_t ret = copy_pages(in, &from, out, &to, min_t(size_t, count, MAX_RW_COUNT));

	end_pos(in, in_pos, from);
	end_pos(out, out_pos, to);
	return ret;
}

/* What both calls refuse. */
static int check_copy(struct file *in, const loff_t *in_pos, struct file *out, const loff_t *out_pos)
{
	if (!in || !out || !(in->f_mode & FMODE_READ) || !(out->f_mode & FMODE_WRITE))
		return -EBADF;
	if ((in_pos && !(in->f_mode & FMODE_PREAD)) || (out_pos && !(out->f_mode & FMODE_PWRITE)))
		return -ESPIPE;
	if ((in_pos && *in_pos < 0) || (out_pos && *out_pos < 0))
		return -EINVAL;
	return 0;
}

SYSCALL_DEFINE4(sendfile, int, out_fd, int, in_fd, loff_t __user *, offset, size_t, count)
{
	struct fd in, out;
	loff_t pos = 0;
	ssize_t ret;

	if (offset && get_user(pos, offset))
		return -EFAULT;
	in = fdget_pos(in_fd);
	out = fdget(out_fd);
	ret = check_copy(in.file, offset ? &pos : NULL, out.file, NULL);
	if (!ret && (!S_ISREG(in.file->f_inode->i_mode) || (out.file->f_flags & O_APPEND) ||
		     (ssize_t)count < 0))
		ret = -EINVAL;
	if (!ret)
		ret = copy_files_at(in.file, offset ? &pos : NULL, out.file, NULL, count);
	fdput(out);
	fdput_pos(in);
	return offset && put_user(pos, offset) ? -EFAULT : ret;
}

static int check_range(struct file *in, struct file *out, unsigned int flags)
{
	if (S_ISDIR(in->f_inode->i_mode) || S_ISDIR(out->f_inode->i_mode))
		return -EISDIR;
	if (!S_ISREG(in->f_inode->i_mode) || !S_ISREG(out->f_inode->i_mode) || flags)
		return -EINVAL;
	if (out->f_flags & O_APPEND)
		return -EBADF;
	return in->f_inode->i_sb == out->f_inode->i_sb ? 0 : -EXDEV;
}

/*
 * No more than there is of @in. Return: 0; -EFBIG; -EINVAL: both parts are of one file and overlap.
 */
static int limit_range(struct file *in, const loff_t *in_pos, struct file *out, const loff_t *out_pos,
		       size_t *count)
{
	u64 from = begin_pos(in, in_pos), to = begin_pos(out, out_pos), size = i_size_read(in->f_inode);

	*count = from < size ? min_t(u64, *count, size - from) : 0;
	if (to + *count > LLONG_MAX)
		return -EFBIG;
	return in->f_inode == out->f_inode && from < to + *count && to < from + *count ? -EINVAL : 0;
}

SYSCALL_DEFINE6(copy_file_range, int, in_fd, loff_t __user *, in_off, int, out_fd,
		loff_t __user *, out_off, size_t, count, unsigned int, flags)
{
	loff_t from = 0, to = 0, *in_pos = in_off ? &from : NULL, *out_pos = out_off ? &to : NULL;
	struct fd in, out;
	ssize_t ret;

	if ((in_off && get_user(from, in_off)) || (out_off && get_user(to, out_off)))
		return -EFAULT;
	in = fdget(in_fd);
	out = fdget(out_fd);
	ret = check_copy(in.file, in_pos, out.file, out_pos);
	if (!ret)
		ret = check_range(in.file, out.file, flags);
	if (!ret)
		ret = limit_range(in.file, in_pos, out.file, out_pos, &count);
	if (!ret)
		ret = copy_files_at(in.file, in_pos, out.file, out_pos, count);
	fdput(out);
	fdput(in);
	if (ret > 0 && ((in_off && put_user(from, in_off)) || (out_off && put_user(to, out_off))))
		return -EFAULT;
	return ret;
}
