/* SPDX-License-Identifier: MIT */
/*
 * epoll: files that are watched, each for some events, and a list of those that have had one.
 *
 * A watched file's queue calls wake_item() under its lock: the item is put on the list, and who waits is woken.
 * Whether it really has something to tell is asked only then. An epoll file can be watched by another, to
 * a depth of MAX_NESTS and not in a circle.
 *
 * An item goes with EPOLL_CTL_DEL, with its file (eventpoll_release()) or with its epoll file. The
 * last two may come at once, and neither counts the other: epmutex excludes one from the other.
 *
 * Locks, outermost first: epmutex, mtx (an outer epoll file's before an inner one's), a watched file's
 * queue, lock. Which epoll file watches which changes under epmutex, so that no circle closes in two places.
 */
#include <linux/anon_inodes.h>
#include <linux/errno.h>
#include <linux/eventpoll.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "eventpoll.h"

#define MAX_NESTS	4
#define EXCLUSIVE_MAY	(EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE)

#define EPOLL_CTL_ADD	1
#define EPOLL_CTL_DEL	2
#define EPOLL_CTL_MOD	3

static DEFINE_MUTEX(epmutex);

/* -- Something happens -------------------------------------------------------------------------------- */

/* @depth: wake-ups that this one is inside of. poll_wait's lock is one of many of its kind. */
static void wake_watchers(struct eventpoll *ep, unsigned int depth)
{
	unsigned long flags;

	if (!waitqueue_active(&ep->poll_wait))
		return;
	spin_lock_irqsave_nested(&ep->poll_wait.lock, flags, depth);
	ep->nests = depth + 1;
	wake_up_locked_poll(&ep->poll_wait, EPOLLIN);
	ep->nests = 0;
	spin_unlock_irqrestore(&ep->poll_wait.lock, flags);
}

/* ep_make_ready - it may have something to tell: who waits is woken. ep->lock held. */
void ep_make_ready(struct epitem *item)
{
	if (list_empty(&item->ready))
		list_add_tail(&item->ready, &item->ep->ready);
	/* Pairs with set_current_state() of who waits. */
	if (wq_has_sleeper(&item->ep->wq))
		wake_up(&item->ep->wq);
}

/* ep_put_back - what was taken off the list to be asked, and was not. ep->lock held. */
void ep_put_back(struct eventpoll *ep, struct list_head *look)
{
	list_splice(look, &ep->ready);
	/* Who has found the list empty meanwhile, or takes what is left. */
	if (!list_empty(&ep->ready) && wq_has_sleeper(&ep->wq))
		wake_up(&ep->wq);
}

/* Return: whether somebody was waiting for it. */
static bool item_event(struct epitem *item, __poll_t events)
{
	struct eventpoll *ep = item->ep;
	unsigned int depth = 0;
	unsigned long flags;
	bool sleeping;
	__poll_t wanted;

	if (is_eventpoll(item->file))	/* its poll_wait.lock is held */
		depth = ((struct eventpoll *)item->file->private_data)->nests;
	spin_lock_irqsave(&ep->lock, flags);
	wanted = item->event.events & ~EP_PRIVATE_BITS;
	if (!wanted || (events && !(events & wanted))) {	/* told once already; or not what is waited for */
		spin_unlock_irqrestore(&ep->lock, flags);
		return false;
	}
	sleeping = waitqueue_active(&ep->wq);
	ep_make_ready(item);
	spin_unlock_irqrestore(&ep->lock, flags);
	wake_watchers(ep, depth);
	return sleeping;
}

/* Return: for an exclusive waiter, whether this was the one to wake. */
static int wake_item(struct wait_queue_entry *wait, unsigned int mode, int sync, void *key)
{
	struct eppoll_entry *entry = container_of(wait, struct eppoll_entry, wait);
	bool all = !(wait->flags & WQ_FLAG_EXCLUSIVE);
	__poll_t events = key_to_poll(key);
	bool woken = item_event(entry->item, events);

	if (unlikely(events & POLLFREE)) {
		list_del_init(&wait->entry);
		/* Pairs with leave_queue(), which may free the entry from here on. */
		smp_store_release(&entry->head, NULL);
	}
	return woken || all;
}

/* -- Asking ------------------------------------------------------------------------------------------- */

