/* SPDX-License-Identifier: MIT */
/* NMIs: delivered with interrupts off, in entry code's worst moment, and never nested. */
#include <linux/arch.h>
#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kdebug.h>
#include <linux/kthread.h>
#include <linux/nmi.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/uaccess.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/desc.h>
#include <asm/hw_irq.h>
#include <asm/msr.h>
#include <asm/nmi.h>
#include <asm/ptrace.h>
#include "test.h"

/* What the handler of the test in progress saw. Written in the NMI, read by its CPU after. */
static struct {
	int		calls, depth, deepest;
	int		calls_seen_inside;	/* second NMIs that came before the first was over */
	bool		on_ist, in_nmi_context, irqs_off, ours;
	unsigned long	regs_ip, sp;
	int		cpu;
} seen;

static void look_around(struct pt_regs *regs)
{
	seen.on_ist = (unsigned long)(regs + 1) == this_cpu_ptr(&cpu_tss)->ist[IST_NMI - 1];
	seen.in_nmi_context = in_nmi();
	seen.irqs_off = irqs_disabled();
	seen.cpu = raw_smp_processor_id();
	seen.regs_ip = regs->ip;
	seen.sp = regs->sp;
}

static int simple_handler(unsigned int type, struct pt_regs *regs)
{
	seen.calls++;
	look_around(regs);
	return NMI_HANDLED;
}

static void nmi_self(void)
{
	arch_send_ipi_cpu(raw_smp_processor_id(), IPI_NMI_BACKTRACE);
}

/* An NMI to oneself has come when the next few instructions are done; TCG takes it at a jump. */
#define wait_for_nmi(n)							\
({	int __i;							\
	for (__i = 0; __i < 1000000 && READ_ONCE(seen.calls) < (n); __i++) \
		cpu_relax();						\
	expect_eq(seen.calls, n); })

TEST(nmi, masked, "A7", "an NMI comes with interrupts off, on its own stack")
{
	unsigned long flags;

	need(apic, "no local APIC");
	memset(&seen, 0, sizeof(seen));
	require(!register_nmi_handler(NMI_LOCAL, simple_handler, NMI_FLAG_FIRST, "test_simple"));
	local_irq_save(flags);
	nmi_self();
	wait_for_nmi(1);
	local_irq_restore(flags);
	unregister_nmi_handler(NMI_LOCAL, "test_simple");
	expect(seen.on_ist);
	expect(seen.in_nmi_context);
	expect(seen.irqs_off);
	expect(!in_nmi());
}

/*
 * Sends itself a second NMI, then does all that returns by IRET where that is not avoided: a page
 * fault, a breakpoint, a debug trap. The second must still be pending at the end.
 */
static int nesting_handler(unsigned int type, struct pt_regs *regs)
{
	unsigned long word;
	int i;

	seen.calls++;
	if (++seen.depth > seen.deepest)
		seen.deepest = seen.depth;
	if (seen.calls == 1) {
		look_around(regs);
		nmi_self();
		get_kernel_nofault(word, (unsigned long *)8);
		__asm__ __volatile__("int3");
		__asm__ __volatile__("int $1");
		__asm__ __volatile__("int $18");
		for (i = 0; i < 1000; i++)
			cpu_relax();
		seen.calls_seen_inside = seen.calls - 1;
	}
	seen.depth--;
	return NMI_HANDLED;
}

static int swallow_breakpoints(struct notifier_block *nb, unsigned long event, void *data)
{
	return (event == DIE_INT3 || event == DIE_DEBUG) && in_nmi() ? NOTIFY_STOP : NOTIFY_DONE;
}

static struct notifier_block breakpoints_nb = { .notifier_call = swallow_breakpoints };

TEST(nmi, nested, "A7", "exceptions inside an NMI do not let the next NMI in before it is over")
{
	unsigned long flags;

	need(apic, "no local APIC");
	memset(&seen, 0, sizeof(seen));
	register_die_notifier(&breakpoints_nb);
	require(!register_nmi_handler(NMI_LOCAL, nesting_handler, NMI_FLAG_FIRST, "test_nesting"));
	local_irq_save(flags);
	nmi_self();
	wait_for_nmi(2);
	local_irq_restore(flags);
	unregister_nmi_handler(NMI_LOCAL, "test_nesting");
	unregister_die_notifier(&breakpoints_nb);
	expect_eq(seen.calls_seen_inside, 0);
	expect_eq(seen.deepest, 1);
	expect(seen.on_ist);
}

/*
 * As between the gate and SWAPGS on entry from user mode: CS is the kernel's, GS the user's. INT
 * takes the vector's gate and stack at exactly that place.
 */
#define WITH_USER_GS(insn)						\
	__asm__ __volatile__("swapgs; " insn "; swapgs" : : : "memory")

