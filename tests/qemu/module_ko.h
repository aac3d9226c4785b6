/* SPDX-License-Identifier: MIT */
/* Shared by the tests of modules: their files, what they show, what the loader says. */
#ifndef _TESTS_MODULE_KO_H
#define _TESTS_MODULE_KO_H

#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "ko/ko.h"

#define KO(name)	"/modules/" name ".ko"

/* The machine's initramfs has the modules of tests/qemu/ko. */
bool ko_there(void);
#define need_ko()	need(ko_there(), "no modules of tests/qemu/ko in the initramfs")

/* The whole file in kmalloc() memory, or NULL. */
void *ko_file(const char *path, size_t *len);

/* Was @text said in the log since record @since (printk_next_seq() then)? */
bool was_said(u64 since, const char *text);

/* While on, refusals are kept in the log but do not flood the console. */
void quiet_console(bool on);

/* What modules take; tasks and caches that come and go meanwhile give theirs back a little later. */
#define NO_LEAK_BEGIN	struct mm_usage __before, __after; mm_get_usage(&__before)
#define NO_LEAK_END							\
do {									\
	wait_until(({ mm_get_usage(&__after);				\
		      __before.slab_objects == __after.slab_objects &&	\
		      __before.vmalloc == __after.vmalloc &&		\
		      __before.percpu == __after.percpu; }));		\
	expect_eq(__before.slab_objects, __after.slab_objects);		\
	expect_eq(__before.vmalloc, __after.vmalloc);			\
	expect_eq(__before.percpu, __after.percpu);			\
} while (0)

#endif
