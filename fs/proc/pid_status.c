/* SPDX-License-Identifier: MIT */
/* /proc/PID/status and limits: for people, a name and a value on each line. */
#include <linux/cpumask.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/sched/debug.h>
#include <uapi/linux/resource.h>
#include "internals.h"

static const char *state_name(char state)
{
	switch (state) {
	case 'R': return "R (running)";
	case 'S': return "S (sleeping)";
	case 'D': return "D (disk sleep)";
	case 'T': return "T (stopped)";
	case 'Z': return "Z (zombie)";
	case 'P': return "P (parked)";
	case 'I': return "I (idle)";
	default: return "X (dead)";
	}
}

static void show_relations(struct seq_file *m, struct task_struct *task)
{
	pid_t ppid;

	read_lock_irq(&tasklist_lock);
	ppid = pid_ppid(task);
	read_unlock_irq(&tasklist_lock);
	seq_printf(m, "Tgid:\t%d\nNgid:\t0\nPid:\t%d\nPPid:\t%d\nTracerPid:\t0\n", task->tgid, task->pid,
		   ppid);
}

static void show_files(struct seq_file *m, struct task_struct *task)
{
	unsigned int fds = 0;

	task_lock(task);
	if (task->files)
		fds = READ_ONCE(task->files->max_fds);
	task_unlock(task);
	seq_printf(m, "FDSize:\t%u\nGroups:\t \n", fds);
}

static void show_pages(struct seq_file *m, const char *name, unsigned long pages)
{
	seq_put_decimal_ull_width(m, name, pages << (PAGE_SHIFT - 10), 8);
	seq_puts(m, " kB\n");
}

static void show_memory(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);

	if (!mm)
		return;
	show_pages(m, "VmSize:\t", mm->total_vm);
	show_pages(m, "VmLck:\t", mm->locked_vm);
	show_pages(m, "VmRSS:\t", get_mm_rss(mm));
	show_pages(m, "RssAnon:\t", get_mm_counter(mm, MM_ANONPAGES));
	show_pages(m, "RssFile:\t", get_mm_counter(mm, MM_FILEPAGES));
	show_pages(m, "VmData:\t", mm->data_vm);
	show_pages(m, "VmStk:\t", mm->stack_vm);
	show_pages(m, "VmExe:\t",
		   (PAGE_ALIGN(mm->end_code) - PAGE_ALIGN_DOWN(mm->start_code)) >> PAGE_SHIFT);
	show_pages(m, "VmPTE:\t", mm->pgtables);
	mmput(mm);
}

static void show_signals(struct seq_file *m, struct task_struct *task)
{
	struct sig_view v;
	unsigned long limit = task->signal ?
			      READ_ONCE(task->signal->rlim[RLIMIT_SIGPENDING].rlim_cur) : 0;

	pid_signals(task, &v);
	seq_printf(m, "Threads:\t%d\nSigQ:\t%d/%lu\n", v.nr_threads, v.queued, limit);
	seq_printf(m, "SigPnd:\t%016llx\nShdPnd:\t%016llx\nSigBlk:\t%016llx\n", v.pending, v.shared,
		   v.blocked);
	seq_printf(m, "SigIgn:\t%016llx\nSigCgt:\t%016llx\n", v.ignored, v.caught);
}

int pid_status_show(struct seq_file *m, struct task_struct *task)
{
	char comm[TASK_COMM_LEN];

	get_task_comm(comm, task);
	seq_puts(m, "Name:\t");
	seq_escape(m, comm, "\n\\");
	if (task->fs)
		seq_printf(m, "\nUmask:\t%04o", task == current ? current_umask() : 022);
	seq_printf(m, "\nState:\t%s\n", state_name(task_state_to_char(task)));
	show_relations(m, task);
	seq_puts(m, "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n");
	show_files(m, task);
	show_memory(m, task);
	show_signals(m, task);
	seq_puts(m, "CapInh:\t0000000000000000\nCapPrm:\t000001ffffffffff\nCapEff:\t000001ffffffffff\n"
		    "CapBnd:\t000001ffffffffff\nCapAmb:\t0000000000000000\n");
	seq_printf(m, "Cpus_allowed:\t%*pb\n", cpumask_pr_args(&task->cpus_mask));
	seq_printf(m, "Cpus_allowed_list:\t%*pbl\n", cpumask_pr_args(&task->cpus_mask));
	seq_printf(m, "voluntary_ctxt_switches:\t%lu\nnonvoluntary_ctxt_switches:\t%lu\n",
		   READ_ONCE(task->nvcsw), READ_ONCE(task->nivcsw));
	return 0;
}

/* -- limits ------------------------------------------------------------------------------------ */

static const struct {
	const char *name, *unit;
} limits[RLIM_NLIMITS] = {
	[RLIMIT_CPU]		= { "Max cpu time", "seconds" },
	[RLIMIT_FSIZE]		= { "Max file size", "bytes" },
	[RLIMIT_DATA]		= { "Max data size", "bytes" },
	[RLIMIT_STACK]		= { "Max stack size", "bytes" },
	[RLIMIT_CORE]		= { "Max core file size", "bytes" },
	[RLIMIT_RSS]		= { "Max resident set", "bytes" },
	[RLIMIT_NPROC]		= { "Max processes", "processes" },
	[RLIMIT_NOFILE]		= { "Max open files", "files" },
	[RLIMIT_MEMLOCK]	= { "Max locked memory", "bytes" },
	[RLIMIT_AS]		= { "Max address space", "bytes" },
	[RLIMIT_LOCKS]		= { "Max file locks", "locks" },
	[RLIMIT_SIGPENDING]	= { "Max pending signals", "signals" },
	[RLIMIT_MSGQUEUE]	= { "Max msgqueue size", "bytes" },
	[RLIMIT_NICE]		= { "Max nice priority", NULL },
	[RLIMIT_RTPRIO]		= { "Max realtime priority", NULL },
	[RLIMIT_RTTIME]		= { "Max realtime timeout", "us" },
};

static void show_limit(struct seq_file *m, unsigned long value)
{
	if (value == RLIM_INFINITY)
		seq_printf(m, "%-20s ", "unlimited");
	else
		seq_printf(m, "%-20lu ", value);
}

int pid_limits_show(struct seq_file *m, struct task_struct *task)
{
	struct rlimit limit;
	int i;

	seq_printf(m, "%-25s %-20s %-20s %-10s\n", "Limit", "Soft Limit", "Hard Limit", "Units");
	for (i = 0; task->signal && i < RLIM_NLIMITS; i++) {
		limit = task->signal->rlim[i];
		seq_printf(m, "%-25s ", limits[i].name);
		show_limit(m, limit.rlim_cur);
		show_limit(m, limit.rlim_max);
		seq_printf(m, limits[i].unit ? "%-10s\n" : "\n", limits[i].unit);
	}
	return 0;
}
