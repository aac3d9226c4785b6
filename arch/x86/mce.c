/* SPDX-License-Identifier: MIT */
/*
 * Machine checks: the hardware has found itself in error. Each error is read out of its bank
 * and printed; when the interrupted program can't go on, the machine stops.
 *
 * Intel SDM Vol. 3, "Machine-Check Architecture".
 */
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>
#include <asm/hw_irq.h>
#include <asm/idtentry.h>
#include <asm/msr.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/traps.h>

#define MSR_MCG_CAP	0x179
#define   MCG_CAP_BANKS		0xff
#define   MCG_CAP_CTL_P		(1ULL << 8)
#define MSR_MCG_STATUS	0x17a
#define   MCG_STATUS_RIPV	(1ULL << 0)	/* the saved IP can be returned to */
#define   MCG_STATUS_MCIP	(1ULL << 2)	/* in progress; a second one shuts the CPU down */
#define MSR_MCG_CTL	0x17b
#define MSR_MC_CTL(n)	(0x400 + 4 * (n))
#define MSR_MC_STATUS(n) (0x401 + 4 * (n))
#define   MC_STATUS_VAL		(1ULL << 63)
#define   MC_STATUS_UC		(1ULL << 61)	/* the hardware could not correct it */
#define   MC_STATUS_ADDRV	(1ULL << 58)
#define   MC_STATUS_PCC		(1ULL << 57)	/* the state of the processor is corrupt */
#define MSR_MC_ADDR(n)	(0x402 + 4 * (n))

#define CPUID_EDX_MCE	(1U << 7)
#define CPUID_EDX_MCA	(1U << 14)

/* CPUID leaf 1: fixed, so it is asked each time. */
static unsigned int nr_banks(void)
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
	unsigned int banks = nr_banks(), i;

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

/* Prints and clears every bank; returns whether one says that nothing can be trusted. */
static bool read_banks(void)
{
	unsigned int banks = nr_banks(), i;
	bool fatal = false;

	for (i = 0; i < banks; i++) {
		u64 status = __rdmsr(MSR_MC_STATUS(i));

		if (!(status & MC_STATUS_VAL))
			continue;
		pr_emerg("mce: [Hardware Error]: CPU %d: Machine Check: Bank %u: %016llx\n",
			 raw_smp_processor_id(), i, status);
		if (status & MC_STATUS_ADDRV)
			pr_emerg("mce: [Hardware Error]: ADDR %llx\n", __rdmsr(MSR_MC_ADDR(i)));
		fatal |= (status & MC_STATUS_UC) && (status & MC_STATUS_PCC);
		wrmsrl(MSR_MC_STATUS(i), 0);
	}
	return fatal;
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
	u64 status = nr_banks() ? __rdmsr(MSR_MCG_STATUS) : 0;
	bool fatal;

	nmi_enter();
	inc_irq_stat(mce_exception_count);
	if (!(status & MCG_STATUS_MCIP)) {
		/* INT 18, or a processor that has no banks to tell more. */
		pr_emerg("mce: CPU %d: machine check, but none is in progress\n",
			 raw_smp_processor_id());
	} else {
		fatal = read_banks() || !(status & MCG_STATUS_RIPV);
		add_taint(TAINT_MACHINE_CHECK, LOCKDEP_NOW_UNRELIABLE);
		if (fatal) {
			show_regs(regs);
			panic("Fatal machine check");
		}
		wrmsrl(MSR_MCG_STATUS, 0);
	}
	nmi_exit();
}
