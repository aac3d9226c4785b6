/* SPDX-License-Identifier: MIT */
/*
 * Between fsnotify.c, from what happens to who watches it, and inotify.c, the files that tell of
 * it.
 */
#ifndef _FS_FSNOTIFY_H
#define _FS_FSNOTIFY_H

#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

struct fsnotify_event {
	struct list_head	link;		/* in the queue, or empty: of the overflow */
	int			wd;
	u32			mask;
	u32			cookie;
	unsigned int		len;		/* of the name; 0: none */
	char			name[];
};

/* An inotify file. */
struct fsnotify_group {
	struct idr		watches;	/* watch_lock: by their numbers */

	spinlock_t		lock;		/* inside watch_lock; guards the next ones */
	struct list_head	events;
	unsigned int		nr_events;
	struct fsnotify_event	*overflow;	/* there is always one */

	unsigned int		max_events;	/* fixed */
	wait_queue_head_t	wait;
};

/* An inode that a group watches; once for each. Guarded by watch_lock, but for what is fixed. */
struct fsnotify_watch {
	struct list_head	of_inode;	/* in i_watches */
	struct list_head	all;		/* in all_watches */
	u32			mask;		/* IN_*: what is told, and how */

	struct fsnotify_group	*group;		/* fixed, as the next ones */
	struct inode		*inode;		/* counted */
	struct dentry		*dentry;	/* counted, or NULL: see hold() */
	int			wd;
};

/* fsnotify.c */
extern spinlock_t watch_lock;
int fsnotify_update_watch(struct fsnotify_group *group, struct dentry *dentry, u32 mask);
int fsnotify_remove_watch(struct fsnotify_group *group, int wd);
void fsnotify_remove_all(struct fsnotify_group *group);

/* inotify.c; watch_lock held */
void fsnotify_queue_event(struct fsnotify_group *group, int wd, u32 mask, u32 cookie,
			  const struct qstr *name);
extern unsigned int inotify_max_watches;

#endif
