/* SPDX-License-Identifier: MIT */
/*
 * Waiting for several files at once: poll() and select().
 *
 * Each file queues us where it will say that something changed; then all are asked again. A
 * wake-up that comes while they are asked is remembered in @triggered, so that none is lost.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define INLINE_ENTRIES	8
#define ENTRIES_PER_PAGE ((PAGE_SIZE - sizeof(struct entry_page)) / sizeof(struct poll_entry))
/* User memory for so many is copied in one piece. */
#define MAX_POLLFDS	(1 << 20)
#define MAX_SELECT_FDS	65536
/* How much later than asked is as good, for the sake of fewer interrupts. */
#define TIMER_SLACK_NS	50000

/* Us in one queue. */
struct poll_entry {
	struct file		*file;		/* held: the queue is in something of its */
	wait_queue_entry_t	wait;
	wait_queue_head_t	*queue;
};

struct entry_page {
	struct entry_page	*next;
	unsigned int		used;
	struct poll_entry	entries[];
};

/* One call. Only its task touches it, but for @triggered. */
struct poll_call {
	poll_table		table;
	struct task_struct	*task;
	int			triggered;
	int			error;		/* no memory to queue */
	unsigned int		used;
	struct poll_entry	entries[INLINE_ENTRIES];
	struct entry_page	*pages;
};

static int poll_wake(wait_queue_entry_t *wait, unsigned int mode, int sync, void *key)
{
	struct poll_call *call = wait->private;
	__poll_t events = (__poll_t)(unsigned long)key;

	if (events && !(events & (call->table._key | EPOLLERR | EPOLLHUP)))
		return 0;
	/* Ordered against the sleeper's look at it by the task's own lock in wake_up_process(). */
	smp_store_release(&call->triggered, 1);
	return wake_up_process(call->task);
}

static struct poll_entry *new_entry(struct poll_call *call)
{
	struct entry_page *page = call->pages;

	if (call->used < INLINE_ENTRIES)
		return &call->entries[call->used++];
	if (!page || page->used == ENTRIES_PER_PAGE) {
		page = (struct entry_page *)__get_free_page(GFP_KERNEL);
		if (!page) {
			call->error = -ENOMEM;
			return NULL;
		}
		page->next = call->pages;
		page->used = 0;
		call->pages = page;
	}
	return &page->entries[page->used++];
}

static void queue_on(struct file *file, wait_queue_head_t *queue, poll_table *table)
{
	struct poll_call *call = container_of(table, struct poll_call, table);
	struct poll_entry *entry = new_entry(call);

	if (!entry)
		return;
	entry->file = get_file(file);
	entry->queue = queue;
	init_waitqueue_func_entry(&entry->wait, poll_wake);
	entry->wait.private = call;
	add_wait_queue(queue, &entry->wait);
}

static void start_call(struct poll_call *call)
{
	memset(call, 0, sizeof(*call));
	init_poll_funcptr(&call->table, queue_on);
	call->task = current;
}

static void drop_entry(struct poll_entry *entry)
{
	remove_wait_queue(entry->queue, &entry->wait);
	fput(entry->file);
}

static void end_call(struct poll_call *call)
{
	for (unsigned int i = 0; i < call->used; i++)
		drop_entry(&call->entries[i]);
	while (call->pages) {
		struct entry_page *page = call->pages;

		call->pages = page->next;
		for (unsigned int i = 0; i < page->used; i++)
			drop_entry(&page->entries[i]);
		free_page((unsigned long)page);
	}
}

/* Sleeps until a file has something to say. Return: false when the time is over. */
static bool sleep_in_call(struct poll_call *call, ktime_t *end)
{
	int in_time = 1;

	set_current_state(TASK_INTERRUPTIBLE);
	if (!smp_load_acquire(&call->triggered))
		in_time = schedule_hrtimeout_range(end, TIMER_SLACK_NS, HRTIMER_MODE_ABS);
	__set_current_state(TASK_RUNNING);
	/* Before the files are asked again: what comes from now on is not missed. */
	smp_store_mb(call->triggered, 0);
	return in_time != 0;
}

