/* SPDX-License-Identifier: MIT */
/*
 * New processes and threads: what a child gets of its parent, and how it enters the lists.
 *
 * Everything that may fail is done before tasklist_lock is taken; from then on the child is there
 * for all to see, and runs.
 */
#include <linux/arch.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/poll.h>
#include <linux/rcupdate.h>
#include <linux/sched/stat.h>
#include <linux/rseq.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "internals.h"

#define STACK_LIMIT	(8UL << 20)
#define NOFILE_LIMIT	1024
#define NOFILE_MAX	4096
#define MEMLOCK_LIMIT	(8UL << 20)
#define MSGQUEUE_LIMIT	819200
#define STACKS_SHARE	8	/* of all memory that the kernel's stacks of tasks may be */
#define MIN_THREADS	20

int max_threads __ro_after_init;

static struct kmem_cache *signal_cache __ro_after_init, *sighand_cache __ro_after_init;

static int __init process_caches_init(void)
{
	signal_cache = KMEM_CACHE(signal_struct, SLAB_PANIC);
	sighand_cache = KMEM_CACHE(sighand_struct, SLAB_PANIC);
	max_threads = clamp_t(unsigned long, totalram_pages() / STACKS_SHARE >> THREAD_SIZE_ORDER,
			      MIN_THREADS, INT_MAX);
	return 0;
}
core_initcall(process_caches_init);

/* -- What threads of a process share ---------------------------------------------------------- */

/* Task 1's limits, which all inherit. */
static void default_limits(struct rlimit *rlim)
{
	int i;

	for (i = 0; i < RLIM_NLIMITS; i++)
		rlim[i].rlim_cur = rlim[i].rlim_max = RLIM_INFINITY;
	rlim[RLIMIT_STACK].rlim_cur = STACK_LIMIT;
	rlim[RLIMIT_CORE].rlim_cur = 0;
	rlim[RLIMIT_NOFILE].rlim_cur = NOFILE_LIMIT;
	rlim[RLIMIT_NOFILE].rlim_max = NOFILE_MAX;
	rlim[RLIMIT_MEMLOCK].rlim_cur = rlim[RLIMIT_MEMLOCK].rlim_max = MEMLOCK_LIMIT;
	rlim[RLIMIT_MSGQUEUE].rlim_cur = rlim[RLIMIT_MSGQUEUE].rlim_max = MSGQUEUE_LIMIT;
	rlim[RLIMIT_NPROC].rlim_cur = rlim[RLIMIT_NPROC].rlim_max = max_threads / 2;
	rlim[RLIMIT_SIGPENDING].rlim_cur = rlim[RLIMIT_SIGPENDING].rlim_max = max_threads / 2;
	rlim[RLIMIT_NICE].rlim_cur = rlim[RLIMIT_NICE].rlim_max = 0;
	rlim[RLIMIT_RTPRIO].rlim_cur = rlim[RLIMIT_RTPRIO].rlim_max = 0;
}

/* signal_struct_alloc - that of a process with one thread. Return: it, or NULL. */
struct signal_struct *signal_struct_alloc(void)
{
	struct signal_struct *sig = kmem_cache_zalloc(signal_cache, GFP_KERNEL);

	if (!sig)
		return NULL;
	refcount_set(&sig->sigcnt, 1);
	atomic_set(&sig->live, 1);
	sig->nr_threads = 1;
	INIT_LIST_HEAD(&sig->thread_head);
	init_waitqueue_head(&sig->wait_chldexit);
	init_sigpending(&sig->shared_pending);
	posix_timers_init(sig);
	if (current->signal) {
		task_lock(current->group_leader);
		memcpy(sig->rlim, current->signal->rlim, sizeof(sig->rlim));
		task_unlock(current->group_leader);
	} else {
		default_limits(sig->rlim);
	}
	itimers_init(sig);
	return sig;
}

