/* SPDX-License-Identifier: MIT */
/* Asking a file whether it can be read or written, and queueing for the answer to change. */
#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

#include <linux/types.h>
#include <linux/wait.h>
#include <linux/fs.h>
#include <linux/uaccess.h>

#define EPOLLIN		((__poll_t)0x0001)
#define EPOLLPRI	((__poll_t)0x0002)
#define EPOLLOUT	((__poll_t)0x0004)
#define EPOLLERR	((__poll_t)0x0008)
#define EPOLLHUP	((__poll_t)0x0010)
#define EPOLLNVAL	((__poll_t)0x0020)
#define EPOLLRDNORM	((__poll_t)0x0040)
#define EPOLLRDBAND	((__poll_t)0x0080)
#define EPOLLWRNORM	((__poll_t)0x0100)
#define EPOLLWRBAND	((__poll_t)0x0200)
#define EPOLLMSG	((__poll_t)0x0400)
#define EPOLLRDHUP	((__poll_t)0x2000)
#define POLLFREE	((__poll_t)0x4000)	/* a wake-up: the queue goes, so leave it */

#define POLLIN		0x0001
#define POLLPRI		0x0002
#define POLLOUT		0x0004
#define POLLERR		0x0008
#define POLLHUP		0x0010
#define POLLNVAL	0x0020
#define POLLRDNORM	0x0040
#define POLLRDBAND	0x0080
#define POLLWRNORM	0x0100
#define POLLWRBAND	0x0200

/* As poll() passes it. */
struct pollfd {
	int	fd;
	short	events;
	short	revents;
};

#define DEFAULT_POLLMASK (EPOLLIN | EPOLLOUT | EPOLLRDNORM | EPOLLWRNORM)

struct poll_table_struct;
typedef void (*poll_queue_proc)(struct file *file, wait_queue_head_t *head,
				struct poll_table_struct *table);

typedef struct poll_table_struct {
	poll_queue_proc	_qproc;		/* NULL: only ask, do not queue */
	__poll_t	_key;		/* the events asked for */
} poll_table;

static inline void poll_wait(struct file *filp, wait_queue_head_t *wait_address, poll_table *p)
{
	if (p && p->_qproc && wait_address)
		p->_qproc(filp, wait_address, p);
}

static inline void init_poll_funcptr(poll_table *pt, poll_queue_proc qproc)
{
	pt->_qproc = qproc;
	pt->_key = ~(__poll_t)0;
}

static inline __poll_t vfs_poll(struct file *file, struct poll_table_struct *pt)
{
	return file->f_op->poll ? file->f_op->poll(file, pt) : DEFAULT_POLLMASK;
}

/**
 * wake_up_pollfree - send epoll's waiters away from a queue that goes before the file does
 * @wq_head: the queue; nobody queues any more
 *
 * Context: any but NMI. The queue's memory must stay for a grace period of RCU after this.
 */
static inline void wake_up_pollfree(wait_queue_head_t *wq_head)
{
	__wake_up(wq_head, TASK_NORMAL, 0, poll_to_key(EPOLLHUP | POLLFREE));
}

#endif