/* What one file says to @events; it queues us unless the table says no. */
static __poll_t ask(unsigned int fd, __poll_t events, struct poll_call *call, __poll_t none)
{
	struct fd f = fdget(fd);
	__poll_t mask;

	if (!f.file)
		return none;
	call->table._key = events | EPOLLERR | EPOLLHUP;
	mask = vfs_poll(f.file, &call->table);
	fdput(f);
	return mask & (events | EPOLLERR | EPOLLHUP);
}

/* Asks until @look has found something, time is over, or a signal comes. */
static int wait_for_files(struct poll_call *call, int (*look)(struct poll_call *call, void *arg), void *arg,
			  ktime_t *end)
{
	bool in_time = !end || *end != 0;
	int found;

	if (!in_time)
		call->table._qproc = NULL;
	for (;;) {
		found = look(call, arg);
		call->table._qproc = NULL;	/* queued once is enough */
		if (found || !in_time)
			return found;
		if (call->error)
			return call->error;
		if (signal_pending(current))
			return -ERESTARTNOHAND;
		in_time = sleep_in_call(call, end);
	}
}

/* When @ts from now is; 0 for at once; NULL for never. */
static ktime_t *end_of(const struct timespec64 *ts, ktime_t *end)
{
	if (!ts)
		return NULL;
	*end = !ts->tv_sec && !ts->tv_nsec ? 0 :
	       ktime_add_safe(ktime_get(), timespec64_to_ktime(*ts));
	return end;
}

/* ---- poll ------------------------------------------------------------------------------- */

struct poll_set {
	struct pollfd *fds;
	unsigned int count;
};

static int look_at_pollfds(struct poll_call *call, void *arg)
{
	struct poll_set *set = arg;
	int found = 0;

	for (unsigned int i = 0; i < set->count; i++) {
		struct pollfd *p = &set->fds[i];

		p->revents = p->fd < 0 ? 0 : ask(p->fd, (u16)p->events, call, EPOLLNVAL);
		if (p->revents) {
			found++;
			call->table._qproc = NULL;
		}
	}
	return found;
}

/* @end: NULL for no end, 0 for at once. */
static int do_poll(struct pollfd __user *ufds, unsigned int count, ktime_t *end)
{
	struct poll_set set = { .count = count };
	struct poll_call *call;
	int ret;

	if (count > rlimit(RLIMIT_NOFILE) || count > MAX_POLLFDS)
		return -EINVAL;
	call = kmalloc(sizeof(*call), GFP_KERNEL);
	set.fds = kvmalloc_array(count ?: 1, sizeof(*set.fds), GFP_KERNEL);
	if (!call || !set.fds) {
		ret = -ENOMEM;
		goto free;
	}
	if (copy_from_user(set.fds, ufds, count * sizeof(*ufds))) {
		ret = -EFAULT;
		goto free;
	}
	start_call(call);
	ret = wait_for_files(call, look_at_pollfds, &set, end);
	end_call(call);
	for (unsigned int i = 0; i < count && ret >= 0; i++)
		if (put_user(set.fds[i].revents, &ufds[i].revents))
			ret = -EFAULT;
free:
	kvfree(set.fds);
	kfree(call);
	return ret;
}

static long restart_poll(struct restart_block *restart);

/* A signal does not make it longer: it goes on until @end. */
static long poll_until(struct pollfd __user *ufds, unsigned int nfds, ktime_t *end)
{
	struct restart_block *restart = &current->restart_block;
	int ret = do_poll(ufds, nfds, end);

	if (ret != -ERESTARTNOHAND)
		return ret;
	restart->poll.ufds = ufds;
	restart->poll.nfds = nfds;
	restart->poll.has_timeout = end != NULL;
	restart->poll.expires = end ? *end : 0;
	return set_restart_fn(restart, restart_poll);
}

