/* SPDX-License-Identifier: MIT */
/* The alternate stack, for handlers with SA_ONSTACK: sigaltstack(). <linux/sched/signal.h> says who is on it. */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <asm/ptrace.h>

static int set_altstack(const stack_t *ss, unsigned long sp)
{
	int mode = ss->ss_flags & ~(int)SS_FLAG_BITS;
	struct task_struct *p = current;

	if (on_sig_stack(sp))
		return -EPERM;
	if (mode != SS_DISABLE && mode != SS_ONSTACK && mode != 0)
		return -EINVAL;
	if (mode == SS_DISABLE) {
		p->sas_ss_sp = p->sas_ss_size = 0;
	} else {
		if (ss->ss_size < MINSIGSTKSZ)
			return -ENOMEM;
		p->sas_ss_sp = (unsigned long)ss->ss_sp;
		p->sas_ss_size = ss->ss_size;
	}
	p->sas_ss_flags = ss->ss_flags;
	return 0;
}

/* change_altstack - as a frame says; it may say nonsense, which is not done */
void change_altstack(const stack_t *ss)
{
	(void)set_altstack(ss, user_stack_pointer(current_pt_regs()));
}

SYSCALL_DEFINE2(sigaltstack, const stack_t __user *, unew, stack_t __user *, uold)
{
	unsigned long sp = user_stack_pointer(current_pt_regs());
	stack_t new, old;
	int err = 0;

	if (unew && copy_from_user(&new, unew, sizeof(new)))
		return -EFAULT;
	memset(&old, 0, sizeof(old));
	old.ss_sp = (void __user *)current->sas_ss_sp;
	old.ss_size = current->sas_ss_size;
	old.ss_flags = sas_ss_flags(sp) | (int)(current->sas_ss_flags & SS_FLAG_BITS);
	if (unew)
		err = set_altstack(&new, sp);
	if (err)
		return err;
	return uold && copy_to_user(uold, &old, sizeof(old)) ? -EFAULT : 0;
}
