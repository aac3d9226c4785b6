/* SPDX-License-Identifier: MIT */
/*
 * Clocks that count what a process or a thread runs, and timers by them.
 *
 * Number of such a clock, which is negative: ~pid << 3, a bit for a thread's, and what is counted.
 * Pid 0 is the caller.
 */
#ifndef _LINUX_POSIX_TIMERS_H
#define _LINUX_POSIX_TIMERS_H

#include <linux/list.h>
#include <linux/rbtree_types.h>
#include <linux/types.h>

struct signal_struct;
struct task_struct;

#define CPUCLOCK_PROF			0	/* user and system time, as the tick samples it */
#define CPUCLOCK_VIRT			1	/* user time, likewise */
#define CPUCLOCK_SCHED			2	/* exactly, from the scheduler */
#define CPUCLOCK_MAX			3
#define CLOCKFD				3	/* of a device; there are none */
#define CPUCLOCK_CLOCK_MASK		3
#define CPUCLOCK_PERTHREAD_MASK		4
#define CLOCKFD_MASK			(CPUCLOCK_PERTHREAD_MASK | CPUCLOCK_CLOCK_MASK)

#define CPUCLOCK_WHICH(clock)		((clock) & CPUCLOCK_CLOCK_MASK)
#define CPUCLOCK_PERTHREAD(clock)	(((clock) & CPUCLOCK_PERTHREAD_MASK) != 0)
#define CPUCLOCK_PID(clock)		((pid_t)~((clock) >> 3))

/*
 * What waits for a time of one process, or of one of its threads; guarded by the process's
 * cpu_timer_lock.
 */
struct posix_cputimers {
	struct rb_root_cached	waiting[CPUCLOCK_MAX];	/* by expires */
	bool			ended;			/* it will never run again */
};

/*
 * One timer. Its owner, who may be another process than the one that it counts, excludes others
 * from all calls, and holds cpu_timer_lock of nobody.
 */
struct cpu_timer {
	struct signal_struct	*process;	/* counted: whose time, or whose thread's */
	struct task_struct	*thread;	/* counted; NULL: the process's time */
	unsigned int		which;		/* CPUCLOCK_* */
	/* In the tick's interrupt; calls cpu_timer_done() when it needs the timer no longer. */
	void			(*fn)(struct cpu_timer *timer);

	u64			expires;	/* ns; the owner's, to be changed while it does not wait */
	bool			waits;		/* process->cpu_timer_lock: in a tree, by node */
	bool			firing;		/* its time has come, and fn() is to be called or runs */
	struct rb_node		node;
	struct list_head	due;		/* while firing */
	u64			fired_at;	/* what its clock showed then */
};

/* kernel/time/cpu_clock.c */
bool is_cpu_clock(clockid_t clock);
int cpu_clock_read(clockid_t clock, u64 *ns);
struct task_struct *cpu_clock_target(clockid_t clock, bool reading);
u64 cpu_clock_sample(const struct signal_struct *process, struct task_struct *thread,
		     unsigned int which);
u64 cpu_clock_sample_tick(const struct signal_struct *process, struct task_struct *thread,
			  unsigned int which);

/* kernel/time/cpu_timer.c */
int cpu_timer_init(struct cpu_timer *timer, clockid_t clock,
		   void (*fn)(struct cpu_timer *timer));
void cpu_timer_copy_clock(struct cpu_timer *to, const struct cpu_timer *from);
void cpu_timer_destroy(struct cpu_timer *timer);
bool cpu_timer_start(struct cpu_timer *timer);
bool cpu_timer_ended(const struct cpu_timer *timer);
int cpu_timer_try_to_cancel(struct cpu_timer *timer);
void cpu_timer_done(struct cpu_timer *timer);
u64 cpu_timer_now(struct cpu_timer *timer);
void cpu_timer_refresh(struct cpu_timer *timer);
u64 cpu_timer_forward(struct cpu_timer *timer, u64 now, u64 interval);
void cpu_timers_collect(struct list_head *due);
void cpu_timers_fire(struct list_head *due);
void cpu_timers_exit(struct task_struct *p, bool last);

#endif