static long restart_poll(struct restart_block *restart)
{
	ktime_t end = restart->poll.expires;

	return poll_until(restart->poll.ufds, restart->poll.nfds,
			  restart->poll.has_timeout ? &end : NULL);
}

SYSCALL_DEFINE3(poll, struct pollfd __user *, ufds, unsigned int, nfds, int, timeout_ms)
{
	struct timespec64 ts = ns_to_timespec64((u64)max(timeout_ms, 0) * NSEC_PER_MSEC);
	ktime_t end;

	return poll_until(ufds, nfds, end_of(timeout_ms < 0 ? NULL : &ts, &end));
}

/* A time that the program gives. Return: 1 when it gives one, 0 when not, or -errno. */
static int get_timeout(struct timespec64 *ts, const struct __kernel_timespec __user *uts)
{
	if (!uts)
		return 0;
	if (get_timespec64(ts, uts))
		return -EFAULT;
	return timespec64_valid(ts) ? 1 : -EINVAL;
}

static struct timespec64 rest_of(const struct timespec64 *given, ktime_t start)
{
	ktime_t rest = ktime_sub(timespec64_to_ktime(*given), ktime_sub(ktime_get(), start));

	return ktime_to_timespec64(max_t(ktime_t, rest, 0));
}

/*
 * The time may be in read-only memory: the call's result is worth more than what is left. But
 * then it can't be made again, as it would take the whole time.
 */
static int result_without_rest(int ret)
{
	return ret == -ERESTARTNOHAND ? -EINTR : ret;
}

/* What is left of the time goes back. Return: the call's result. */
static int put_rest(int ret, const struct timespec64 *given, ktime_t start,
		    struct __kernel_timespec __user *uts)
{
	struct timespec64 ts = rest_of(given, start);

	return put_timespec64(&ts, uts) ? result_without_rest(ret) : ret;
}

SYSCALL_DEFINE5(ppoll, struct pollfd __user *, ufds, unsigned int, nfds,
		struct __kernel_timespec __user *, uts, const sigset_t __user *, sigmask,
		size_t, sigsetsize)
{
	struct timespec64 ts;
	ktime_t start = ktime_get(), end;
	int timed = get_timeout(&ts, uts), ret;

	if (timed < 0)
		return timed;
	ret = set_user_sigmask(sigmask, sigsetsize);
	if (ret)
		return ret;
	ret = do_poll(ufds, nfds, end_of(timed ? &ts : NULL, &end));
	restore_saved_sigmask_unless(ret == -ERESTARTNOHAND);
	return timed ? put_rest(ret, &ts, start, uts) : ret;
}

/* ---- select ------------------------------------------------------------------------------ */

#define IN_EVENTS	(EPOLLRDNORM | EPOLLRDBAND | EPOLLIN | EPOLLHUP | EPOLLERR)
#define OUT_EVENTS	(EPOLLWRBAND | EPOLLWRNORM | EPOLLOUT | EPOLLERR)
#define EX_EVENTS	(EPOLLPRI)

static const __poll_t set_events[3] = { IN_EVENTS, OUT_EVENTS, EX_EVENTS };

struct select_set {
	unsigned int	count;
	unsigned int	words;		/* longs of each bitmap */
	unsigned long	*asked[3], *found[3];
};

static int look_at_sets(struct poll_call *call, void *arg)
{
	struct select_set *set = arg;
	int found = 0;

	memset(set->found[0], 0, 3 * set->words * sizeof(long));
	for (unsigned int fd = 0; fd < set->count; fd++) {
		__poll_t events = 0, mask;

		for (int i = 0; i < 3; i++)
			events |= test_bit(fd, set->asked[i]) ? set_events[i] : 0;
		if (!events)
			continue;
		mask = ask(fd, events, call, EPOLLNVAL);
		if (mask & EPOLLNVAL)
			return -EBADF;
		for (int i = 0; i < 3; i++) {
			if (test_bit(fd, set->asked[i]) && (mask & set_events[i])) {
				__set_bit(fd, set->found[i]);
				found++;
				call->table._qproc = NULL;
			}
		}
	}
	return found;
}

