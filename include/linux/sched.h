/* SPDX-License-Identifier: MIT */
/* Tasks and the calls that make them run, wait and stop. kernel/sched/ implements them. */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>
#include <linux/thread_info.h>
#include <linux/preempt.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include <linux/cpumask.h>
#include <linux/llist.h>
#include <linux/pid.h>
#include <linux/posix-timers.h>
#include <linux/refcount.h>
#include <linux/restart_block.h>
#include <linux/signal_types.h>
#include <linux/sched/clock.h>
#include <linux/sched/prio.h>
#include <asm/current.h>
#include <asm/processor.h>
#include <uapi/linux/sched.h>
#include <uapi/linux/sched/types.h>

struct completion;
struct files_struct;
struct fs_struct;
struct irqaction;
struct rt_mutex_waiter;
struct kthread;
struct mm_struct;
struct robust_list_head;
struct rseq;
struct sighand_struct;
struct signal_struct;

#define TASK_RUNNING		0x0000
#define TASK_INTERRUPTIBLE	0x0001
#define TASK_UNINTERRUPTIBLE	0x0002
#define __TASK_STOPPED		0x0004
#define __TASK_TRACED		0x0008
#define EXIT_DEAD		0x0010
#define EXIT_ZOMBIE		0x0020
#define TASK_PARKED		0x0040
#define TASK_DEAD		0x0080
#define TASK_WAKEKILL		0x0100
#define TASK_WAKING		0x0200
#define TASK_NOLOAD		0x0400
#define TASK_NEW		0x0800
#define TASK_FREEZABLE		0x00002000	/* with another: it may be frozen where it sleeps */
#define TASK_FROZEN		0x00008000
#define TASK_STOPPED		(TASK_WAKEKILL | __TASK_STOPPED)
#define TASK_KILLABLE		(TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_IDLE		(TASK_UNINTERRUPTIBLE | TASK_NOLOAD)
#define TASK_NORMAL		(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)

#define TASK_COMM_LEN		16

#define PF_IDLE			0x00000002
#define PF_EXITING		0x00000004
#define PF_FORKNOEXEC		0x00000040
#define PF_SIGNALED		0x00000400
#define PF_WQ_WORKER		0x00000020
#define PF_MEMALLOC		0x00000800
#define PF_NOFREEZE		0x00008000
#define PF_KTHREAD		0x00200000
#define PF_NO_SETAFFINITY	0x04000000
#define PF_SUSPEND_TASK		0x80000000	/* it freezes the others */

#define MAX_SCHEDULE_TIMEOUT	((long)(~0UL >> 1))

/*
 * One task. Guards: (q) the lock of the run queue it is on, (p) pi_lock, (c) the task
 * itself, (i) fixed once it runs, (l) tasklist_lock, (a) alloc_lock: task_lock(), (s) siglock of
 * its sighand. What a switch and a wake-up touch
 * stands together.
 */
struct task_struct {
	struct thread_info	thread_info;	/* first: entry code finds the flags here */
	unsigned int		__state;	/* TASK_*; see set_current_state() */
	unsigned int		flags;		/* (c) PF_* */
	raw_spinlock_t		pi_lock;	/* taken before a run-queue lock, irqs off */
	int			on_cpu;		/* 1 from the switch to it to the end of the switch away */
	int			on_rq;		/* (q) runnable: counted in its run queue */
	unsigned int		cpu;		/* (q) written with (p) held too, or while not on_rq */
	int			prio;		/* (q) effective: 0-99 real time, 100-139 fair */
	int			time_slice;	/* (q) SCHED_RR ticks left */
	unsigned int		weight;		/* (q) from nice; 1024 is nice 0 */
	union {
		struct list_head rt_list;	/* (q) link in its priority's queue */
		struct rb_node	run_node;	/* (q) link in the fair tree */
	};
	u64			vruntime;	/* (q) weighted ns; relative to its queue's while asleep */
	u64			exec_start;	/* (q) sched_clock at the last account */
	u64			sum_exec_runtime; /* (q) ns on a CPU */
	u64			slice_start;	/* (q) sum_exec_runtime when it was picked */
	unsigned long		nvcsw, nivcsw;	/* (q) voluntary and forced switches */
	struct rseq __user	*rseq;		/* (c) of rseq(), or NULL: a switch looks */
	u32			rseq_sig;	/* (c) */
	int			rseq_cpu;	/* (c) that it was told; -1: none yet */
	bool			rseq_event;	/* (c) disturbed since it was last in user mode; preemption off */
	struct thread_struct	thread;		/* saved registers, see <asm/processor.h> */
	struct mm_struct	*mm;		/* (c)+(a) address space; NULL of a kernel thread */
	struct mm_struct	*active_mm;	/* (q) mm, or on loan; see mm/address_space.c */
	void			*worker;	/* (i) of a workqueue worker */
	unsigned int		kernel_uaccess;	/* (c) depth: "user" pointers are kernel addresses */
	unsigned int		pagefault_disabled; /* (c) depth of pagefault_disable() */

