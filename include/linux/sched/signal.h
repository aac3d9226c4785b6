/* SPDX-License-Identifier: MIT */
/*
 * What the threads of a process share beside memory and files, and walking the tasks.
 * kernel/signal/ sends and delivers; kernel/process/ makes and ends processes.
 */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

#include <linux/hrtimer.h>
#include <linux/idr.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/signal_types.h>
#include <linux/wait.h>
#include <uapi/linux/resource.h>

struct tty_struct;

/* How signals are handled: CLONE_SIGHAND shares it. */
struct sighand_struct {
	spinlock_t		siglock;	/* irqs off; inside tasklist_lock. Guards the rest, and of
						 * signal_struct what says so, and tasks' pending */
	refcount_t		count;
	wait_queue_head_t	signalfd_wqh;	/* who waits for a signalfd: fs/signalfd.c */
	bool			watched;	/* once set, epoll may have somebody there. Only set */
	struct rcu_head		rcu;		/* then it is freed by this */
	struct k_sigaction	action[_NSIG];
};

#define SIGNAL_STOP_STOPPED	0x00000001	/* all threads have stopped */
#define SIGNAL_STOP_CONTINUED	0x00000002	/* SIGCONT since wait looked */
#define SIGNAL_GROUP_EXIT	0x00000004	/* all threads are to end, with group_exit_code */
#define SIGNAL_CLD_STOPPED	0x00000010	/* the parent is to be told that all had stopped, */
#define SIGNAL_CLD_CONTINUED	0x00000020	/* that they go on */
#define SIGNAL_CLD_MASK		(SIGNAL_CLD_STOPPED | SIGNAL_CLD_CONTINUED)
#define SIGNAL_STOP_MASK	(SIGNAL_CLD_MASK | SIGNAL_STOP_STOPPED | SIGNAL_STOP_CONTINUED)
#define SIGNAL_UNKILLABLE	0x00000040	/* task 1: the default action does nothing */

/* jobctl of a thread */
#define JOBCTL_STOP_DEQUEUED	0x01	/* took a stop signal, and no SIGCONT came since */
#define JOBCTL_STOP_PENDING	0x02	/* is to stop with the others */
#define JOBCTL_STOPPED		0x04	/* has, until SIGCONT or its end */

/* ITIMER_VIRTUAL and ITIMER_PROF: ns. */
enum { CPU_ITIMER_VIRTUAL, CPU_ITIMER_PROF, NR_CPU_ITIMERS };
struct cpu_itimer {
	u64	value;		/* left; 0: it does not run */
	u64	incr;
};

/* What the tick is to look at: bits of signal_struct.tick_watch, atomic. */
enum {
	TICK_ITIMERS,		/* (s) it[] */
	TICK_CPU_LIMIT,		/* task_lock() of the leader: RLIMIT_CPU */
	TICK_CPU_TIMERS,	/* cpu_timer_lock */
};

/*
 * One per process; each of its tasks counts it until the task's memory is freed, so that whoever
 * counts a task may look. (s) siglock, (l) tasklist_lock.
 */
struct signal_struct {
	refcount_t		sigcnt;
	atomic_t		live;		/* threads that do not exit yet */
	int			nr_threads;	/* (l)+(s) to write: not released yet */
	struct list_head	thread_head;	/* (l)+(s) to write: threads, by thread_node */
	wait_queue_head_t	wait_chldexit;	/* for wait4() */
	struct sigpending	shared_pending;	/* (s) for whichever thread takes it */
	unsigned int		flags;		/* (s) SIGNAL_* */
	int			group_exit_code; /* (s) */
	struct task_struct	*group_exec_task; /* (s) waits in exec for the others to go */
	int			group_stop_count; /* (s) threads that are still to stop */
	unsigned int		group_signals;	/* (s) so many came that went to other processes as well */
	struct pid		*pids[PIDTYPE_MAX]; /* (l) */
	int			leader;		/* (l) of its session */
	bool			is_child_subreaper; /* (l) to write: orphans below come to it */
	struct tty_struct	*tty;		/* (s) controlling terminal, or NULL */
	u64			utime, stime;	/* (s) ns, of threads that are gone */
	u64			sum_exec_runtime; /* (s) likewise */
	u64			cutime, cstime;	/* (s) of children that were waited for */
	unsigned long		nvcsw, nivcsw;	/* (s) as utime */
	unsigned long		cnvcsw, cnivcsw; /* (s) as cutime */
	unsigned long		maxrss, cmaxrss; /* (s) pages */
	unsigned long		min_flt, cmin_flt; /* (s) as utime, as cutime */
	struct hrtimer		real_timer;	/* ITIMER_REAL; (s) to start */
	ktime_t			it_real_incr;	/* (s) 0: only once */
	struct cpu_itimer	it[NR_CPU_ITIMERS]; /* (s) */
	struct idr		posix_timers;	/* (s) of timer_create() */
	unsigned long		tick_watch;	/* what counts the time of this process; most have nothing */
	spinlock_t		cpu_timer_lock;	/* irqs off; inside anybody's siglock. Guards to the blank line */
	struct posix_cputimers	cpu_timers;	/* of the process's time */
	unsigned int		nr_cpu_timers;	/* that wait, those of its threads too */
	u64			cpu_time_read[CPUCLOCK_MAX]; /* as last read for another process, or the tick */

