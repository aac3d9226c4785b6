/* SPDX-License-Identifier: MIT */
/*
 * From the loader's 32-bit protected mode without paging to long mode in the higher half.
 *
 * In: EBX = physical address of the loader's structure; EAX = MULTIBOOT2_MAGIC, or anything at
 * pvh_start. Flat segments, interrupts off, no stack. The image may lie away from where it was
 * linked, on a 2 MiB boundary, below 4 GiB: every access goes through EBP, the distance.
 *
 * The early tables map, with 2 MiB pages, the first 4 GiB twice (at 0, to survive the switch, and in
 * the direct map) and the image where it was linked. setup_arch() replaces them.
 */
#include <linux/linkage.h>
#include <linux/thread_info.h>
#include <asm/page.h>
#include <asm/pgtable.h>
#include <asm/msr-index.h>
#include <asm/processor-flags.h>
#include <asm/bootproto.h>
#include <asm/segment.h>

/* Linked physical address. */
#define pa(sym)		((sym) - START_KERNEL_map)
#define TABLE_FLAGS	(_PAGE_PRESENT | _PAGE_RW)
#define COM1		0x3f8

	.section .head.text, "ax"
	.code32
	.globl startup_32, pvh_start
	.type pvh_start, @function
	.type startup_32, @function
pvh_start:
	movl	$PVH_MAGIC, %eax
startup_32:
	cli
	cld
	/* The first word of the loader's structure serves as a stack for one call. */
	movl	%eax, %esi
	movl	(%ebx), %edi
	leal	4(%ebx), %esp
	call	1f
1:	popl	%ebp
	movl	%edi, (%ebx)
	subl	$pa(1b), %ebp
	leal	pa(init_stack) + THREAD_SIZE(%ebp), %esp

	movl	%esi, pa(boot_protocol)(%ebp)
	movl	%ebx, pa(boot_protocol_info)(%ebp)
	movl	%ebp, pa(phys_base)(%ebp)

	movl	$0x80000000, %eax
	cpuid
	cmpl	$0x80000001, %eax
	jb	no_long_mode
	movl	$0x80000001, %eax
	cpuid
	btl	$29, %edx
	jnc	no_long_mode

	/* Top level: entry 0 and the direct map share a table, the last entry is the image's. */
	leal	pa(early_direct_pud) + TABLE_FLAGS(%ebp), %eax
	movl	%eax, pa(early_pgd)(%ebp)
	movl	%eax, pa(early_pgd) + 8 * ((PAGE_OFFSET >> PGDIR_SHIFT) & 511)(%ebp)
	leal	pa(early_image_pud) + TABLE_FLAGS(%ebp), %eax
	movl	%eax, pa(early_pgd) + 8 * 511(%ebp)

	/* 4 GiB of 2 MiB pages from physical 0. */
	leal	pa(early_direct_pmd)(%ebp), %edi
	leal	TABLE_FLAGS(%edi), %eax
	xorl	%ecx, %ecx
1:	movl	%eax, pa(early_direct_pud)(%ebp, %ecx, 8)
	addl	$PAGE_SIZE, %eax
	incl	%ecx
	cmpl	$4, %ecx
	jb	1b
	movl	$(TABLE_FLAGS | _PAGE_PSE), %eax
	xorl	%ecx, %ecx
1:	movl	%eax, (%edi, %ecx, 8)
	addl	$PMD_SIZE, %eax
	incl	%ecx
	cmpl	$(4 * 512), %ecx
	jb	1b

	/* The image: START_KERNEL_map is physical EBP. Bits 32 and up stay zero. */
	leal	pa(early_image_pmd) + TABLE_FLAGS(%ebp), %eax
	movl	%eax, pa(early_image_pud) + 8 * 510(%ebp)
	leal	(TABLE_FLAGS | _PAGE_PSE)(%ebp), %eax
	movl	$1, %ecx			/* the first 2 MiB hold no image */
1:	addl	$PMD_SIZE, %eax
	movl	%eax, pa(early_image_pmd)(%ebp, %ecx, 8)
	incl	%ecx
	cmpl	$(KERNEL_IMAGE_SIZE >> PMD_SHIFT), %ecx
	jbe	1b

	movl	%cr4, %eax
	orl	$X86_CR4_PAE, %eax
	movl	%eax, %cr4
	leal	pa(early_pgd)(%ebp), %eax
	movl	%eax, %cr3
	movl	$MSR_EFER, %ecx
	rdmsr
	orl	$EFER_LME, %eax
	wrmsr
	movl	$(X86_CR0_PE | X86_CR0_MP | X86_CR0_ET | X86_CR0_NE | X86_CR0_WP | X86_CR0_PG), %eax
	movl	%eax, %cr0

	/* Compatibility mode now. The descriptor table's address is linked for 0: add where we are. */
	addl	%ebp, pa(boot_gdt_base)(%ebp)
	lgdt	pa(boot_gdt_pointer)(%ebp)
	leal	pa(long_mode)(%ebp), %eax
	pushl	$__KERNEL_CS
	pushl	%eax
	lret

/* Say it on the first serial port, the only device that needs no set-up under QEMU, and stop. */
no_long_mode:
	leal	pa(no_long_mode_text)(%ebp), %esi
1:	lodsb
	testb	%al, %al
	jz	2f
	movb	%al, %ah
	movw	$COM1, %dx
	outb	%al, %dx
	jmp	1b
2:	hlt
	jmp	2b

	.code64
long_mode:
	xorl	%eax, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %ss
	movl	%eax, %fs
	movl	%eax, %gs
	movq	$startup_64, %rax
	jmp	*%rax

no_long_mode_text:
	.asciz	"Tophalf: this CPU has no 64-bit mode\r\n"

	.section .data, "aw"
	.balign 16
	.globl boot_gdt, phys_base, boot_protocol, boot_protocol_info
boot_gdt:
	.quad	0
	.quad	0x00cf9b000000ffff		/* __KERNEL32_CS */
	.quad	0x00af9b000000ffff		/* __KERNEL_CS: 64-bit, ring 0 */
	.quad	0x00cf93000000ffff		/* __KERNEL_DS */
boot_gdt_end:
boot_gdt_pointer:
	.short	boot_gdt_end - boot_gdt - 1
boot_gdt_base:
	.quad	pa(boot_gdt)
	.balign 8
phys_base:
	.quad	0
boot_protocol:
	.long	0
boot_protocol_info:
	.long	0

	.section .bss..page_aligned, "aw", @nobits
	.balign PAGE_SIZE
	.globl early_pgd
early_pgd:		.skip	PAGE_SIZE
early_direct_pud:	.skip	PAGE_SIZE
early_direct_pmd:	.skip	4 * PAGE_SIZE
early_image_pud:	.skip	PAGE_SIZE
early_image_pmd:	.skip	PAGE_SIZE
	.section .note.GNU-stack, "", @progbits