/* put_signal_struct - a task of the process is freed. Context: process. */
void put_signal_struct(struct signal_struct *sig)
{
	if (refcount_dec_and_test(&sig->sigcnt)) {
		idr_destroy(&sig->posix_timers);
		kmem_cache_free(signal_cache, sig);
	}
}

static void free_sighand(struct rcu_head *rcu)
{
	kmem_cache_free(sighand_cache, container_of(rcu, struct sighand_struct, rcu));
}

void put_sighand(struct sighand_struct *sighand)
{
	if (!refcount_dec_and_test(&sighand->count))
		return;
	if (likely(!sighand->watched)) {
		kmem_cache_free(sighand_cache, sighand);
		return;
	}
	wake_up_pollfree(&sighand->signalfd_wqh);
	call_rcu(&sighand->rcu, free_sighand);
}

/* sighand_alloc - a copy of @from, or all defaults for NULL. Return: it, or NULL. */
struct sighand_struct *sighand_alloc(struct sighand_struct *from)
{
	struct sighand_struct *sighand = kmem_cache_zalloc(sighand_cache, GFP_KERNEL);

	if (!sighand)
		return NULL;
	spin_lock_init(&sighand->siglock);
	refcount_set(&sighand->count, 1);
	init_waitqueue_head(&sighand->signalfd_wqh);
	if (from) {
		spin_lock_irq(&from->siglock);
		memcpy(sighand->action, from->action, sizeof(sighand->action));
		spin_unlock_irq(&from->siglock);
	}
	return sighand;
}

static int copy_signals(struct task_struct *p, u64 flags)
{
	init_sigpending(&p->pending);
	p->blocked = current->blocked;
	if (flags & CLONE_SIGHAND) {
		refcount_inc(&current->sighand->count);
		p->sighand = current->sighand;
	} else {
		p->sighand = sighand_alloc(current->sighand);
		if (!p->sighand)
			return -ENOMEM;
	}
	/* The alternate stack stays with the memory it is in. */
	if (!(flags & CLONE_VM) || (flags & CLONE_VFORK)) {
		p->sas_ss_sp = current->sas_ss_sp;
		p->sas_ss_size = current->sas_ss_size;
		p->sas_ss_flags = current->sas_ss_flags;
	} else {
		p->sas_ss_flags = SS_DISABLE;
	}
	if (flags & CLONE_THREAD) {
		refcount_inc(&current->signal->sigcnt);
		p->signal = current->signal;
		return 0;
	}
	p->signal = signal_struct_alloc();
	return p->signal ? 0 : -ENOMEM;
}

static int copy_mm(struct task_struct *p, u64 flags)
{
	if (flags & CLONE_VM) {
		mmget(current->mm);
		p->mm = current->mm;
	} else {
		p->mm = mm_dup(current->mm);
		if (!p->mm)
			return -ENOMEM;
	}
	p->active_mm = p->mm;
	return 0;
}

/* The opposite of all copy_*(), as far as they came; p->signal goes with the task itself. */
static void uncopy(struct task_struct *p)
{
	if (p->mm) {
		mmput(p->mm);
		p->mm = p->active_mm = NULL;
	}
	if (p->files)
		put_files_struct(p->files);
	if (p->fs)
		free_fs_struct(p->fs);
	if (p->sighand)
		put_sighand(p->sighand);
}

/* -- Into the lists ------------------------------------------------------------------------------ */

static bool thread_may_join(void)
{
	return !(current->signal->flags & SIGNAL_GROUP_EXIT) && !current->signal->group_exec_task;
}

/* @p becomes a thread of current's process. tasklist_lock and siglock held. */
static void join_process(struct task_struct *p)
{
	p->group_leader = current->group_leader;
	p->tgid = current->tgid;
	p->exit_signal = -1;
	p->parent = current->parent;
	current->signal->nr_threads++;
	atomic_inc(&current->signal->live);
	list_add_tail(&p->thread_node, &current->signal->thread_head);
}

