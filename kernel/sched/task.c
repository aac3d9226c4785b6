/* SPDX-License-Identifier: MIT */
/*
 * Tasks come and go: their memory, stack, number, and place in the list of all tasks.
 *
 * A task holds one reference to itself, dropped when it has switched away for the last time.
 * That happens in the scheduler, where memory can't be freed; so the dead are queued and
 * kthreadd, task 2, frees them. A few of their stacks are kept for the next that are born.
 */
#include <linux/arch.h>
#include <linux/bitmap.h>
#include <linux/boot.h>
#include <linux/cpu.h>
#include <linux/debug_free.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/sched/stat.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "internals.h"

#define PID_MAX		32768
#define NR_SPARE_STACKS	8

extern char init_stack[];	/* linker script: the boot CPU's, THREAD_SIZE bytes */

DEFINE_RWLOCK(tasklist_lock);

/* Boot's thread of execution, then the boot CPU's idle task. */
struct task_struct init_task = {
	.pi_lock	= __RAW_SPIN_LOCK_INITIALIZER(init_task.pi_lock),
	.on_cpu		= 1,
	.prio		= MAX_PRIO,
	.static_prio	= DEFAULT_PRIO,
	.normal_prio	= DEFAULT_PRIO,
	.pi_boost	= MAX_PRIO,
	.weight		= NICE_0_WEIGHT,
	.flags		= PF_IDLE | PF_KTHREAD,
	.stack		= init_stack,
	.usage		= REFCOUNT_INIT(1),
	.comm		= "swapper/0",
	.tasks		= LIST_HEAD_INIT(init_task.tasks),
	.parent		= &init_task,
};
EXPORT_SYMBOL(init_task);

static struct kmem_cache *task_cache;
static struct task_struct *reaper;		/* kthreadd; fixed after rest_init() */
static LLIST_HEAD(dead_tasks);

static DECLARE_BITMAP(pids, PID_MAX);		/* in use; tasklist_lock */
static int newest_pid;				/* tasklist_lock */
unsigned long total_forks;			/* tasklist_lock */

static DEFINE_SPINLOCK(spare_lock);
static void *spare_stacks[NR_SPARE_STACKS];	/* spare_lock */
static int nr_spare_stacks;			/* spare_lock */

static void *stack_alloc(void)
{
	void *stack = NULL;

	spin_lock(&spare_lock);
	if (nr_spare_stacks)
		stack = spare_stacks[--nr_spare_stacks];
	spin_unlock(&spare_lock);
	if (stack)
		return stack;
	return __vmalloc_node_range(THREAD_SIZE, THREAD_ALIGN, VMALLOC_START, VMALLOC_END,
				    GFP_KERNEL, ARCH_MAP_READ | ARCH_MAP_WRITE, 0,
				    __builtin_return_address(0));
}

static void stack_free(void *stack)
{
	debug_memory_freed(stack, THREAD_SIZE);
	spin_lock(&spare_lock);
	if (nr_spare_stacks < NR_SPARE_STACKS) {
		spare_stacks[nr_spare_stacks++] = stack;
		stack = NULL;
	}
	spin_unlock(&spare_lock);
	vfree(stack);
}

/* Numbers go up and round, so that one is not used again soon. tasklist_lock held to write. */
static int pid_alloc(void)
{
	int pid = find_next_zero_bit(pids, PID_MAX, newest_pid + 1);

	if (pid >= PID_MAX)
		pid = find_next_zero_bit(pids, PID_MAX, 1);
	if (pid >= PID_MAX)
		return -EAGAIN;
	__set_bit(pid, pids);
	WRITE_ONCE(newest_pid, pid);
	return pid;
}

int last_pid(void)
{
	return READ_ONCE(newest_pid);
}

/* Give @p a number and show it to the world. */
static int task_list(struct task_struct *p)
{
	int pid;

	write_lock_irq(&tasklist_lock);
	pid = pid_alloc();
	if (pid > 0) {
		p->pid = pid;
		p->tgid = pid;
		total_forks++;
		list_add_tail(&p->tasks, &init_task.tasks);
	}
	write_unlock_irq(&tasklist_lock);
	return pid;
}

void task_unlist(struct task_struct *p)
{
	write_lock_irq(&tasklist_lock);
	list_del_init(&p->tasks);
	__clear_bit(p->pid, pids);
	write_unlock_irq(&tasklist_lock);
}

/* A task that is asleep, on no queue, and will call @fn(@arg) when it is first woken. */
static struct task_struct *task_alloc(void (*fn)(void *), void *arg)
{
	struct task_struct *p = kmem_cache_zalloc(task_cache, GFP_KERNEL);

