/* SPDX-License-Identifier: MIT */
/*
 * The names in a directory, for programs: getdents64(), and getdents() with its older records.
 *
 * Each record says where the next one is (d_off), which is known when that comes: the record
 * before is completed then.
 */
#include <linux/align.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/stddef.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

struct linux_dirent64 {
	u64		d_ino;
	s64		d_off;
	unsigned short	d_reclen;
	unsigned char	d_type;
	char		d_name[];
};

/* The type is the record's last byte. */
struct linux_dirent {
	unsigned long	d_ino;
	unsigned long	d_off;
	unsigned short	d_reclen;
	char		d_name[];
};

struct getdents {
	struct dir_context ctx;
	char __user	*to;
	int		room;
	char __user	*last;		/* the record before, or NULL */
	int		err;
};

/* d_off is at the same place in both forms. False: no more. */
static bool begin_record(struct getdents *g, int reclen, loff_t offset)
{
	struct linux_dirent64 __user *last = (void __user *)g->last;

	g->err = -EINVAL;	/* not even one fits */
	if (reclen > g->room)
		return false;
	g->err = -EFAULT;
	return !last || !put_user(offset, &last->d_off);
}

static bool end_record(struct getdents *g, int reclen)
{
	g->last = g->to;
	g->to += reclen;
	g->room -= reclen;
	g->err = 0;
	return true;
}

static bool fill64(struct dir_context *ctx, const char *name, int len, loff_t offset, u64 ino,
		   unsigned int type)
{
	struct getdents *g = container_of(ctx, struct getdents, ctx);
	struct linux_dirent64 __user *d = (void __user *)g->to;
	int reclen = ALIGN(offsetof(struct linux_dirent64, d_name) + len + 1, sizeof(u64));
	struct linux_dirent64 head = { .d_ino = ino, .d_reclen = reclen, .d_type = type };

	if (!begin_record(g, reclen, offset))
		return false;
	if (copy_to_user(d, &head, offsetof(struct linux_dirent64, d_name)) ||
	    copy_to_user(d->d_name, name, len) || put_user(0, d->d_name + len))
		return false;
	return end_record(g, reclen);
}

static bool fill_old(struct dir_context *ctx, const char *name, int len, loff_t offset, u64 ino,
		     unsigned int type)
{
	struct getdents *g = container_of(ctx, struct getdents, ctx);
	struct linux_dirent __user *d = (void __user *)g->to;
	int reclen = ALIGN(offsetof(struct linux_dirent, d_name) + len + 2, sizeof(long));
	struct linux_dirent head = { .d_ino = ino, .d_reclen = reclen };

	if (!begin_record(g, reclen, offset))
		return false;
	if (copy_to_user(d, &head, offsetof(struct linux_dirent, d_name)) ||
	    copy_to_user(d->d_name, name, len) || put_user(0, d->d_name + len) ||
	    put_user((char)type, (char __user *)d + reclen - 1))
		return false;
	return end_record(g, reclen);
}

/* Bytes filled in; 0 at the end. */
static int do_getdents(unsigned int fd, char __user *to, unsigned int size, filldir_t fill)
{
	struct getdents g = { .ctx.actor = fill, .to = to, .room = min_t(unsigned int, size, INT_MAX) };
	struct linux_dirent64 __user *last;
	struct fd f = fdget_pos(fd);
	int ret;

	if (!f.file)
		return -EBADF;
	ret = iterate_dir(f.file, &g.ctx);
	last = (void __user *)g.last;
	if (!last)
		ret = ret ?: g.err;
	else
		ret = put_user(g.ctx.pos, &last->d_off) ? -EFAULT : g.to - to;
	fdput_pos(f);
	return ret;
}

SYSCALL_DEFINE3(getdents64, unsigned int, fd, char __user *, to, unsigned int, size)
{
	return do_getdents(fd, to, size, fill64);
}

SYSCALL_DEFINE3(getdents, unsigned int, fd, char __user *, to, unsigned int, size)
{
	return do_getdents(fd, to, size, fill_old);
}
