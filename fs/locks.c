/* SPDX-License-Identifier: MIT */
/*
 * Locks of files and of parts of them, which those respect who ask for them: what flock() and
 * fcntl() (POSIX.1-2017, F_SETLK) are made of.
 *
 * An inode lists what is held of it: an owner's locks stand together, in the order of their places,
 * and none touches another one of its type. Two are in each other's way if they overlap, have
 * different owners, and one of them is to write; those of flock() and the others don't know each
 * other.
 *
 * There are few: one lock guards all lists and whoever waits. He looks again whenever something on
 * his inode is given up.
 *
 * An owner takes its locks along: locks_remove_posix() when a process closes a file, by any number;
 * locks_remove_file() when the open file is gone. Both look at i_locks without the lock: who gets a
 * lock while another thread closes the file finds it closed, see set_lock() in record_lock.c.
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kdev_t.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include "internals.h"
#include "locks.h"

#define MAX_CHAIN	10	/* of owners that wait for each other, that is looked at */

/* On its stack who waits; of locks_lock. */
struct lock_waiter {
	struct list_head	link;
	const struct file_lock	*want;
	wait_queue_head_t	wait;
	bool			again;		/* something was given up */
	const struct file_lock	*blocker;	/* locks_show()'s: the first that is in the way */
};

static DEFINE_SPINLOCK(locks_lock);	/* guards the lists and what is in them, and i_locks */
static LIST_HEAD(all_locks);		/* the newest first */
static LIST_HEAD(waiters);		/* the oldest first */

/* -- What is in the way ------------------------------------------------------------------------ */

static bool same_owner(const struct file_lock *a, const struct file_lock *b)
{
	return a->owner == b->owner && a->kind == b->kind;
}

static bool overlap(const struct file_lock *a, const struct file_lock *b)
{
	return a->start <= b->end && b->start <= a->end;
}

static bool in_the_way(const struct file_lock *want, const struct file_lock *held)
{
	return (want->kind == LOCK_FLOCK) == (held->kind == LOCK_FLOCK) && overlap(want, held) &&
	       (want->type == F_WRLCK || held->type == F_WRLCK) && !same_owner(want, held);
}

/* The first that is in the way. locks_lock held. */
static struct file_lock *find_conflict(const struct file_lock *want)
{
	struct file_lock *held;

	list_for_each_entry(held, &want->inode->i_locks, of_inode)
		if (in_the_way(want, held))
			return held;
	return NULL;
}

/* Whose lock @owner's process waits for, or NULL. locks_lock held. */
static const struct file_lock *waits_for(const struct file_lock *owner)
{
	struct lock_waiter *w;

	list_for_each_entry(w, &waiters, link)
		if (w->want->kind == LOCK_POSIX && same_owner(w->want, owner))
			return find_conflict(w->want);
	return NULL;
}

/*
 * Would the owner of @want wait for itself, as @blocker's owner waits for somebody who ... waits
 * for it? Only processes are looked at: an open file may be given up by others than who wait.
 * locks_lock held.
 */
static bool would_deadlock(const struct file_lock *want, const struct file_lock *blocker)
{
	int i;

	for (i = 0; i < MAX_CHAIN && want->kind == LOCK_POSIX; i++) {
		blocker = waits_for(blocker);
		if (!blocker)
			return false;
		if (same_owner(blocker, want))
			return true;
	}
	return false;
}

/* -- Changing what an owner has. locks_lock held. ---------------------------------------------- */

/* Behind what its owner has before it; a new owner's behind all. */
static void insert(struct file_lock *lock)
{
	struct list_head *at = &lock->inode->i_locks;
	struct file_lock *held;
	bool seen = false;

	list_for_each_entry(held, &lock->inode->i_locks, of_inode) {
		if (same_owner(held, lock) ? held->start > lock->start : seen) {
			at = &held->of_inode;
			break;
		}
		seen |= same_owner(held, lock);
	}
	list_add_tail(&lock->of_inode, at);
	list_add(&lock->all, &all_locks);
}

