/* SPDX-License-Identifier: MIT */
/* Locks, under contention from every CPU: what they guard must come out right. */
#include <linux/bit_spinlock.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/rwlock.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "test.h"

#define MAX_RACERS	16

static unsigned long counter, shadow;
static atomic_t torn, inside, most;

/* Run @fn in @nr threads, spread by the scheduler, and wait for all. */
static void race(int (*fn)(void *), int nr, void *arg)
{
	struct task_struct *t[MAX_RACERS];

	counter = shadow = 0;
	atomic_set(&torn, 0);
	atomic_set(&inside, 0);
	atomic_set(&most, 0);
	for (int i = 0; i < nr; i++) {
		t[i] = kthread_create(fn, arg, "racer/%d", i);
		require(!IS_ERR(t[i]));
		get_task_struct(t[i]);
		wake_up_process(t[i]);
	}
	for (int i = 0; i < nr; i++) {
		wait_until(t[i]->flags & PF_EXITING);
		expect_eq(kthread_stop(t[i]), 0);
		put_task_struct(t[i]);
	}
}

/* Both words change together under the lock; without it one would see them differ. */
static void guarded(void)
{
	if (READ_ONCE(counter) != READ_ONCE(shadow))
		atomic_inc(&torn);
	WRITE_ONCE(counter, counter + 1);
	barrier();
	WRITE_ONCE(shadow, shadow + 1);
}

static void look(void)
{
	unsigned long a = READ_ONCE(counter);

	if (a != READ_ONCE(shadow))
		atomic_inc(&torn);
}

/* Each round of a sleeping lock may cost several wake-ups of a CPU that the emulator has put to sleep. */
#define ROUNDS		2000
#define SLEEP_ROUNDS	96
#define RACERS	8

static DEFINE_SPINLOCK(spin);

static int spin_racer(void *unused)
{
	unsigned long flags;

	for (int i = 0; i < ROUNDS; i++) {
		switch (i % 4) {
		case 0:
			spin_lock(&spin);
			guarded();
			spin_unlock(&spin);
			break;
		case 1:
			spin_lock_irqsave(&spin, flags);
			guarded();
			spin_unlock_irqrestore(&spin, flags);
			break;
		case 2:
			spin_lock_bh(&spin);
			guarded();
			spin_unlock_bh(&spin);
			break;
		default:
			while (!spin_trylock(&spin))
				cpu_relax();
			guarded();
			spin_unlock(&spin);
		}
	}
	return 0;
}

TEST(locks, spin, "E3", "a spin lock in all its forms lets one in at a time, on all CPUs")
{
	race(spin_racer, RACERS, NULL);
	expect_eq(counter, RACERS * ROUNDS);
	expect_eq(atomic_read(&torn), 0);
	expect(!spin_is_locked(&spin));
}

static DEFINE_RWLOCK(rw);

static int rw_racer(void *unused)
{
	unsigned long flags;

	for (int i = 0; i < ROUNDS; i++) {
		if (i % 4 == 0) {
			write_lock_irqsave(&rw, flags);
			guarded();
			write_unlock_irqrestore(&rw, flags);
		} else {
			read_lock(&rw);
			look();
			read_unlock(&rw);
		}
	}
	return 0;
}

TEST(locks, rwlock, "E3", "a reader-writer lock keeps readers from writers and writers from each other")
{
	race(rw_racer, RACERS, NULL);
	expect_eq(counter, RACERS * ROUNDS / 4);
	expect_eq(atomic_read(&torn), 0);
	read_lock(&rw);
	expect(!write_trylock(&rw));
	expect(read_trylock(&rw));
	read_unlock(&rw);
	read_unlock(&rw);
	expect(write_trylock(&rw));
	expect(!read_trylock(&rw));
	write_unlock(&rw);
}

static unsigned long bit_word;

static int bit_racer(void *unused)
{
	for (int i = 0; i < ROUNDS; i++) {
		bit_spin_lock(5, &bit_word);
		guarded();
		bit_spin_unlock(5, &bit_word);
	}
	return 0;
}

TEST(locks, bit, "E3", "a lock in one bit lets one in at a time and leaves the other bits alone")
{
	bit_word = 0x5a00;
	race(bit_racer, RACERS, NULL);
	expect_eq(counter, RACERS * ROUNDS);
	expect_eq(atomic_read(&torn), 0);
	expect_eq(bit_word, 0x5a00);
	expect_eq(bit_spin_trylock(5, &bit_word), 1);
	expect(bit_spin_is_locked(5, &bit_word));
	expect_eq(bit_spin_trylock(5, &bit_word), 0);
	bit_spin_unlock(5, &bit_word);
}

static DEFINE_MUTEX(mutex);

static int mutex_racer(void *unused)
{
	for (int i = 0; i < SLEEP_ROUNDS; i++) {
		mutex_lock(&mutex);
		guarded();
		if (i % 16 == 0)
			schedule_timeout_uninterruptible(i % 32 == 0);
		mutex_unlock(&mutex);
	}
	return 0;
}

TEST(locks, mutex, "E4", "a mutex lets one in at a time, also while its owner sleeps, and starves nobody")
{
	race(mutex_racer, RACERS, NULL);
	expect_eq(counter, RACERS * SLEEP_ROUNDS);
	expect_eq(atomic_read(&torn), 0);
	expect(!mutex_is_locked(&mutex));
	expect_eq(mutex_trylock(&mutex), 1);
	expect_eq(mutex_trylock(&mutex), 0);
	mutex_unlock(&mutex);
}

static DECLARE_RWSEM(rwsem);

