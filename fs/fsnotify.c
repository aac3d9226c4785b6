/* SPDX-License-Identifier: MIT */
/*
 * Watching files: from what happens to one to those who watch it, or its directory.
 *
 * A watch is for an inode, which it counts; and goes with it: when its last name and last user are
 * gone (__fsnotify_inoderemove()), or its file system (fsnotify_sb_delete()). Who watches is told
 * first, and then that the watch is gone (IN_IGNORED).
 *
 * watch_lock guards all watches; dcache_lock is outside of it, and keeps an entry's parent and name
 * while that is told. i_watches is looked at without it: who begins to watch hears of what comes
 * after.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fsnotify.h>
#include <linux/slab.h>
#include "fsnotify.h"
#include "internals.h"

DEFINE_SPINLOCK(watch_lock);
unsigned int fsnotify_watches;			/* watch_lock to write */
static LIST_HEAD(all_watches);			/* watch_lock, as the next */
static u32 last_cookie;

/* -- Watches come and go ----------------------------------------------------------------------- */

/*
 * What the file system does not keep itself, as those in memory do, would be made anew by the next
 * lookup, and nobody would watch it.
 */
static struct dentry *hold(struct dentry *dentry)
{
	if (IS_ROOT(dentry) || (READ_ONCE(dentry->d_flags) & DCACHE_PINNED))
		return NULL;
	return dget(dentry);
}

/* It is in no list any more. No lock held. */
static void free_watch(struct fsnotify_watch *watch)
{
	dput(watch->dentry);
	iput(watch->inode);
	kfree(watch);
}

/* watch_lock held; free_watch() it then. */
static void unlink_watch(struct fsnotify_watch *watch)
{
	lockdep_assert_held(&watch_lock);
	list_del(&watch->of_inode);
	list_del(&watch->all);
	idr_remove(&watch->group->watches, watch->wd);
	WRITE_ONCE(fsnotify_watches, fsnotify_watches - 1);
}

/* The same, and its group is told. */
static void end_watch(struct fsnotify_watch *watch)
{
	unlink_watch(watch);
	fsnotify_queue_event(watch->group, watch->wd, IN_IGNORED, 0, NULL);
}

static struct fsnotify_watch *find_watch(const struct fsnotify_group *group,
					 const struct inode *inode)
{
	struct fsnotify_watch *watch;

	list_for_each_entry(watch, &inode->i_watches, of_inode)
		if (watch->group == group)
			return watch;
	return NULL;
}

/* watch_lock held. Return: the number; -ENOSPC; -ENOMEM. */
static int link_watch(struct fsnotify_watch *watch)
{
	int wd;

	if (fsnotify_watches >= READ_ONCE(inotify_max_watches))
		return -ENOSPC;
	wd = idr_alloc_cyclic(&watch->group->watches, watch, 1, 0, GFP_ATOMIC);
	if (wd < 0)
		return wd;
	watch->wd = wd;
	list_add_tail(&watch->of_inode, &watch->inode->i_watches);
	list_add_tail(&watch->all, &all_watches);
	WRITE_ONCE(fsnotify_watches, fsnotify_watches + 1);
	return wd;
}

/*
 * fsnotify_update_watch - begin to watch a file, or change what is told of it
 * @group: for whom
 * @dentry: the file, counted
 * @mask: IN_*
 *
 * Context: process, may sleep. Return: the watch's number; -EEXIST with IN_MASK_CREATE; -ENOSPC;
 * -ENOMEM.
 */
int fsnotify_update_watch(struct fsnotify_group *group, struct dentry *dentry, u32 mask)
{
	struct fsnotify_watch *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL), *watch;
	u32 kept = mask & (IN_ALL_EVENTS | IN_ONESHOT | IN_EXCL_UNLINK);
	int wd;

	if (!fresh)
		return -ENOMEM;
	fresh->group = group;
	fresh->mask = kept;
	fresh->inode = dentry->d_inode;
	ihold(fresh->inode);
	fresh->dentry = hold(dentry);
	spin_lock(&watch_lock);
	watch = find_watch(group, dentry->d_inode);
	if (!watch) {
		wd = link_watch(fresh);
		if (wd >= 0)
			fresh = NULL;
	} else if (mask & IN_MASK_CREATE) {
		wd = -EEXIST;
	} else {
		watch->mask = mask & IN_MASK_ADD ? watch->mask | kept : kept;
		wd = watch->wd;
	}
	spin_unlock(&watch_lock);
	if (fresh)
		free_watch(fresh);
	return wd;
}

/* fsnotify_remove_watch - by its number. Process context, may sleep. Return: 0; -EINVAL. */
int fsnotify_remove_watch(struct fsnotify_group *group, int wd)
{
	struct fsnotify_watch *watch;

	spin_lock(&watch_lock);
	watch = idr_find(&group->watches, wd);
	if (watch)
		end_watch(watch);
	spin_unlock(&watch_lock);
	if (!watch)
		return -EINVAL;
	free_watch(watch);
	return 0;
}

/*
 * fsnotify_remove_all - the group goes, and is told nothing any more. Process context, may sleep.
 */
void fsnotify_remove_all(struct fsnotify_group *group)
{
	struct fsnotify_watch *watch;
	int wd;

	for (;;) {
		wd = 0;
		spin_lock(&watch_lock);
		watch = idr_get_next(&group->watches, &wd);
		if (watch)
			unlink_watch(watch);
		spin_unlock(&watch_lock);
		if (!watch)
			break;
		free_watch(watch);
	}
}

