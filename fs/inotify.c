/* SPDX-License-Identifier: MIT */
/*
 * inotify: a file that tells what happens to those that it watches, event by event.
 *
 * What happens is queued where it happens, see fsnotify.c: in the order in which it did, twice the
 * same in a row once. A queue that is full gets an event of its own kind, which says that some are
 * lost.
 */
#include <linux/anon_inodes.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fsnotify.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/namei.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/asm-generic/ioctls.h>
#include "fsnotify.h"
#include "internals.h"

#define OF_WATCH	(IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK | IN_MASK_CREATE | \
			 IN_MASK_ADD | IN_ONESHOT)
#define UNASKED		(IN_UNMOUNT | IN_Q_OVERFLOW | IN_IGNORED | IN_ISDIR)
#define ALL_BITS	(IN_ALL_EVENTS | OF_WATCH | UNASKED)

/* /proc/sys/fs/inotify: read and written as they are. */
unsigned int inotify_max_watches = 8192;
static unsigned int max_instances = 128, max_events = 16384;
static atomic_t nr_instances;

/* -- The queue --------------------------------------------------------------------------------- */

static bool is_same(const struct fsnotify_event *e, int wd, u32 mask, const struct qstr *name)
{
	if (e->wd != wd || e->mask != mask || e->len != (name ? name->len : 0))
		return false;
	return !(mask & IN_IGNORED) && (!name || !memcmp(e->name, name->name, name->len));
}

static struct fsnotify_event *new_event(int wd, u32 mask, u32 cookie, const struct qstr *name)
{
	unsigned int len = name ? name->len : 0;
	struct fsnotify_event *e = kmalloc(sizeof(*e) + len, GFP_ATOMIC | __GFP_NOWARN);

	if (!e)
		return NULL;
	INIT_LIST_HEAD(&e->link);
	e->wd = wd;
	e->mask = mask;
	e->cookie = cookie;
	e->len = len;
	if (len)
		memcpy(e->name, name->name, len);
	return e;
}

/*
 * What it is told next: a new event; or that some are lost, unless it is told so already: NULL.
 * lock held.
 */
static struct fsnotify_event *next_event(struct fsnotify_group *group, int wd, u32 mask, u32 cookie,
					 const struct qstr *name)
{
	struct fsnotify_event *e;

	if (group->nr_events < group->max_events) {
		e = list_last_entry(&group->events, struct fsnotify_event, link);
		if (!list_empty(&group->events) && is_same(e, wd, mask, name))
			return NULL;
		e = new_event(wd, mask, cookie, name);
		if (e)
			return e;
	}
	return list_empty(&group->overflow->link) ? group->overflow : NULL;
}

/* fsnotify_queue_event - tell a group of something. @name: or NULL. watch_lock held. */
void fsnotify_queue_event(struct fsnotify_group *group, int wd, u32 mask, u32 cookie,
			  const struct qstr *name)
{
	struct fsnotify_event *e;

	lockdep_assert_held(&watch_lock);
	spin_lock(&group->lock);
	e = next_event(group, wd, mask, cookie, name);
	if (e) {
		list_add_tail(&e->link, &group->events);
		group->nr_events++;
		wake_up(&group->wait);
	}
	spin_unlock(&group->lock);
}

/* With its name, so that the next one is aligned as this one. */
static size_t event_size(const struct fsnotify_event *e)
{
	size_t head = sizeof(struct inotify_event);

	return head + (e->len ? round_up(e->len + 1, head) : 0);
}

/* Return: the first one, taken; NULL: there is none; ERR_PTR(-EINVAL): it does not fit. */
static struct fsnotify_event *take_event(struct fsnotify_group *group, size_t room)
{
	struct fsnotify_event *e = NULL;