	unsigned int		migration_disabled; /* (c) depth of migrate_disable(); others look */
	int			nr_cpus_allowed; /* (p)+(q), as is the mask */
	cpumask_t		cpus_mask;
	unsigned int		policy;		/* (q) SCHED_* */
	int			static_prio;	/* (q) from nice */
	int			normal_prio;	/* (q) without inheritance */
	int			pi_boost;	/* (q) priority inherited by rt_mutexes; MAX_PRIO: none */
	unsigned int		rt_priority;	/* (q) 1-99 */
	struct rb_root_cached	pi_waiters;	/* best waiters of its rt_mutexes: kernel/locking/rtmutex.c */
	struct rt_mutex_waiter	*pi_blocked_on;	/* the same lock's; its own wait, or NULL */

	struct list_head	rcu_node;	/* RCU's lock; linked while thread_info.rcu_special */
	struct list_head	rcu_tasks_node;	/* guarded by kernel/rcu/tasks.c, */
	unsigned long		rcu_tasks_nvcsw; /* as is this */
	void			*stack;		/* (i) lowest address */
	refcount_t		usage;
	pid_t			pid, tgid;	/* (i); exec gives the caller its first thread's: (l) */
	int			exit_code;	/* (c) as wait4() tells it */
	int			exit_state;	/* (l) EXIT_ZOMBIE, EXIT_DEAD, or 0 */
	int			exit_signal;	/* (l) to the parent at the end; -1: a thread, not the first */
	int			pdeath_signal;	/* (c) for the task when its parent ends */
	char			comm[TASK_COMM_LEN]; /* (c) */
	struct list_head	tasks;		/* (l) all processes, by their first threads */
	struct task_struct	*parent;	/* (l) the first thread of it, or the thread that forked */
	struct list_head	children;	/* (l) by sibling */
	struct list_head	sibling;
	struct task_struct	*group_leader;	/* (l) first thread of the process */
	struct list_head	thread_node;	/* (l)+(s) in signal->thread_head */
	struct pid		*thread_pid;	/* (l) */
	struct hlist_node	pid_links[PIDTYPE_MAX]; /* (l) */
	struct llist_node	reap_node;	/* among the dead, until their memory is freed */

	u64			start_time;	/* (i) ns since boot */
	u64			utime, stime;	/* (c) ns */
	unsigned long		min_flt;	/* (c) page faults that a page was there for */
	struct posix_cputimers	cpu_timers;	/* signal->cpu_timer_lock: those of this thread's time */

	/* Of a task with a program; NULL and nothing of a kernel thread. */
	spinlock_t		alloc_lock;	/* task_lock(): may be taken inside tasklist_lock to read */
	struct fs_struct	*fs;		/* (a) its directories */
	struct files_struct	*files;		/* (a) its open files */
	struct signal_struct	*signal;	/* (i), until the task is freed */
	struct sighand_struct	*sighand;	/* (l) to write, (s) */
	sigset_t		blocked;	/* (s) */
	sigset_t		real_blocked;	/* (s) what sigtimedwait() has taken out of it meanwhile */
	sigset_t		kthread_allowed; /* signals a kernel thread wants to see: kernel/signal/kthread.c */
	sigset_t		saved_sigmask;	/* (c) blocked, as it is to be after a signal */
	bool			restore_sigmask; /* (c) saved_sigmask is in force again then */
	struct sigpending	pending;	/* (s) signals for this thread alone */
	unsigned long		sas_ss_sp;	/* (c) alternate signal stack */
	size_t			sas_ss_size;
	unsigned int		sas_ss_flags;
	unsigned int		jobctl;		/* (s) JOBCTL_* */
	struct completion	*vfork_done;	/* (a) of a parent that waits in vfork() */
	int __user		*set_child_tid;	/* (c) the first thing it does is writing its number */
	int __user		*clear_child_tid; /* (c) the last is a 0, and to wake who waits there */
	struct robust_list_head __user *robust_list; /* (c) locks to tell of when it ends */
	struct restart_block	restart_block;	/* (c) of its last call, if a signal interrupted that */
	unsigned int		personality;	/* (c) */
	bool			no_new_privs;	/* (c) PR_SET_NO_NEW_PRIVS; told back, as all is root's */

