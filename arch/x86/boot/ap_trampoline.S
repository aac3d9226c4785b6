/* SPDX-License-Identifier: MIT */
/*
 * Where a CPU wakes up after INIT-SIPI: real mode, at the start of a page below 1 MiB.
 *
 * smp_reserve_trampoline() copies this there and fills in the addresses that depend on the
 * page. From real mode straight to long mode: with EFER.LME set, setting CR0.PE and CR0.PG
 * together is enough. Intel SDM Vol. 3, "Multiple-Processor Initialization", "Initializing IA-32e Mode".
 */
#include <asm/msr-index.h>
#include <asm/page.h>
#include <asm/processor-flags.h>
#include <asm/segment.h>

#define REL(sym)	((sym) - ap_trampoline)

	.section .rodata, "a"
	.balign 16
	.globl ap_trampoline, ap_trampoline_end
	.globl ap_trampoline_gdt_base, ap_trampoline_cr3, ap_trampoline_efer, ap_trampoline_jump
	.code16
ap_trampoline:
	cli
	cld
	movw	%cs, %ax
	movw	%ax, %ds
	lgdtl	REL(gdt_pointer)
	movl	$X86_CR4_PAE, %eax
	movl	%eax, %cr4
	movl	REL(ap_trampoline_cr3), %eax
	movl	%eax, %cr3
	movl	$MSR_EFER, %ecx
	rdmsr
	orl	REL(ap_trampoline_efer), %eax
	wrmsr
	movl	$(X86_CR0_PE | X86_CR0_MP | X86_CR0_ET | X86_CR0_NE | X86_CR0_WP | X86_CR0_PG), %eax
	movl	%eax, %cr0
	ljmpl	*REL(ap_trampoline_jump)

	.code64
	.globl ap_trampoline_64
ap_trampoline_64:
	movq	$secondary_startup_64, %rax
	jmp	*%rax

	.balign 8
gdt:
	.quad	0
	.quad	0x00cf9b000000ffff		/* __KERNEL32_CS */
	.quad	0x00af9b000000ffff		/* __KERNEL_CS */
	.quad	0x00cf93000000ffff		/* __KERNEL_DS */
gdt_end:
gdt_pointer:
	.short	gdt_end - gdt - 1
ap_trampoline_gdt_base:
	.long	REL(gdt)			/* + physical address of the page */
	.balign 4
ap_trampoline_jump:
	.long	REL(ap_trampoline_64)		/* + physical address of the page */
	.short	__KERNEL_CS
	.balign 4
ap_trampoline_cr3:
	.long	0
ap_trampoline_efer:
	.long	0
ap_trampoline_end:
	.section .note.GNU-stack, "", @progbits