static int rwsem_racer(void *unused)
{
	for (int i = 0; i < SLEEP_ROUNDS; i++) {
		switch (i % 8) {
		case 0:
			down_write(&rwsem);
			guarded();
			if (i % 64 == 0)
				schedule_timeout_uninterruptible(1);
			up_write(&rwsem);
			break;
		case 1:
			down_write(&rwsem);
			guarded();
			downgrade_write(&rwsem);
			look();
			up_read(&rwsem);
			break;
		default:
			down_read(&rwsem);
			look();
			if (i % 64 == 3)
				schedule();
			up_read(&rwsem);
		}
	}
	return 0;
}

TEST(locks, rwsem, "E4", "an rw-semaphore keeps readers from writers, though both sleep inside")
{
	race(rwsem_racer, RACERS, NULL);
	expect_eq(counter, RACERS * 2 * SLEEP_ROUNDS / 8);
	expect_eq(atomic_read(&torn), 0);
	expect(!rwsem_is_locked(&rwsem));
	expect_eq(down_read_trylock(&rwsem), 1);
	expect_eq(down_write_trylock(&rwsem), 0);
	expect_eq(down_read_trylock(&rwsem), 1);
	up_read(&rwsem);
	up_read(&rwsem);
	expect_eq(down_write_trylock(&rwsem), 1);
	expect_eq(down_read_trylock(&rwsem), 0);
	up_write(&rwsem);
}

static struct semaphore sem;

static int sem_racer(void *unused)
{
	for (int i = 0; i < SLEEP_ROUNDS / 4; i++) {
		int now, seen;

		down(&sem);
		now = atomic_inc_return(&inside);
		seen = atomic_read(&most);
		while (now > seen && !atomic_try_cmpxchg(&most, &seen, now))
			;
		/* The first three that come wait for each other. */
		while (!i && atomic_read(&most) < 3)
			schedule_timeout_uninterruptible(1);
		if (i % 8 == 0)
			schedule_timeout_uninterruptible(1);
		atomic_dec(&inside);
		up(&sem);
	}
	return 0;
}

TEST(locks, semaphore, "E4", "a semaphore of three lets three in, and no more; down_timeout gives up")
{
	sema_init(&sem, 3);
	race(sem_racer, RACERS, NULL);
	expect_eq(atomic_read(&most), 3);
	for (int i = 0; i < 3; i++)
		expect_eq(down_trylock(&sem), 0);
	expect_eq(down_trylock(&sem), 1);
	expect_eq(down_timeout(&sem, 3), -ETIME);
	up(&sem);
	expect_eq(down_interruptible(&sem), 0);
}

static DEFINE_RWLOCK(irq_rw);

/* An interrupt's reader must get past a waiting writer, as it may have interrupted a reader. */
static int rw_writer(void *unused)
{
	write_lock_irq(&irq_rw);
	guarded();
	write_unlock_irq(&irq_rw);
	return 0;
}

static void read_in_irq(struct irq_work *work)
{
	read_lock(&irq_rw);
	look();
	read_unlock(&irq_rw);
	atomic_inc(&inside);
}

TEST(locks, rwlock_irq_reader, "E3", "a reader in an interrupt passes a waiting writer")
{
	static DEFINE_IRQ_WORK(work, read_in_irq);
	struct task_struct *t;

	need(num_online_cpus() > 1, "one CPU only");
	counter = shadow = 0;
	atomic_set(&inside, 0);
	t = kthread_create(rw_writer, NULL, "writer");
	require(!IS_ERR(t));
	get_task_struct(t);
	set_cpus_allowed_ptr(current, cpumask_of(0));
	kthread_bind(t, 1);

	read_lock(&irq_rw);
	wake_up_process(t);
	while (!(READ_ONCE(irq_rw.raw_lock.word) & RW_WAITING))
		cpu_relax();
	irq_work_queue(&work);
	while (!atomic_read(&inside))
		cpu_relax();
	expect_eq(counter, 0);
	read_unlock(&irq_rw);

	wait_until(t->flags & PF_EXITING);
	expect_eq(counter, 1);
	kthread_stop(t);
	put_task_struct(t);
	irq_work_sync(&work);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

static arch_spinlock_t line = __ARCH_SPIN_LOCK_UNLOCKED;
static unsigned int served, served_cpu[NR_CPUS];

/* IPI */
static void stand_in_line(void *unused)
{
	arch_spin_lock(&line);
	served_cpu[served++] = raw_smp_processor_id();
	arch_spin_unlock(&line);
}

static void line_up(bool upwards)
{
	unsigned int nr = num_online_cpus(), i;

	served = 0;
	preempt_disable();
	arch_spin_lock(&line);
	for (i = 1; i < nr; i++) {
		expect_eq(smp_call_function_single(upwards ? i : nr - i, stand_in_line, NULL, false), 0);
		smp_cond_load_relaxed(&line.next, VAL == i);	/* it has drawn its ticket */
	}
	expect(arch_spin_is_contended(&line));
	expect_eq(served, 0);
	arch_spin_unlock(&line);
	preempt_enable();

	wait_until(!arch_spin_is_locked(&line));
	require(served == nr - 1);
	for (i = 1; i < nr; i++)
		expect_eq(served_cpu[i - 1], upwards ? i : nr - i);
}

TEST(locks, in_order, "E3", "those who wait for a spin lock get it in the order of their coming")
{
	need(strstr(saved_command_line, "nopvspin"), "no nopvspin on the command line of a virtual machine");
	need(num_online_cpus() > 2, "nobody to stand in line");
	set_cpus_allowed_ptr(current, cpumask_of(0));
	for (int round = 0; round < 20; round++)
		line_up(round % 2);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}