	struct kthread		*kthread;	/* (i) state of a kernel thread */
	struct irqaction	*irq_action;	/* (i) of an IRQ thread */
	struct callback_head	*task_works;	/* atomic; run as it exits, see linux/task_work.h */
	void			*journal_info;
	unsigned int		in_iowait;	/* (c) */
#ifdef CONFIG_DEBUG
	struct task_lockdep	lockdep;	/* (c) what it holds; kernel/lockdep/ */
#endif
};

/*
 * Sleeping: set the state, then look at what is waited for, then schedule(). The full
 * barrier pairs with the one in try_to_wake_up(): either the look sees the event or the
 * waker sees the state. __set_current_state() has none: only for TASK_RUNNING, or when a
 * lock orders the two.
 */
#define set_current_state(state_value)	smp_store_mb(current->__state, (state_value))
#define __set_current_state(state_value) WRITE_ONCE(current->__state, (state_value))
#define get_current_state()		READ_ONCE(current->__state)
#define task_is_running(task)		(READ_ONCE((task)->__state) == TASK_RUNNING)

void schedule(void);
void schedule_preempt_disabled(void);
long schedule_timeout(long timeout);
long schedule_timeout_interruptible(long timeout);
long schedule_timeout_killable(long timeout);
long schedule_timeout_uninterruptible(long timeout);
long schedule_timeout_idle(long timeout);
long io_schedule_timeout(long timeout);
void io_schedule(void);
void yield(void);

/* Let others run if they should; a point where a long loop says that it may sleep. */
int __cond_resched(void);
static inline int _cond_resched(void)
{
	return should_resched(0) ? __cond_resched() : 0;
}
#define cond_resched()			({ might_sleep(); _cond_resched(); })
int __cond_resched_lock(spinlock_t *lock);
#define cond_resched_lock(lock)		__cond_resched_lock(lock)

int wake_up_process(struct task_struct *tsk);
int wake_up_state(struct task_struct *tsk, unsigned int state);
#define WF_SYNC		0x10		/* the waker is about to sleep: stay on its CPU */
int try_to_wake_up(struct task_struct *tsk, unsigned int state, int wake_flags);

void scheduler_tick(void);		/* from the tick, irqs off */
void scheduler_ipi(void);		/* from IPI_RESCHEDULE */
void resched_cpu(int cpu);
void kick_process(struct task_struct *p);
void sched_set_fifo(struct task_struct *p);
void sched_set_fifo_low(struct task_struct *p);
void sched_set_normal(struct task_struct *p, int nice);
int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param);
int sched_setscheduler_nocheck(struct task_struct *p, int policy, const struct sched_param *param);
void set_user_nice(struct task_struct *p, long nice);
int task_nice(const struct task_struct *p);
void do_set_cpus_allowed(struct task_struct *p, const struct cpumask *mask);
int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *mask);
int idle_cpu(int cpu);
struct task_struct *idle_task(int cpu);
unsigned int nr_running(void);
unsigned int nr_iowait(void);
unsigned long long nr_context_switches(void);

static inline unsigned int task_cpu(const struct task_struct *p)
{
	return READ_ONCE(p->cpu);
}

static inline pid_t task_pid_nr(const struct task_struct *p) { return p->pid; }
static inline pid_t task_tgid_nr(const struct task_struct *p) { return p->tgid; }
static inline bool is_idle_task(const struct task_struct *p) { return p->flags & PF_IDLE; }
char task_state_to_char(struct task_struct *p);	/* R S D I X, as ps shows it */

static inline bool need_resched(void)
{
	return unlikely(test_preempt_need_resched());
}

/* Flags of a task that its entry code looks at. */
static inline void set_tsk_thread_flag(struct task_struct *p, int flag)
{
	set_bit(flag, &p->thread_info.flags);
}

static inline void clear_tsk_thread_flag(struct task_struct *p, int flag)
{
	clear_bit(flag, &p->thread_info.flags);
}

static inline int test_tsk_thread_flag(struct task_struct *p, int flag)
{
	return test_bit(flag, &p->thread_info.flags);
}
#define set_thread_flag(flag)	set_tsk_thread_flag(current, flag)
#define clear_thread_flag(flag)	clear_tsk_thread_flag(current, flag)
#define test_thread_flag(flag)	test_tsk_thread_flag(current, flag)

/* Guards what (a) says; process context, or with interrupts off. */
static inline void task_lock(struct task_struct *p) { spin_lock(&p->alloc_lock); }
static inline void task_unlock(struct task_struct *p) { spin_unlock(&p->alloc_lock); }

void __set_task_comm(struct task_struct *tsk, const char *from, bool exec);
#define set_task_comm(tsk, from) __set_task_comm(tsk, from, false)
char *__get_task_comm(char *to, size_t len, struct task_struct *tsk);
#define get_task_comm(buf, tsk) __get_task_comm(buf, sizeof(buf), tsk)

#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#endif
