/* SPDX-License-Identifier: MIT */
/* /proc/stat and /proc/uptime, in the format that procps and its like read. */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqnr.h>
#include <linux/jiffies.h>
#include <linux/kernel_stat.h>
#include <linux/math64.h>
#include <linux/proc_fs.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>
#include <linux/tick.h>
#include <linux/time64.h>
#include <linux/timekeeping.h>

static void show_cpu_times(struct seq_file *p, const u64 *times)
{
	static const u8 order[NR_STATS] = {
		CPUTIME_USER, CPUTIME_NICE, CPUTIME_SYSTEM, CPUTIME_IDLE, CPUTIME_IOWAIT,
		CPUTIME_IRQ, CPUTIME_SOFTIRQ, CPUTIME_STEAL, CPUTIME_GUEST, CPUTIME_GUEST_NICE,
	};
	int i;

	for (i = 0; i < NR_STATS; i++)
		seq_printf(p, " %llu", nsec_to_clock_t(times[order[i]]));
	seq_putc(p, '\n');
}

/* Idle times are exact, whether the CPU ticks or not; the others are what its ticks found. */
static void cpu_times(unsigned int cpu, u64 *times)
{
	int i;

	for (i = 0; i < NR_STATS; i++)
		times[i] = READ_ONCE(kcpustat_cpu(cpu).cpustat[i]);
	times[CPUTIME_IDLE] = get_cpu_idle_time_us((int)cpu, NULL) * NSEC_PER_USEC;
	times[CPUTIME_IOWAIT] = get_cpu_iowait_time_us((int)cpu, NULL) * NSEC_PER_USEC;
}

static void show_cpus(struct seq_file *p)
{
	u64 times[NR_STATS], sum[NR_STATS] = { 0 };
	unsigned int cpu;
	int i;

	for_each_possible_cpu(cpu) {
		cpu_times(cpu, times);
		for (i = 0; i < NR_STATS; i++)
			sum[i] += times[i];
	}
	seq_puts(p, "cpu ");
	show_cpu_times(p, sum);

	for_each_online_cpu(cpu) {
		cpu_times(cpu, times);
		seq_printf(p, "cpu%u", cpu);
		show_cpu_times(p, times);
	}
}

/* All interrupts there were, then those of each line. */
static void show_interrupts_line(struct seq_file *p)
{
	u64 sum = arch_irq_stat();
	unsigned int cpu, irq;

	for_each_possible_cpu(cpu)
		sum += arch_irq_stat_cpu(cpu);
	for_each_irq_nr(irq)
		sum += kstat_irqs_usr(irq);

	seq_printf(p, "intr %llu", sum);
	for_each_irq_nr(irq)
		seq_printf(p, " %u", kstat_irqs_usr(irq));
	seq_putc(p, '\n');
}

static void show_softirq_line(struct seq_file *p)
{
	unsigned int cpu, nr, of_nr[NR_SOFTIRQS] = { 0 };
	u64 sum = 0;

	for_each_possible_cpu(cpu) {
		for (nr = 0; nr < NR_SOFTIRQS; nr++) {
			unsigned int n = kstat_softirqs_cpu(nr, (int)cpu);

			of_nr[nr] += n;
			sum += n;
		}
	}
	seq_printf(p, "softirq %llu", sum);
	for (nr = 0; nr < NR_SOFTIRQS; nr++)
		seq_printf(p, " %u", of_nr[nr]);
	seq_putc(p, '\n');
}

static int show_stat(struct seq_file *p, void *v)
{
	struct timespec64 boot = ktime_to_timespec64(ktime_mono_to_real(0));

	show_cpus(p);
	show_interrupts_line(p);
	seq_printf(p, "ctxt %llu\nbtime %lld\nprocesses %lu\nprocs_running %u\nprocs_blocked %u\n",
		   nr_context_switches(), (long long)boot.tv_sec, total_forks, nr_running(),
		   nr_iowait());
	show_softirq_line(p);
	return 0;
}

static int show_uptime(struct seq_file *p, void *v)
{
	struct timespec64 up, idle;
	unsigned int cpu;
	u64 idle_ns = 0;

	for_each_possible_cpu(cpu)
		idle_ns += get_cpu_idle_time_us((int)cpu, NULL) * NSEC_PER_USEC;
	ktime_get_boottime_ts64(&up);
	idle = ns_to_timespec64((s64)idle_ns);
	seq_printf(p, "%lu.%02lu %lu.%02lu\n",
		   (unsigned long)up.tv_sec, up.tv_nsec / (NSEC_PER_SEC / 100),
		   (unsigned long)idle.tv_sec, idle.tv_nsec / (NSEC_PER_SEC / 100));
	return 0;
}

static int __init proc_time_init(void)
{
	proc_create_single("stat", 0, NULL, show_stat);
	proc_create_single("uptime", 0, NULL, show_uptime);
	return 0;
}
fs_initcall(proc_time_init);
