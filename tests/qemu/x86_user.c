/* SPDX-License-Identifier: MIT */
/*
 * Privilege changes: a page that user mode may touch, a few instructions in it, and a kernel
 * thread that goes there and never returns. What comes back is an exception; the thread
 * then ends as a program would.
 */
#include <linux/arch.h>
#include <linux/gfp.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kdebug.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <asm/apic.h>
#include <asm/msr.h>
#include <asm/nmi.h>
#include <asm/pgtable.h>
#include <asm/processor-flags.h>
#include <asm/ptrace.h>
#include <asm/segment.h>
#include <asm/traps.h>
#include "test.h"

#define USER_PAGE	0x400000UL
#define USER_FLAG	(PAGE_SIZE - 64)	/* a word that user code waits for */
#define USER_STACK	(PAGE_SIZE - 128)

#define USER_ENTRY	(_PAGE_PRESENT | _PAGE_RW | _PAGE_USER | _PAGE_ACCESSED | _PAGE_DIRTY)

static void *user_page;		/* as the kernel sees it */
static pte_t *tables[3];	/* what leads there, below the top level */

static void unmap_user_page(void)
{
	int i;

	kernel_pgd[pt_index(USER_PAGE, PGDIR_SHIFT)] = 0;
	arch_flush_kernel_range(USER_PAGE, USER_PAGE + PAGE_SIZE);
	for (i = 0; i < 3; i++)
		free_page((unsigned long)tables[i]);
	free_page((unsigned long)user_page);
}

static bool map_user_page(void)
{
	static const int shifts[] = { PUD_SHIFT, PMD_SHIFT, PAGE_SHIFT };
	pte_t *entry = &kernel_pgd[pt_index(USER_PAGE, PGDIR_SHIFT)];
	int i;

	user_page = (void *)get_zeroed_page(GFP_KERNEL);
	for (i = 0; i < 3; i++)
		tables[i] = (pte_t *)get_zeroed_page(GFP_KERNEL);
	if (!user_page || !tables[0] || !tables[1] || !tables[2])
		return false;
	for (i = 0; i < 3; i++) {
		*entry = __pa(tables[i]) | USER_ENTRY;
		entry = &tables[i][pt_index(USER_PAGE, shifts[i])];
	}
	*entry = __pa(user_page) | USER_ENTRY;
	return true;
}

/* -- What the program's exception looked like ------------------------------------------------ */

static struct {
	int		count, vector;
	long		error_code;
	struct pt_regs	regs;
	struct pt_regs	*frame;
	void		*stack_top;
	unsigned long	cr2;
	int		kernel_cpu;	/* found by our GS */
} seen;

static struct task_struct *program;

static int note_exception(struct notifier_block *nb, unsigned long event, void *data)
{
	struct die_args *args = data;

	if (current != program || !user_mode(args->regs))
		return NOTIFY_DONE;
	seen.count++;
	seen.vector = args->trapnr;
	seen.error_code = args->err;
	seen.regs = *args->regs;
	seen.frame = args->regs;
	seen.stack_top = (char *)current->stack + THREAD_SIZE;
	seen.cr2 = read_cr2();
	seen.kernel_cpu = raw_smp_processor_id();
	return NOTIFY_DONE;		/* nobody wants it: the program ends */
}

static struct notifier_block note_nb = { .notifier_call = note_exception, .priority = 50 };

static int go_to_user(void *unused)
{
	local_irq_disable();
	__asm__ __volatile__("swapgs; pushq %0; pushq %1; pushq %2; pushq %3; pushq %4; iretq"
			     : : "i" (__USER_DS), "r" (USER_PAGE + USER_STACK),
			       "i" (X86_EFLAGS_IF | X86_EFLAGS_FIXED), "i" (__USER_CS),
			       "r" (USER_PAGE) : "memory");
	unreachable();
}

static bool start_program(const void *code, size_t len, unsigned int cpu)
{
	memset(&seen, 0, sizeof(seen));
	seen.vector = -1;
	memcpy(user_page, code, len);
	program = kthread_create(go_to_user, NULL, "program");
	if (IS_ERR(program))
		return false;
	get_task_struct(program);
	kthread_bind(program, cpu);
	register_die_notifier(&note_nb);
	wake_up_process(program);
	return true;
}

