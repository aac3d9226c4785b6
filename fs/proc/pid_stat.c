/* SPDX-License-Identifier: MIT */
/* /proc/PID/stat, statm, comm, wchan: one line each, for ps, top and their like. */
#include <linux/arch.h>
#include <linux/jiffies.h>
#include <linux/kallsyms.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include <linux/sched/cputime.h>
#include <linux/sched/debug.h>
#include <linux/sched/prio.h>
#include <linux/tty.h>
#include "internals.h"

static u64 bits_of(const sigset_t *set)
{
	return set->sig[0];
}

static int count_queued(const struct sigpending *pending)
{
	return list_count_nodes((struct list_head *)&pending->list);
}

/* pid_signals - signals of a task, as sets of bits; zeroes of one without a program */
void pid_signals(struct task_struct *task, struct sig_view *view)
{
	struct k_sigaction *action;
	int sig;

	memset(view, 0, sizeof(*view));
	view->nr_threads = 1;
	read_lock_irq(&tasklist_lock);
	if (task->sighand) {
		spin_lock(&task->sighand->siglock);
		view->nr_threads = task->signal->nr_threads;
		view->pending = bits_of(&task->pending.signal);
		view->shared = bits_of(&task->signal->shared_pending.signal);
		view->blocked = bits_of(&task->blocked);
		view->queued = count_queued(&task->pending) +
			       count_queued(&task->signal->shared_pending);
		for (sig = 0; sig < _NSIG; sig++) {
			action = task->sighand->action + sig;
			if (action->sa.sa_handler == SIG_IGN)
				view->ignored |= 1ULL << sig;
			else if (action->sa.sa_handler != SIG_DFL)
				view->caught |= 1ULL << sig;
		}
		spin_unlock(&task->sighand->siglock);
	}
	read_unlock_irq(&tasklist_lock);
}

/*
 * pid_ppid - its parent's number; 0 for one that is released, whose parent may be. tasklist_lock
 * held.
 */
pid_t pid_ppid(struct task_struct *task)
{
	return task->sighand || (task->flags & PF_KTHREAD) ? task->group_leader->parent->tgid : 0;
}

/* Relations and times, of one moment. */
struct stat_view {
	pid_t	ppid, pgrp, session;
	int	tty, tty_pgrp;
	struct task_cputime self;
	u64	cutime, cstime;
	unsigned long min_flt, cmin_flt;
};

/* Its controlling terminal, and which process group is in the foreground there. */
static void look_at_tty(struct tty_struct *tty, struct stat_view *v)
{
	v->tty = new_encode_dev(MKDEV(tty->driver->major, tty->driver->minor_start + tty->index));
	spin_lock_irq(&tty->ctrl_lock);
	v->tty_pgrp = tty->pgrp ? pid_nr(tty->pgrp) : -1;
	spin_unlock_irq(&tty->ctrl_lock);
}

static void look_at(struct task_struct *task, struct stat_view *v)
{
	struct signal_struct *sig = task->signal;
	struct tty_struct *tty = NULL;
	struct task_struct *t;

	memset(v, 0, sizeof(*v));
	v->tty_pgrp = -1;
	v->self.utime = task->utime;
	v->self.stime = task->stime;
	read_lock_irq(&tasklist_lock);
	v->ppid = pid_ppid(task);
	if (sig && task->sighand) {
		v->pgrp = task_pgrp_vnr(task);
		v->session = task_session_vnr(task);
		thread_group_cputime(task, &v->self);
		v->cutime = sig->cutime;
		v->cstime = sig->cstime;
		v->cmin_flt = sig->cmin_flt;
		v->min_flt = sig->min_flt;
		for_each_thread(task, t)
			v->min_flt += READ_ONCE(t->min_flt);
		tty = READ_ONCE(sig->tty);
	}
	read_unlock_irq(&tasklist_lock);
	if (tty)
		look_at_tty(tty, v);	/* lives as long as its driver */
}

