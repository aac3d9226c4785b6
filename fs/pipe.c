/* SPDX-License-Identifier: MIT */
/*
 * Pipes: bytes from those that write to those that read. With a name in a directory (FIFO) or
 * without (pipe()).
 *
 * POSIX.1-2017, pipe(), and read() and write() on pipes: up to PIPE_BUF bytes go in as one;
 * a reader finds the end when nobody has it open for writing; a writer that nobody will
 * read gets SIGPIPE and -EPIPE.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/pipe_fs_i.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/asm-generic/ioctls.h>
#include "internals.h"
#include "pipe.h"

#define PIPEFS_MAGIC	0x50495045

static struct vfsmount *pipe_mnt;

static struct pipe_inode_info *alloc_pipe(void)
{
	struct pipe_inode_info *pipe = kzalloc(sizeof(*pipe), GFP_KERNEL);

	if (!pipe)
		return NULL;
	mutex_init(&pipe->mutex);
	init_waitqueue_head(&pipe->rd_wait);
	init_waitqueue_head(&pipe->wr_wait);
	return pipe;
}

static void free_pipe(struct pipe_inode_info *pipe)
{
	for (int i = 0; i < PIPE_PAGES; i++)
		free_page((unsigned long)pipe->pages[i]);
	kfree(pipe);
}

/*
 * pipe_wait - sleep, with the mutex released, until something changes. Return: 0 or -ERESTARTSYS.
 */
int pipe_wait(struct pipe_inode_info *pipe, wait_queue_head_t *queue)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(queue, &wait, TASK_INTERRUPTIBLE);
	mutex_unlock(&pipe->mutex);
	if (!signal_pending(current))
		schedule();
	finish_wait(queue, &wait);
	mutex_lock(&pipe->mutex);
	return signal_pending(current) ? -ERESTARTSYS : 0;
}

/* pipe_wake_readers - there is something to read. Any context but NMI */
void pipe_wake_readers(struct pipe_inode_info *pipe)
{
	wake_up_interruptible_sync_poll(&pipe->rd_wait, EPOLLIN | EPOLLRDNORM);
}

/* pipe_wake_writers - there is room */
void pipe_wake_writers(struct pipe_inode_info *pipe)
{
	wake_up_interruptible_sync_poll(&pipe->wr_wait, EPOLLOUT | EPOLLWRNORM);
}

/*
 * pipe_consume - the first @n bytes, of one page, are read. A page that was read to its end is
 * given back.
 */
void pipe_consume(struct pipe_inode_info *pipe, unsigned int n)
{
	u8 **page = &pipe->pages[pipe->tail / PAGE_SIZE % PIPE_PAGES];

	pipe->tail += n;
	if (!offset_in_page(pipe->tail)) {
		free_page((unsigned long)*page);
		*page = NULL;
	}
	/* Empty: the page, if there is one, is used from its beginning again. */
	if (!pipe_used(pipe))
		pipe->head = pipe->tail = round_down(pipe->tail, PAGE_SIZE);
}

/*
 * pipe_space - where the next bytes go, there being room, and @len: how many fit together. They are
 * in the pipe when head is moved. Return: NULL without memory.
 */
u8 *pipe_space(struct pipe_inode_info *pipe, unsigned int *len)
{
	u8 **page = &pipe->pages[pipe->head / PAGE_SIZE % PIPE_PAGES];
	unsigned int at = offset_in_page(pipe->head);

	if (!*page)
		*page = (u8 *)__get_free_page(GFP_KERNEL | __GFP_NOWARN);
	*len = PAGE_SIZE - at;
	return *page ? *page + at : NULL;
}

/* pipe_take - up to @count bytes out. Return: how many; -EFAULT. */
ssize_t pipe_take(struct pipe_inode_info *pipe, char __user *buf, size_t count)
{
	size_t done = 0;

	count = min_t(size_t, count, pipe_used(pipe));
	while (done < count) {
		unsigned int len;
		u8 *data = pipe_data(pipe, 0, &len);

		len = min_t(size_t, len, count - done);
		if (copy_to_user(buf + done, data, len))
			return done ? (ssize_t)done : -EFAULT;
		pipe_consume(pipe, len);
		done += len;
	}
	return done;
}