	struct rlimit		rlim[RLIM_NLIMITS]; /* task_lock() of the leader to write; RLIMIT_CPU's
						     * soft one (s) as well: the tick moves it on */
};

static inline int signal_pending(struct task_struct *p)
{
	return unlikely(READ_ONCE(p->thread_info.flags) & _TIF_SIGPENDING);
}

static inline int __fatal_signal_pending(struct task_struct *p)
{
	return READ_ONCE(p->pending.signal.sig[0]) >> (SIGKILL - 1) & 1;
}

/* The task is to end as soon as it is back in user mode; kernel threads never are. */
static inline int fatal_signal_pending(struct task_struct *p)
{
	return signal_pending(p) && __fatal_signal_pending(p);
}

static inline int signal_pending_state(unsigned int state, struct task_struct *p)
{
	if (likely(!(state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL))))
		return 0;
	return signal_pending(p) && ((state & TASK_INTERRUPTIBLE) || __fatal_signal_pending(p));
}

/* Whether current has to look. siglock held. */
static inline void recalc_sigpending(void)
{
	struct task_struct *p = current;

	if (((p->pending.signal.sig[0] | p->signal->shared_pending.signal.sig[0]) & ~p->blocked.sig[0]) ||
	    (p->jobctl & JOBCTL_STOP_PENDING))
		set_tsk_thread_flag(p, TIF_SIGPENDING);
	else
		clear_tsk_thread_flag(p, TIF_SIGPENDING);
}

/* -- Sending; kernel/signal/ ------------------------------------------------------------------- */

/* Context: any but NMI; @p is counted or can't go. @priv: from the kernel. Return: 0. */
int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p);
int do_send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p,
		     enum pid_type type);
int kill_pid_info(int sig, struct kernel_siginfo *info, struct pid *pid);
int send_signal_locked(int sig, struct kernel_siginfo *info, struct task_struct *p,
		       enum pid_type type);
int send_sigqueue(struct sigqueue *q, struct task_struct *p, enum pid_type type);
int force_sig_info(struct kernel_siginfo *info);
int send_sig(int sig, struct task_struct *p, int priv);		/* to the thread */
int group_send_sig(int sig, struct task_struct *p);		/* to its process */
int kill_pid(struct pid *pid, int sig, int priv);
int kill_pgrp(struct pid *pid, int sig, int priv);
/* To current, which can neither block nor ignore it: from its exceptions. */
void force_sig(int sig);
void force_fatal_sig(int sig);
int force_sig_fault(int sig, int code, void __user *addr);
/* siglock held; SIGKILL or a signal is there: let the task see it. */
void signal_wake_up(struct task_struct *p, bool fatal);
int dequeue_signal(const sigset_t *mask, kernel_siginfo_t *info);	/* siglock held */
void __flush_signals(struct task_struct *p);	/* siglock held */
void flush_signals(struct task_struct *p);
void flush_sigqueue(struct sigpending *pending);
void flush_signal_handlers(struct task_struct *p);
void exit_signals(struct task_struct *p);
void set_current_blocked(sigset_t *mask);
int set_user_sigmask(const sigset_t __user *umask, size_t size);
void restore_saved_sigmask(void);
void restore_saved_sigmask_unless(bool interrupted);

/* ITIMER_REAL; kernel/signal/itimer.c. */
void itimers_init(struct signal_struct *sig);
void itimer_tick_slow(bool user);

/* Those of timer_create(); kernel/signal/posix_timer.c. */
void posix_timers_init(struct signal_struct *sig);
void exit_itimers(struct task_struct *p);
void flush_itimer_signals(void);

/* From the tick: current has run. */
static inline void itimer_tick(bool user)
{
	const struct signal_struct *sig = current->signal;

	if (sig && unlikely(READ_ONCE(sig->tick_watch)))
		itimer_tick_slow(user);
}

