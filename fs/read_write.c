/* SPDX-License-Identifier: MIT */
/* Reading, writing, seeking, listing: what is checked before a file's own operation. */
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

/* rw_verify_area - @count bytes at *@ppos make sense. Return: 0; -EINVAL. */
int rw_verify_area(int read_write, struct file *file, const loff_t *ppos, size_t count)
{
	if ((ssize_t)count < 0)
		return -EINVAL;
	if (ppos && (*ppos < 0 || (loff_t)(*ppos + count) < 0))
		return -EINVAL;
	return 0;
}
EXPORT_SYMBOL(rw_verify_area);

/**
 * vfs_read - read from an open file into the caller's memory
 * @file: open for reading
 * @buf: "user" memory: see linux/uaccess.h
 * @count: bytes
 * @pos: where; moved on
 *
 * Context: process, may sleep. Return: bytes read, 0 at the end; -EBADF not open for
 * reading; -EINVAL can't be read, or a senseless range; -EFAULT; the file's own errors.
 */
ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	ssize_t ret;
	int err;

	if (!(file->f_mode & FMODE_READ))
		return -EBADF;
	if (!(file->f_mode & FMODE_CAN_READ))
		return -EINVAL;
	if (unlikely(!access_ok(buf, count)))
		return -EFAULT;
	err = rw_verify_area(0, file, pos, count);
	if (err)
		return err;
	ret = file->f_op->read(file, buf, min_t(size_t, count, MAX_RW_COUNT), pos);
	if (ret > 0)
		fsnotify_access(file);
	return ret;
}
EXPORT_SYMBOL(vfs_read);

/* vfs_write - write the caller's memory to an open file. As vfs_read(). */
ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	ssize_t ret;
	int err;

	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if (!(file->f_mode & FMODE_CAN_WRITE))
		return -EINVAL;
	if (unlikely(!access_ok(buf, count)))
		return -EFAULT;
	err = rw_verify_area(1, file, pos, count);
	if (err)
		return err;
	ret = file->f_op->write(file, buf, min_t(size_t, count, MAX_RW_COUNT), pos);
	if (ret > 0)
		fsnotify_modify(file);
	return ret;
}
EXPORT_SYMBOL(vfs_write);

/**
 * kernel_read - vfs_read() into a kernel buffer
 * @file: open for reading
 * @buf: kernel memory
 * @count: bytes
 * @pos: where; moved on
 *
 * Context: process, may sleep. Return: as vfs_read().
 */
ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos)
{
	unsigned int old = kernel_uaccess_begin();
	ssize_t ret = vfs_read(file, (char __user *)buf, count, pos);

	kernel_uaccess_end(old);
	return ret;
}
EXPORT_SYMBOL(kernel_read);

/* kernel_write - vfs_write() from a kernel buffer */
ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos)
{
	unsigned int old = kernel_uaccess_begin();
	ssize_t ret = vfs_write(file, (const char __user *)buf, count, pos);

	kernel_uaccess_end(old);
	return ret;
}
EXPORT_SYMBOL(kernel_write);

/* vfs_llseek - move the position of an open file; -ESPIPE when it has none */
loff_t vfs_llseek(struct file *file, loff_t offset, int whence)
{
	if (!(file->f_mode & FMODE_LSEEK))
		return -ESPIPE;
	return file->f_op->llseek(file, offset, whence);
}
EXPORT_SYMBOL(vfs_llseek);

int vfs_fsync(struct file *file, int datasync)
{
	return file->f_op->fsync ? file->f_op->fsync(file, 0, MAX_LFS_FILESIZE, datasync) : -EINVAL;
}
EXPORT_SYMBOL(vfs_fsync);

/* vfs_ioctl - -ENOTTY when the file knows none */
long vfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	long ret = file->f_op->unlocked_ioctl ? file->f_op->unlocked_ioctl(file, cmd, arg) : -ENOTTY;

	return ret == -ENOIOCTLCMD ? -ENOTTY : ret;
}
EXPORT_SYMBOL(vfs_ioctl);

/**
 * iterate_dir - names of an open directory, from its position on
 * @file: the directory
 * @ctx: gets the names until it says that it is full
 *
 * Context: process, may sleep. Return: 0; -ENOTDIR; -ENOENT when it was removed.
 */
int iterate_dir(struct file *file, struct dir_context *ctx)
{
	const struct file_operations *op = file->f_op;
	struct inode *inode = file_inode(file);
	int err = -ENOENT;

	if (!op->iterate && !op->iterate_shared)
		return -ENOTDIR;
	if (op->iterate_shared)
		inode_lock_shared(inode);
	else
		inode_lock(inode);
	if (inode->i_nlink) {
		ctx->pos = file->f_pos;
		err = op->iterate_shared ? op->iterate_shared(file, ctx) : op->iterate(file, ctx);
		file->f_pos = ctx->pos;
		fsnotify_access(file);
	}
	if (op->iterate_shared)
		inode_unlock_shared(inode);
	else
		inode_unlock(inode);
	return err;
}
EXPORT_SYMBOL(iterate_dir);

/* -- For programs --------------------------------------------------------------------------- */

