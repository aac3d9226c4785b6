/* SPDX-License-Identifier: MIT */
/*
 * What a signal handler finds on its stack, lowest address first:
 *
 *	return address, to code that calls rt_sigreturn()	RSP at the handler's first instruction
 *	struct ucontext						RDX
 *	siginfo_t						RSI
 *	floating-point registers as XSAVE lays them out, aligned to 64; then FP_XSTATE_MAGIC2
 *	red zone (System V ABI, "The Stack Frame"), if it is not the alternate stack
 */
#ifndef _ASM_X86_SIGFRAME_H
#define _ASM_X86_SIGFRAME_H

#include <linux/build_bug.h>
#include <linux/signal_types.h>
#include <linux/stddef.h>
#include <linux/types.h>

struct sigcontext {
	u64	r8, r9, r10, r11, r12, r13, r14, r15;
	u64	di, si, bp, bx, dx, ax, cx, sp, ip, flags;
	u16	cs, gs, fs, ss;
	u64	err, trapno, oldmask, cr2;
	u64	fpstate;			/* address; 0: none */
	u64	reserved[8];
};

#define UC_FP_XSTATE		1	/* behind the FXSAVE area there is more */
#define UC_SIGCONTEXT_SS	2	/* ss is told, */
#define UC_STRICT_RESTORE_SS	4	/* and is to be loaded, whatever it is */

struct ucontext {
	unsigned long		uc_flags;
	struct ucontext __user	*uc_link;
	stack_t			uc_stack;
	struct sigcontext	uc_mcontext;
	sigset_t		uc_sigmask;
};

struct rt_sigframe {
	u64		pretcode;
	struct ucontext	uc;
	siginfo_t	info;
};
static_assert(offsetof(struct rt_sigframe, uc.uc_mcontext) == 48);
static_assert(sizeof(struct sigcontext) == 256);
static_assert(offsetof(struct rt_sigframe, info) == 312);
static_assert(sizeof(struct rt_sigframe) == 440);

/* At the end of the FXSAVE area, where the CPU leaves room for software. */
struct fpx_sw_bytes {
	u32	magic1;			/* FP_XSTATE_MAGIC1: XSAVE's header and more follow */
	u32	extended_size;		/* all of it, with FP_XSTATE_MAGIC2 at the end */
	u64	xfeatures;
	u32	xstate_size;
	u32	padding[7];
};
#define FP_SW_BYTES		464
#define FP_XSTATE_MAGIC1	0x46505853U
#define FP_XSTATE_MAGIC2	0x46505845U
static_assert(FP_SW_BYTES + sizeof(struct fpx_sw_bytes) == 512);

extern unsigned int fpu_frame_size;	/* bytes that the registers take in a frame; fixed at boot */
int fpu_to_frame(void __user *to);
int fpu_from_frame(void __user *from);

#endif
