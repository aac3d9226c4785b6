/* SPDX-License-Identifier: MIT */
/*
 * Signals that wait: what is known of each, in the order of their coming.
 *
 * A signal is a bit in a set, which says that it waits, and mostly an entry in the list, which says
 * why. Of those below SIGRTMIN one of a kind waits at a time, and one of each timer that sends it;
 * of the others any number, as far as RLIMIT_SIGPENDING lets programs fill the kernel's memory.
 * Without an entry the signal comes all the same, and says nothing.
 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include "internals.h"

static struct kmem_cache *sigqueue_cache __ro_after_init;
static atomic_t nr_queued;		/* by all programs: they are one user's */

static int __init sigqueue_init(void)
{
	sigqueue_cache = KMEM_CACHE(sigqueue, SLAB_PANIC);
	return 0;
}
core_initcall(sigqueue_init);

/*
 * sigqueue_get - an entry, which counts against @p's limit
 * @force: even if that is reached
 *
 * Context: any but NMI. Return: it, or NULL.
 */
struct sigqueue *sigqueue_get(struct task_struct *p, bool force)
{
	unsigned long limit = READ_ONCE(p->signal->rlim[RLIMIT_SIGPENDING].rlim_cur);
	struct sigqueue *q = NULL;

	if ((unsigned long)atomic_inc_return(&nr_queued) <= limit || force)
		q = kmem_cache_alloc(sigqueue_cache, GFP_ATOMIC);
	if (!q) {
		atomic_dec(&nr_queued);
		return NULL;
	}
	q->flags = 0;		/* and its list when it is linked */
	return q;
}

/* sigqueue_put - an entry that waits no more */
void sigqueue_put(struct sigqueue *q)
{
	if (q->flags & SIGQUEUE_PREALLOC)
		return;
	atomic_dec(&nr_queued);
	kmem_cache_free(sigqueue_cache, q);
}

/* sigqueue_free - the timer that @q belongs to goes. What waits is delivered all the same. siglock held. */
void sigqueue_free(struct sigqueue *q)
{
	q->flags &= ~SIGQUEUE_PREALLOC;
	if (list_empty(&q->list))
		sigqueue_put(q);
}

/* flush_sigqueue - forget all that waits. siglock held, or nobody else knows @pending. */
void flush_sigqueue(struct sigpending *pending)
{
	struct sigqueue *q, *next;

	sigemptyset(&pending->signal);
	list_for_each_entry_safe(q, next, &pending->list, list) {
		list_del_init(&q->list);
		sigqueue_put(q);
	}
}

/* flush_mask - forget those in @mask. siglock held. */
void flush_mask(struct sigpending *pending, unsigned long mask)
{
	struct sigqueue *q, *next;

	if (!(pending->signal.sig[0] & mask))
		return;
	sigdelsetmask(&pending->signal, mask);
	list_for_each_entry_safe(q, next, &pending->list, list) {
		if (sigmask(q->info.si_signo) & mask) {
			list_del_init(&q->list);
			sigqueue_put(q);
		}
	}
}

/* What the program did itself comes first: its frame is still as it was then. */
static int first_signal(const struct sigpending *pending, const sigset_t *mask)
{
	unsigned long ready = pending->signal.sig[0] & ~mask->sig[0];

	if (ready & SYNCHRONOUS_MASK)
		ready &= SYNCHRONOUS_MASK;
	return ready ? (int)__ffs(ready) + 1 : 0;
}

/* The oldest entry of @sig, which is in the set. */
static void collect(int sig, struct sigpending *pending, kernel_siginfo_t *info)
{
	struct sigqueue *q, *first = NULL;
	bool more = false;

	list_for_each_entry(q, &pending->list, list) {
		if (q->info.si_signo != sig)
			continue;
		if (first) {
			more = true;
			break;
		}
		first = q;
	}
	if (!more)
		sigdelset(&pending->signal, sig);
	if (first) {
		*info = first->info;
		list_del_init(&first->list);
		if (unlikely(first->flags & SIGQUEUE_PREALLOC))
			posix_timer_taken(info);
		sigqueue_put(first);
		return;
	}
	clear_siginfo(info);
	info->si_signo = sig;
	info->si_code = SI_USER;
}

/*
 * dequeue_signal - take the first signal that waits for current, its own before its process's
 * @mask: but none of these
 *
 * Context: siglock held. Return: its number, and @info of it; 0 for none.
 */
int dequeue_signal(const sigset_t *mask, kernel_siginfo_t *info)
{
	struct sigpending *pending = &current->pending;
	int sig = first_signal(pending, mask);

	if (!sig) {
		pending = &current->signal->shared_pending;
		sig = first_signal(pending, mask);
	}
	if (!sig)
		return 0;
	collect(sig, pending, info);
	recalc_sigpending();
	if (sig_kernel_stop(sig))
		current->jobctl |= JOBCTL_STOP_DEQUEUED;
	if (sig == SIGALRM)
		itimer_real_rearm(current->signal);
	return sig;
}

/*
 * dequeue_synchronous - the same, but only what an instruction of the program brought about, as
 * exceptions do
 */
int dequeue_synchronous(kernel_siginfo_t *info)
{
	struct sigpending *pending = &current->pending;
	struct sigqueue *q;

	list_for_each_entry(q, &pending->list, list) {
		if (q->info.si_code <= SI_USER || q->info.si_signo >= SIGRTMIN)
			continue;
		if (sigmask(q->info.si_signo) & ~current->blocked.sig[0] & SYNCHRONOUS_MASK) {
			collect(q->info.si_signo, pending, info);
			recalc_sigpending();
			return info->si_signo;
		}
	}
	return 0;
}
