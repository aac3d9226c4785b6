/* SPDX-License-Identifier: MIT */
/* /proc/softirqs: how often each softirq ran on each CPU. */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/kernel_stat.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static int show_softirqs(struct seq_file *p, void *v)
{
	unsigned int cpu, nr;

	seq_puts(p, "                    ");
	for_each_possible_cpu(cpu)
		seq_printf(p, "CPU%-8u", cpu);
	seq_putc(p, '\n');

	for (nr = 0; nr < NR_SOFTIRQS; nr++) {
		seq_printf(p, "%12s:", softirq_to_name[nr]);
		for_each_possible_cpu(cpu)
			seq_printf(p, " %10u", kstat_softirqs_cpu(nr, (int)cpu));
		seq_putc(p, '\n');
	}
	return 0;
}

static int __init proc_softirqs_init(void)
{
	proc_create_single("softirqs", 0, NULL, show_softirqs);
	return 0;
}
fs_initcall(proc_softirqs_init);