static void end_program(void)
{
	wait_until(READ_ONCE(program->__state) == TASK_DEAD && !READ_ONCE(program->on_cpu));
	unregister_die_notifier(&note_nb);
	put_task_struct(program);
	program = NULL;
}

static bool run_program(const void *code, size_t len)
{
	if (!start_program(code, len, 0))
		return false;
	end_program();
	return true;
}

#define ANY_CODE	(-2L)

/* A short program, what must come of it, and at which of its bytes. */
static void expect_exception(const char *code, size_t len, int vector, long error_code, size_t at)
{
	if (!expect(run_program(code, len)))
		return;
	expect_eq(seen.count, 1);
	expect_eq(seen.vector, vector);
	if (error_code != ANY_CODE)
		expect_eq(seen.error_code, error_code);
	expect_eq(seen.regs.ip, USER_PAGE + at);
}

#define PROGRAM(code, vector, error_code, at) \
	expect_exception(code, sizeof(code) - 1, vector, error_code, at)

TEST(user, frame, "B5 B3", "an exception in user mode takes the stack from the TSS and saves SS:RSP")
{
	require(map_user_page());
	PROGRAM("\xcc", X86_TRAP_BP, 0, 1);			/* int3 */
	expect_eq(seen.regs.cs, __USER_CS);
	expect_eq(seen.regs.ss, __USER_DS);
	expect_eq(seen.regs.sp, USER_PAGE + USER_STACK);
	expect_eq(seen.regs.flags & X86_EFLAGS_IF, X86_EFLAGS_IF);
	expect_eq(seen.regs.orig_ax, -1);
	expect_eq((unsigned long)(seen.frame + 1), (unsigned long)seen.stack_top);
	expect_eq(seen.kernel_cpu, 0);
	unmap_user_page();
}

TEST(user, gates, "B1 B3", "user code may raise INT 3 and INTO's vector; INT n to any other gate is a #GP that names it")
{
	char code[] = "\xcd\x00";	/* int $n */
	int n;

	require(map_user_page());
	for (n = 0; n < 256; n += n < 34 ? 1 : 31) {
		code[1] = (char)n;
		if (n < 32 && exception_info(n)->dpl == 3) {
			PROGRAM(code, n, 0, 2);
			continue;
		}
		PROGRAM(code, X86_TRAP_GP, ANY_CODE, 0);
		/*
		 * SDM Vol. 3, "Error Code": the vector from bit 3 on, bit 1 for the IDT. QEMU's
		 * software emulation has it one bit further up in 64-bit mode.
		 */
		expect(seen.error_code == n * 8 + 2 || seen.error_code == n * 16 + 2);
	}
	unmap_user_page();
}

TEST(user, faults, "B2 B3", "user code that touches the kernel, or that is privileged, faults")
{
	require(map_user_page());
	/* movl 0xffffffff80200000, %eax (sign-extended): there, but not for user mode */
	PROGRAM("\x8b\x04\x25\x00\x00\x20\x80", X86_TRAP_PF, X86_PF_USER | X86_PF_PROT, 0);
	expect_eq(seen.cr2, 0xffffffff80200000UL);
	PROGRAM("\xfa", X86_TRAP_GP, 0, 0);			/* cli */
	PROGRAM("\xf4", X86_TRAP_GP, 0, 0);			/* hlt */
	PROGRAM("\x0f\x0b", X86_TRAP_UD, 0, 0);		/* ud2 */
	PROGRAM("\x31\xc9\xf7\xf1", X86_TRAP_DE, 0, 2);	/* xorl %ecx, %ecx; divl %ecx */
	unmap_user_page();
}

static unsigned long kernel_flags;

static int note_flags(struct notifier_block *nb, unsigned long event, void *data)
{
	if (current == program)
		__asm__ __volatile__("pushfq; popq %0" : "=r" (kernel_flags));
	return NOTIFY_DONE;
}

static struct notifier_block flags_nb = { .notifier_call = note_flags, .priority = 60 };

TEST(user, flags, "B5 B2", "no flag that user mode may set holds in the kernel")
{
	require(map_user_page());
	register_die_notifier(&flags_nb);
	/* pushq $0x44402; popfq; int3: AC, NT, DF */
	PROGRAM("\x68\x02\x44\x04\x00\x9d\xcc", X86_TRAP_BP, 0, 7);
	unregister_die_notifier(&flags_nb);
	expect(seen.regs.flags & X86_EFLAGS_AC);
	expect(!(kernel_flags & (X86_EFLAGS_AC | X86_EFLAGS_NT | X86_EFLAGS_DF)));
	expect(!(read_cr4() & X86_CR4_FSGSBASE));
	unmap_user_page();
}

