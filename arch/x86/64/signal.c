/* SPDX-License-Identifier: MIT */
/*
 * Signal frames: how a program comes into a handler, and back. The layout is in <asm/sigframe.h>.
 *
 * On the way back the frame is the program's word: what it says is taken as far as it concerns
 * the program alone. The flags that are the kernel's stay; segments get the user's privilege
 * level; what else the CPU does not like, a RIP that is not canonical or a selector of nothing, its
 * IRET refuses, and that ends in SIGSEGV (do_bad_iret()).
 */
#include <linux/arch.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <asm/fpu.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/segment.h>
#include <asm/sigframe.h>

#define RED_ZONE	128

/* What a program may choose of RFLAGS. */
#define USER_FLAGS	(X86_EFLAGS_AC | X86_EFLAGS_OF | X86_EFLAGS_DF | X86_EFLAGS_TF | X86_EFLAGS_SF | \
			 X86_EFLAGS_ZF | X86_EFLAGS_AF | X86_EFLAGS_PF | X86_EFLAGS_CF | X86_EFLAGS_RF)

/* -- Into the handler -------------------------------------------------------------------------- */

/* Where the frame goes, and the registers in it. Return: NULL: not where they could. */
static struct rt_sigframe __user *frame_at(const struct ksignal *ksig, const struct pt_regs *regs,
					   void __user **fpstate)
{
	unsigned long sp = regs->sp - RED_ZONE;
	bool alternate = on_sig_stack(sp);

	if ((ksig->ka.sa.sa_flags & SA_ONSTACK) && !sas_ss_flags(sp)) {
		sp = current->sas_ss_sp + current->sas_ss_size;
		alternate = true;
	}
	sp = round_down(sp - fpu_frame_size, 64);
	*fpstate = (void __user *)sp;
	/* As if the handler had been called: aligned to 16 before the return address was pushed. */
	sp = round_down(sp - sizeof(struct rt_sigframe), 16) - 8;
	/* Rather none than one that overwrites what lies below the alternate stack. */
	if (alternate && (sp <= current->sas_ss_sp || sp - current->sas_ss_sp > current->sas_ss_size))
		return NULL;
	return (struct rt_sigframe __user *)sp;
}

#define PUT(reg)	unsafe_put_user(regs->reg, &sc->reg, fault)

/* All but the siginfo_t and the floating-point registers. Return: 0; -EFAULT. */
static int put_frame(struct rt_sigframe __user *at, const void __user *fpstate,
		     const struct ksignal *ksig, const sigset_t *mask, const struct pt_regs *regs)
{
	struct sigcontext __user *sc = &at->uc.uc_mcontext;
	const struct task_struct *task = current;
	unsigned long uc_flags = UC_SIGCONTEXT_SS;

	if (fpu_xfeatures)
		uc_flags |= UC_FP_XSTATE;
	if (regs->cs == __USER_CS)
		uc_flags |= UC_STRICT_RESTORE_SS;
	if (!user_access_begin(at, sizeof(*at)))
		return -EFAULT;
	unsafe_put_user(ksig->ka.sa.sa_restorer, &at->pretcode, fault);
	unsafe_put_user(uc_flags, &at->uc.uc_flags, fault);
	unsafe_put_user(NULL, &at->uc.uc_link, fault);
	unsafe_put_user((void __user *)task->sas_ss_sp, &at->uc.uc_stack.ss_sp, fault);
	unsafe_put_user(task->sas_ss_flags, &at->uc.uc_stack.ss_flags, fault);
	unsafe_put_user(task->sas_ss_size, &at->uc.uc_stack.ss_size, fault);
	PUT(r8); PUT(r9); PUT(r10); PUT(r11); PUT(r12); PUT(r13); PUT(r14); PUT(r15);
	PUT(di); PUT(si); PUT(bp); PUT(bx); PUT(dx); PUT(ax); PUT(cx); PUT(sp);
	PUT(ip); PUT(flags); PUT(cs); PUT(ss);
	unsafe_put_user(0, &sc->gs, fault);
	unsafe_put_user(0, &sc->fs, fault);
	unsafe_put_user(task->thread.error_code, &sc->err, fault);
	unsafe_put_user(task->thread.trap_nr, &sc->trapno, fault);
	unsafe_put_user(mask->sig[0], &sc->oldmask, fault);
	unsafe_put_user(task->thread.cr2, &sc->cr2, fault);
	unsafe_put_user((unsigned long)fpstate, &sc->fpstate, fault);
	unsafe_put_user(mask->sig[0], &at->uc.uc_sigmask.sig[0], fault);
	user_access_end();
	return 0;

fault:
	user_access_end();
	return -EFAULT;
}