	spin_lock(&group->lock);
	if (!list_empty(&group->events)) {
		e = list_first_entry(&group->events, struct fsnotify_event, link);
		if (event_size(e) > room) {
			e = ERR_PTR(-EINVAL);
		} else {
			list_del_init(&e->link);
			group->nr_events--;
		}
	}
	spin_unlock(&group->lock);
	return e;
}

/* The overflow's stays: it may be told again. */
static void put_event(struct fsnotify_group *group, struct fsnotify_event *e)
{
	if (e != group->overflow)
		kfree(e);
}

/* -- The file ---------------------------------------------------------------------------------- */

/* Return: the bytes; -EFAULT. */
static ssize_t copy_event(char __user *buf, const struct fsnotify_event *e)
{
	size_t size = event_size(e), head = sizeof(struct inotify_event);
	struct inotify_event out = { e->wd, e->mask, e->cookie, size - head };

	if (copy_to_user(buf, &out, head) || copy_to_user(buf + head, e->name, e->len) ||
	    clear_user(buf + head + e->len, size - head - e->len))
		return -EFAULT;
	return size;
}

/* What there is and fits. Return: the bytes; 0: there is none; -EINVAL; -EFAULT. */
static ssize_t read_events(struct fsnotify_group *group, char __user *buf, size_t room)
{
	struct fsnotify_event *e;
	size_t done = 0;
	ssize_t ret;

	while ((e = take_event(group, room - done))) {
		if (IS_ERR(e))
			return done ? (ssize_t)done : PTR_ERR(e);
		ret = copy_event(buf + done, e);
		put_event(group, e);
		if (ret < 0)
			return ret;
		done += ret;
	}
	return done;
}

static bool has_events(struct fsnotify_group *group)
{
	return !list_empty(&group->events);
}

static ssize_t inotify_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct fsnotify_group *group = file->private_data;
	ssize_t ret;
	int err;

	while (!(ret = read_events(group, buf, count))) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		err = wait_event_interruptible(group->wait, has_events(group));
		if (err)
			return err;
	}
	return ret;
}

static __poll_t inotify_poll(struct file *file, poll_table *wait)
{
	struct fsnotify_group *group = file->private_data;

	poll_wait(file, &group->wait, wait);
	return has_events(group) ? EPOLLIN | EPOLLRDNORM : 0;
}

static long inotify_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct fsnotify_group *group = file->private_data;
	struct fsnotify_event *e;
	unsigned int bytes = 0;

	if (cmd != FIONREAD)
		return -ENOTTY;
	spin_lock(&group->lock);
	list_for_each_entry(e, &group->events, link)
		bytes += event_size(e);
	spin_unlock(&group->lock);
	return put_user(bytes, (int __user *)arg);
}

static void free_group(struct fsnotify_group *group)
{
	struct fsnotify_event *e, *next;

	list_for_each_entry_safe(e, next, &group->events, link)
		put_event(group, e);
	idr_destroy(&group->watches);
	kfree(group->overflow);
	kfree(group);
	atomic_dec(&nr_instances);
}

static int inotify_release(struct inode *inode, struct file *file)
{
	fsnotify_remove_all(file->private_data);
	free_group(file->private_data);
	return 0;
}

static const struct file_operations inotify_fops = {
	.release	= inotify_release,
	.read		= inotify_read,
	.poll		= inotify_poll,
	.unlocked_ioctl	= inotify_ioctl,
	.compat_ioctl	= inotify_ioctl,
	.llseek		= noop_llseek,
};

/* -- The calls --------------------------------------------------------------------------------- */

static struct fsnotify_group *alloc_group(void)
{
	struct fsnotify_group *group = kzalloc(sizeof(*group), GFP_KERNEL);

	if (!group)
		return NULL;
	group->overflow = new_event(-1, IN_Q_OVERFLOW, 0, NULL);
	if (!group->overflow) {
		kfree(group);
		return NULL;
	}
	idr_init(&group->watches);
	spin_lock_init(&group->lock);
	INIT_LIST_HEAD(&group->events);
	init_waitqueue_head(&group->wait);
	group->max_events = READ_ONCE(max_events);
	return group;
}

