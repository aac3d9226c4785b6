/* SPDX-License-Identifier: MIT */
/*
 * The floating-point registers in a signal frame. The handler begins with fresh ones; what the
 * frame holds, which the program may have changed, is loaded when it returns.
 *
 * XRSTOR faults where the header has bits for what there is not, or MXCSR has reserved ones: Intel SDM
 * Vol. 1, "Operation of XRSTOR". So both are looked at before they are taken.
 */
#include <linux/align.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/fpu.h>
#include <asm/sigframe.h>

/* What the instructions would insist on. */
#define FXSAVE_ALIGN	16
#define XSAVE_ALIGN	64

#define FP_AND_SSE	(XFEATURE_MASK_FP | XFEATURE_MASK_SSE)

/* Behind the FXSAVE area. */
struct xsave_header {
	u64	xstate_bv;		/* what is not as it is initially */
	u64	xcomp_bv;		/* must be 0, as must the next */
	u64	zero;
	u64	reserved[5];
};
static_assert(sizeof(struct xsave_header) == 64);

/* What of the registers' memory this file looks at. */
struct fpu_memory {
	u8			regs[24];
	u32			mxcsr;
	u8			more_regs[FP_SW_BYTES - 28];
	struct fpx_sw_bytes	sw;
	struct xsave_header	header;
};
static_assert(offsetof(struct fpu_memory, header) == FXSAVE_SIZE);

/* fpu_frame_size - how many bytes the registers take in a frame */
unsigned int fpu_frame_size(void)
{
	return fpu_state_size() + (fpu_xfeatures() ? sizeof(u32) : 0);
}

/* fpu_to_frame - save the registers, and give the handler fresh ones. Return: 0; -EFAULT. */
int fpu_to_frame(void __user *to)
{
	unsigned int size = fpu_state_size();
	struct fpu_memory *state = fpu_state();

	memset(&state->sw, 0, sizeof(state->sw));
	if (fpu_xfeatures()) {
		/* Programs that know nothing of the header change these, and expect it to count. */
		state->header.xstate_bv |= FP_AND_SSE;
		state->sw.magic1 = FP_XSTATE_MAGIC1;
		state->sw.extended_size = fpu_frame_size();
		state->sw.xfeatures = fpu_xfeatures();
		state->sw.xstate_size = size;
		if (put_user(FP_XSTATE_MAGIC2, (u32 __user *)((char __user *)to + size)))
			return -EFAULT;
	}
	if (copy_to_user(to, state, size))
		return -EFAULT;
	return fpu_reset(current);
}

/* Does the frame have what XSAVE saved? How much of it. */
static bool has_xsave_area(const struct fpx_sw_bytes *sw, const void __user *from)
{
	u32 magic2;

	return sw->magic1 == FP_XSTATE_MAGIC1 && sw->xstate_size <= fpu_state_size() &&
	       sw->xstate_size >= FXSAVE_SIZE + sizeof(struct xsave_header) &&
	       sw->xstate_size <= sw->extended_size &&
	       !get_user(magic2, (const u32 __user *)((const char __user *)from + sw->xstate_size)) &&
	       magic2 == FP_XSTATE_MAGIC2;
}

static bool header_is_good(const struct xsave_header *header)
{
	return !(header->xstate_bv & ~fpu_xfeatures()) && !header->xcomp_bv && !header->zero;
}

/* Into the task's memory; what is not there is as it is initially. Return: whether it can be loaded. */
static bool take(struct fpu_memory *state, const void __user *from)
{
	unsigned long at = (unsigned long)from;
	unsigned int size = FXSAVE_SIZE, align = FXSAVE_ALIGN;
	struct fpx_sw_bytes sw;
	bool whole;

	if (copy_from_user(&sw, (const char __user *)from + FP_SW_BYTES, sizeof(sw)))
		return false;
	whole = fpu_xfeatures() && has_xsave_area(&sw, from);
	if (whole) {
		size = sw.xstate_size;
		align = XSAVE_ALIGN;
	}
	if (!IS_ALIGNED(at, align) || copy_from_user(state, from, size))
		return false;
	memset((char *)state + size, 0, fpu_state_size() - size);
	if (whole) {
		if (!header_is_good(&state->header))
			return false;
		state->header.xstate_bv &= sw.xfeatures;
	} else if (fpu_xfeatures()) {
		state->header.xstate_bv = FP_AND_SSE;
	}
	return !(state->mxcsr & ~fpu_mxcsr_mask());
}

/* fpu_from_frame - @from is where the frame says; NULL: fresh registers. Return: 0; -EFAULT. */
int fpu_from_frame(const void __user *from)
{
	if (from && take(fpu_state(), from))
		return 0;
	fpu_reset(current);
	return from ? -EFAULT : 0;
}