/* pipe_put - up to @count bytes in, as room allows. Return: how many; -EFAULT; -ENOMEM. */
ssize_t pipe_put(struct pipe_inode_info *pipe, const char __user *buf, size_t count)
{
	size_t done = 0;

	count = min_t(size_t, count, pipe_room(pipe));
	while (done < count) {
		unsigned int len;
		u8 *space = pipe_space(pipe, &len);

		if (!space)
			return done ? (ssize_t)done : -ENOMEM;
		len = min_t(size_t, len, count - done);
		if (copy_from_user(space, buf + done, len))
			return done ? (ssize_t)done : -EFAULT;
		pipe->head += len;
		done += len;
	}
	return done;
}

static ssize_t pipe_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct pipe_inode_info *pipe = file->private_data;
	ssize_t ret = 0;
	bool wake;

	if (!count)
		return 0;
	mutex_lock(&pipe->mutex);
	while (!pipe_used(pipe) && pipe->writers && !ret)
		ret = file->f_flags & O_NONBLOCK ? -EAGAIN : pipe_wait(pipe, &pipe->rd_wait);
	if (pipe_used(pipe))
		ret = pipe_take(pipe, buf, count);
	/* Who waits has queued under the mutex, or looks under it when queued: nobody is missed. */
	wake = ret > 0 && waitqueue_active(&pipe->wr_wait);
	mutex_unlock(&pipe->mutex);
	if (wake)
		pipe_wake_writers(pipe);
	return ret;
}

static ssize_t pipe_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct pipe_inode_info *pipe = file->private_data;
	size_t done = 0;
	ssize_t ret = 0;

	if (!count)
		return 0;
	mutex_lock(&pipe->mutex);
	while (done < count) {
		/* A small write goes in as one; a large one bit by bit. */
		size_t wants = count <= PIPE_BUF ? count : 1;

		if (!pipe->readers) {
			ret = -EPIPE;
			break;
		}
		if (pipe_room(pipe) >= wants) {
			ret = pipe_put(pipe, buf + done, count - done);
			if (ret < 0)
				break;
			done += ret;
			pipe_wake_readers(pipe);
			continue;
		}
		ret = file->f_flags & O_NONBLOCK ? -EAGAIN : pipe_wait(pipe, &pipe->wr_wait);
		if (ret)
			break;
	}
	mutex_unlock(&pipe->mutex);
	if (ret == -EPIPE)
		send_sig(SIGPIPE, current, 0);
	return done ? (ssize_t)done : ret;
}

static __poll_t pipe_poll(struct file *file, struct poll_table_struct *table)
{
	struct pipe_inode_info *pipe = file->private_data;
	__poll_t mask = 0;

	if (file->f_mode & FMODE_READ)
		poll_wait(file, &pipe->rd_wait, table);
	if (file->f_mode & FMODE_WRITE)
		poll_wait(file, &pipe->wr_wait, table);

	mutex_lock(&pipe->mutex);
	if (file->f_mode & FMODE_READ) {
		if (pipe_used(pipe))
			mask |= EPOLLIN | EPOLLRDNORM;
		/* A FIFO that never had a writer since we opened it has not ended. */
		if (!pipe->writers && file->f_version != pipe->w_counter)
			mask |= EPOLLHUP;
	}
	if (file->f_mode & FMODE_WRITE) {
		if (pipe_room(pipe) >= PIPE_BUF)
			mask |= EPOLLOUT | EPOLLWRNORM;
		if (!pipe->readers)
			mask |= EPOLLERR;
	}
	mutex_unlock(&pipe->mutex);
	return mask;
}

static long pipe_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct pipe_inode_info *pipe = file->private_data;
	unsigned int used;

	if (cmd != FIONREAD)
		return -ENOIOCTLCMD;
	mutex_lock(&pipe->mutex);
	used = pipe_used(pipe);
	mutex_unlock(&pipe->mutex);
	return put_user(used, (int __user *)arg);
}

