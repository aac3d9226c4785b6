/* SPDX-License-Identifier: MIT */
/* Entry points that are code and not functions, and C that only entry code calls. */
#ifndef _ASM_X86_PROTO_H
#define _ASM_X86_PROTO_H

#include <linux/types.h>

struct pt_regs;
struct task_struct;

extern const char entry_SYSCALL_64[], entry_SYSCALL_compat[], entry_INT80[];

void do_int80_syscall_32(struct pt_regs *regs);
void do_fast_syscall_32(struct pt_regs *regs);
struct pt_regs *fix_bad_iret(struct pt_regs *regs);
void do_bad_iret(struct pt_regs *regs);

void syscall_cpu_init(void);
void tlb_cpu_init(void);

#endif
