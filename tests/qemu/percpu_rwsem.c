/* SPDX-License-Identifier: MIT */
/* Per-CPU reader-writer semaphores. */
#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/percpu-rwsem.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include "test.h"

DEFINE_STATIC_PERCPU_RWSEM(sem);

static int pair[2];		/* equal whenever nobody writes */
static atomic_t torn, reads;

static int reader(void *unused)
{
	while (!kthread_should_stop()) {
		percpu_down_read(&sem);
		if (READ_ONCE(pair[0]) != READ_ONCE(pair[1]))
			atomic_inc(&torn);
		percpu_up_read(&sem);
		atomic_inc(&reads);
		cond_resched();
	}
	return 0;
}

TEST(locks, percpu_rwsem, "E4", "readers of a per-CPU rwsem never see a writer half way, and go on after it")
{
	struct task_struct *tasks[8];
	int n, i, cpus = min_t(int, num_online_cpus(), 8);

	atomic_set(&torn, 0);
	atomic_set(&reads, 0);
	for (n = 0; n < cpus; n++) {
		tasks[n] = kthread_create(reader, NULL, "percpu_reader/%d", n);
		require(!IS_ERR(tasks[n]));
		kthread_bind(tasks[n], n);
		wake_up_process(tasks[n]);
	}
	for (i = 0; i < 8; i++) {
		int before;

		percpu_down_write(&sem);
		expect(percpu_is_write_locked(&sem));
		expect(!percpu_down_read_trylock(&sem));
		WRITE_ONCE(pair[0], i);
		schedule();
		WRITE_ONCE(pair[1], i);
		before = atomic_read(&reads);
		percpu_up_write(&sem);
		wait_until(atomic_read(&reads) != before);
	}
	while (n)
		kthread_stop(tasks[--n]);
	expect_eq(atomic_read(&torn), 0);
}

static bool got_it;

static int writer(void *s)
{
	percpu_down_write(s);
	WRITE_ONCE(got_it, true);
	percpu_up_write(s);
	return 0;
}

TEST(locks, percpu_rwsem_moved, "E4", "a reader may drop it on another CPU than it took it on; the writer waits for that")
{
	struct percpu_rw_semaphore own;
	struct task_struct *t;

	require(percpu_init_rwsem(&own) == 0);
	got_it = false;
	percpu_down_read(&own);
	expect(percpu_is_read_locked(&own));
	t = kthread_run(writer, &own, "percpu_writer");
	require(!IS_ERR(t));
	get_task_struct(t);
	wait_until(percpu_is_write_locked(&own));
	set_cpus_allowed_ptr(current, cpumask_of(num_online_cpus() - 1));
	msleep(5);
	expect(!READ_ONCE(got_it));
	percpu_up_read(&own);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	kthread_stop(t);
	put_task_struct(t);
	expect(got_it);
	percpu_free_rwsem(&own);
}