TEST(nmi, user_gs, "A7 B2", "NMI, #DB and #MC find this CPU's data although GS is the user's")
{
	unsigned long flags;
	int cpu;

	memset(&seen, 0, sizeof(seen));
	seen.cpu = -1;
	require(!register_nmi_handler(NMI_LOCAL, simple_handler, NMI_FLAG_FIRST, "test_simple"));
	register_die_notifier(&breakpoints_nb);
	local_irq_save(flags);
	cpu = raw_smp_processor_id();
	wrmsrl(MSR_KERNEL_GS_BASE, 0x7fff12345000UL);
	WITH_USER_GS("int $2");
	WITH_USER_GS("int $18");
	expect_eq(__rdmsr(MSR_KERNEL_GS_BASE), 0x7fff12345000UL);
	wrmsrl(MSR_KERNEL_GS_BASE, 0);
	expect_eq(raw_smp_processor_id(), cpu);
	local_irq_restore(flags);
	unregister_die_notifier(&breakpoints_nb);
	unregister_nmi_handler(NMI_LOCAL, "test_simple");
	expect_eq(seen.calls, 1);
	expect_eq(seen.cpu, cpu);
}

TEST(nmi, chain, "A7", "a handler that says NMI_DONE leaves the NMI to the others")
{
	static struct nmiaction none = { .name = "none" };

	expect_eq(__register_nmi_handler(NMI_LOCAL, &none), -EINVAL);
	none.handler = simple_handler;
	expect_eq(__register_nmi_handler(NMI_MAX, &none), -EINVAL);
}

static int unknown_seen(unsigned int type, struct pt_regs *regs)
{
	seen.calls++;
	return NMI_HANDLED;
}

TEST(nmi, unknown, "A7", "an NMI that nobody wanted is asked of the handlers of unknown ones")
{
	memset(&seen, 0, sizeof(seen));
	require(!register_nmi_handler(NMI_UNKNOWN, unknown_seen, 0, "test_unknown"));
	__asm__ __volatile__("int $2" : : : "memory");
	unregister_nmi_handler(NMI_UNKNOWN, "test_unknown");
	expect_eq(seen.calls, 1);
	__asm__ __volatile__("int $2" : : : "memory");	/* reported, and survived */
	expect_eq(seen.calls, 1);
}

TEST(nmi, backtrace, "A7", "every CPU answers a request for a back-trace")
{
	unsigned int before[NR_CPUS], cpu, me;

	need(apic, "no local APIC");
	for_each_online_cpu(cpu)
		before[cpu] = per_cpu(irq_stat, cpu).__nmi_count;
	me = get_cpu();
	trigger_all_cpu_backtrace();
	put_cpu();
	for_each_online_cpu(cpu)
		if (cpu != me)
			expect_eq(per_cpu(irq_stat, cpu).__nmi_count, before[cpu] + 1);
}

/* ---- In every context --------------------------------------------------------------------------- */

/*
 * A CPU goes through exceptions, interrupts, softirqs and copies that fault, over and over, while
 * another sends it one NMI after the other: they hit its entry code at every instruction sooner
 * or later. The handler takes page faults and breakpoints itself. Nothing may come out wrong.
 */
#define STORM_NMIS	300		/* enough, if they come so fast */
#define STORM_TICKS	(HZ / 4)	/* else, for so long */

static atomic_t storm_nmis, storm_breakpoints, storm_works, storm_wrong;
static int storm_rounds;
static bool storm_over;

static int storm_handler(unsigned int type, struct pt_regs *regs)
{
	unsigned long word;

	/* Also in the NMI: exceptions that return without IRET. */
	if (get_kernel_nofault(word, (unsigned long *)8) != -EFAULT)
		atomic_inc(&storm_wrong);
	__asm__ __volatile__("int3");
	atomic_inc(&storm_nmis);
	return NMI_HANDLED;
}

static int storm_breakpoint(struct notifier_block *nb, unsigned long event, void *data)
{
	if (event != DIE_INT3)
		return NOTIFY_DONE;
	if (!in_nmi())
		atomic_inc(&storm_breakpoints);
	return NOTIFY_STOP;
}

static void storm_work_fn(struct irq_work *work)
{
	atomic_inc(&storm_works);
}