/* Has any of the files something to tell? Those that have not are off the list. */
static __poll_t poll_ready(struct eventpoll *ep, unsigned int depth)
{
	struct epitem *item;
	__poll_t events = 0;
	LIST_HEAD(look);
	poll_table pt;

	init_poll_funcptr(&pt, NULL);
	mutex_lock_nested(&ep->mtx, depth);
	spin_lock_irq(&ep->lock);
	list_splice_init(&ep->ready, &look);
	while (!events && !list_empty(&look)) {
		item = list_first_entry(&look, struct epitem, ready);
		list_del_init(&item->ready);
		spin_unlock_irq(&ep->lock);
		if (ep_item_poll(item, &pt, depth + 1))
			events = EPOLLIN | EPOLLRDNORM;
		spin_lock_irq(&ep->lock);
		if (events && list_empty(&item->ready))
			list_add(&item->ready, &look);
	}
	ep_put_back(ep, &look);
	spin_unlock_irq(&ep->lock);
	mutex_unlock(&ep->mtx);
	return events;
}

/*
 * ep_item_poll - what an item's file has to tell
 * @pt: how to queue for it, or not
 * @depth: locks of epoll files that are held: ep->mtx among them
 */
__poll_t ep_item_poll(const struct epitem *item, poll_table *pt, unsigned int depth)
{
	struct eventpoll *inner;
	__poll_t events;

	pt->_key = item->event.events;
	if (is_eventpoll(item->file)) {
		inner = item->file->private_data;
		poll_wait(item->file, &inner->poll_wait, pt);
		events = poll_ready(inner, depth);
	} else {
		events = vfs_poll(item->file, pt);
	}
	return events & item->event.events;
}

static __poll_t eventpoll_poll(struct file *file, poll_table *wait)
{
	struct eventpoll *ep = file->private_data;

	poll_wait(file, &ep->poll_wait, wait);
	return poll_ready(ep, 0);
}

/* -- Items -------------------------------------------------------------------------------------------- */

static int compare(const struct epitem *item, const struct file *file, int fd)
{
	if (item->file != file)
		return item->file > file ? 1 : -1;
	return item->fd - fd;
}

/* mtx held. @parent, @link: where it would be. */
static struct epitem *find_item(struct eventpoll *ep, struct file *file, int fd, struct rb_node **parent,
				struct rb_node ***link)
{
	struct epitem *item;
	int order;

	*parent = NULL;
	*link = &ep->items.rb_node;
	while (**link) {
		item = rb_entry(**link, struct epitem, node);
		order = compare(item, file, fd);
		if (!order)
			return item;
		*parent = **link;
		*link = order > 0 ? &(*parent)->rb_left : &(*parent)->rb_right;
	}
	return NULL;
}

struct queueing {
	poll_table	pt;
	struct epitem	*item;
	int		err;
};

static void queue_item(struct file *file, wait_queue_head_t *head, poll_table *pt)
{
	struct queueing *q = container_of(pt, struct queueing, pt);
	struct eppoll_entry *entry = q->err ? NULL : kmalloc(sizeof(*entry), GFP_KERNEL);

	if (!entry) {
		q->err = -ENOMEM;
		return;
	}
	init_waitqueue_func_entry(&entry->wait, wake_item);
	entry->item = q->item;
	entry->head = head;
	entry->next = q->item->queued;
	q->item->queued = entry;
	if (q->item->event.events & EPOLLEXCLUSIVE)
		add_wait_queue_exclusive(head, &entry->wait);
	else
		add_wait_queue(head, &entry->wait);
}

/* The queue may go meanwhile, and send us away: RCU keeps its lock. */
static void leave_queue(struct eppoll_entry *entry)
{
	wait_queue_head_t *head;

	rcu_read_lock();
	head = smp_load_acquire(&entry->head);
	if (head)
		remove_wait_queue(head, &entry->wait);
	rcu_read_unlock();
}

/* Nothing of it is used any more afterwards. mtx held, and epmutex or the file counted. */
static void remove_item(struct eventpoll *ep, struct epitem *item)
{
	struct eppoll_entry *entry;

	while ((entry = item->queued)) {
		item->queued = entry->next;
		leave_queue(entry);
		kfree(entry);
	}
	spin_lock(&item->file->f_lock);
	hlist_del(&item->of_file);
	spin_unlock(&item->file->f_lock);
	rb_erase(&item->node, &ep->items);
	spin_lock_irq(&ep->lock);
	list_del_init(&item->ready);
	spin_unlock_irq(&ep->lock);
	kfree(item);
}

