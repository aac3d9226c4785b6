/* SPDX-License-Identifier: MIT */
/*
 * Time in interrupts: of each CPU, hard and soft, which /proc/stat then tells exactly instead
 * of by samples; of each line, with its longest. Shown, and switched, in
 * /sys/kernel/debug/irq_time:
 *
 *	echo 1 > irq_time	on
 *	echo 0 > irq_time	off; what was counted stays
 *	echo 2 > irq_time	forget what was counted
 *
 * or on from the beginning with irq_time on the command line.
 *
 * While it is on, the machine enters interrupts by gates that lead through irq_time_switch()
 * (arch_time_interrupts()). Each change of what a CPU is at charges the time since the last
 * one to what it was at.
 */
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/irq_time.h>
#include <linux/irqnr.h>
#include <linux/kernel_stat.h>
#include <linux/kstrtox.h>
#include <linux/math64.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched/clock.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include "internals.h"

bool irq_time_on;		/* under switch_mutex to change */
static DEFINE_MUTEX(switch_mutex);

/* Of its CPU, IRQs off; others read. */
struct irq_time {
	u64			since;		/* the last change */
	enum irq_time_kind	at;
	u64			ns[NR_IRQ_TIME_KINDS];
	u64			longest;	/* of all lines' interrupts here, in ns */
	unsigned int		longest_irq;
};
static DEFINE_PER_CPU(struct irq_time, irq_time);

/**
 * irq_time_switch - this CPU goes from what it is at to something else
 * @to: which is
 *
 * Context: IRQs off. Return: what it was at, to go back to.
 */
enum irq_time_kind irq_time_switch(enum irq_time_kind to)
{
	struct irq_time *t = this_cpu_ptr(&irq_time);
	enum irq_time_kind from = t->at;
	u64 now = sched_clock(), ns = now - t->since;

	t->since = now;
	t->at = to;
	if (from == IRQ_TIME_NONE)
		return from;
	WRITE_ONCE(t->ns[from], t->ns[from] + ns);
	__this_cpu_add(kernel_cpustat.cpustat[from == IRQ_TIME_HARD ? CPUTIME_IRQ : CPUTIME_SOFTIRQ],
		       ns);
	return from;
}

/**
 * irq_time_flow - hand a line its interrupt, and measure how long that takes
 * @desc: the line
 *
 * A line is interrupted on one CPU at a time, but for those of each CPU: of those some may go
 * uncounted. Context: hard interrupt, IRQs off.
 */
void irq_time_flow(struct irq_desc *desc)
{
	struct irq_time *t = this_cpu_ptr(&irq_time);
	unsigned int irq = desc_irq(desc);
	u64 ns = sched_clock();

	generic_handle_irq_desc(desc);
	ns = sched_clock() - ns;
	WRITE_ONCE(desc->time.count, desc->time.count + 1);
	WRITE_ONCE(desc->time.total, desc->time.total + ns);
	if (ns > desc->time.longest)
		WRITE_ONCE(desc->time.longest, ns);
	if (ns > t->longest) {
		WRITE_ONCE(t->longest, ns);
		WRITE_ONCE(t->longest_irq, irq);
	}
}

static void forget(void)
{
	struct irq_desc *desc;
	unsigned int cpu, irq;

	for_each_possible_cpu(cpu) {
		struct irq_time *t = per_cpu_ptr(&irq_time, cpu);

		memset(t->ns, 0, sizeof(t->ns));
		t->longest = 0;
	}
	irq_lock_sparse();
	for_each_irq_desc(irq, desc)
		memset(&desc->time, 0, sizeof(desc->time));
	irq_unlock_sparse();
}

static void show_line(struct seq_file *m, unsigned int irq, struct irq_desc *desc)
{
	struct irqaction *action;
	unsigned long flags;

	seq_printf(m, "%4u: %10u %12llu %12llu %12llu ", irq, desc->time.count,
		   div_u64(desc->time.total, NSEC_PER_USEC),
		   div_u64(desc->time.total, desc->time.count), desc->time.longest);
	raw_spin_lock_irqsave(&desc->lock, flags);
	for (action = desc->action; action; action = action->next)
		seq_printf(m, "%s%s", action->name, action->next ? ", " : "");
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	seq_putc(m, '\n');
}

static int irq_time_show(struct seq_file *m, void *unused)
{
	struct irq_desc *desc;
	unsigned int cpu, irq;

	seq_printf(m, "measuring: %s\n", irq_time_on ? "on" : "off");
	seq_puts(m, "         hard us      soft us   longest ns of line\n");
	for_each_online_cpu(cpu) {
		struct irq_time *t = per_cpu_ptr(&irq_time, cpu);
		u64 longest = READ_ONCE(t->longest);

		seq_printf(m, "cpu%-3u %9llu %12llu %12llu ", cpu,
			   div_u64(READ_ONCE(t->ns[IRQ_TIME_HARD]), NSEC_PER_USEC),
			   div_u64(READ_ONCE(t->ns[IRQ_TIME_SOFT]), NSEC_PER_USEC), longest);
		if (longest)
			seq_printf(m, "%u\n", READ_ONCE(t->longest_irq));
		else
			seq_puts(m, "-\n");
	}
	seq_puts(m, "line      count     total us   average ns   longest ns handlers\n");
	irq_lock_sparse();
	for_each_irq_desc(irq, desc)
		if (desc->time.count)
			show_line(m, irq, desc);
	irq_unlock_sparse();
	return 0;
}

static int irq_time_open(struct inode *inode, struct file *file)
{
	return single_open(file, irq_time_show, NULL);
}

static ssize_t irq_time_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	unsigned int what;
	int ret = kstrtouint_from_user(buf, count, 0, &what);

	if (ret)
		return ret;
	if (what > 2)
		return -EINVAL;
	mutex_lock(&switch_mutex);
	if (what == 2) {
		forget();
	} else if (irq_time_on != what) {
		WRITE_ONCE(irq_time_on, what);
		arch_time_interrupts(what);
	}
	mutex_unlock(&switch_mutex);
	return (ssize_t)count;
}

static const struct file_operations irq_time_fops = {
	.open		= irq_time_open,
	.read		= seq_read,
	.write		= irq_time_write,
	.llseek		= seq_lseek,
	.release	= single_release,
};

static bool from_boot __initdata;

static int __init irq_time_option(char *str)
{
	from_boot = true;
	return 1;
}
__setup("irq_time", irq_time_option);

static int __init irq_time_init(void)
{
	if (from_boot) {
		irq_time_on = true;
		arch_time_interrupts(true);
	}
	debugfs_create_file("irq_time", 0644, NULL, NULL, &irq_time_fops);
	return 0;
}
late_initcall(irq_time_init);