static void enter_handler(struct pt_regs *regs, const struct ksignal *ksig,
			  struct rt_sigframe __user *at)
{
	regs->di = ksig->sig;
	regs->ax = 0;			/* no vector registers, should it take any arguments */
	regs->si = (unsigned long)&at->info;
	regs->dx = (unsigned long)&at->uc;
	regs->ip = (unsigned long)ksig->ka.sa.sa_handler;
	regs->sp = (unsigned long)at;
	regs->cs = __USER_CS;
	regs->ss = __USER_DS;
	regs->flags &= ~(unsigned long)(X86_EFLAGS_DF | X86_EFLAGS_RF | X86_EFLAGS_TF);
}

/* See <linux/arch.h>. */
int arch_signal_frame(struct ksignal *ksig, const sigset_t *mask, struct pt_regs *regs)
{
	struct rt_sigframe __user *at;
	void __user *fpstate;

	/* Without it there is no way back: the C library always gives one. */
	if (!(ksig->ka.sa.sa_flags & SA_RESTORER))
		return -EFAULT;
	at = frame_at(ksig, regs, &fpstate);
	if (!at)
		return -EFAULT;
	if (put_frame(at, fpstate, ksig, mask, regs))
		return -EFAULT;
	if ((ksig->ka.sa.sa_flags & SA_SIGINFO) && copy_siginfo_to_user(&at->info, &ksig->info))
		return -EFAULT;
	if (fpu_to_frame(fpstate))
		return -EFAULT;
	enter_handler(regs, ksig, at);
	return 0;
}

/* -- And back ---------------------------------------------------------------------------------- */

/* What a frame holds besides the registers. */
struct context {
	unsigned long	flags;
	stack_t		stack;
	sigset_t	mask;
	void __user	*fpstate;
};

#define GET(reg)	unsafe_get_user(regs->reg, &uc->uc_mcontext.reg, fault)

/*
 * Its first word is read first, and its last one next: of a frame that is not all there no register
 * is taken. Return: 0; -EFAULT.
 */
static int get_frame(struct pt_regs *regs, struct context *context, const struct ucontext __user *uc)
{
	unsigned long flags, fpstate;
	u16 cs, ss;

	if (!user_access_begin(uc, sizeof(*uc)))
		return -EFAULT;
	unsafe_get_user(context->flags, &uc->uc_flags, fault);
	unsafe_get_user(context->mask.sig[0], &uc->uc_sigmask.sig[0], fault);
	unsafe_get_user(context->stack.ss_sp, &uc->uc_stack.ss_sp, fault);
	unsafe_get_user(context->stack.ss_flags, &uc->uc_stack.ss_flags, fault);
	unsafe_get_user(context->stack.ss_size, &uc->uc_stack.ss_size, fault);
	GET(r8); GET(r9); GET(r10); GET(r11); GET(r12); GET(r13); GET(r14); GET(r15);
	GET(di); GET(si); GET(bp); GET(bx); GET(dx); GET(ax); GET(cx); GET(sp); GET(ip);
	unsafe_get_user(flags, &uc->uc_mcontext.flags, fault);
	unsafe_get_user(cs, &uc->uc_mcontext.cs, fault);
	unsafe_get_user(ss, &uc->uc_mcontext.ss, fault);
	unsafe_get_user(fpstate, &uc->uc_mcontext.fpstate, fault);
	user_access_end();
	regs->flags = (regs->flags & ~(unsigned long)USER_FLAGS) | (flags & USER_FLAGS);
	regs->cs = cs | 3;
	regs->ss = ss | 3;
	context->fpstate = (void __user *)fpstate;
	return 0;

fault:
	user_access_end();
	return -EFAULT;
}

SYSCALL_DEFINE0(rt_sigreturn)
{
	struct pt_regs *regs = current_pt_regs();
	struct context context;

	current->restart_block.fn = NULL;
	/* The return address in front of it was taken from the stack. */
	if (get_frame(regs, &context, (const void __user *)regs->sp))
		goto bad;
	regs->orig_ax = -1UL;		/* no system call any more */
	/* Who has saved SS may be older than those who care about it. */
	if (!(context.flags & UC_STRICT_RESTORE_SS) && regs->cs == __USER_CS)
		regs->ss = __USER_DS;
	set_current_blocked(&context.mask);
	if (fpu_from_frame(context.fpstate)) {
		fpu_load_fresh();
		goto bad;
	}
	restore_altstack(&context.stack);
	return regs->ax;

bad:
	force_sig(SIGSEGV);
	return 0;
}