static void make_ready_if(struct epitem *item, __poll_t events)
{
	if (!events)
		return;
	spin_lock_irq(&item->ep->lock);
	ep_make_ready(item);
	spin_unlock_irq(&item->ep->lock);
	wake_watchers(item->ep, 0);
}

/* mtx held. */
static int insert_item(struct eventpoll *ep, struct file *file, int fd, const struct epoll_event *event,
		       struct rb_node *parent, struct rb_node **link)
{
	struct epitem *item = kzalloc(sizeof(*item), GFP_KERNEL);
	struct queueing q = { .item = item };
	__poll_t events;

	if (!item)
		return -ENOMEM;
	item->ep = ep;
	item->file = file;
	item->fd = fd;
	item->event = *event;
	INIT_LIST_HEAD(&item->ready);
	spin_lock(&file->f_lock);
	file->f_watched = true;
	hlist_add_head(&item->of_file, &file->f_ep);
	spin_unlock(&file->f_lock);
	rb_link_node(&item->node, parent, link);
	rb_insert_color(&item->node, &ep->items);
	init_poll_funcptr(&q.pt, queue_item);
	events = ep_item_poll(item, &q.pt, 1);
	if (q.err) {
		remove_item(ep, item);
		return q.err;
	}
	make_ready_if(item, events);
	return 0;
}

/* mtx held. */
static int modify_item(struct epitem *item, const struct epoll_event *event)
{
	poll_table pt;

	if (item->event.events & EPOLLEXCLUSIVE)
		return -EINVAL;
	spin_lock_irq(&item->ep->lock);
	item->event = *event;
	spin_unlock_irq(&item->ep->lock);
	init_poll_funcptr(&pt, NULL);
	make_ready_if(item, ep_item_poll(item, &pt, 1));
	return 0;
}

/* -- The end ------------------------------------------------------------------------------------------ */

/* eventpoll_release - @file is closed: nobody watches it any more. Process context. */
void eventpoll_release(struct file *file)
{
	struct eventpoll *ep;
	struct epitem *item;

	/* Once it was watched, an epoll file's end may still be at it. */
	if (likely(!file->f_watched))
		return;
	mutex_lock(&epmutex);
	while (!hlist_empty(&file->f_ep)) {
		item = hlist_entry(file->f_ep.first, struct epitem, of_file);
		ep = item->ep;
		mutex_lock(&ep->mtx);
		remove_item(ep, item);
		mutex_unlock(&ep->mtx);
	}
	mutex_unlock(&epmutex);
}

static int eventpoll_close(struct inode *inode, struct file *file)
{
	struct eventpoll *ep = file->private_data;

	mutex_lock(&epmutex);
	mutex_lock(&ep->mtx);
	while (ep->items.rb_node)
		remove_item(ep, rb_entry(ep->items.rb_node, struct epitem, node));
	mutex_unlock(&ep->mtx);
	mutex_unlock(&epmutex);
	kfree(ep);
	return 0;
}

const struct file_operations eventpoll_fops = {
	.release	= eventpoll_close,
	.poll		= eventpoll_poll,
	.llseek		= noop_llseek,
};

/* -- Epoll files in epoll files. epmutex held. ---------------------------------------------------------- */

/*
 * Levels of epoll files from @ep down, itself one; more than MAX_NESTS + 1 if @outer is there, or they
 * are too many.
 */
static int levels_below(struct eventpoll *ep, const struct eventpoll *outer, int depth)
{
	struct rb_node *node;
	struct epitem *item;
	int below = 0;

	if (ep == outer || depth > MAX_NESTS)
		return MAX_NESTS + 2;
	mutex_lock_nested(&ep->mtx, depth);
	for (node = rb_first(&ep->items); node; node = rb_next(node)) {
		item = rb_entry(node, struct epitem, node);
		if (is_eventpoll(item->file))
			below = max(below, levels_below(item->file->private_data, outer, depth + 1));
	}
	mutex_unlock(&ep->mtx);
	return below + 1;
}