/* @p becomes a process of current's group and session. tasklist_lock held. */
static void found_process(struct task_struct *p, const struct kernel_clone_args *args,
			  struct pid *pid)
{
	struct task_struct *parent = args->flags & CLONE_PARENT ? current->parent
								: current->group_leader;

	p->exit_signal = args->flags & CLONE_PARENT ? current->group_leader->exit_signal
						    : args->exit_signal;
	p->parent = parent;
	list_add_tail(&p->sibling, &parent->children);
	list_add_tail(&p->thread_node, &p->signal->thread_head);
	p->signal->tty = current->signal->tty;
	attach_pid(p, PIDTYPE_TGID, pid);
	attach_pid(p, PIDTYPE_PGID, task_pgrp(current));
	attach_pid(p, PIDTYPE_SID, task_session(current));
}

/*
 * A signal to many processes comes before a fork, or to both after it: what waits is taken first, and
 * when one has come since fork_begins() all is begun anew. So it is when threads are to stop.
 */
static int fork_begins(unsigned int *group_signals)
{
	bool pending;

	spin_lock_irq(&current->sighand->siglock);
	*group_signals = current->signal->group_signals;
	pending = signal_pending(current);
	spin_unlock_irq(&current->sighand->siglock);
	return pending ? -ERESTARTNOINTR : 0;
}

/* Return: 0; -EINTR: the end has come; -ERESTARTNOINTR. tasklist_lock and siglock held. */
static int fork_may_end(u64 flags, unsigned int group_signals)
{
	if (fatal_signal_pending(current) || ((flags & CLONE_THREAD) && !thread_may_join()))
		return -EINTR;
	if (flags & CLONE_THREAD ? !(current->jobctl & JOBCTL_STOP_PENDING) :
				   current->signal->group_signals == group_signals)
		return 0;
	/* Another thread may have taken it: only who looks for signals makes the call again. */
	set_thread_flag(TIF_SIGPENDING);
	return -ERESTARTNOINTR;
}

static int list_child(struct task_struct *p, const struct kernel_clone_args *args, struct pid *pid,
		      unsigned int group_signals)
{
	int err;

	p->pid = p->tgid = pid->nr;
	write_lock_irq(&tasklist_lock);
	spin_lock(&current->sighand->siglock);
	err = fork_may_end(args->flags, group_signals);
	if (!err && (args->flags & CLONE_THREAD))
		join_process(p);
	else if (!err)
		found_process(p, args, pid);
	spin_unlock(&current->sighand->siglock);
	if (!err)
		task_list(p, pid);
	write_unlock_irq(&tasklist_lock);
	return err;
}

/* -- The child's first steps ------------------------------------------------------------------------ */

static void child_begins(void *unused)
{
	if (current->set_child_tid)
		(void)put_user(current->pid, current->set_child_tid);
}

static int check_flags(const struct kernel_clone_args *args)
{
	u64 f = args->flags;

	if ((f & (CLONE_NEWNS | CLONE_FS)) == (CLONE_NEWNS | CLONE_FS) ||
	    ((f & CLONE_THREAD) && !(f & CLONE_SIGHAND)) || ((f & CLONE_SIGHAND) && !(f & CLONE_VM)) ||
	    (f & (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
		  CLONE_NEWPID | CLONE_NEWNET | CLONE_PIDFD)))
		return -EINVAL;
	/* Task 1's siblings would have nobody to reap them. */
	if ((f & CLONE_PARENT) && current->signal->flags & SIGNAL_UNKILLABLE)
		return -EINVAL;
	return args->exit_signal < 0 || args->exit_signal > _NSIG ? -EINVAL : 0;
}

static struct task_struct *copy_process(const struct kernel_clone_args *args)
{
	struct task_struct *p;
	struct pid *pid = NULL;
	unsigned int group_signals;
	int err = fork_begins(&group_signals);

