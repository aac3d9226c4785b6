/* SPDX-License-Identifier: MIT */
/*
 * RCU under load: readers in tasks, softirqs and hard interrupts of all CPUs, writers that free in
 * every way there is. An element that a reader holds is alive, from the reader's first line to its
 * last.
 */
#include <linux/irq_work.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include "tasks.h"
#include "test.h"

#define READER_CPUS	4	/* more than these show nothing new */
#define UPDATES		60
#define ALIVE		0x600d
#define DEAD		0xdead

struct element {
	struct rcu_head	rcu;
	int		state;
	int		copy;	/* of state, written last, read first */
};

static struct element __rcu *shared;
static DEFINE_MUTEX(writers);		/* guards the pointer against other writers */
static bool stop;
static atomic_t running, freed, made, wrong;

static struct element *new_element(void)
{
	struct element *e = kmalloc(sizeof(*e), GFP_KERNEL | __GFP_NOFAIL);

	e->state = e->copy = ALIVE;
	atomic_inc(&made);
	return e;
}

static void bury(struct element *e)
{
	WRITE_ONCE(e->copy, DEAD);
	WRITE_ONCE(e->state, DEAD);
	atomic_inc(&freed);
	kfree(e);
}

static void bury_callback(struct rcu_head *head)
{
	bury(container_of(head, struct element, rcu));
}

/* In a reader of some kind. */
static void look(unsigned int turns)
{
	struct element *e = rcu_dereference_check(shared, rcu_read_lock_any_held());

	do {
		if (READ_ONCE(e->copy) != ALIVE || READ_ONCE(e->state) != ALIVE)
			atomic_inc(&wrong);
		cpu_relax();
	} while (turns--);
}

/* Long readers are preempted inside, short ones come in great number. */
static int task_reader(void *unused)
{
	for (unsigned int n = 0; !READ_ONCE(stop); n++) {
		switch (n % 4) {
		case 0:
			rcu_read_lock();
			look(n % 64 ? 3 : 2000);
			rcu_read_unlock();
			break;
		case 1:
			rcu_read_lock();
			preempt_disable();
			rcu_read_unlock();
			look(20);
			preempt_enable();
			break;
		case 2:
			rcu_read_lock_bh();
			look(10);
			rcu_read_unlock_bh();
			break;
		default:
			local_irq_disable();
			look(5);
			local_irq_enable();
		}
		if (n % 512 == 0)
			schedule_timeout_idle(1);
	}
	atomic_dec(&running);
	return 0;
}

static DEFINE_PER_CPU(struct timer_list, reader_timer);
static DEFINE_PER_CPU(struct irq_work, reader_work);

static void irq_reader(struct irq_work *work)
{
	rcu_read_lock();
	look(10);
	rcu_read_unlock();
}

static void softirq_reader(struct timer_list *t)
{
	rcu_read_lock();
	look(10);
	irq_work_queue(this_cpu_ptr(&reader_work));
	look(10);
	rcu_read_unlock();
	if (!READ_ONCE(stop))
		mod_timer(t, jiffies + 1);
}

static int writer(void *arg)
{
	unsigned int which = (unsigned long)arg;

	for (unsigned int n = 0; n < UPDATES; n++) {
		struct element *old;

		mutex_lock(&writers);
		old = rcu_replace_pointer(shared, new_element(), lockdep_is_held(&writers));
		mutex_unlock(&writers);
		if (n % 50 == which) {
			synchronize_rcu();
			bury(old);
		} else if (n % 10 == which) {
			synchronize_rcu_expedited();
			bury(old);
		} else if (n % 50 == 20 + which) {
			unsigned long cookie = start_poll_synchronize_rcu();

			while (!poll_state_synchronize_rcu(cookie))
				schedule_timeout_idle(1);
			bury(old);
		} else {
			call_rcu(&old->rcu, bury_callback);
		}
	}
	atomic_dec(&running);
	return 0;
}

static bool start_readers(void)
{
	unsigned int cpu, n = 0;

	for_each_online_cpu(cpu) {
		if (n++ == READER_CPUS)
			break;
		for (int i = 0; i < 2; i++) {
			atomic_inc(&running);
			if (!expect(start(task_reader, NULL, (int)cpu, "rcu-reader")))
				return false;
		}
		init_irq_work(per_cpu_ptr(&reader_work, cpu), irq_reader);
		timer_setup(per_cpu_ptr(&reader_timer, cpu), softirq_reader, TIMER_PINNED);
		per_cpu_ptr(&reader_timer, cpu)->expires = jiffies + 1;
		add_timer_on(per_cpu_ptr(&reader_timer, cpu), (int)cpu);
	}
	return true;
}

static void stop_timers(void)
{
	unsigned int cpu, n = 0;

	for_each_online_cpu(cpu) {
		if (n++ == READER_CPUS)
			break;
		del_timer_sync(per_cpu_ptr(&reader_timer, cpu));
		irq_work_sync(per_cpu_ptr(&reader_work, cpu));
	}
}

TEST(rcutorture, all, "E6", "no reader in a task, softirq or interrupt ever sees what was freed, however it was freed")
{
	atomic_set(&freed, 0);
	atomic_set(&made, 0);
	atomic_set(&wrong, 0);
	stop = false;
	rcu_assign_pointer(shared, new_element());
	require(start_readers());
	for (unsigned long i = 0; i < 2; i++) {
		atomic_inc(&running);
		require(start(writer, (void *)i, -1, "rcu-writer"));
	}
	/* The writers come to an end by themselves, and then the readers are told. */
	wait_until(atomic_read(&made) == 2 * UPDATES + 1);
	WRITE_ONCE(stop, true);
	wait_until(!atomic_read(&running));
	stop_timers();
	rcu_barrier();
	kfree(rcu_access_pointer(shared));
	expect_eq(atomic_read(&freed), 2 * UPDATES);
	expect_eq(atomic_read(&wrong), 0);
}
