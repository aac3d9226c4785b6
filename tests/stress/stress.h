/* SPDX-License-Identifier: MIT */
/*
 * Everything at once: tasks that send interrupts, move lines, queue works, arm timers and free
 * memory, at random and beside each other, and what each of them counts.
 *
 * A stressor is a subject. Its tasks call step() over and over until the time is up; end() then
 * waits until all that was sent has arrived, and holds the counts against each other. step()
 * may sleep, for a moment only.
 */
#ifndef _TESTS_STRESS_H
#define _TESTS_STRESS_H

#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/prandom.h>
#include "test.h"

struct stress_task {
	const struct stressor *what;
	unsigned int number;		/* among the tasks of its stressor: what it owns */
	struct rnd_state rnd;
	unsigned long steps;
	struct task_struct *task;
};

struct stressor {
	const char *name;
	unsigned int tasks;		/* at most STRESS_TASKS */
	bool (*begin)(void);		/* false: makes no sense on this machine */
	void (*step)(struct stress_task *t);
	void (*end)(void);
};

#define STRESS_TASKS	8

/* Ended in this order: what one pokes is after it. */
extern const struct stressor stress_lines, stress_edu, stress_timers, stress_hrtimers, stress_calls,
	stress_tasklets, stress_works, stress_workqueues, stress_rcu, stress_tasks, stress_locks,
	stress_memory, stress_modules, stress_files, stress_hotplug;

/* A number below @n. */
static inline u32 pick(struct stress_task *t, u32 n)
{
	return ((u64)prandom_u32_state(&t->rnd) * n) >> 32;
}

/* One CPU that is on line, or some; under cpus_read_lock() they stay so. */
unsigned int pick_cpu(struct stress_task *t);
void pick_cpus(struct stress_task *t, struct cpumask *mask);

/* From any context: one more of these, the @n-th modulo how many there are. */
void poke_tasklet(unsigned int n);
void poke_work(unsigned int n);
void poke_irq_work(unsigned int n);

/* What was sent has to be done, once, unless it was taken back before. */
struct tally {
	const char *what;
	atomic_long_t sent, done, taken_back;
};

static inline void tally_begin(struct tally *t, const char *what)
{
	t->what = what;
	atomic_long_set(&t->sent, 0);
	atomic_long_set(&t->done, 0);
	atomic_long_set(&t->taken_back, 0);
}

/* When nobody sends any more: wait for the rest, and see that nothing was done twice. */
void tally_end(struct tally *t);

#endif