static ssize_t do_write(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return vfs_write(file, buf, count, pos);
}

/* rw_at_pos - at the file's own position, moved on */
ssize_t rw_at_pos(rw_fn fn, unsigned int fd, char __user *buf, size_t count)
{
	struct fd f = fdget_pos(fd);
	ssize_t ret;
	loff_t pos;

	if (!f.file)
		return -EBADF;
	pos = f.file->f_mode & FMODE_STREAM ? 0 : f.file->f_pos;
	ret = fn(f.file, buf, count, &pos);
	if (ret >= 0 && !(f.file->f_mode & FMODE_STREAM))
		f.file->f_pos = pos;
	fdput_pos(f);
	return ret;
}

SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)
{
	return rw_at_pos(vfs_read, fd, buf, count);
}

SYSCALL_DEFINE3(write, unsigned int, fd, const char __user *, buf, size_t, count)
{
	return rw_at_pos(do_write, fd, (char __user *)buf, count);
}

/* rw_at - at another one, as far as @mode of the file allows that */
ssize_t rw_at(rw_fn fn, unsigned int fd, char __user *buf, size_t count, loff_t pos, fmode_t mode)
{
	struct fd f;
	ssize_t ret;

	if (pos < 0)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	ret = f.file->f_mode & mode ? fn(f.file, buf, count, &pos) : -ESPIPE;
	fdput(f);
	return ret;
}

SYSCALL_DEFINE4(pread64, unsigned int, fd, char __user *, buf, size_t, count, loff_t, pos)
{
	return rw_at(vfs_read, fd, buf, count, pos, FMODE_PREAD);
}

SYSCALL_DEFINE4(pwrite64, unsigned int, fd, const char __user *, buf, size_t, count, loff_t, pos)
{
	return rw_at(do_write, fd, (char __user *)buf, count, pos, FMODE_PWRITE);
}

SYSCALL_DEFINE3(lseek, unsigned int, fd, off_t, offset, unsigned int, whence)
{
	struct fd f = fdget_pos(fd);
	loff_t ret;

	if (!f.file)
		return -EBADF;
	ret = whence <= SEEK_HOLE ? vfs_llseek(f.file, offset, whence) : -EINVAL;
	fdput_pos(f);
	return ret;
}

SYSCALL_DEFINE3(ioctl, unsigned int, fd, unsigned int, cmd, unsigned long, arg)
{
	struct fd f = fdget(fd);
	long ret;

	if (!f.file)
		return -EBADF;
	ret = vfs_ioctl(f.file, cmd, arg);
	fdput(f);
	return ret;
}

/* -- Ready-made llseek ----------------------------------------------------------------------- */

/* vfs_setpos - take @offset as the new position if it is one; -EINVAL */
loff_t vfs_setpos(struct file *file, loff_t offset, loff_t maxsize)
{
	if (offset < 0 || offset > maxsize)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}
EXPORT_SYMBOL(vfs_setpos);

/**
 * generic_file_llseek_size - llseek for a file of known length
 * @file: the file
 * @offset: as whence says
 * @whence: SEEK_SET, SEEK_CUR, SEEK_END, SEEK_DATA, SEEK_HOLE (the whole file is data)
 * @maxsize: largest position
 * @eof: what SEEK_END starts from
 *
 * Return: the new position; -EINVAL; -ENXIO beyond the end for DATA and HOLE.
 */
loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t maxsize,
				loff_t eof)
{
	loff_t pos;

	switch (whence) {
	case SEEK_SET:
		return vfs_setpos(file, offset, maxsize);
	case SEEK_END:
		return vfs_setpos(file, eof + offset, maxsize);
	case SEEK_CUR:
		spin_lock(&file->f_lock);	/* two of these add up */
		pos = vfs_setpos(file, file->f_pos + offset, maxsize);
		spin_unlock(&file->f_lock);
		return pos;
	case SEEK_DATA:
		return offset < 0 || offset >= eof ? -ENXIO : vfs_setpos(file, offset, maxsize);
	case SEEK_HOLE:
		return offset < 0 || offset >= eof ? -ENXIO : vfs_setpos(file, eof, maxsize);
	default:
		return -EINVAL;
	}
}
EXPORT_SYMBOL(generic_file_llseek_size);

loff_t generic_file_llseek(struct file *file, loff_t offset, int whence)
{
	return generic_file_llseek_size(file, offset, whence, MAX_LFS_FILESIZE,
					i_size_read(file_inode(file)));
}
EXPORT_SYMBOL(generic_file_llseek);

loff_t default_llseek(struct file *file, loff_t offset, int whence)
{
	return generic_file_llseek(file, offset, whence);
}
EXPORT_SYMBOL(default_llseek);

/* fixed_size_llseek - for a device of @size bytes */
loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size)
{
	return whence > SEEK_END ? -EINVAL : generic_file_llseek_size(file, offset, whence, size, size);
}
EXPORT_SYMBOL(fixed_size_llseek);

/* noop_llseek - the position does not matter, but seeking is no error */
loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos;
}
EXPORT_SYMBOL(noop_llseek);
