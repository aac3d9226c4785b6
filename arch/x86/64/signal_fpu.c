/* SPDX-License-Identifier: MIT */
/*
 * The floating-point registers in a signal frame. The handler begins with fresh ones; what the
 * frame holds, which the program may have changed, is loaded when it returns.
 *
 * The CPU saves them right into the frame, and loads them from there. It faults where a page is
 * missing, which is then brought in, and where the header has bits for what there is not or MXCSR
 * has reserved ones: Intel SDM Vol. 1, "Operation of XRSTOR".
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/uaccess.h>
#include <asm/fpu.h>
#include <asm/sigframe.h>

#define FP_AND_SSE	(XFEATURE_MASK_FP | XFEATURE_MASK_SSE)

/* Behind the FXSAVE area. */
struct xsave_header {
	u64	xstate_bv;		/* what is not as it is initially */
	u64	xcomp_bv;		/* must be 0, as must the next */
	u64	reserved[6];
};
static_assert(sizeof(struct xsave_header) == 64);

/* What of the registers' memory this file looks at. */
struct fpu_memory {
	u8			regs[FP_SW_BYTES];
	struct fpx_sw_bytes	sw;
	struct xsave_header	header;
};
static_assert(offsetof(struct fpu_memory, header) == FXSAVE_SIZE);

/* What programs are told of it; without XSAVE nothing. */
static struct fpx_sw_bytes sw_bytes __ro_after_init;
unsigned int fpu_frame_size __ro_after_init = FXSAVE_SIZE;

static int __init fpu_frame_init(void)
{
	if (!fpu_xfeatures)
		return 0;
	fpu_frame_size = fpu_state_size + sizeof(u32);
	sw_bytes.magic1 = FP_XSTATE_MAGIC1;
	sw_bytes.extended_size = fpu_frame_size;
	sw_bytes.xfeatures = fpu_xfeatures;
	sw_bytes.xstate_size = fpu_state_size;
	return 0;
}
postcore_initcall(fpu_frame_init);	/* fpu_init() was before */

static __always_inline u32 __user *magic2_at(void __user *frame, unsigned int size)
{
	return (u32 __user *)((char __user *)frame + size);
}

/*
 * What is told of the registers, to be found where they are; and an empty header, of which XSAVE
 * writes one word and keeps what of that it does not save. Return: 0; -EFAULT.
 */
static int begin_memory(struct fpu_memory __user *to)
{
	if (!user_access_begin(to, fpu_frame_size))
		return -EFAULT;
	unsafe_put_user(sw_bytes.magic1, &to->sw.magic1, fault);
	unsafe_put_user(sw_bytes.extended_size, &to->sw.extended_size, fault);
	unsafe_put_user(sw_bytes.xfeatures, &to->sw.xfeatures, fault);
	unsafe_put_user(sw_bytes.xstate_size, &to->sw.xstate_size, fault);
	if (fpu_xfeatures) {
		unsafe_put_user(0, &to->header.xstate_bv, fault);
		unsafe_put_user(0, &to->header.xcomp_bv, fault);
		unsafe_put_user(0, &to->header.reserved[0], fault);
		unsafe_put_user(0, &to->header.reserved[1], fault);
		unsafe_put_user(0, &to->header.reserved[2], fault);
		unsafe_put_user(0, &to->header.reserved[3], fault);
		unsafe_put_user(0, &to->header.reserved[4], fault);
		unsafe_put_user(0, &to->header.reserved[5], fault);
	}
	user_access_end();
	return 0;

fault:
	user_access_end();
	return -EFAULT;
}

/* Programs that know nothing of the header change what FXSAVE saves, and expect it to count. */
static int end_memory(struct fpu_memory __user *to)
{
	u64 xstate_bv;

	if (!user_access_begin(to, fpu_frame_size))
		return -EFAULT;
	unsafe_get_user(xstate_bv, &to->header.xstate_bv, fault);
	unsafe_put_user(xstate_bv | FP_AND_SSE, &to->header.xstate_bv, fault);
	unsafe_put_user(FP_XSTATE_MAGIC2, magic2_at(to, fpu_state_size), fault);
	user_access_end();
	return 0;

fault:
	user_access_end();
	return -EFAULT;
}

/* fpu_to_frame - save the registers, and give the handler fresh ones. Return: 0; -EFAULT. */
int fpu_to_frame(void __user *at)
{
	struct fpu_memory __user *to = at;

	if (begin_memory(to))
		return -EFAULT;
	while (unlikely(!fpu_save_to_user(to)))
		if (fault_in_writeable(at, fpu_state_size))
			return -EFAULT;
	return fpu_xfeatures ? end_memory(to) : 0;
}

/* Does the frame have what XSAVE saves, and say so? In @features then: what of it counts. */
static bool has_xsave_area(struct fpu_memory __user *from, u64 *features)
{
	u32 magic1, magic2, extended, size;

	if (!user_access_begin(from, fpu_frame_size))
		return false;
	unsafe_get_user(magic1, &from->sw.magic1, no);
	unsafe_get_user(extended, &from->sw.extended_size, no);
	unsafe_get_user(size, &from->sw.xstate_size, no);
	unsafe_get_user(*features, &from->sw.xfeatures, no);
	if (magic1 != FP_XSTATE_MAGIC1 || size > fpu_state_size || size < sizeof(*from) || size > extended)
		goto no;
	unsafe_get_user(magic2, magic2_at(from, size), no);
	user_access_end();
	return magic2 == FP_XSTATE_MAGIC2;

no:
	user_access_end();
	return false;
}

static noinline int load_xsave_area(void __user *from)
{
	u64 features;

	if (!has_xsave_area(from, &features))
		return fpu_load_from_user(from, 0);
	features &= fpu_xfeatures;
	if (features)
		return fpu_load_from_user(from, features);
	fpu_load_fresh();
	return 0;
}

/* fpu_from_frame - @from is where the frame says; NULL: fresh registers. Return: 0; -EFAULT. */
int fpu_from_frame(void __user *from)
{
	if (!from) {
		fpu_load_fresh();
		return 0;
	}
	return fpu_xfeatures ? load_xsave_area(from) : fpu_load_from_user(from, 0);
}