/* -- Interrupts of user mode -------------------------------------------------------------------- */

/* movl $1, USER_FLAG + 4(%rip); 1: pause; cmpl $0, USER_FLAG(%rip); je 1b; int3 */
static const u8 wait_for_flag[] = {
	0xc7, 0x05, (USER_FLAG - 6) & 0xff, (USER_FLAG - 6) >> 8, 0, 0, 1, 0, 0, 0,
	0xf3, 0x90,
	0x83, 0x3d, (USER_FLAG - 19) & 0xff, (USER_FLAG - 19) >> 8, 0, 0, 0,
	0x74, 0xf5,
	0xcc,
};

static u32 *user_flag(void)
{
	return user_page + USER_FLAG;
}

static struct task_struct *urgent;
static struct pt_regs from_user;
static volatile bool handler_ran, urgent_ran;

static bool save_user_frame(void)
{
	struct pt_regs *regs = (struct pt_regs *)((char *)current->stack + THREAD_SIZE) - 1;

	if (current != program)
		return false;
	from_user = *regs;
	return true;
}

/* Another task may have the CPU just now: then the next one is it. */
static void wake_urgent(struct irq_work *work)
{
	if (handler_ran || !save_user_frame())
		return;
	handler_ran = true;
	wake_up_process(urgent);
}

/* Only if the return to user mode lets this one run first does the program ever end. */
static int urgent_thread(void *unused)
{
	urgent_ran = true;
	WRITE_ONCE(*user_flag(), 1);
	return 0;
}

/* The program says itself that it is in user mode. */
static bool in_user_loop(void)
{
	return READ_ONCE(user_flag()[1]) == 1;
}

TEST(user, interrupt, "B5 B6", "an interrupt of user mode comes on the interrupt stack, and a task that it woke runs before user mode goes on")
{
	DEFINE_IRQ_WORK(work, wake_urgent);

	need(num_online_cpus() > 1, "one CPU only");
	require(map_user_page());
	handler_ran = urgent_ran = false;
	memset(&from_user, 0, sizeof(from_user));
	urgent = kthread_create(urgent_thread, NULL, "urgent");
	require(!IS_ERR(urgent));
	kthread_bind(urgent, 1);
	sched_set_fifo(urgent);
	require(start_program(wait_for_flag, sizeof(wait_for_flag), 1));
	wait_until(in_user_loop());
	wait_until(({ irq_work_queue_on(&work, 1); handler_ran; }));
	wait_until(urgent_ran);
	irq_work_sync(&work);
	end_program();
	expect_eq(seen.vector, X86_TRAP_BP);
	expect_eq(seen.kernel_cpu, 1);
	expect_eq(from_user.cs, __USER_CS);
	expect_eq(from_user.sp, USER_PAGE + USER_STACK);
	unmap_user_page();
}

static volatile bool nmi_was_user;

static int nmi_from_user(unsigned int type, struct pt_regs *regs)
{
	if (raw_smp_processor_id() != 1)
		return NMI_DONE;
	nmi_was_user = user_mode(regs) && current == program;
	return NMI_HANDLED;
}

TEST(user, nmi, "A7 B5", "an NMI of user mode finds this CPU's data and returns to user mode")
{
	need(num_online_cpus() > 1 && apic, "one CPU, or no local APIC");
	require(map_user_page());
	require(!register_nmi_handler(NMI_LOCAL, nmi_from_user, NMI_FLAG_FIRST, "test_user"));
	nmi_was_user = false;
	require(start_program(wait_for_flag, sizeof(wait_for_flag), 1));
	wait_until(in_user_loop());
	/* It may still be on its way there: ask until one has come in user mode. */
	wait_until(({ arch_send_ipi_cpu(1, IPI_NMI_BACKTRACE); nmi_was_user; }));
	WRITE_ONCE(*user_flag(), 1);
	end_program();
	unregister_nmi_handler(NMI_LOCAL, "test_user");
	expect_eq(seen.vector, X86_TRAP_BP);
	unmap_user_page();
}
