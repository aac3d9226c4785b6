/* SPDX-License-Identifier: MIT */
/*
 * The longest time that interrupts were off on each CPU, from which line of code to which:
 * /sys/kernel/debug/irqs_off in the debug build. Writing anything begins anew.
 *
 * local_irq_*() and all that is made of them come by here. Interrupts themselves do not: how long
 * those take is in irq_time.
 */
#include <linux/cpumask.h>
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/irq_time.h>
#include <linux/math64.h>
#include <linux/percpu.h>
#include <linux/sched/clock.h>
#include <linux/seq_file.h>
#include <linux/time64.h>

#ifdef CONFIG_DEBUG

/* Of its CPU, IRQs off; others read it, and set @longest to 0. */
struct irqs_off {
	u64		since;		/* 0: nobody said that they are off */
	unsigned long	from;
	u64		longest;	/* ns */
	unsigned long	longest_from, longest_to;
};
static DEFINE_PER_CPU(struct irqs_off, irqs_off);

/* Interrupts have just gone off, at @ip. */
void irqs_off_begin(unsigned long ip)
{
	struct irqs_off *o = this_cpu_ptr(&irqs_off);

	o->from = ip;
	o->since = sched_clock();
}

/* They are about to go on again. */
void irqs_off_end(unsigned long ip)
{
	struct irqs_off *o = this_cpu_ptr(&irqs_off);
	u64 ns;

	if (!o->since)
		return;
	ns = sched_clock() - o->since;
	o->since = 0;
	if (likely(ns <= o->longest))
		return;
	WRITE_ONCE(o->longest, ns);
	WRITE_ONCE(o->longest_from, o->from);
	WRITE_ONCE(o->longest_to, ip);
}

/* They go on by themselves, without irqs_off_end(). IRQs off. */
void irqs_off_forget(void)
{
	this_cpu_ptr(&irqs_off)->since = 0;
}

static int irqs_off_show(struct seq_file *m, void *unused)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct irqs_off *o = per_cpu_ptr(&irqs_off, cpu);

		seq_printf(m, "cpu%u %llu us, from %pS to %pS\n", cpu,
			   div_u64(READ_ONCE(o->longest), NSEC_PER_USEC),
			   (void *)READ_ONCE(o->longest_from), (void *)READ_ONCE(o->longest_to));
	}
	return 0;
}

static int irqs_off_open(struct inode *inode, struct file *file)
{
	return single_open(file, irqs_off_show, NULL);
}

static ssize_t irqs_off_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		WRITE_ONCE(per_cpu(irqs_off, cpu).longest, 0);
	return (ssize_t)count;
}

static const struct file_operations irqs_off_fops = {
	.open		= irqs_off_open,
	.read		= seq_read,
	.write		= irqs_off_write,
	.llseek		= seq_lseek,
	.release	= single_release,
};

static int __init irqs_off_init(void)
{
	debugfs_create_file("irqs_off", 0644, NULL, NULL, &irqs_off_fops);
	return 0;
}
late_initcall(irqs_off_init);

#endif
