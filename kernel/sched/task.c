/* SPDX-License-Identifier: MIT */
/*
 * Tasks come and go: their memory, stack, number, and place in the list of all tasks.
 *
 * A task holds one reference to itself, dropped when it has switched away for the last time.
 * That happens in the scheduler, where memory can't be freed; so the dead are queued and
 * kthreadd, task 2, frees them. A few of their stacks are kept for the next that are born.
 */
#include <linux/arch.h>
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
	.children	= LIST_HEAD_INIT(init_task.children),
	.sibling	= LIST_HEAD_INIT(init_task.sibling),
	.thread_node	= LIST_HEAD_INIT(init_task.thread_node),
	.parent		= &init_task,
	.group_leader	= &init_task,
	.alloc_lock	= __SPIN_LOCK_UNLOCKED(init_task.alloc_lock),
	.active_mm	= &init_mm,
};
EXPORT_SYMBOL(init_task);

static struct kmem_cache *task_cache;
static struct task_struct *reaper;		/* kthreadd; fixed after rest_init() */
static LLIST_HEAD(dead_tasks);

unsigned long total_forks;			/* tasklist_lock */
int nr_threads;					/* tasklist_lock to write */

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

/**
 * task_list - show a task to the world under its number
 * @p: the task, which does not run yet
 * @pid: the number
 *
 * Context: tasklist_lock held to write.
 */
void task_list(struct task_struct *p, struct pid *pid)
{
	attach_pid(p, PIDTYPE_PID, pid);
	total_forks++;
	WRITE_ONCE(nr_threads, nr_threads + 1);
	if (p->group_leader == p)
		list_add_tail(&p->tasks, &init_task.tasks);
}

/* __task_unlist - nobody finds the task any more. tasklist_lock held to write. */
void __task_unlist(struct task_struct *p)
{
	WRITE_ONCE(nr_threads, nr_threads - 1);
	list_del_init(&p->tasks);
	detach_pid(p, PIDTYPE_PID);
}

/**
 * task_alloc - make a kernel thread that nobody knows yet
 * @fn: what it does when it is first woken; must not return
 * @arg: handed to @fn
 *
 * Context: process, may sleep. Return: the task, asleep; NULL.
 */
struct task_struct *task_alloc(void (*fn)(void *), void *arg)
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
	spin_lock_init(&p->alloc_lock);
	refcount_set(&p->usage, 1);
	INIT_LIST_HEAD(&p->tasks);
	INIT_LIST_HEAD(&p->children);
	INIT_LIST_HEAD(&p->sibling);
	INIT_LIST_HEAD(&p->thread_node);
	INIT_LIST_HEAD(&p->pending.list);
	p->group_leader = p;
	p->__state = TASK_UNINTERRUPTIBLE;
	p->flags = PF_KTHREAD | PF_NOFREEZE;
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

/**
 * task_alloc_user - make a child of current that nobody knows yet
 * @fn: what it does when it is first woken; goes on to user mode when that returns
 * @arg: handed to @fn
 *
 * It is scheduled as current is, and has two references: its own, and that of its place in the
 * lists. Context: process, may sleep. Return: the task, asleep; NULL.
 */
struct task_struct *task_alloc_user(void (*fn)(void *), void *arg)
{
	struct task_struct *p = task_alloc(fn, arg), *curr = current;

	if (!p)
		return NULL;
	refcount_set(&p->usage, 2);
	p->flags = PF_FORKNOEXEC;
	p->policy = curr->policy;
	p->static_prio = curr->static_prio;
	p->normal_prio = p->prio = curr->normal_prio;
	p->rt_priority = curr->rt_priority;
	p->weight = curr->weight;
	cpumask_copy(&p->cpus_mask, &curr->cpus_mask);
	p->nr_cpus_allowed = curr->nr_cpus_allowed;
	p->personality = curr->personality;
	p->no_new_privs = curr->no_new_privs;
	strscpy(p->comm, curr->comm, sizeof(p->comm));
	return p;
}

/* task_free - the memory of a task; nothing counts it */
void task_free(struct task_struct *p)
{
	/* Who woke it last may not have left try_to_wake_up() yet, and does so by dropping the lock. */
	raw_spin_lock_irq(&p->pi_lock);
	raw_spin_unlock_irq(&p->pi_lock);
	kthread_free_state(p->kthread);
	if (p->signal)
		put_signal_struct(p->signal);
	arch_thread_free(p);
	stack_free(p->stack);
	kmem_cache_free(task_cache, p);
}

/**
 * task_create - make a kernel thread
 * @fn: what it does; must not return
 * @arg: handed to @fn
 *
 * Context: process, may sleep.
 * Return: the task, asleep, or NULL: no memory or no number left.
 */
struct task_struct *task_create(void (*fn)(void *), void *arg)
{
	struct task_struct *p = task_alloc(fn, arg);
	struct pid *pid = p ? alloc_pid() : NULL;

	if (!pid) {
		if (p)
			task_free(p);
		return NULL;
	}
	p->pid = p->tgid = pid->nr;
	write_lock_irq(&tasklist_lock);
	task_list(p, pid);
	write_unlock_irq(&tasklist_lock);
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
	p->active_mm = &init_mm;
	mmgrab(&init_mm);
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
	pid_init();
}

static int (*init_function)(void *);

/* Returns as a program: kernel_execve() has made one of it. */
static void run_init(void *unused)
{
	int err = init_function(NULL);

	if (err)
		do_exit(err);
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
