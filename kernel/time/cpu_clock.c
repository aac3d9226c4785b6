/* SPDX-License-Identifier: MIT */
/* The clocks that count what a process or a thread runs: whose a number is, and what it shows. */
#include <linux/errno.h>
#include <linux/lockdep.h>
#include <linux/posix-timers.h>
#include <linux/sched.h>
#include <linux/sched/cputime.h>
#include <linux/sched/signal.h>
#include <uapi/linux/time.h>

/* is_cpu_clock - does @clock count what somebody runs? Whether there is such a one is not asked. */
bool is_cpu_clock(clockid_t clock)
{
	if (clock >= 0)
		return clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID;
	return (clock & CLOCKFD_MASK) != CLOCKFD;
}

/* The caller's own clocks have short numbers too. */
static clockid_t long_number(clockid_t clock)
{
	if (clock == CLOCK_PROCESS_CPUTIME_ID)
		return (clockid_t)(~0U << 3 | CPUCLOCK_SCHED);
	if (clock == CLOCK_THREAD_CPUTIME_ID)
		return (clockid_t)(~0U << 3 | CPUCLOCK_PERTHREAD_MASK | CPUCLOCK_SCHED);
	return clock;
}

/**
 * cpu_clock_target - whose time a clock shows
 * @clock: is_cpu_clock()
 * @reading: a thread may read its process's clock by its own number
 *
 * Processes may see each other's clocks, threads only those of their own process.
 * Context: of a program; tasklist_lock held. Return: that thread, or one of that process; NULL: no
 * such clock.
 */
struct task_struct *cpu_clock_target(clockid_t clock, bool reading)
{
	struct task_struct *p;
	pid_t nr;

	clock = long_number(clock);
	nr = CPUCLOCK_PID(clock);
	if (CPUCLOCK_WHICH(clock) >= CPUCLOCK_MAX)
		return NULL;
	if (!nr)
		return current;
	p = find_task_by_pid(nr);
	if (!p)
		return NULL;
	if (CPUCLOCK_PERTHREAD(clock))
		return p->signal == current->signal ? p : NULL;
	return thread_group_leader(p) || (reading && p == current) ? p : NULL;
}

/* @exact: with what it has run since the scheduler charged it last. */
static u64 thread_time(struct task_struct *p, unsigned int which, bool exact)
{
	switch (which) {
	case CPUCLOCK_PROF:
		return READ_ONCE(p->utime) + READ_ONCE(p->stime);
	case CPUCLOCK_VIRT:
		return READ_ONCE(p->utime);
	default:
		return exact ? task_sched_runtime(p) : READ_ONCE(p->sum_exec_runtime);
	}
}

/* @others: those but current exactly too. */
static u64 process_time(const struct signal_struct *process, unsigned int which, bool others)
{
	struct task_struct *t;
	u64 ns;

	ns = which == CPUCLOCK_SCHED ? process->sum_exec_runtime : process->utime;
	if (which == CPUCLOCK_PROF)
		ns += process->stime;
	__for_each_thread(process, t)
		ns += thread_time(t, which, others || t == current);
	return ns;
}

/**
 * cpu_clock_sample - what a process or thread has run
 * @process: all of its threads, and those that are gone
 * @thread: this one alone; or NULL
 * @which: CPUCLOCK_*
 *
 * Context: any but NMI; for a process tasklist_lock or its siglock held. Return: ns.
 */
u64 cpu_clock_sample(const struct signal_struct *process, struct task_struct *thread,
		     unsigned int which)
{
	return thread ? thread_time(thread, which, true) : process_time(process, which, true);
}

/*
 * cpu_clock_sample_tick - the same, without the other threads' last tick: takes no lock of other
 * CPUs
 */
u64 cpu_clock_sample_tick(const struct signal_struct *process, struct task_struct *thread,
			  unsigned int which)
{
	return thread ? thread_time(thread, which, true) : process_time(process, which, false);
}

/**
 * cpu_clock_read - what a clock shows now
 * @clock: is_cpu_clock()
 * @ns: filled in
 *
 * Context: of a program. Return: 0; -EINVAL: no such clock.
 */
int cpu_clock_read(clockid_t clock, u64 *ns)
{
	struct task_struct *p;
	bool thread;

	clock = long_number(clock);
	thread = CPUCLOCK_PERTHREAD(clock);
	if (thread && !CPUCLOCK_PID(clock) && CPUCLOCK_WHICH(clock) < CPUCLOCK_MAX) {
		*ns = thread_time(current, CPUCLOCK_WHICH(clock), true);
		return 0;
	}
	read_lock_irq(&tasklist_lock);
	p = cpu_clock_target(clock, true);
	if (p)	/* a kernel thread is alone */
		*ns = cpu_clock_sample(p->signal, thread || !p->signal ? p : NULL, CPUCLOCK_WHICH(clock));
	read_unlock_irq(&tasklist_lock);
	return p ? 0 : -EINVAL;
}
