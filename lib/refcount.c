/* SPDX-License-Identifier: MIT */
/* Reference counts: what happens when one goes wrong, and the drops that mind the last one. */
#include <linux/export.h>
#include <linux/refcount.h>

/* The count stays where no operation brings it back into use. */
void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t)
{
	static const char * const what[] = {
		[REFCOUNT_ADD_NOT_ZERO_OVF] = "saturated; leaking memory",
		[REFCOUNT_ADD_OVF] = "saturated; leaking memory",
		[REFCOUNT_ADD_UAF] = "addition on 0; use-after-free",
		[REFCOUNT_SUB_UAF] = "underflow; use-after-free",
		[REFCOUNT_DEC_LEAK] = "decrement hit 0; leaking memory",
	};

	refcount_set(r, REFCOUNT_SATURATED);
	WARN_ONCE(1, "refcount_t: %s.\n", what[t]);
}
EXPORT_SYMBOL(refcount_warn_saturate);

bool refcount_dec_if_one(refcount_t *r)
{
	int one = 1;

	return atomic_try_cmpxchg_release(&r->refs, &one, 0);
}
EXPORT_SYMBOL(refcount_dec_if_one);

/* Drops one, unless it is the last. */
bool refcount_dec_not_one(refcount_t *r)
{
	int val = atomic_read(&r->refs);

	do {
		if (unlikely(val == REFCOUNT_SATURATED))
			return true;
		if (val == 1)
			return false;
		if (WARN_ONCE(val < 1, "refcount_t: underflow; use-after-free.\n"))
			return true;
	} while (!atomic_try_cmpxchg_release(&r->refs, &val, val - 1));
	return true;
}
EXPORT_SYMBOL(refcount_dec_not_one);
