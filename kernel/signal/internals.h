/* SPDX-License-Identifier: MIT */
/* Between the files of kernel/signal/. */
#ifndef _SIGNAL_INTERNALS_H
#define _SIGNAL_INTERNALS_H

#include <linux/signal_types.h>
#include <linux/types.h>

struct signal_struct;
struct task_struct;

/* -- queue.c; siglock held -- */
struct sigqueue *sigqueue_get(struct task_struct *p, bool force);
void sigqueue_put(struct sigqueue *q);
void sigqueue_free(struct sigqueue *q);
void flush_mask(struct sigpending *pending, unsigned long mask);
int dequeue_synchronous(kernel_siginfo_t *info);

/* -- send.c -- */
bool handler_ignores(__sighandler_t handler, int sig);
int send_to_thread(pid_t tgid, pid_t tid, int sig, struct kernel_siginfo *info);
void retarget_shared(struct task_struct *p, const sigset_t *which);	/* siglock held */

/* -- stop.c; siglock held, but for the last -- */
void stop_signal_sent(struct task_struct *p);
void continue_signal_sent(struct task_struct *p);
void forget_stop(struct task_struct *p);
int leave_group_stop(struct task_struct *p);
bool do_signal_stop(int sig);
void tell_parent_of_stop(int why, int status);

/* -- restart.c -- */
struct pt_regs;
void restart_behind_handler(struct pt_regs *regs, const struct k_sigaction *ka);
void restart_without_handler(struct pt_regs *regs);

/* -- itimer.c; siglock held -- */
void itimer_real_rearm(struct signal_struct *sig);

/* -- posix_timer.c; siglock held -- */
void posix_timer_taken(kernel_siginfo_t *info);

/* -- kthread.c -- */
void kthread_send_signal(int sig, struct task_struct *p);
void kthread_flush_signals(struct task_struct *p);

#endif