	if (err)
		return ERR_PTR(err);
	/* Some more may be on their way: no matter. */
	if (READ_ONCE(nr_threads) >= max_threads)
		return ERR_PTR(-EAGAIN);
	p = task_alloc_user(child_begins, NULL);
	if (!p)
		return ERR_PTR(-ENOMEM);
	if (args->flags & CLONE_CHILD_SETTID)
		p->set_child_tid = args->child_tid;
	rseq_fork(p, args->flags);
	if (args->flags & CLONE_CHILD_CLEARTID)
		p->clear_child_tid = args->child_tid;
	err = copy_files(p, args->flags) ?: copy_fs(p, args->flags) ?:
	      copy_signals(p, args->flags) ?: copy_mm(p, args->flags) ?: arch_thread_fork(p, args);
	if (!err) {
		pid = alloc_pid();
		err = pid ? list_child(p, args, pid, group_signals) : -EAGAIN;
	}
	if (err) {
		if (pid)
			free_pid(pid);
		uncopy(p);
		task_free(p);
		return ERR_PTR(err);
	}
	return p;
}

/* complete_vfork_done - the parent need not wait any longer: the child has its own memory or none */
void complete_vfork_done(struct task_struct *p)
{
	struct completion *vfork;

	task_lock(p);
	vfork = p->vfork_done;
	p->vfork_done = NULL;
	if (vfork)
		complete(vfork);
	task_unlock(p);
}

static void wait_for_vfork_done(struct task_struct *child, struct completion *vfork)
{
	if (wait_for_completion_killable(vfork)) {
		task_lock(child);
		child->vfork_done = NULL;	/* which lies on our stack */
		task_unlock(child);
	}
}

/**
 * kernel_clone - make a process or a thread
 * @args: what it shares and where it begins
 *
 * Context: process, of a task with a program. Return: its number; -EINVAL a senseless
 * combination; -EAGAIN no number left, or max_threads; -ENOMEM; -ERESTARTNOINTR a signal comes first;
 * -EINTR the end.
 */
pid_t kernel_clone(struct kernel_clone_args *args)
{
	struct completion vfork;
	struct task_struct *p;
	int err = check_flags(args);
	pid_t nr;

	if (err)
		return err;
	p = copy_process(args);
	if (IS_ERR(p))
		return PTR_ERR(p);
	get_task_struct(p);
	nr = p->pid;
	if (args->flags & CLONE_PARENT_SETTID)
		(void)put_user(nr, args->parent_tid);
	if (args->flags & CLONE_VFORK) {
		init_completion(&vfork);
		p->vfork_done = &vfork;
	}
	wake_up_process(p);
	if (args->flags & CLONE_VFORK)
		wait_for_vfork_done(p, &vfork);
	put_task_struct(p);
	return nr;
}

/**
 * become_process - make a process of a kernel thread, for its program to come
 *
 * Its parent, kthreadd, does not wait: it leaves no zombie. Without memory there is no sense in
 * going on.
 * Context: a kernel thread; task 1 at the end of boot.
 */
void become_process(void)
{
	struct task_struct *p = current;
	struct signal_struct *sig = signal_struct_alloc();
	struct sighand_struct *sighand = sighand_alloc(NULL);

	p->files = files_struct_alloc();
	p->fs = fs_struct_alloc();
	if (!sig || !sighand || !p->files || !p->fs)
		panic("no memory to run a program");
	if (p->pid == 1)
		sig->flags |= SIGNAL_UNKILLABLE;
	init_sigpending(&p->pending);
	write_lock_irq(&tasklist_lock);
	p->sighand = sighand;
	p->signal = sig;
	p->flags &= ~(PF_KTHREAD | PF_NOFREEZE);
	p->exit_signal = SIGCHLD;
	list_add_tail(&p->thread_node, &sig->thread_head);
	list_add_tail(&p->sibling, &p->parent->children);
	attach_pid(p, PIDTYPE_TGID, p->thread_pid);
	attach_pid(p, PIDTYPE_PGID, &init_struct_pid);
	attach_pid(p, PIDTYPE_SID, &init_struct_pid);
	get_task_struct(p);		/* its place in the lists, until it is released */
	write_unlock_irq(&tasklist_lock);
}
