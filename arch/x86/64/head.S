/* SPDX-License-Identifier: MIT */
/* First code at linked addresses, of the boot CPU and of the others: a stack, then C. */
#include <linux/linkage.h>
#include <linux/thread_info.h>
#include <asm/msr-index.h>
#include <asm/page.h>
#include <asm/segment.h>
#include <asm/smp.h>

	.section .head.text, "ax"
	.code64
/* From the boot trampoline, on the early page tables. Per-CPU base 0: the template. */
SYM_CODE_START(startup_64)
	/* The loader's descriptor table lies in memory that will be reused. */
	lgdt	boot_gdt_high(%rip)
	movq	$init_stack + THREAD_SIZE, %rsp
	movl	$MSR_GS_BASE, %ecx
	xorl	%eax, %eax
	xorl	%edx, %edx
	wrmsr
	xorl	%ebp, %ebp			/* the stack walker stops here */
	pushq	%rbp
	popfq
	call	x86_64_start_kernel
1:	hlt
	jmp	1b
SYM_CODE_END(startup_64)

/*
 * From the other CPUs' trampoline, on its page tables, without a stack.
 *
 * Only the CPU that smp_start names in ap_start_apicid may go on: one that answers long
 * after it was given up must not take the place of the next. AP_CLAIMED while it reads
 * what was left for it, then BAD_APICID: smpboot.c may set up the next one.
 */
SYM_CODE_START(secondary_startup_64)
	xorl	%eax, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	movl	%eax, %fs
	movl	%eax, %gs
	lgdt	boot_gdt_high(%rip)

	/* Own APIC id: 32 bits from leaf 0xb where that says something, else 8 from leaf 1. */
	xorl	%eax, %eax
	cpuid
	cmpl	$0xb, %eax
	jb	1f
	movl	$0xb, %eax
	xorl	%ecx, %ecx
	cpuid
	testl	%ebx, %ebx
	jz	1f
	movl	%edx, %eax
	jmp	2f
1:	movl	$1, %eax
	cpuid
	movl	%ebx, %eax
	shrl	$24, %eax

2:	movl	$AP_CLAIMED, %ecx
	lock cmpxchgl %ecx, ap_start_apicid(%rip)
	jne	3f
	movq	ap_start_stack(%rip), %rsp
	movl	ap_start_cpu(%rip), %edi
	movl	$BAD_APICID, ap_start_apicid(%rip)

	xorl	%ebp, %ebp
	pushq	%rbp
	popfq
	call	start_secondary
3:	cli
	hlt
	jmp	3b
SYM_CODE_END(secondary_startup_64)

	.section .rodata, "a"
boot_gdt_high:
	.short	4 * 8 - 1
	.quad	boot_gdt
	.section .note.GNU-stack, "", @progbits
