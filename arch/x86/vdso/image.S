/* SPDX-License-Identifier: MIT */
/* The vDSO as it was linked; map.c copies it once, into the pages that programs see. */

	.section .init.rodata, "a", @progbits
	.balign	16
	.globl	vdso_image, vdso_image_end
vdso_image:
	.incbin	VDSO_IMAGE
vdso_image_end:

	.section .note.GNU-stack, "", @progbits
