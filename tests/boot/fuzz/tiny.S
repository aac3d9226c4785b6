/* SPDX-License-Identifier: MIT */
/* A program with code, constants, data and zeroes, as small as it can be: for images.c to spoil. */
	.globl	_start
	.text
_start:	leaq	data(%rip), %rsi
	movq	(%rsi), %rax
	addq	%rax, zeroes(%rip)
	movl	$39, %eax		/* getpid */
	syscall
	movl	constant(%rip), %eax	/* exit */
	xorl	%edi, %edi
	syscall
	hlt

	.section .rodata
constant: .long	60

	.data
data:	.quad	1
	.bss
	.lcomm	zeroes, 8192
	.section .note.GNU-stack, "", @progbits