	if (!p)
		return NULL;
	p->stack = stack_alloc();
	if (!p->stack) {
		kmem_cache_free(task_cache, p);
		return NULL;
	}
	raw_spin_lock_init(&p->pi_lock);
	refcount_set(&p->usage, 1);
	INIT_LIST_HEAD(&p->tasks);
	p->__state = TASK_UNINTERRUPTIBLE;
	p->flags = PF_KTHREAD;
	p->prio = p->static_prio = p->normal_prio = DEFAULT_PRIO;
	p->pi_boost = MAX_PRIO;
	p->policy = SCHED_NORMAL;
	p->weight = NICE_0_WEIGHT;
	p->time_slice = RR_TIMESLICE;
	p->cpu = raw_smp_processor_id();
	cpumask_copy(&p->cpus_mask, cpu_possible_mask);
	p->nr_cpus_allowed = num_possible_cpus();
	p->parent = reaper ? reaper : &init_task;
	p->start_time = sched_clock();
	p->exec_start = p->start_time;
	arch_task_init(p, fn, arg);
	return p;
}

static void task_free(struct task_struct *p)
{
	/* Who woke it last may not have left try_to_wake_up() yet, and does so by dropping the lock. */
	raw_spin_lock_irq(&p->pi_lock);
	raw_spin_unlock_irq(&p->pi_lock);
	kthread_free_state(p->kthread);
	stack_free(p->stack);
	kmem_cache_free(task_cache, p);
}

/**
 * task_create - make a task
 * @fn: what it does; must not return
 * @arg: handed to @fn
 *
 * Context: process, may sleep.
 * Return: the task, asleep, or NULL: no memory or no number left.
 */
struct task_struct *task_create(void (*fn)(void *), void *arg)
{
	struct task_struct *p = task_alloc(fn, arg);

	if (p && task_list(p) < 0) {
		task_free(p);
		return NULL;
	}
	return p;
}

static void never_called(void *unused)
{
	BUG();
}

/**
 * fork_idle - make the idle task of a CPU that is about to start
 * @cpu: the CPU
 *
 * It has number 0 and is in no list, and starts where the architecture has the CPU start.
 *
 * Context: process, may sleep. Return: the task, or NULL.
 */
struct task_struct *fork_idle(int cpu)
{
	struct task_struct *p = task_alloc(never_called, NULL);

	if (!p)
		return NULL;
	p->__state = TASK_RUNNING;
	init_idle(p, cpu);
	return p;
}

/* The last reference is gone: any context. */
void __put_task_struct(struct task_struct *p)
{
	if (llist_add(&p->reap_node, &dead_tasks))
		wake_up_process(reaper);
}
EXPORT_SYMBOL(__put_task_struct);

/* kthreadd: frees the dead, for ever. */
void reap_dead_tasks(void *unused)
{
	struct task_struct *p, *next;
	struct llist_node *dead;

	for (;;) {
		set_current_state(TASK_IDLE);
		dead = llist_del_all(&dead_tasks);
		if (!dead) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		llist_for_each_entry_safe(p, next, dead, reap_node)
			task_free(p);
	}
}

/**
 * find_task_by_pid - the task of a number
 * @nr: the number
 *
 * Context: tasklist_lock held. Return: the task, valid while the lock is held, or NULL.
 */
struct task_struct *find_task_by_pid(pid_t nr)
{
	struct task_struct *p;

	for_each_process(p)
		if (p->pid == nr)
			return p;
	return NULL;
}
EXPORT_SYMBOL(find_task_by_pid);

/* The same with a reference, which the caller puts. */
struct task_struct *find_get_task_by_pid(pid_t nr)
{
	struct task_struct *p;
	unsigned long flags;

	read_lock_irqsave(&tasklist_lock, flags);
	p = find_task_by_pid(nr);
	if (p)
		get_task_struct(p);
	read_unlock_irqrestore(&tasklist_lock, flags);
	return p;
}
EXPORT_SYMBOL(find_get_task_by_pid);

void __set_task_comm(struct task_struct *p, const char *from, bool exec)
{
	strscpy(p->comm, from, sizeof(p->comm));
}
EXPORT_SYMBOL(__set_task_comm);

char *__get_task_comm(char *to, size_t len, struct task_struct *p)
{
	strscpy(to, p->comm, len);
	return to;
}
EXPORT_SYMBOL(__get_task_comm);

void __init task_init(void)
{
	task_cache = KMEM_CACHE(task_struct, SLAB_PANIC | SLAB_HWCACHE_ALIGN);
	__set_bit(0, pids);
}

static int (*init_function)(void *);

static void run_init(void *unused)
{
	do_exit(init_function(NULL));
}

/**
 * rest_init - make task 1 and task 2, and become the boot CPU's idle task
 * @init: what task 1 runs
 */
void __noreturn rest_init(int (*init)(void *))
{
	struct task_struct *first;

	balance_init();
	init_function = init;
	first = task_create(run_init, NULL);
	reaper = task_create(reap_dead_tasks, NULL);
	if (!first || !reaper)
		panic("no memory for the first tasks");
	set_task_comm(first, "init");
	set_task_comm(reaper, "kthreadd");
	first->parent = &init_task;
	reaper->parent = &init_task;
	wake_up_process(reaper);
	wake_up_process(first);
	cpu_startup_entry(CPUHP_ONLINE);
}