static void put_memory(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);
	unsigned long limit = task->signal ? READ_ONCE(task->signal->rlim[RLIMIT_RSS].rlim_cur) : 0;

	if (!mm) {
		seq_printf(m, " 0 0 %lu 0 0 0 0 0", limit);
		return;
	}
	seq_printf(m, " %lu %lu %lu %lu %lu %lu 0 0", mm->total_vm << PAGE_SHIFT, get_mm_rss(mm), limit,
		   mm->start_code, mm->end_code, mm->start_stack);
	mmput(mm);
}

static void put_layout(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);

	if (!mm) {
		seq_puts(m, " 0 0 0 0 0 0 0");
		return;
	}
	seq_printf(m, " %lu %lu %lu %lu %lu %lu %lu", mm->start_data, mm->end_data, mm->start_brk,
		   mm->arg_start, mm->arg_end, mm->env_start, mm->env_end);
	mmput(mm);
}

/* The 52 fields of proc(5), in their order. What nothing counts here is 0. */
int pid_stat_show(struct seq_file *m, struct task_struct *task)
{
	char comm[TASK_COMM_LEN];
	struct sig_view sig;
	struct stat_view v;

	get_task_comm(comm, task);
	pid_signals(task, &sig);
	look_at(task, &v);
	seq_printf(m, "%d (%s) %c %d %d %d %d %d %u %lu %lu 0 0", task->pid, comm,
		   task_state_to_char(task), v.ppid, v.pgrp, v.session, v.tty, v.tty_pgrp, task->flags,
		   v.min_flt, v.cmin_flt);
	seq_printf(m, " %llu %llu %llu %llu %d %d %d 0 %llu", nsec_to_clock_t(v.self.utime),
		   nsec_to_clock_t(v.self.stime), nsec_to_clock_t(v.cutime), nsec_to_clock_t(v.cstime),
		   task->prio - MAX_RT_PRIO, task_nice(task), sig.nr_threads,
		   nsec_to_clock_t(task->start_time));
	put_memory(m, task);
	seq_printf(m, " %llu %llu %llu %llu", sig.pending, sig.blocked, sig.ignored, sig.caught);
	seq_printf(m, " %d 0 0 %d %u %u %u 0 0 0", !task_is_running(task), task->exit_signal, task_cpu(task),
		   task->rt_priority, task->policy);
	put_layout(m, task);
	seq_printf(m, " %d\n", task->exit_code);
	return 0;
}

/* In pages: size, resident, of files, code, 0, data and stack, 0. */
int pid_statm_show(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);

	if (!mm) {
		seq_puts(m, "0 0 0 0 0 0 0\n");
		return 0;
	}
	seq_printf(m, "%lu %lu %lu %lu 0 %lu 0\n", mm->total_vm, get_mm_rss(mm),
		   get_mm_counter(mm, MM_FILEPAGES),
		   (PAGE_ALIGN(mm->end_code) - PAGE_ALIGN_DOWN(mm->start_code)) >> PAGE_SHIFT,
		   mm->data_vm + mm->stack_vm);
	mmput(mm);
	return 0;
}

int pid_comm_show(struct seq_file *m, struct task_struct *task)
{
	char comm[TASK_COMM_LEN];

	get_task_comm(comm, task);
	seq_printf(m, "%s\n", comm);
	return 0;
}

/* -- wchan ------------------------------------------------------------------------------------- */

/* The first function on the stack of a sleeper that is not the scheduler's. */
struct wchan {
	char	name[KSYM_NAME_LEN];
	bool	found;
};

static bool is_sleeping_call(const char *name)
{
	return !strncmp(name, "schedule", 8) || !strncmp(name, "__schedule", 10) ||
	       !strncmp(name, "__switch_to", 11) || !strncmp(name, "context_switch", 14);
}

static bool look_at_frame(void *cookie, const struct stack_frame *frame)
{
	struct wchan *w = cookie;

	if (!frame->reliable)
		return true;
	sprint_symbol_no_offset(w->name, frame->addr);
	w->found = !is_sleeping_call(w->name);
	return !w->found;
}

int pid_wchan_show(struct seq_file *m, struct task_struct *task)
{
	struct wchan w = { .found = false };

	if (task != current && !task_is_running(task))
		arch_stack_walk(task, NULL, look_at_frame, &w);
	seq_puts(m, w.found ? w.name : "0");
	return 0;
}