static void remove(struct file_lock *lock)
{
	list_del(&lock->of_inode);
	list_del(&lock->all);
	kfree(lock);
}

/* @held, of the same owner and another type, gives up what it shares with @want. */
static void cut(struct file_lock *held, const struct file_lock *want, struct file_lock **spare)
{
	struct file_lock *rest;

	if (held->start < want->start && held->end > want->end) {
		rest = *spare;
		*spare = NULL;
		*rest = *held;
		rest->start = want->end + 1;
		held->end = want->start - 1;
		insert(rest);
	} else if (held->start < want->start) {
		held->end = want->start - 1;
	} else if (held->end > want->end) {
		held->start = want->end + 1;
	} else {
		remove(held);
	}
}

/*
 * The owner of @want has it from here on, instead of what it had there; F_UNLCK: has nothing there.
 * @fresh: for a rest that is cut off, and for it; what is used is set to NULL
 *
 * Return: whether somebody else may have more now.
 */
static bool replace(const struct file_lock *want, struct file_lock *fresh[2])
{
	struct file_lock *held, *next, new = *want;
	bool given_up = false;

	list_for_each_entry_safe(held, next, &want->inode->i_locks, of_inode) {
		if (!same_owner(held, &new))
			continue;
		if (held->start - 1 > new.end)
			break;
		if (held->type == new.type && held->end >= new.start - 1) {
			/* They become one. */
			new.start = min(new.start, held->start);
			new.end = max(new.end, held->end);
			remove(held);
			continue;
		}
		if (held->type != new.type && overlap(held, &new)) {
			given_up |= new.type != F_WRLCK;
			cut(held, &new, &fresh[0]);
		}
	}
	if (new.type == F_UNLCK)
		return given_up;
	*fresh[1] = new;
	insert(fresh[1]);
	fresh[1] = NULL;
	return given_up;
}

/* Who waits for something of @inode is to look again. */
static void wake_waiters(const struct inode *inode)
{
	struct lock_waiter *w;

	list_for_each_entry(w, &waiters, link) {
		if (w->want->inode == inode) {
			WRITE_ONCE(w->again, true);
			wake_up(&w->wait);
		}
	}
}

/* -- Asking and waiting ------------------------------------------------------------------------ */

/*
 * @waiter NULL: does not wait. Return: 0; -EAGAIN: it is among the waiters, if there is one;
 * -EDEADLK.
 */
static int try_lock(const struct file_lock *want, struct file_lock *fresh[2],
		    struct lock_waiter *waiter)
{
	struct file_lock *blocker = want->type == F_UNLCK ? NULL : find_conflict(want);

	if (!blocker) {
		if (replace(want, fresh))
			wake_waiters(want->inode);
		return 0;
	}
	if (!waiter)
		return -EAGAIN;
	if (would_deadlock(want, blocker))
		return -EDEADLK;
	waiter->again = false;
	list_add_tail(&waiter->link, &waiters);
	return -EAGAIN;
}

static int lock_now(const struct file_lock *want, struct file_lock *fresh[2])
{
	int err;

	spin_lock(&locks_lock);
	err = try_lock(want, fresh, NULL);
	spin_unlock(&locks_lock);
	return err;
}

/* Return: 0; -EDEADLK; -ERESTARTSYS. */
static int wait_for_lock(const struct file_lock *want, struct file_lock *fresh[2])
{
	struct lock_waiter waiter = { .want = want };
	int err, interrupted;

	init_waitqueue_head(&waiter.wait);
	spin_lock(&locks_lock);
	while ((err = try_lock(want, fresh, &waiter)) == -EAGAIN) {
		spin_unlock(&locks_lock);
		interrupted = wait_event_interruptible(waiter.wait, READ_ONCE(waiter.again));
		spin_lock(&locks_lock);
		list_del(&waiter.link);
		if (interrupted) {
			err = interrupted;
			break;
		}
	}
	spin_unlock(&locks_lock);
	return err;
}