/* The last file of it frees a pipe; a FIFO begins anew then. */
static int pipe_release(struct inode *inode, struct file *file)
{
	struct pipe_inode_info *pipe = file->private_data;
	bool last;

	mutex_lock(&pipe->mutex);
	if (file->f_mode & FMODE_READ)
		pipe->readers--;
	if (file->f_mode & FMODE_WRITE)
		pipe->writers--;
	if (!pipe->readers != !pipe->writers)
		wake_up_interruptible_all(pipe->readers ? &pipe->rd_wait : &pipe->wr_wait);
	mutex_unlock(&pipe->mutex);

	spin_lock(&inode->i_lock);
	last = !--pipe->files;
	if (last)
		inode->i_pipe = NULL;
	spin_unlock(&inode->i_lock);
	if (last)
		free_pipe(pipe);
	return 0;
}

/* ---- Opening a FIFO -------------------------------------------------------------------- */

/* The pipe behind a FIFO's inode, made by who comes first. */
static struct pipe_inode_info *get_pipe(struct inode *inode)
{
	struct pipe_inode_info *fresh = alloc_pipe(), *pipe;

	if (!fresh)
		return NULL;
	spin_lock(&inode->i_lock);
	if (!inode->i_pipe) {
		inode->i_pipe = fresh;
		fresh = NULL;
	}
	pipe = inode->i_pipe;
	pipe->files++;
	spin_unlock(&inode->i_lock);
	if (fresh)
		free_pipe(fresh);
	return pipe;
}

/* Waits for somebody at the other end, who counts in @counter. */
static int wait_for_partner(struct pipe_inode_info *pipe, const unsigned int *counter,
			    wait_queue_head_t *queue)
{
	unsigned int seen = *counter;
	int err = 0;

	while (seen == *counter && !err)
		err = pipe_wait(pipe, queue);
	return seen == *counter ? err : 0;
}

static int open_ends(struct pipe_inode_info *pipe, struct file *file)
{
	bool reads = file->f_mode & FMODE_READ, writes = file->f_mode & FMODE_WRITE;
	bool nonblock = file->f_flags & O_NONBLOCK;

	if (writes && !reads && nonblock && !pipe->readers)
		return -ENXIO;
	if (reads && !pipe->readers++)
		wake_up_interruptible_all(&pipe->wr_wait);
	if (writes && !pipe->writers++)
		wake_up_interruptible_all(&pipe->rd_wait);
	pipe->r_counter += reads;
	pipe->w_counter += writes;
	if (reads && writes)
		return 0;
	if (reads && !pipe->writers) {
		if (!nonblock)
			return wait_for_partner(pipe, &pipe->w_counter, &pipe->rd_wait);
		file->f_version = pipe->w_counter;
	}
	if (writes && !pipe->readers)
		return wait_for_partner(pipe, &pipe->r_counter, &pipe->wr_wait);
	return 0;
}

/* A pipe's file under /proc is opened by this too. */
static int fifo_open(struct inode *inode, struct file *file)
{
	struct pipe_inode_info *pipe = get_pipe(inode);
	int err;

	if (!pipe)
		return -ENOMEM;
	file->private_data = pipe;
	file->f_version = ~0U;
	stream_open(inode, file);
	mutex_lock(&pipe->mutex);
	err = open_ends(pipe, file);
	mutex_unlock(&pipe->mutex);
	if (err == -ENXIO) {		/* nothing was counted yet but the file */
		file->f_mode &= ~(FMODE_READ | FMODE_WRITE);
	}
	if (err)
		pipe_release(inode, file);
	return err;
}

const struct file_operations pipefifo_fops = {
	.open		= fifo_open,
	.release	= pipe_release,
	.llseek		= no_llseek,
	.read		= pipe_read,
	.write		= pipe_write,
	.poll		= pipe_poll,
	.unlocked_ioctl	= pipe_ioctl,
	.compat_ioctl	= pipe_ioctl,
};

