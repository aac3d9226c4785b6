/* SPDX-License-Identifier: MIT */
/* Every exception raised on purpose, from kernel mode: vector, frame, stack, gate. */
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/debugreg.h>
#include <asm/desc.h>
#include <asm/idtentry.h>
#include <asm/processor-flags.h>
#include <asm/segment.h>
#include "test.h"
#include "x86_fault.h"

#define NON_CANONICAL	0x8000000000000000UL
#define TEST_SELECTOR	0x38		/* GDT slot 7: unused but here */

enum kind { FAULT, TRAP_AFTER };	/* saved IP: at the instruction, after it */

/* What every frame from kernel mode looks like. */
static void check_frame(int vector, enum kind kind, long error_code)
{
	const struct exception_info *info = exception_info(vector);
	unsigned long frame_end = (unsigned long)(caught.frame + 1);

	if (!expect_eq(caught.count, 1) || !expect_eq(caught.vector, vector))
		return;
	expect_eq(caught.error_code, info->error_code ? error_code : 0);
	expect_eq(caught.regs.ip, kind == FAULT ? fault_ip : after_ip);
	expect_eq(caught.regs.cs, __KERNEL_CS);
	expect_eq(caught.regs.sp, sp_before);
	expect_eq(caught.regs.orig_ax, error_code);
	/* SDM, "64-Bit Mode Stack Frame": SS:RSP always, pushed at a 16-byte boundary. */
	if (info->ist)
		expect_eq(frame_end, per_cpu(cpu_tss, raw_smp_processor_id()).ist[info->ist - 1]);
	else
		expect_eq(frame_end, sp_before & ~15UL);
	expect_eq(caught.irqs_on, info->keeps_irqs && !regs_irqs_disabled(&caught.regs));
}