/**
 * lock_file - take a lock, change one or give it up
 * @want: what is to be; copied
 * @wait: until nothing is in the way
 *
 * Context: process, may sleep. Return: 0; -EAGAIN: something is in the way; -EDEADLK: it would wait
 * for itself; -ERESTARTSYS; -ENOLCK: no memory.
 */
int lock_file(const struct file_lock *want, bool wait)
{
	bool whole = !want->start && want->end == OFFSET_MAX, adds = want->type != F_UNLCK;
	struct file_lock *fresh[2] = {
		whole ? NULL : kmalloc(sizeof(*want), GFP_KERNEL),
		adds ? kmalloc(sizeof(*want), GFP_KERNEL) : NULL,
	};
	int err = -ENOLCK;

	if ((whole || fresh[0]) && (!adds || fresh[1]))
		err = wait ? wait_for_lock(want, fresh) : lock_now(want, fresh);
	kfree(fresh[0]);
	kfree(fresh[1]);
	return err;
}

/*
 * test_file_lock - is something in the way? Then @found is a copy of it. Any context but
 * interrupts.
 */
bool test_file_lock(const struct file_lock *want, struct file_lock *found)
{
	struct file_lock *held;

	spin_lock(&locks_lock);
	held = find_conflict(want);
	if (held)
		*found = *held;
	spin_unlock(&locks_lock);
	return held;
}

/* -- The owner goes ---------------------------------------------------------------------------- */

static void remove_all(struct inode *inode, const void *owner)
{
	struct file_lock *held, *next;
	bool any = false;

	spin_lock(&locks_lock);
	list_for_each_entry_safe(held, next, &inode->i_locks, of_inode) {
		if (held->owner == owner) {
			remove(held);
			any = true;
		}
	}
	if (any)
		wake_waiters(inode);
	spin_unlock(&locks_lock);
}

/* locks_remove_file - the open file goes, and its locks with it */
void locks_remove_file(struct file *file)
{
	if (unlikely(!list_empty(&file->f_inode->i_locks)))
		remove_all(file->f_inode, file);
}

/*
 * locks_remove_posix - a process closes @file: it gives up what it has of it, if by another number,
 * too
 */
void locks_remove_posix(struct file *file, fl_owner_t owner)
{
	if (unlikely(!list_empty(&file->f_inode->i_locks)) && !(file->f_mode & FMODE_PATH))
		remove_all(file->f_inode, owner);
}

/* -- /proc/locks ------------------------------------------------------------------------------- */

static void show_lock(struct seq_file *m, unsigned int nr, const char *waits,
		      const struct file_lock *lock)
{
	static const char *const kinds[] = { "FLOCK ", "POSIX ", "OFDLCK" };
	const struct inode *inode = lock->inode;

	seq_printf(m, "%u: %s%s ADVISORY  %s %d %02x:%02x:%lu ", nr, waits, kinds[lock->kind],
		   lock->type == F_WRLCK ? "WRITE" : "READ",
		   lock->kind == LOCK_OFD ? -1 : lock->pid,
		   MAJOR(inode->i_sb->s_dev), MINOR(inode->i_sb->s_dev), inode->i_ino);
	if (lock->end == OFFSET_MAX)
		seq_printf(m, "%lld EOF\n", lock->start);
	else
		seq_printf(m, "%lld %lld\n", lock->start, lock->end);
}

/* Each with those who wait because of it. */
static int locks_show(struct seq_file *m, void *unused)
{
	struct file_lock *lock;
	struct lock_waiter *w;
	unsigned int nr = 0;

	spin_lock(&locks_lock);
	list_for_each_entry(w, &waiters, link)
		w->blocker = find_conflict(w->want);
	list_for_each_entry(lock, &all_locks, all) {
		show_lock(m, ++nr, "", lock);
		list_for_each_entry(w, &waiters, link)
			if (w->blocker == lock)
				show_lock(m, nr, "-> ", w->want);
	}
	spin_unlock(&locks_lock);
	return 0;
}

static int __init locks_init(void)
{
	return proc_create_single("locks", 0, NULL, locks_show) ? 0 : -ENOMEM;
}
fs_initcall(locks_init);