static int do_inotify_init(int flags)
{
	struct fsnotify_group *group;
	int fd;

	if (flags & ~(IN_CLOEXEC | IN_NONBLOCK))
		return -EINVAL;
	if ((unsigned int)atomic_inc_return(&nr_instances) > READ_ONCE(max_instances)) {
		atomic_dec(&nr_instances);
		return -EMFILE;
	}
	group = alloc_group();
	if (!group) {
		atomic_dec(&nr_instances);
		return -ENOMEM;
	}
	fd = anon_inode_getfd("inotify", &inotify_fops, group, O_RDONLY | flags);
	if (fd < 0)
		free_group(group);
	return fd;
}

SYSCALL_DEFINE1(inotify_init1, int, flags)
{
	return do_inotify_init(flags);
}

SYSCALL_DEFINE0(inotify_init)
{
	return do_inotify_init(0);
}

static int add_watch(struct fsnotify_group *group, const char __user *name, u32 mask)
{
	int flags = mask & IN_DONT_FOLLOW ? AT_SYMLINK_NOFOLLOW : 0, err;
	struct path path;

	err = user_path_at(AT_FDCWD, name, flags, &path);
	if (err)
		return err;
	err = (mask & IN_ONLYDIR) && !S_ISDIR(path.dentry->d_inode->i_mode) ? -ENOTDIR :
	      fsnotify_update_watch(group, path.dentry, mask);
	path_put(&path);
	return err;
}

SYSCALL_DEFINE3(inotify_add_watch, int, fd, const char __user *, name, u32, mask)
{
	struct fd f;
	int ret;

	if ((mask & ~ALL_BITS) || !(mask & ALL_BITS))
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	if (((mask & IN_MASK_ADD) && (mask & IN_MASK_CREATE)) || f.file->f_op != &inotify_fops)
		ret = -EINVAL;
	else
		ret = add_watch(f.file->private_data, name, mask);
	fdput(f);
	return ret;
}

SYSCALL_DEFINE2(inotify_rm_watch, int, fd, s32, wd)
{
	struct fd f = fdget(fd);
	int err;

	if (!f.file)
		return -EBADF;
	err = -EINVAL;
	if (f.file->f_op == &inotify_fops)
		err = fsnotify_remove_watch(f.file->private_data, wd);
	fdput(f);
	return err;
}

/* -- /proc/sys/fs/inotify ---------------------------------------------------------------------- */

static ssize_t limit_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	unsigned int *limit = pde_data(file_inode(file));
	char text[16];
	int len = scnprintf(text, sizeof(text), "%u\n", READ_ONCE(*limit));

	return simple_read_from_buffer(buf, count, pos, text, len);
}

static ssize_t limit_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	unsigned int *limit = pde_data(file_inode(file)), value;
	int err = kstrtouint_from_user(buf, count, 0, &value);

	if (err || value > INT_MAX)
		return err ?: -EINVAL;
	WRITE_ONCE(*limit, value);
	*pos += count;
	return count;
}

static const struct proc_ops limit_ops = {
	.proc_read	= limit_read,
	.proc_write	= limit_write,
	.proc_lseek	= default_llseek,
};

static int __init inotify_init(void)
{
	struct proc_dir_entry *dir = proc_mkdir("sys/fs", NULL);

	if (dir)
		dir = proc_mkdir("sys/fs/inotify", NULL);
	if (!dir)
		return -ENOMEM;
	proc_create_data("max_queued_events", 0644, dir, &limit_ops, &max_events);
	proc_create_data("max_user_instances", 0644, dir, &limit_ops, &max_instances);
	proc_create_data("max_user_watches", 0644, dir, &limit_ops, &inotify_max_watches);
	return 0;
}
device_initcall(inotify_init);