/* -- Something happens ------------------------------------------------------------------------- */

/*
 * To all who watch @inode. @name: of the file in it that this is about, @gone: which has been
 * removed. One that was told the only time that it asked for ends: it is put into @ended.
 * watch_lock held.
 */
static void tell(struct inode *inode, u32 mask, u32 cookie, const struct qstr *name, bool gone,
		 struct list_head *ended)
{
	struct fsnotify_watch *watch, *next;

	list_for_each_entry_safe(watch, next, &inode->i_watches, of_inode) {
		if (!(watch->mask & mask & IN_ALL_EVENTS))
			continue;
		if (gone && (watch->mask & IN_EXCL_UNLINK))
			continue;
		fsnotify_queue_event(watch->group, watch->wd, mask, cookie, name);
		if (watch->mask & IN_ONESHOT) {
			end_watch(watch);
			list_add_tail(&watch->of_inode, ended);
		}
	}
}

static void free_ended(struct list_head *ended)
{
	struct fsnotify_watch *watch, *next;

	list_for_each_entry_safe(watch, next, ended, of_inode)
		free_watch(watch);
}

/* Its directory's watches come before its own. */
void __fsnotify_dentry(struct dentry *dentry, u32 mask)
{
	struct inode *inode = dentry->d_inode, *dir;
	LIST_HEAD(ended);

	if (S_ISDIR(inode->i_mode))
		mask |= IN_ISDIR;
	spin_lock(&dcache_lock);
	dir = IS_ROOT(dentry) ? NULL : dentry->d_parent->d_inode;
	spin_lock(&watch_lock);
	if (dir)
		tell(dir, mask, 0, &dentry->d_name, dentry->d_flags & DCACHE_UNHASHED, &ended);
	tell(inode, mask, 0, NULL, false, &ended);
	spin_unlock(&watch_lock);
	spin_unlock(&dcache_lock);
	free_ended(&ended);
}

/* What only those are told who watch the file itself. */
void __fsnotify_inode(struct inode *inode, u32 mask)
{
	LIST_HEAD(ended);

	if (list_empty(&inode->i_watches))
		return;
	if (S_ISDIR(inode->i_mode) && mask != IN_DELETE_SELF && mask != IN_MOVE_SELF)
		mask |= IN_ISDIR;
	spin_lock(&watch_lock);
	tell(inode, mask, 0, NULL, false, &ended);
	spin_unlock(&watch_lock);
	free_ended(&ended);
}

/* Of names in @dir, whose i_rwsem is held. @child: what has or had it. */
void __fsnotify_name(struct inode *dir, u32 mask, const struct inode *child,
		     const struct qstr *name, u32 cookie)
{
	LIST_HEAD(ended);

	if (list_empty(&dir->i_watches))
		return;
	if (S_ISDIR(child->i_mode))
		mask |= IN_ISDIR;
	spin_lock(&watch_lock);
	tell(dir, mask, cookie, name, false, &ended);
	spin_unlock(&watch_lock);
	free_ended(&ended);
}

/*
 * @moved has another name; @replaced: what had that before, or NULL. Both directories are locked.
 */
void __fsnotify_move(struct inode *old_dir, const struct qstr *old, struct inode *new_dir,
		     const struct qstr *new, struct inode *moved, struct inode *replaced)
{
	u32 cookie;

	spin_lock(&watch_lock);
	cookie = ++last_cookie;
	spin_unlock(&watch_lock);
	__fsnotify_name(old_dir, IN_MOVED_FROM, moved, old, cookie);
	__fsnotify_name(new_dir, IN_MOVED_TO, moved, new, cookie);
	if (replaced)
		__fsnotify_inode(replaced, IN_ATTRIB);
	__fsnotify_inode(moved, IN_MOVE_SELF);
}

/* -- A file or a file system goes -------------------------------------------------------------- */

static void end_watches(struct inode *inode, u32 why)
{
	u32 unasked = S_ISDIR(inode->i_mode) ? IN_UNMOUNT | IN_ISDIR : IN_UNMOUNT;
	struct fsnotify_watch *watch, *next;
	LIST_HEAD(ended);

	spin_lock(&watch_lock);
	tell(inode, why, 0, NULL, false, &ended);
	list_for_each_entry_safe(watch, next, &inode->i_watches, of_inode) {
		if (why == IN_UNMOUNT)
			fsnotify_queue_event(watch->group, watch->wd, unasked, 0, NULL);
		end_watch(watch);
		list_add_tail(&watch->of_inode, &ended);
	}
	spin_unlock(&watch_lock);
	free_ended(&ended);
}

/* The caller counts it still. */
void __fsnotify_inoderemove(struct inode *inode)
{
	if (!list_empty(&inode->i_watches))
		end_watches(inode, IN_DELETE_SELF);
}

static struct inode *watched_inode(const struct super_block *sb)
{
	struct fsnotify_watch *watch;
	struct inode *inode = NULL;

	spin_lock(&watch_lock);
	list_for_each_entry(watch, &all_watches, all) {
		if (watch->inode->i_sb == sb) {
			inode = watch->inode;
			ihold(inode);
			break;
		}
	}
	spin_unlock(&watch_lock);
	return inode;
}

/* fsnotify_sb_delete - @sb is mounted nowhere any more, and goes. Process context, may sleep. */
void fsnotify_sb_delete(struct super_block *sb)
{
	struct inode *inode;

	while (fsnotify_wanted() && (inode = watched_inode(sb))) {
		end_watches(inode, IN_UNMOUNT);
		iput(inode);
	}
}
