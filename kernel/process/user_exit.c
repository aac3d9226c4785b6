/* SPDX-License-Identifier: MIT */
/* What a task does before it is back in its program. */
#include <linux/arch.h>
#include <linux/entry-common.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/task_work.h>

static bool work_pending(void)
{
	return need_resched() || READ_ONCE(current->thread_info.flags) & _TIF_WORK_LOOP;
}

/**
 * exit_to_user_mode_loop - let others run, run what was left for later, take signals, until none
 * is pending
 * @regs: the program's frame
 *
 * Each may bring more of the others, so the last look is with interrupts off, which they stay until
 * the program runs: what comes then interrupts the program.
 *
 * Context: the end of a system call, exception or interrupt; interrupts off, in and out.
 */
void exit_to_user_mode_loop(struct pt_regs *regs)
{
	unsigned long work;

	lockdep_assert_irqs_disabled();
	while (work_pending()) {
		local_irq_enable();
		if (need_resched())
			schedule();
		work = READ_ONCE(current->thread_info.flags);
		if (work & _TIF_NOTIFY_RESUME) {
			clear_thread_flag(TIF_NOTIFY_RESUME);
			task_work_run();
			if (current->rseq)
				rseq_handle_notify_resume(NULL, regs);
		}
		if (work & _TIF_SIGPENDING)
			do_user_signal(regs);
		local_irq_disable();
	}
	arch_exit_to_user_mode();
}
