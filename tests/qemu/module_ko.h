/* SPDX-License-Identifier: MIT */
/* Shared by the tests of modules: their files, what they show, what the loader says. */
#ifndef _TESTS_MODULE_KO_H
#define _TESTS_MODULE_KO_H

#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "ko/ko.h"

#define KO(name)	MODULE_DIR "/" name ".ko"

/* The machine's initramfs has the modules of tests/qemu/ko. */
bool ko_there(void);
#define need_ko()	need(ko_there(), "no modules of tests/qemu/ko in the initramfs")

/* The whole file in kmalloc() memory, or NULL. */
void *ko_file(const char *path, size_t *len);

/* Was @text said in the log since record @since (printk_next_seq() then)? */
bool was_said(u64 since, const char *text);

/* While on, refusals are kept in the log but do not flood the console. */
void quiet_console(bool on);

#endif
