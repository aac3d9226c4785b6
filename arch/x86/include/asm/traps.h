/* SPDX-License-Identifier: MIT */
/* What C code may ask about the table of exceptions. arch/x86/traps.c. */
#ifndef _ASM_X86_TRAPS_H
#define _ASM_X86_TRAPS_H

#include <linux/types.h>

struct pt_regs;

enum {
	X86_TRAP_DE, X86_TRAP_DB, X86_TRAP_NMI, X86_TRAP_BP, X86_TRAP_OF, X86_TRAP_BR,
	X86_TRAP_UD, X86_TRAP_NM, X86_TRAP_DF, X86_TRAP_OLD_MF, X86_TRAP_TS, X86_TRAP_NP,
	X86_TRAP_SS, X86_TRAP_GP, X86_TRAP_PF, X86_TRAP_SPURIOUS, X86_TRAP_MF, X86_TRAP_AC,
	X86_TRAP_MC, X86_TRAP_XF, X86_TRAP_VE, X86_TRAP_CP,
};

/* Page fault error code: SDM Vol. 3, "Page-Fault Exceptions". */
#define X86_PF_PROT	(1 << 0)	/* the page is there, the right is not */
#define X86_PF_WRITE	(1 << 1)
#define X86_PF_USER	(1 << 2)
#define X86_PF_RSVD	(1 << 3)
#define X86_PF_INSTR	(1 << 4)

/* One line of EXCEPTIONS(). */
struct exception_info {
	const char	*mnemonic;	/* "#DE" */
	const char	*title;
	bool		keeps_irqs;	/* TRAP: interrupts stay as they were */
	u8		dpl, ist;
	bool		error_code;	/* the CPU pushes one */
	int		signal, si_code;
};

const struct exception_info *exception_info(unsigned int vector);
unsigned int exception_nesting_deepest(unsigned int cpu);

/* For the handlers that have a file of their own. */
void exception_enter(struct pt_regs *regs, unsigned int vector);
void exception_exit(void);
void exception_return(struct pt_regs *regs);
void stack_overflow_die(struct pt_regs *regs, unsigned long addr, long error_code);
void exception_user(struct pt_regs *regs, long error_code, unsigned int vector, int code,
		    unsigned long addr);
void exception_die(struct pt_regs *regs, long error_code, unsigned int vector);

void mce_cpu_init(void);

#endif
