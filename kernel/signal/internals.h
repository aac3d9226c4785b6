/* SPDX-License-Identifier: MIT */
/* Between the files of kernel/signal/. */
#ifndef _SIGNAL_INTERNALS_H
#define _SIGNAL_INTERNALS_H

struct task_struct;

void kthread_send_signal(int sig, struct task_struct *p);
void kthread_flush_signals(struct task_struct *p);

#endif
