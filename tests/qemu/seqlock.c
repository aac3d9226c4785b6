/* SPDX-License-Identifier: MIT */
/* Sequence counts: what readers see of a writer, on other CPUs and beneath them. */
#include <linux/cpumask.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/seqlock.h>
#include "test.h"

TEST(seqlock, count, "E5", "a reader without a writer reads once, one with a writer again")
{
	seqcount_t s = SEQCNT_ZERO(s);
	unsigned int seq = read_seqcount_begin(&s);

	expect_eq(seq & 1, 0);
	expect(!read_seqcount_retry(&s, seq));
	preempt_disable();
	write_seqcount_begin(&s);
	expect(read_seqcount_retry(&s, seq));
	expect_eq(raw_read_seqcount(&s) & 1, 1);
	write_seqcount_end(&s);
	preempt_enable();
	expect(read_seqcount_retry(&s, seq));
	seq = read_seqcount_begin(&s);
	write_seqcount_invalidate(&s);
	expect(read_seqcount_retry(&s, seq));
}

static DEFINE_SEQLOCK(lock);
static unsigned long low, high;		/* lock: always equal */
static bool stop_writing;

static int write_pairs(void *unused)
{
	unsigned long n = 0;

	while (!READ_ONCE(stop_writing)) {
		write_seqlock(&lock);
		WRITE_ONCE(low, ++n);
		WRITE_ONCE(high, n);
		write_sequnlock(&lock);
		cond_resched();
	}
	return (int)n;
}

#define READS	20000
#define COLLISIONS 10		/* at least, if the two CPUs really run at once */

TEST(seqlock, torn, "E5", "readers never see half of what a writer on another CPU wrote")
{
	unsigned int other = cpumask_any_but(cpu_online_mask, (unsigned int)raw_smp_processor_id());
	unsigned long i, torn = 0, back = 0, last = 0, again = 0, deadline;
	struct task_struct *tsk;

	need(num_online_cpus() > 1, "one CPU only");
	stop_writing = false;
	tsk = kthread_create_on_cpu(write_pairs, NULL, other, "write/%u");
	require(!IS_ERR(tsk));
	get_task_struct(tsk);
	wake_up_process(tsk);
	wait_until(READ_ONCE(low) != 0);
	deadline = jiffies + HZ;
	for (i = 0; i < READS || (again < i + COLLISIONS && time_before(jiffies, deadline)); i++) {
		unsigned long l, h;
		unsigned int seq;

		do {
			seq = read_seqbegin(&lock);
			h = READ_ONCE(high);
			l = READ_ONCE(low);
			again++;
		} while (read_seqretry(&lock, seq));
		torn += l != h;
		back += l < last;
		last = l;
	}
	WRITE_ONCE(stop_writing, true);
	expect(kthread_stop(tsk) > 0);
	put_task_struct(tsk);
	expect_eq(torn, 0);
	expect_eq(back, 0);
	test_note("%lu looks for %lu reads", again, i);
}

static struct {
	seqcount_latch_t seq;
	unsigned long copy[2];
} latch;
static unsigned long seen;
static bool looked;

static void look_at_latch(struct irq_work *work)
{
	unsigned int seq;

	do {
		seq = raw_read_seqcount_latch(&latch.seq);
		seen = latch.copy[seq & 1];
	} while (read_seqcount_latch_retry(&latch.seq, seq));
	smp_store_release(&looked, true);
}

static unsigned long look_beneath(void)
{
	static DEFINE_IRQ_WORK(work, look_at_latch);

	looked = false;
	irq_work_queue(&work);
	smp_cond_load_acquire(&looked, VAL);
	irq_work_sync(&work);
	return seen;
}

TEST(seqlock, latch, "E5", "an interrupt in the middle of a write finds a whole copy, old or new, and does not wait")
{
	latch.copy[0] = latch.copy[1] = 1;
	preempt_disable();
	raw_write_seqcount_latch(&latch.seq);
	preempt_enable();
	latch.copy[0] = 99;		/* half written */
	expect_eq(look_beneath(), 1);
	latch.copy[0] = 2;
	raw_write_seqcount_latch(&latch.seq);
	latch.copy[1] = 99;
	expect_eq(look_beneath(), 2);
	latch.copy[1] = 2;
}
