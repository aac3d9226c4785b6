/* SPDX-License-Identifier: MIT */
/*
 * Machine checks: the hardware has found itself in error. Each error is read out of its bank
 * and printed. What the hardware has corrected, or nobody has used yet, is no reason to stop; when
 * the interrupted program can't go on, or the processor itself is in doubt, the machine stops.
 *
 * Intel SDM Vol. 3, "Machine-Check Architecture"; how grave an error is: "UCR Error
 * Classification".
 */
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>
#include <asm/cpufeature.h>
#include <asm/hw_irq.h>
#include <asm/idtentry.h>
#include <asm/msr.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/segment.h>
#include <asm/smp.h>
#include <asm/traps.h>

#include "mce.h"

#define CPUID_EDX_MCE	(1U << 7)
#define CPUID_EDX_MCA	(1U << 14)

enum severity {
	MCE_NONE,
	MCE_CORRECTED,		/* by the hardware */
	MCE_DEFERRED,		/* bad data that nobody has used yet: whoever does gets another */
	MCE_OPTIONAL,		/* signalled, and the program can go on */
	MCE_FATAL,
};

/* How many banks this CPU has. CPUID leaf 1 is fixed, so it is asked each time. */
unsigned int mce_banks(void)
{
	return cpuid_edx(1) & CPUID_EDX_MCA ? __rdmsr(MSR_MCG_CAP) & MCG_CAP_BANKS : 0;
}

/**
 * mce_cpu_init - have the running CPU report machine checks
 *
 * Context: boot of that CPU; its TSS is loaded. What a bank still holds from before the
 * reset is dropped.
 */
void mce_cpu_init(void)
{
	unsigned int banks = mce_banks(), i;

	if (!(cpuid_edx(1) & CPUID_EDX_MCE))
		return;
	if (banks && __rdmsr(MSR_MCG_CAP) & MCG_CAP_CTL_P)
		wrmsrl(MSR_MCG_CTL, ~0ULL);
	for (i = 0; i < banks; i++) {
		wrmsrl(MSR_MC_CTL(i), ~0ULL);
		wrmsrl(MSR_MC_STATUS(i), 0);
	}
	write_cr4(read_cr4() | X86_CR4_MCE);
}

/* Return: false when there is no error in it. */
bool mce_read_bank(unsigned int bank, struct mce_record *m)
{
	*m = (struct mce_record){ .bank = bank, .status = __rdmsr(MSR_MC_STATUS(bank)) };
	if (!(m->status & MC_STATUS_VAL))
		return false;
	if (m->status & MC_STATUS_ADDRV)
		m->addr = __rdmsr(MSR_MC_ADDR(bank));
	if (m->status & MC_STATUS_MISCV)
		m->misc = __rdmsr(MSR_MC_MISC(bank));
	m->tsc = rdtsc();
	return true;
}

void mce_clear_bank(unsigned int bank)
{
	wrmsrl(MSR_MC_STATUS(bank), 0);
}

#define HW_ERR	"mce: [Hardware Error]: "

void mce_print(const struct mce_record *m)
{
	char addr[32] = "", misc[32] = "";

	pr_emerg(HW_ERR "CPU %d: Machine Check%s: %llx Bank %u: %016llx\n", raw_smp_processor_id(),
		 m->mcgstatus & MCG_STATUS_MCIP ? " Exception" : "", m->mcgstatus, m->bank,
		 m->status);
	if (m->regs)
		pr_emerg(HW_ERR "RIP%s %02lx:<%016lx> {%pS}\n",
			 m->mcgstatus & MCG_STATUS_EIPV ? "" : " !INEXACT!", m->regs->cs,
			 m->regs->ip, user_mode(m->regs) ? NULL : (void *)m->regs->ip);
	if (m->addr)
		snprintf(addr, sizeof(addr), "ADDR %llx ", m->addr);
	if (m->misc)
		snprintf(misc, sizeof(misc), "MISC %llx ", m->misc);
	pr_emerg(HW_ERR "TSC %llx %s%s\n", m->tsc, addr, misc);
	pr_emerg(HW_ERR "PROCESSOR %u:%x APIC %x\n", boot_cpu_data.x86_vendor, cpuid_eax(1),
		 cpu_physical_id(raw_smp_processor_id()));
}

/* @why: set when it is fatal. */
static enum severity severity_of(const struct mce_record *m, const char **why)
{
	bool recovery = __rdmsr(MSR_MCG_CAP) & MCG_CAP_SER_P;

	if (!(m->status & MC_STATUS_UC))
		return MCE_CORRECTED;
	if (m->status & MC_STATUS_PCC) {
		*why = "Processor context corrupt";
		return MCE_FATAL;
	}
	if (!recovery) {
		*why = "Uncorrected";
		return MCE_FATAL;
	}
	if (!(m->status & MC_STATUS_S))
		return MCE_DEFERRED;
	if (!(m->status & MC_STATUS_AR))
		return MCE_OPTIONAL;
	*why = m->status & MC_STATUS_OVER ? "Action required with lost events" :
					    "Action required: data load in kernel";
	return MCE_FATAL;
}

/* Print and clear every bank. @why: of the gravest error. Return: how grave that is. */
static enum severity read_banks(u64 mcgstatus, struct pt_regs *regs, const char **why)
{
	unsigned int banks = mce_banks(), i;
	enum severity worst = MCE_NONE, this;
	struct mce_record m;

	for (i = 0; i < banks; i++) {
		if (!mce_read_bank(i, &m))
			continue;
		m.mcgstatus = mcgstatus;
		m.regs = regs;
		mce_print(&m);
		this = severity_of(&m, why);
		worst = max(worst, this);
		mce_clear_bank(i);
	}
	return worst;
}

/**
 * do_machine_check - #MC
 * @regs: the frame
 * @error_code: none
 *
 * Context: its own stack, anywhere in the kernel, NMI too.
 */
void do_machine_check(struct pt_regs *regs, long error_code)
{
	u64 mcgstatus = mce_banks() ? __rdmsr(MSR_MCG_STATUS) : 0;
	const char *why = NULL;
	enum severity worst;

	nmi_enter();
	inc_irq_stat(mce_exception_count);
	if (!(mcgstatus & MCG_STATUS_MCIP)) {
		/* INT 18, or a processor that has no banks to tell more. */
		pr_emerg("mce: CPU %d: machine check, but none is in progress\n",
			 raw_smp_processor_id());
	} else {
		worst = read_banks(mcgstatus, regs, &why);
		if (!(mcgstatus & MCG_STATUS_RIPV)) {
			worst = MCE_FATAL;
			why = why ?: "In kernel and no restart IP";
		}
		add_taint(TAINT_MACHINE_CHECK, LOCKDEP_NOW_UNRELIABLE);
		if (worst == MCE_FATAL) {
			pr_emerg(HW_ERR "Machine check: %s\n", why);
			show_regs(regs);
			panic("Fatal local machine check");
		}
		wrmsrl(MSR_MCG_STATUS, 0);
	}
	nmi_exit();
}
