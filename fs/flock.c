/* SPDX-License-Identifier: MIT */
/*
 * flock(): locks of whole files, that those who ask for them respect.
 *
 * One belongs to an open file, so that dup() and fork() share it, and goes when that is released.
 * There are few: all are in one list, under one lock, and whoever waits looks again each time
 * that one goes.
 */
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <linux/wait.h>
#include "internals.h"

struct flock_entry {
	struct list_head link;
	struct file	*file;		/* not counted: release takes the entry away */
	bool		exclusive;
};

static DEFINE_SPINLOCK(flock_lock);	/* guards the list, its entries, and f_flock of files */
static LIST_HEAD(flocks);
static DECLARE_WAIT_QUEUE_HEAD(flock_wait);

/* A lock of another open file is in the way. flock_lock held. */
static bool conflicts(const struct file *file, bool exclusive)
{
	struct flock_entry *e;

	list_for_each_entry(e, &flocks, link)
		if (e->file != file && e->file->f_inode == file->f_inode &&
		    (exclusive || e->exclusive))
			return true;
	return false;
}

static void drop(struct file *file)
{
	struct flock_entry *e;

	spin_lock(&flock_lock);
	e = file->f_flock;
	file->f_flock = NULL;
	if (e)
		list_del(&e->link);
	spin_unlock(&flock_lock);
	if (e) {
		kfree(e);
		wake_up_all(&flock_wait);
	}
}

/* flock_release - the file goes, and its lock with it */
void flock_release(struct file *file)
{
	if (unlikely(READ_ONCE(file->f_flock)))
		drop(file);
}

/* Take it if nothing is in the way; *fresh is used up if a new entry is needed. */
static bool try_flock(struct file *file, bool exclusive, struct flock_entry **fresh)
{
	bool got;

	spin_lock(&flock_lock);
	got = !conflicts(file, exclusive);
	if (got && !file->f_flock) {
		list_add_tail(&(*fresh)->link, &flocks);
		file->f_flock = *fresh;
		*fresh = NULL;
	}
	if (got)
		file->f_flock->exclusive = exclusive;
	spin_unlock(&flock_lock);
	if (got)
		wake_up_all(&flock_wait);	/* an exclusive one may have become shared */
	return got;
}

static int do_flock(struct file *file, bool exclusive, bool wait)
{
	struct flock_entry *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	int err = 0;

	if (!fresh)
		return -ENOLCK;
	fresh->file = file;
	if (!try_flock(file, exclusive, &fresh)) {
		drop(file);	/* a change of kind gives up the old lock first */
		err = !wait ? -EWOULDBLOCK :
		      wait_event_interruptible(flock_wait, try_flock(file, exclusive, &fresh));
	}
	kfree(fresh);
	return err;
}

SYSCALL_DEFINE2(flock, unsigned int, fd, unsigned int, cmd)
{
	unsigned int op = cmd & ~LOCK_NB;
	struct fd f;
	int err = 0;

	if (op != LOCK_SH && op != LOCK_EX && op != LOCK_UN)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	if (op == LOCK_UN)
		drop(f.file);
	else if (!(f.file->f_mode & (FMODE_READ | FMODE_WRITE)))
		err = -EBADF;
	else
		err = do_flock(f.file, op == LOCK_EX, !(cmd & LOCK_NB));
	fdput(f);
	return err;
}