/* Levels of epoll files from @ep up, itself one. */
static int levels_above(const struct eventpoll *ep, int depth)
{
	struct epitem *item;
	int above = 0;

	if (depth > MAX_NESTS)
		return depth;
	hlist_for_each_entry(item, &ep->file->f_ep, of_file)
		above = max(above, levels_above(item->ep, depth + 1));
	return above + 1;
}

/* May @ep watch @file, an epoll file? Return: 0; -ELOOP: a circle, or too deep below; -EINVAL: too deep. */
static int check_nesting(struct eventpoll *ep, struct file *file)
{
	int below = levels_below(file->private_data, ep, 1);

	if (below > MAX_NESTS)
		return -ELOOP;
	return below + levels_above(ep, 0) > MAX_NESTS + 1 ? -EINVAL : 0;
}

/* -- epoll_create(), epoll_ctl() ----------------------------------------------------------------------- */

static int do_epoll_create(int flags)
{
	struct eventpoll *ep;
	int fd;

	if (flags & ~O_CLOEXEC)
		return -EINVAL;
	ep = kzalloc(sizeof(*ep), GFP_KERNEL);
	if (!ep)
		return -ENOMEM;
	mutex_init(&ep->mtx);
	spin_lock_init(&ep->lock);
	INIT_LIST_HEAD(&ep->ready);
	init_waitqueue_head(&ep->wq);
	init_waitqueue_head(&ep->poll_wait);
	fd = get_unused_fd_flags(flags);
	if (fd < 0)
		goto free;
	ep->file = anon_inode_getfile("[eventpoll]", &eventpoll_fops, ep, O_RDWR);
	if (IS_ERR(ep->file)) {
		put_unused_fd(fd);
		fd = PTR_ERR(ep->file);
		goto free;
	}
	fd_install(fd, ep->file);
	return fd;
free:
	kfree(ep);
	return fd;
}

SYSCALL_DEFINE1(epoll_create1, int, flags)
{
	return do_epoll_create(flags);
}

SYSCALL_DEFINE1(epoll_create, int, size)
{
	return size > 0 ? do_epoll_create(0) : -EINVAL;
}

static int check_ctl(struct file *outer, struct file *file, int op, const struct epoll_event *event)
{
	if (!file->f_op->poll)
		return -EPERM;
	if (outer == file || !is_eventpoll(outer))
		return -EINVAL;
	if (op == EPOLL_CTL_DEL || !(event->events & EPOLLEXCLUSIVE))
		return 0;
	if (op == EPOLL_CTL_MOD || (op == EPOLL_CTL_ADD && is_eventpoll(file)) || (event->events & ~EXCLUSIVE_MAY))
		return -EINVAL;
	return 0;
}

static int do_ctl(struct eventpoll *ep, int op, struct file *file, int fd, struct epoll_event *event)
{
	bool nests = is_eventpoll(file);
	struct rb_node *parent, **link;
	struct epitem *item;
	int err = 0;

	if (nests) {
		mutex_lock(&epmutex);
		err = op == EPOLL_CTL_ADD ? check_nesting(ep, file) : 0;
	}
	mutex_lock(&ep->mtx);
	item = find_item(ep, file, fd, &parent, &link);
	event->events |= EPOLLERR | EPOLLHUP;
	if (op == EPOLL_CTL_ADD)
		err = err ?: item ? -EEXIST : insert_item(ep, file, fd, event, parent, link);
	else if (op == EPOLL_CTL_MOD)
		err = item ? modify_item(item, event) : -ENOENT;
	else if (op != EPOLL_CTL_DEL)
		err = -EINVAL;
	else if (item)
		remove_item(ep, item);
	else
		err = -ENOENT;
	mutex_unlock(&ep->mtx);
	if (nests)
		mutex_unlock(&epmutex);
	return err;
}

SYSCALL_DEFINE4(epoll_ctl, int, epfd, int, op, int, fd, struct epoll_event __user *, uevent)
{
	struct epoll_event event = { 0 };
	struct fd outer, watched;
	int err = -EBADF;

	if (op != EPOLL_CTL_DEL && copy_from_user(&event, uevent, sizeof(event)))
		return -EFAULT;
	outer = fdget(epfd);
	watched = fdget(fd);
	if (outer.file && watched.file) {
		err = check_ctl(outer.file, watched.file, op, &event);
		if (!err)
			err = do_ctl(outer.file->private_data, op, watched.file, fd, &event);
	}
	fdput(watched);
	fdput(outer);
	return err;
}