static int do_select(int count, unsigned long __user *usets[3], const struct timespec64 *timeout)
{
	struct select_set set = { .count = count, .words = BITS_TO_LONGS(count) };
	size_t bytes = set.words * sizeof(long);
	struct poll_call *call;
	unsigned long *bits;
	ktime_t end;
	int ret = 0;

	if (count < 0 || count > MAX_SELECT_FDS)
		return -EINVAL;
	call = kmalloc(sizeof(*call), GFP_KERNEL);
	bits = kvcalloc(6, max(bytes, sizeof(long)), GFP_KERNEL);
	if (!call || !bits)
		ret = -ENOMEM;
	for (int i = 0; i < 3 && !ret; i++) {
		set.asked[i] = bits + i * set.words;
		set.found[i] = bits + (i + 3) * set.words;
		if (usets[i] && copy_from_user(set.asked[i], usets[i], bytes))
			ret = -EFAULT;
	}
	if (!ret) {
		start_call(call);
		ret = wait_for_files(call, look_at_sets, &set, end_of(timeout, &end));
		end_call(call);
	}
	for (int i = 0; i < 3 && ret >= 0; i++)
		if (usets[i] && copy_to_user(usets[i], set.found[i], bytes))
			ret = -EFAULT;
	kvfree(bits);
	kfree(call);
	return ret;
}

SYSCALL_DEFINE5(select, int, n, unsigned long __user *, in, unsigned long __user *, out,
		unsigned long __user *, ex, struct __kernel_old_timeval __user *, utv)
{
	unsigned long __user *sets[3] = { in, out, ex };
	struct __kernel_old_timeval tv;
	struct timespec64 ts;
	ktime_t start = ktime_get();
	int ret;

	if (utv) {
		if (copy_from_user(&tv, utv, sizeof(tv)))
			return -EFAULT;
		if (tv.tv_sec < 0 || tv.tv_usec < 0)
			return -EINVAL;
		ts.tv_sec = tv.tv_sec + tv.tv_usec / USEC_PER_SEC;
		ts.tv_nsec = tv.tv_usec % USEC_PER_SEC * NSEC_PER_USEC;
	}
	ret = do_select(n, sets, utv ? &ts : NULL);
	if (utv) {
		ts = rest_of(&ts, start);
		tv = (struct __kernel_old_timeval){ ts.tv_sec, ts.tv_nsec / NSEC_PER_USEC };
		if (copy_to_user(utv, &tv, sizeof(tv)))
			return result_without_rest(ret);
	}
	return ret;
}

/* The sixth argument: a signal mask and its size. */
struct sigset_argpack {
	const sigset_t __user *p;
	size_t size;
};

SYSCALL_DEFINE6(pselect6, int, n, unsigned long __user *, in, unsigned long __user *, out,
		unsigned long __user *, ex, struct __kernel_timespec __user *, uts,
		const struct sigset_argpack __user *, usig)
{
	unsigned long __user *sets[3] = { in, out, ex };
	struct sigset_argpack sig = {};
	struct timespec64 ts;
	ktime_t start = ktime_get();
	int timed = get_timeout(&ts, uts), ret;

	if (timed < 0)
		return timed;
	if (usig && copy_from_user(&sig, usig, sizeof(sig)))
		return -EFAULT;
	ret = set_user_sigmask(sig.p, sig.size);
	if (ret)
		return ret;
	ret = do_select(n, sets, timed ? &ts : NULL);
	restore_saved_sigmask_unless(ret == -ERESTARTNOHAND);
	return timed ? put_rest(ret, &ts, start, uts) : ret;
}