#define RAISE_AND_CHECK(vector, kind, error_code, insn, ...)		\
do {									\
	RAISE(insn, ##__VA_ARGS__);					\
	check_frame(vector, kind, error_code);				\
} while (0)

TEST(exception, divide, "B2 B3", "#DE is a fault: the saved IP is at the division")
{
	catch_begin();
	RAISE_AND_CHECK(X86_TRAP_DE, FAULT, -1, "divl %0", "r" (0));
	catch_end();
}

TEST(exception, debug, "B2 B3", "single step and INT 1 are traps, on a stack of their own")
{
	catch_begin();
	preempt_disable();
	/* POPF itself is not stepped; NOP is the first instruction that is. */
	RAISE_PREPARED("pushfq; orl $0x100, (%%rsp); popfq", "nop");
	check_frame(X86_TRAP_DB, TRAP_AFTER, -1);
	expect(caught.dr6 & DR_STEP);
	RAISE_AND_CHECK(X86_TRAP_DB, TRAP_AFTER, -1, "int $1");
	preempt_enable();
	catch_end();
}

static void resume_flag(struct pt_regs *regs)
{
	regs->flags |= X86_EFLAGS_RF;
}

TEST(exception, breakpoint, "B2 B3", "an instruction breakpoint is a fault: it runs on when RF is set")
{
	catch_begin();
	catch_mend = resume_flag;
	preempt_disable();
	RAISE_PREPARED("movq fault_ip(%%rip), %%rax; movq %%rax, %%dr0; movq %0, %%dr7", "nop",
		       "r" (DR7_DISABLED | DR7_G0));
	set_dr7(DR7_DISABLED);
	check_frame(X86_TRAP_DB, FAULT, -1);
	expect(caught.dr6 & 1);
	preempt_enable();
	catch_mend = NULL;
	catch_end();
}

TEST(exception, int3, "B2 B3", "#BP is a trap: the saved IP is behind INT3")
{
	catch_begin();
	RAISE_AND_CHECK(X86_TRAP_BP, TRAP_AFTER, -1, "int3");
	catch_end();
}

TEST(exception, programmed, "B2 B3", "INT n reaches the handler of each vector without an error code")
{
	catch_begin();
#define RAISE_INT(n)	RAISE_AND_CHECK(n, TRAP_AFTER, -1, "int $" #n)
	RAISE_INT(4);
	RAISE_INT(5);
	RAISE_INT(9);
	RAISE_INT(15);
	RAISE_INT(16);
	RAISE_INT(19);
	RAISE_INT(20);
	RAISE_INT(22);
	RAISE_INT(23);
	RAISE_INT(24);
	RAISE_INT(25);
	RAISE_INT(26);
	RAISE_INT(27);
	RAISE_INT(28);
	RAISE_INT(31);
	catch_end();
}

TEST(exception, invalid_opcode, "B2 B3", "#UD is a fault: the saved IP is at the instruction")
{
	catch_begin();
	RAISE_AND_CHECK(X86_TRAP_UD, FAULT, -1, "ud2");
	catch_end();
}

TEST(exception, no_device, "B2 B3", "#NM comes when the FPU is switched off")
{
	unsigned long cr0;

	catch_begin();
	preempt_disable();
	cr0 = read_cr0();
	write_cr0(cr0 | X86_CR0_TS);
	RAISE_AND_CHECK(X86_TRAP_NM, FAULT, -1, "fnop");
	write_cr0(cr0);
	preempt_enable();
	catch_end();
}

TEST(exception, fpu, "B2 B3", "#MF comes at the FPU instruction after the one that failed")
{
	unsigned long cr0;
	u16 unmasked = 0x033b;		/* FCW: division by zero raises */

	catch_begin();
	preempt_disable();
	cr0 = read_cr0();
	write_cr0((cr0 | X86_CR0_NE | X86_CR0_MP) & ~(X86_CR0_EM | X86_CR0_TS));
	__asm__ __volatile__("fninit; fldcw %0; fld1; fldz; fdivrp" : : "m" (unmasked));
	RAISE_AND_CHECK(X86_TRAP_MF, FAULT, -1, "fwait");
	__asm__ __volatile__("fninit");
	write_cr0(cr0);
	preempt_enable();
	catch_end();
}

static u64 *gdt_slot(unsigned int selector)
{
	struct desc_ptr gdtr;

	__asm__ __volatile__("sgdt %0" : "=m" (gdtr));
	return (u64 *)(gdtr.address + selector);
}

TEST(exception, segments, "B2 B3", "#NP and #SS name the selector of a segment that is not present")
{
	catch_begin();
	preempt_disable();
	*gdt_slot(TEST_SELECTOR) = 0x00cf13000000ffffULL;	/* data, DPL 0, P = 0 */
	RAISE_AND_CHECK(X86_TRAP_NP, FAULT, TEST_SELECTOR, "movl %0, %%es", "r" (TEST_SELECTOR));
	RAISE_AND_CHECK(X86_TRAP_SS, FAULT, TEST_SELECTOR, "movl %0, %%ss", "r" (TEST_SELECTOR));
	*gdt_slot(TEST_SELECTOR) = 0;
	RAISE_AND_CHECK(X86_TRAP_GP, FAULT, 0x7f8, "movl %0, %%es", "r" (0x7f8));
	preempt_enable();
	catch_end();
}

TEST(exception, protection, "B2 B3", "#GP comes for an address that is not canonical")
{
	catch_begin();
	RAISE_AND_CHECK(X86_TRAP_GP, FAULT, 0, "movq (%0), %%rdx", "r" (NON_CANONICAL));
	catch_end();
}

TEST(exception, page_fault, "B2 B3", "#PF tells address and kind of access")
{
	static const char text[] = "read only";
	char *page = vmalloc(2 * PAGE_SIZE);
	unsigned long guard;

	require(page);
	guard = (unsigned long)page + 2 * PAGE_SIZE;
	catch_begin();
	RAISE_AND_CHECK(X86_TRAP_PF, FAULT, 0, "movb (%0), %%dl", "r" (guard));
	expect_eq(caught.cr2, guard);
	RAISE_AND_CHECK(X86_TRAP_PF, FAULT, X86_PF_WRITE, "movb $1, (%0)", "r" (guard + 7));
	expect_eq(caught.cr2, guard + 7);
	RAISE_AND_CHECK(X86_TRAP_PF, FAULT, X86_PF_WRITE | X86_PF_PROT, "movb $1, (%0)", "r" (text));
	expect_eq(caught.cr2, text);
	RAISE_AND_CHECK(X86_TRAP_PF, FAULT, 0, "movb (%0), %%dl", "r" (16UL));
	catch_end();
	vfree(page);
}

TEST(exception, execute, "B3", "data can't be executed: #PF with the fetch bit, at the target")
{
	u8 *code = kmalloc(16, GFP_KERNEL);

	require(code);
	code[0] = 0xc3;			/* RET */
	catch_begin();
	RAISE("call *%0; 7: movq sp_before(%%rip), %%rsp", "r" (code));
	expect_eq(caught.vector, X86_TRAP_PF);
	expect_eq(caught.error_code, X86_PF_INSTR | X86_PF_PROT);
	expect_eq(caught.regs.ip, code);
	catch_end();
	kfree(code);
}

/*
 * As the CPU would: SS, RSP, RFLAGS, CS, RIP and an error code on the stack, then through the
 * gate. For the vectors that nothing in kernel mode of this machine raises.
 */
#define DELIVER(vector, error_code)					\
	RAISE_AND_CHECK(vector, TRAP_AFTER, error_code,			\
			"movq %%rsp, %%rax; andq $-16, %%rsp;"		\
			"pushq %0; pushq %%rax; pushfq; pushq %1; pushq after_ip(%%rip);" \
			"pushq %2; jmp *%3",				\
			"i" (__KERNEL_DS), "i" (__KERNEL_CS), "i" (error_code),	\
			"r" (gate_offset(idt_gate(vector))))

TEST(exception, delivered, "B2", "the stubs of #TS, #AC, #CP, #VC and #SX take the error code from the stack")
{
	unsigned long flags;

	catch_begin();
	local_irq_save(flags);		/* an interrupt gate would have cleared IF */
	DELIVER(X86_TRAP_TS, 0x48);
	DELIVER(X86_TRAP_AC, 0);
	DELIVER(X86_TRAP_CP, 3);
	DELIVER(29, 0x72);
	DELIVER(30, 1);
	local_irq_restore(flags);
	catch_end();
}

TEST(exception, machine_check, "B2", "a machine check with none in progress is reported and gone back from")
{
	unsigned long before;

	__asm__ __volatile__("movq %%rsp, %0; int $18" : "=r" (before) : : "memory");
	__asm__ __volatile__("subq %%rsp, %0" : "+r" (before));
	expect_eq(before, 0);
}

static void give_divisor(struct pt_regs *regs)
{
	regs->cx = 5;
}

TEST(exception, restart, "B3", "a fault whose cause is mended runs the instruction again")
{
	unsigned int result, divisor = 0;

	catch_begin();
	caught = (struct caught){ .vector = -1 };
	catch_mend = give_divisor;
	__asm__ __volatile__("divl %%ecx"
			     : "=a" (result), "+c" (divisor) : "0" (100), "d" (0) : "cc", "memory");
	catch_mend = NULL;
	catch_end();
	expect_eq(caught.count, 1);
	expect_eq(result, 20);
}

TEST(exception, gates, "B1 B2", "each gate has the type, DPL and stack that the table states")
{
	struct desc_ptr idtr;
	unsigned int vector;

	__asm__ __volatile__("sidt %0" : "=m" (idtr));
	expect_eq(idtr.size, NR_VECTORS * sizeof(struct gate_desc) - 1);
	for (vector = 0; vector < NR_VECTORS; vector++) {
		const struct gate_desc *g = (struct gate_desc *)idtr.address + vector;
		bool exception = vector < NUM_EXCEPTION_VECTORS;
		int dpl = exception ? exception_info(vector)->dpl : vector == IA32_SYSCALL_VECTOR ? 3 : 0;

		if (gate_present(g) && g->selector == __KERNEL_CS &&
		    gate_type(g) == GATE_INTERRUPT &&
		    gate_dpl(g) == dpl &&
		    g->ist == (exception ? exception_info(vector)->ist : 0))
			continue;
		test_expect(false, __FILE__, __LINE__, "gate %u", vector);
	}
}

/* Records RFLAGS, as the gate left them. */
extern char record_flags[];
static unsigned long recorded_flags __used;
__asm__(".pushsection .text\n"
	"record_flags: pushq %rax; pushfq; popq %rax; movq %rax, recorded_flags(%rip);"
	"popq %rax; iretq\n"
	".popsection");

TEST(exception, gate_kinds, "B1", "interrupt gates clear IF, trap gates keep it, system gates have DPL 3")
{
	const struct gate_desc *g = idt_gate(IA32_SYSCALL_VECTOR);
	struct gate_desc saved = *g;

	preempt_disable();
	set_intr_gate(IA32_SYSCALL_VECTOR, record_flags);
	expect_eq(gate_dpl(g), 0);
	__asm__ __volatile__("int $0x80" : : : "memory");
	expect(!(recorded_flags & X86_EFLAGS_IF));

	set_trap_gate(IA32_SYSCALL_VECTOR, record_flags);
	expect_eq(gate_dpl(g), 0);
	__asm__ __volatile__("int $0x80" : : : "memory");
	expect(recorded_flags & X86_EFLAGS_IF);

	set_system_intr_gate(IA32_SYSCALL_VECTOR, record_flags);
	expect_eq(gate_dpl(g), 3);
	__asm__ __volatile__("int $0x80" : : : "memory");
	expect(!(recorded_flags & X86_EFLAGS_IF));

	set_system_gate(IA32_SYSCALL_VECTOR, record_flags);
	expect_eq(gate_dpl(g), 3);
	__asm__ __volatile__("int $0x80" : : : "memory");
	expect(recorded_flags & X86_EFLAGS_IF);

	set_system_intr_gate(IA32_SYSCALL_VECTOR, (void *)gate_offset(&saved));
	expect(!memcmp(g, &saved, sizeof(saved)));
	preempt_enable();
}

TEST(exception, probing, "B8", "a probing read or write of what is not mapped returns -EFAULT")
{
	char *page = vmalloc(PAGE_SIZE), buf[32] = "unchanged";
	unsigned long word = 1;

	require(page);
	memset(page, 'x', PAGE_SIZE);
	expect_eq(copy_from_kernel_nofault(buf, page, sizeof(buf)), 0);
	expect_eq(buf[31], 'x');
	expect_eq(copy_from_kernel_nofault(buf, page + PAGE_SIZE - 8, 16), -EFAULT);
	expect_eq(copy_from_kernel_nofault(buf, page + PAGE_SIZE, 1), -EFAULT);
	expect_eq(get_kernel_nofault(word, (unsigned long *)(page + PAGE_SIZE)), -EFAULT);
	expect_eq(get_kernel_nofault(word, (unsigned long *)page), 0);
	expect_eq(word, 0x7878787878787878UL);
	expect_eq(copy_to_kernel_nofault(page + PAGE_SIZE, &word, sizeof(word)), -EFAULT);
	expect_eq(copy_from_kernel_nofault(buf, (void *)NON_CANONICAL, 8), -EFAULT);
	vfree(page);
}
