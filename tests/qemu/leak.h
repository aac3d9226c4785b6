/* SPDX-License-Identifier: MIT */
/*
 * What a test takes it gives back.
 *
 * Tasks of the tests before, and spare stacks and objects, may still be given back while a
 * test runs, so that less than before is no fault. More than before has as long as
 * wait_until() allows to go away.
 */
#ifndef _TESTS_LEAK_H
#define _TESTS_LEAK_H

#include <linux/mm.h>
#include "test.h"

static inline bool more_than(const struct mm_usage *before, struct mm_usage *now)
{
	mm_get_usage(now);
	return now->slab_objects > before->slab_objects || now->vmalloc > before->vmalloc ||
	       now->percpu > before->percpu;
}

#define NO_LEAK_BEGIN	struct mm_usage __before, __after; mm_get_usage(&__before)
#define NO_LEAK_END							\
do {									\
	if (!wait_until(!more_than(&__before, &__after)))		\
		test_note("more than before: objects %ld, vmalloc %ld, per-CPU %ld bytes", \
			  (long)(__after.slab_objects - __before.slab_objects), \
			  (long)(__after.vmalloc - __before.vmalloc),	\
			  (long)(__after.percpu - __before.percpu));	\
} while (0)

#endif