void cpu_limit_changed(struct signal_struct *sig);

/* Nobody who could continue current's process group is left. kernel/process/ids.c */
bool is_current_pgrp_orphaned(void);

/* For the terminals: called in a process that leads its session and ends. */
void on_session_end(void (*fn)(int on_exit));

/* Kernel threads ignore signals but those they allow, and see those: kernel/signal/kthread.c. */
int kernel_dequeue_signal(void);

/* On the way to user mode, TIF_SIGPENDING set; interrupts on. */
struct pt_regs;
void do_user_signal(struct pt_regs *regs);
bool get_signal(struct ksignal *ksig);
void force_sigsegv(int sig);

/*
 * The alternate stack: kernel/signal/altstack.c. A thread is on it when its stack pointer @sp is; with
 * SS_AUTODISARM it has none while a handler runs, so nobody has to know.
 */
static inline bool on_sig_stack(unsigned long sp)
{
	if (current->sas_ss_flags & SS_AUTODISARM)
		return false;
	return sp > current->sas_ss_sp && sp - current->sas_ss_sp <= current->sas_ss_size;
}

/* What sigaltstack() says of the stack in use: SS_ONSTACK, SS_DISABLE or 0. */
static inline int sas_ss_flags(unsigned long sp)
{
	if (!current->sas_ss_size)
		return SS_DISABLE;
	return on_sig_stack(sp) ? SS_ONSTACK : 0;
}

void change_altstack(const stack_t *ss);

/* As a handler's frame says: mostly it is as it was. */
static inline void restore_altstack(const stack_t *ss)
{
	const struct task_struct *p = current;

	if (unlikely((unsigned long)ss->ss_sp != p->sas_ss_sp || ss->ss_size != p->sas_ss_size ||
		     ss->ss_flags != (int)p->sas_ss_flags))
		change_altstack(ss);
}

/* kernel/process/ tells of what happened to @p: SIGCHLD. tasklist_lock held to write. */
bool do_notify_parent(struct task_struct *p, int sig);

/* -- Processes and threads --------------------------------------------------------------------- */

void put_signal_struct(struct signal_struct *sig);

static inline unsigned long rlimit(unsigned int limit)
{
	return READ_ONCE(current->signal->rlim[limit].rlim_cur);
}

static inline bool thread_group_leader(const struct task_struct *p)
{
	return p->group_leader == p;
}

static inline bool thread_group_empty(const struct task_struct *p)
{
	return list_is_singular(&p->signal->thread_head);
}

static inline struct pid *task_pgrp(struct task_struct *p)
{
	return p->signal ? p->signal->pids[PIDTYPE_PGID] : NULL;
}

static inline struct pid *task_session(struct task_struct *p)
{
	return p->signal ? p->signal->pids[PIDTYPE_SID] : NULL;
}

static inline struct pid *task_tgid(struct task_struct *p)
{
	return p->signal ? p->signal->pids[PIDTYPE_TGID] : p->thread_pid;
}

static inline struct pid *task_pid(struct task_struct *p) { return p->thread_pid; }
static inline pid_t task_pid_vnr(struct task_struct *p) { return p->pid; }
static inline pid_t task_tgid_vnr(struct task_struct *p) { return p->tgid; }
static inline pid_t task_pgrp_vnr(struct task_struct *p) { return pid_nr(task_pgrp(p)); }
static inline pid_t task_session_vnr(struct task_struct *p) { return pid_nr(task_session(p)); }

/*
 * All processes but the idle tasks, kernel threads included: tasklist_lock held. The threads
 * of one, of which a kernel thread has itself: next_thread() goes round.
 */
#define for_each_process(p)	list_for_each_entry(p, &init_task.tasks, tasks)
#define __for_each_thread(signal, t) \
	list_for_each_entry(t, &(signal)->thread_head, thread_node)
#define for_each_thread(p, t)	__for_each_thread((p)->signal, t)

static inline struct task_struct *next_thread(struct task_struct *t)
{
	struct list_head *next = t->thread_node.next;

	if (!t->signal)
		return t;
	if (next == &t->signal->thread_head)
		next = next->next;
	return list_entry(next, struct task_struct, thread_node);
}

static inline struct task_struct *__thread_after(struct task_struct *p, struct task_struct *t)
{
	t = next_thread(t);
	return t == p ? NULL : t;
}
#define for_each_process_thread(p, t)					\
	for_each_process(p)						\
		for ((t) = (p); (t); (t) = __thread_after((p), (t)))

#endif