/* All registers but RSP hold what they are filled with, across @insn. Return: how many did not. */
#define REGISTERS_LOST(insn)							\
({	unsigned long __lost;							\
	__asm__ __volatile__(							\
		"pushq %%rbp; movq $0x5a5a0001, %%rax; movq $0x5a5a0002, %%rbx\n"	\
		"movq $0x5a5a0003, %%rdx; movq $0x5a5a0004, %%rsi; movq $0x5a5a0005, %%rdi\n" \
		"movq $0x5a5a0006, %%rbp; movq $0x5a5a0007, %%r8; movq $0x5a5a0008, %%r9\n" \
		"movq $0x5a5a0009, %%r10; movq $0x5a5a000a, %%r11; movq $0x5a5a000b, %%r12\n" \
		"movq $0x5a5a000c, %%r13; movq $0x5a5a000d, %%r14; movq $0x5a5a000e, %%r15\n" \
		insn "\n"							\
		"xorl %%ecx, %%ecx\n"						\
		"subq $0x5a5a0001, %%rax; orq %%rax, %%rcx; subq $0x5a5a0002, %%rbx; orq %%rbx, %%rcx\n" \
		"subq $0x5a5a0003, %%rdx; orq %%rdx, %%rcx; subq $0x5a5a0004, %%rsi; orq %%rsi, %%rcx\n" \
		"subq $0x5a5a0005, %%rdi; orq %%rdi, %%rcx; subq $0x5a5a0006, %%rbp; orq %%rbp, %%rcx\n" \
		"subq $0x5a5a0007, %%r8; orq %%r8, %%rcx; subq $0x5a5a0008, %%r9; orq %%r9, %%rcx\n" \
		"subq $0x5a5a0009, %%r10; orq %%r10, %%rcx; subq $0x5a5a000a, %%r11; orq %%r11, %%rcx\n" \
		"subq $0x5a5a000b, %%r12; orq %%r12, %%rcx; subq $0x5a5a000c, %%r13; orq %%r13, %%rcx\n" \
		"subq $0x5a5a000d, %%r14; orq %%r14, %%rcx; subq $0x5a5a000e, %%r15; orq %%r15, %%rcx\n" \
		"popq %%rbp"							\
		: "=c" (__lost) : : "rax", "rbx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", \
		  "r12", "r13", "r14", "r15", "cc", "memory");			\
	__lost; })

static int storm_target(void *unused)
{
	static struct irq_work work = IRQ_WORK_INIT_HARD(storm_work_fn);
	unsigned long word, end = jiffies + STORM_TICKS;

	storm_rounds = 0;
	while (atomic_read(&storm_nmis) < STORM_NMIS && time_before(jiffies, end)) {
		storm_rounds++;
		if (REGISTERS_LOST("int3"))
			atomic_inc(&storm_wrong);
		if (REGISTERS_LOST("sti"))
			atomic_inc(&storm_wrong);
		if (get_kernel_nofault(word, (unsigned long *)16) != -EFAULT)
			atomic_inc(&storm_wrong);
		local_bh_disable();
		irq_work_queue(&work);
		local_bh_enable();
		irq_work_sync(&work);
	}
	WRITE_ONCE(storm_over, true);
	return 0;
}

TEST(nmi, storm, "A7 B3 E7", "NMIs in a storm, in page faults, breakpoints, interrupts and their entry code: nothing is lost")
{
	static struct notifier_block nb = { .notifier_call = storm_breakpoint, .priority = 100 };
	unsigned int cpu = nr_cpu_ids - 1;
	struct task_struct *t;
	int sent = 0;

	need(apic, "no local APIC");
	need(num_online_cpus() > 1, "one CPU only");
	atomic_set(&storm_nmis, 0);
	atomic_set(&storm_breakpoints, 0);
	atomic_set(&storm_works, 0);
	atomic_set(&storm_wrong, 0);
	WRITE_ONCE(storm_over, false);
	register_die_notifier(&nb);
	require(!register_nmi_handler(NMI_LOCAL, storm_handler, NMI_FLAG_FIRST, "test_storm"));
	t = kthread_create(storm_target, NULL, "nmi_target");
	require(!IS_ERR(t));
	kthread_bind(t, cpu);
	get_task_struct(t);
	set_cpus_allowed_ptr(current, cpumask_of(0));
	wake_up_process(t);
	while (!READ_ONCE(storm_over)) {
		int before = atomic_read(&storm_nmis);

		/* One at a time, as soon as the last is over: two that are pending are one. */
		arch_send_ipi_cpu(cpu, IPI_NMI_BACKTRACE);
		sent++;
		while (atomic_read(&storm_nmis) == before)
			cpu_relax();
		cond_resched();
	}
	kthread_stop(t);
	put_task_struct(t);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	unregister_nmi_handler(NMI_LOCAL, "test_storm");
	unregister_die_notifier(&nb);
	expect_eq(atomic_read(&storm_wrong), 0);
	expect_eq(atomic_read(&storm_nmis), sent);
	expect_eq(atomic_read(&storm_breakpoints), storm_rounds);
	expect_eq(atomic_read(&storm_works), storm_rounds);
	test_note("%d NMIs in %d rounds", sent, storm_rounds);
}
