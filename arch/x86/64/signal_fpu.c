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
	u64	zero;
	u64	reserved[5];
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

static u32 __user *magic2_at(void __user *frame, unsigned int size)
{
	return (u32 __user *)((char __user *)frame + size);
}

/* What is told of the registers, to be found where they are. Return: 0; -EFAULT. */
static int put_sw_bytes(struct fpx_sw_bytes __user *to)
{
	if (!user_access_begin(to, sizeof(*to)))
		return -EFAULT;
	unsafe_put_user(sw_bytes.magic1, &to->magic1, fault);
	unsafe_put_user(sw_bytes.extended_size, &to->extended_size, fault);
	unsafe_put_user(sw_bytes.xfeatures, &to->xfeatures, fault);
	unsafe_put_user(sw_bytes.xstate_size, &to->xstate_size, fault);
	user_access_end();
	return 0;

fault:
	user_access_end();
	return -EFAULT;
}

/* Of the header XSAVE writes one word, and keeps what of that it does not save. */
static int clear_header(struct fpu_memory __user *to)
{
	return clear_user(&to->header, sizeof(to->header)) ? -EFAULT : 0;
}

/* Programs that know nothing of the header change what FXSAVE saves, and expect it to count. */
static int finish_header(struct fpu_memory __user *to)
{
	u64 xstate_bv;

	return get_user(xstate_bv, &to->header.xstate_bv) ?:
	       put_user(xstate_bv | FP_AND_SSE, &to->header.xstate_bv) ?:
	       put_user(FP_XSTATE_MAGIC2, magic2_at(to, fpu_state_size));
}

/* fpu_to_frame - save the registers, and give the handler fresh ones. Return: 0; -EFAULT. */
int fpu_to_frame(void __user *at)
{
	struct fpu_memory __user *to = at;
	bool xsave = fpu_xfeatures;

	if (put_sw_bytes(&to->sw) || (xsave && clear_header(to)))
		return -EFAULT;
	while (unlikely(!fpu_save_to_user(to)))
		if (fault_in_writeable(at, fpu_state_size))
			return -EFAULT;
	return xsave ? finish_header(to) : 0;
}

/* Does the frame have what XSAVE saves? */
static bool has_xsave_area(void __user *from, const struct fpx_sw_bytes *sw)
{
	u32 magic2;

	return sw->magic1 == FP_XSTATE_MAGIC1 && sw->xstate_size <= fpu_state_size &&
	       sw->xstate_size >= sizeof(struct fpu_memory) &&
	       sw->xstate_size <= sw->extended_size &&
	       !get_user(magic2, magic2_at(from, sw->xstate_size)) && magic2 == FP_XSTATE_MAGIC2;
}

/*
 * @features: as fpu_load_from_user() wants them; @size: what of @from it reads. Return: 0; -EFAULT.
 */
static int load(void __user *from, u64 features, unsigned int size)
{
	if (likely(fpu_load_from_user(from, features)))
		return 0;
	/* Once, if a page was missing: only the program itself could have made it go away again. */
	return !fault_in_readable(from, size) && fpu_load_from_user(from, features) ? 0 : -EFAULT;
}

/* fpu_from_frame - @from is where the frame says; NULL: fresh registers. Return: 0; -EFAULT. */
int fpu_from_frame(void __user *from)
{
	/* The sum may be anything, as what it starts from is. */
	void __user *sw_at = (void __user *)((unsigned long)from + offsetof(struct fpu_memory, sw));
	struct fpx_sw_bytes sw;

	if (!from)
		goto fresh;
	if (!fpu_xfeatures)
		return load(from, 0, FXSAVE_SIZE);
	if (copy_from_user(&sw, sw_at, sizeof(sw)))
		return -EFAULT;
	if (!has_xsave_area(from, &sw))
		return load(from, 0, FXSAVE_SIZE);
	if (sw.xfeatures & fpu_xfeatures)
		return load(from, sw.xfeatures & fpu_xfeatures, sw.xstate_size);
fresh:
	fpu_load_fresh();
	return 0;
}
