/* SPDX-License-Identifier: MIT */
/* User mode's floating-point and vector registers: arch/x86/fpu.c. */
#ifndef _ASM_X86_FPU_H
#define _ASM_X86_FPU_H

#include <linux/types.h>

struct task_struct;

#define FXSAVE_SIZE		512

/* State components: SDM Vol. 1, "XSAVE-Supported Features and State-Component Bitmaps". */
#define XFEATURE_MASK_FP	(1ULL << 0)
#define XFEATURE_MASK_SSE	(1ULL << 1)
#define XFEATURE_MASK_YMM	(1ULL << 2)
#define XFEATURE_MASK_AVX512	(7ULL << 5)
#define XFEATURES_WANTED	(XFEATURE_MASK_FP | XFEATURE_MASK_SSE | XFEATURE_MASK_YMM | \
				 XFEATURE_MASK_AVX512)

/* Exceptions, as x87's status and control words and MXCSR number them. */
#define FPU_INVALID		0x01
#define FPU_DENORMAL		0x02
#define FPU_ZERO_DIVIDE		0x04
#define FPU_OVERFLOW		0x08
#define FPU_UNDERFLOW		0x10
#define FPU_PRECISION		0x20
#define FPU_EXCEPTIONS		0x3f

/* Fixed at boot: */
extern u64 fpu_xfeatures;		/* the state components that XSAVE saves; 0: there is but FXSAVE */
extern unsigned int fpu_state_size;	/* bytes that it takes */

unsigned int fpu_x87_unmasked(void);
unsigned int fpu_sse_unmasked(void);
void fpu_cpu_init(void);
int fpu_reset(struct task_struct *task);
int fpu_copy(struct task_struct *task);
void fpu_free(struct task_struct *task);
void fpu_switch_away(struct task_struct *prev);
void fpu_load_for_user(void);
bool fpu_save_to_user(void __user *to);
void fpu_load_fresh(void);
int fpu_load_from_user(const void __user *from, u64 features);

#endif
