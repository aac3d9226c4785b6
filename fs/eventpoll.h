/* SPDX-License-Identifier: MIT */
/*
 * Between eventpoll.c, which keeps the files that are watched, and epoll_wait.c, which waits for
 * them.
 */
#ifndef _FS_EVENTPOLL_H
#define _FS_EVENTPOLL_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#define EPOLLEXCLUSIVE	((__poll_t)1 << 28)	/* one of several that watch the file is woken */
#define EPOLLWAKEUP	((__poll_t)1 << 29)	/* no suspend meanwhile: there is none */
#define EPOLLONESHOT	((__poll_t)1 << 30)	/* told once, then nothing until it is set anew */
#define EPOLLET		((__poll_t)1 << 31)	/* told when something happens, not as long as it holds */
#define EP_PRIVATE_BITS	(EPOLLEXCLUSIVE | EPOLLWAKEUP | EPOLLONESHOT | EPOLLET)

/* As programs pass it: 12 bytes. */
struct epoll_event {
	__poll_t	events;
	u64		data;
} __packed;

struct eventpoll {
	struct file		*file;		/* its own; fixed */

	struct mutex		mtx;		/* guards the tree; an inner one nests in an outer one's */
	struct rb_root		items;		/* struct epitem, by file and number */

	spinlock_t		lock;		/* irqs off; taken under a watched file's queue's lock. Guards: */
	struct list_head	ready;		/* items that may have something to tell */

	wait_queue_head_t	wq;		/* epoll_wait() */
	wait_queue_head_t	poll_wait;	/* who watches this one */
	u8			nests;		/* poll_wait.lock: how many wake-ups this one is inside of */
};

/* A file that is watched. */
struct epitem {
	struct rb_node		node;		/* mtx, but for its two keys, which are fixed */
	struct file		*file;		/* not counted: it takes its items along when it is closed */
	int			fd;
	struct eventpoll	*ep;		/* fixed */
	struct hlist_node	of_file;	/* f_lock of the file; of an epoll file epmutex, too */
	struct eppoll_entry	*queued;	/* fixed once it is complete */

	struct list_head	ready;		/* ep->lock */
	struct epoll_event	event;		/* mtx and ep->lock to write, either to read */
};

/* One of the queues that the file says to wait on. */
struct eppoll_entry {
	struct eppoll_entry	*next;
	struct epitem		*item;
	wait_queue_head_t	*head;		/* NULL: it is gone. RCU, and its lock, keep it */
	struct wait_queue_entry	wait;
};

/* eventpoll.c */
extern const struct file_operations eventpoll_fops;
__poll_t ep_item_poll(const struct epitem *item, poll_table *pt, unsigned int depth);
void ep_make_ready(struct epitem *item);	/* ep->lock held, as for the next */
void ep_put_back(struct eventpoll *ep, struct list_head *look);

static inline bool is_eventpoll(const struct file *file)
{
	return file->f_op == &eventpoll_fops;
}

#endif
