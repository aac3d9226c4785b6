/* SPDX-License-Identifier: MIT */
/*
 * CPUs that are stuck, on purpose. It takes a second or more to be stuck: that is why these run
 * on machines of their own only, with watchdog_thresh=1.
 */
#include <linux/cpu.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kmsg_dump.h>
#include <linux/kthread.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "test.h"

static bool let_go;
static u64 log_from;		/* number of the first message of this test */

static void log_begin(void)
{
	struct kmsg_dump_iter iter;

	kmsg_dump_rewind(&iter);
	log_from = iter.next_seq;
}

static bool logged(const char *text)
{
	static char line[512];
	struct kmsg_dump_iter iter;
	size_t len;

	kmsg_dump_rewind(&iter);
	iter.cur_seq = log_from;
	while (kmsg_dump_get_line(&iter, false, line, sizeof(line) - 1, &len)) {
		line[len] = '\0';
		if (strstr(line, text))
			return true;
	}
	return false;
}

/* Some handler that never returns, but for the test's sake. */
static noinline void stuck_handler(struct irq_work *work)
{
	while (!READ_ONCE(let_go))
		cpu_relax();
}

static struct irq_work stuck_work = IRQ_WORK_INIT_HARD(stuck_handler);

static noinline int stuck_task(void *unused)
{
	preempt_disable();
	while (!READ_ONCE(let_go))
		cpu_relax();
	preempt_enable();
	return 0;
}

static void begin(void)
{
	WRITE_ONCE(let_go, false);
	log_begin();
}

TEST(watchdog, handler, "A7", "a handler that never returns is found, and reported with its name by NMI")
{
	char text[64];

	need(watchdog_thresh == 1, "watchdog_thresh is not 1");
	need(num_online_cpus() > 1, "one CPU only");
	begin();
	irq_work_queue_on(&stuck_work, nr_cpu_ids - 1);
	snprintf(text, sizeof(text), "Watchdog detected hard LOCKUP on cpu %u", nr_cpu_ids - 1);
	wait_until(logged(text));
	wait_until(logged("stuck_handler+"));
	WRITE_ONCE(let_go, true);
	irq_work_sync(&stuck_work);
	snprintf(text, sizeof(text), "NMI backtrace for cpu %u", nr_cpu_ids - 1);
	expect(logged(text));
}

TEST(watchdog, task, "A7", "a task that does not give its CPU away is found, and named")
{
	struct task_struct *t;
	char text[64];

	need(watchdog_thresh == 1, "watchdog_thresh is not 1");
	need(num_online_cpus() > 1, "one CPU only");
	begin();
	t = kthread_create(stuck_task, NULL, "test_stuck");
	require(!IS_ERR(t));
	kthread_bind(t, nr_cpu_ids - 1);
	get_task_struct(t);
	wake_up_process(t);
	snprintf(text, sizeof(text), "watchdog: BUG: soft lockup - CPU#%u stuck for", nr_cpu_ids - 1);
	wait_until(logged(text));
	wait_until(logged("stuck_task+"));
	expect(logged("[test_stuck:"));
	WRITE_ONCE(let_go, true);
	kthread_stop(t);
	put_task_struct(t);
}

/* The same on a CPU that nobody watches but its own NMIs. */
TEST(watchdog, alone, "A7", "nmi_watchdog=1: a CPU alone finds that it is stuck with interrupts off")
{
	unsigned long flags;

	need(nmi_watchdog_by_timer, "no nmi_watchdog=1");
	need(watchdog_thresh == 1, "watchdog_thresh is not 1");
	need(!test_taint(TAINT_SOFTLOCKUP), "some CPU was stuck before");
	begin();
	local_irq_save(flags);
	while (!test_taint(TAINT_SOFTLOCKUP))
		cpu_relax();
	local_irq_restore(flags);
	expect(logged("Watchdog detected hard LOCKUP on cpu 0"));
	expect(logged("test_watchdog_alone+"));
}

TEST(watchdog, idle, "A7 D8", "idle CPUs without a tick keep their heartbeat and are not taken for stuck")
{
	need(watchdog_thresh == 1, "watchdog_thresh is not 1");
	begin();
	msleep(1500);		/* longer than a hard lockup takes to be found */
	expect(!logged("LOCKUP"));
	expect(!logged("lockup"));
}