/* ---- Pipes without a name -------------------------------------------------------------- */

static struct inode *pipe_inode(void)
{
	struct inode *inode = new_inode(pipe_mnt->mnt_sb);
	struct pipe_inode_info *pipe = alloc_pipe();

	if (!inode || !pipe) {
		iput(inode);
		kfree(pipe);
		return NULL;
	}
	inode->i_mode = S_IFIFO | 0600;
	inode->i_fop = &pipefifo_fops;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	pipe->readers = pipe->writers = 1;
	pipe->r_counter = pipe->w_counter = 1;
	pipe->files = 2;
	inode->i_pipe = pipe;
	return inode;
}

/**
 * create_pipe_files - a pipe
 * @res: the file to read from, the file to write to
 * @flags: O_NONBLOCK, O_CLOEXEC (the caller's business)
 *
 * Context: process, may sleep.
 * Return: 0 or -ENOMEM.
 */
int create_pipe_files(struct file **res, int flags)
{
	struct inode *inode = pipe_inode();
	char name[32];

	if (!inode)
		return -ENOMEM;
	snprintf(name, sizeof(name), "pipe:[%lu]", inode->i_ino);
	res[0] = alloc_file_pseudo(inode, pipe_mnt, name, O_RDONLY | (flags & O_NONBLOCK), &pipefifo_fops);
	if (IS_ERR(res[0])) {
		free_pipe(inode->i_pipe);
		iput(inode);
		return PTR_ERR(res[0]);
	}
	res[0]->private_data = inode->i_pipe;
	res[1] = alloc_file_clone(res[0], O_WRONLY | (flags & O_NONBLOCK), &pipefifo_fops);
	if (IS_ERR(res[1])) {
		inode->i_pipe->files = 1;
		inode->i_pipe->writers = 0;
		fput(res[0]);
		return PTR_ERR(res[1]);
	}
	res[1]->private_data = inode->i_pipe;
	for (int i = 0; i < 2; i++) {
		res[i]->f_version = ~0U;
		stream_open(inode, res[i]);
	}
	return 0;
}

static int do_pipe2(int __user *ufds, int flags)
{
	struct file *files[2];
	int fds[2], i, err;

	if (flags & ~(O_CLOEXEC | O_NONBLOCK))	/* packets (O_DIRECT) are not there */
		return -EINVAL;
	err = create_pipe_files(files, flags);
	if (err)
		return err;
	for (i = 0; i < 2; i++) {
		fds[i] = get_unused_fd_flags(flags & O_CLOEXEC);
		if (fds[i] < 0) {
			err = fds[i];
			goto undo;
		}
	}
	if (copy_to_user(ufds, fds, sizeof(fds))) {
		err = -EFAULT;
		goto undo;
	}
	for (i = 0; i < 2; i++)
		fd_install(fds[i], files[i]);
	return 0;
undo:
	while (i--)
		put_unused_fd(fds[i]);
	fput(files[0]);
	fput(files[1]);
	return err;
}

SYSCALL_DEFINE2(pipe2, int __user *, ufds, int, flags)
{
	return do_pipe2(ufds, flags);
}

SYSCALL_DEFINE1(pipe, int __user *, ufds)
{
	return do_pipe2(ufds, 0);
}

static int pipefs_fill(struct super_block *sb, void *data)
{
	struct inode *root;

	sb->s_magic = PIPEFS_MAGIC;
	root = new_inode(sb);
	if (root)
		inode_init_owner(root, NULL, S_IFDIR | 0600);
	sb->s_root = d_make_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

static struct file_system_type pipe_fs_type = {
	.name		= "pipefs",
	.fill_super	= pipefs_fill,
	.kill_sb	= kill_litter_super,
};

static int __init pipe_init(void)
{
	pipe_mnt = kern_mount(&pipe_fs_type);
	return PTR_ERR_OR_ZERO(pipe_mnt);
}
fs_initcall(pipe_init);
