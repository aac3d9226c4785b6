/* SPDX-License-Identifier: MIT */
/* Memory of all sorts, filled with its owner's mark; modules and files, as others use memory. */
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "module_ko.h"
#include "stress.h"
#include "text.h"

static atomic_t faults;		/* things that were not as they must be */

/* -- Memory -------------------------------------------------------------------------------------------- */

#define PIECES	16

static void churn_pieces(struct stress_task *t)
{
	unsigned char *piece[PIECES], mark = (unsigned char)(t->number + 1);
	size_t size[PIECES];
	unsigned int i;

	for (i = 0; i < PIECES; i++) {
		size[i] = pick(t, i % 5 ? 700 : 30000) + 1;
		piece[i] = i % 4 == 3 ? vmalloc(size[i]) : kmalloc(size[i], pick(t, 4) ? GFP_KERNEL : GFP_ATOMIC);
		if (piece[i])
			memset(piece[i], mark, size[i]);
	}
	cond_resched();
	for (i = 0; i < PIECES; i++) {
		if (piece[i] && memchr_inv(piece[i], mark, size[i]))
			atomic_inc(&faults);
		kvfree(piece[i]);
	}
}

static void churn_percpu(struct stress_task *t)
{
	u32 __percpu *p = alloc_percpu(u32);
	unsigned int cpu;

	if (!p)
		return;
	for_each_possible_cpu(cpu) {
		if (*per_cpu_ptr(p, cpu))
			atomic_inc(&faults);
		*per_cpu_ptr(p, cpu) = t->number + 1;
	}
	free_percpu(p);
}

static bool begin_memory(void)
{
	atomic_set(&faults, 0);
	return true;
}

static void step_memory(struct stress_task *t)
{
	unsigned int order = pick(t, 5);
	struct page *page;

	if (pick(t, 4))
		churn_pieces(t);
	else
		churn_percpu(t);
	page = alloc_pages(GFP_KERNEL | __GFP_NOWARN, order);
	if (page)
		__free_pages(page, order);
}

static void end_memory(void)
{
	expect_eq(atomic_read(&faults), 0);
}

const struct stressor stress_memory = {
	.name = "memory", .tasks = 2, .begin = begin_memory, .step = step_memory, .end = end_memory,
};

/* -- Modules ------------------------------------------------------------------------------------------- */

static bool begin_modules(void)
{
	return ko_there();
}

/* Each task has one of its own. */
static void step_modules(struct stress_task *t)
{
	static const char *const files[] = { KO("ko_all"), KO("ko_params") }, *const names[] = { "ko_all", "ko_params" };

	expect_eq(load_module_file(files[t->number], NULL), 0);
	expect_eq(unload_module(names[t->number]), 0);
}

static void end_modules(void)
{
}

const struct stressor stress_modules = {
	.name = "modules", .tasks = 2, .begin = begin_modules, .step = step_modules, .end = end_modules,
};

/* -- Files --------------------------------------------------------------------------------------------- */

static bool begin_files(void)
{
	return expect_eq(init_mkdir("/stress", 0755), 0);
}

static void step_files(struct stress_task *t)
{
	static const char *const shown[] = {
		"/proc/interrupts", "/proc/softirqs", "/proc/stat", "/proc/uptime",
	};
	char path[32], text[64];
	struct file *f;

	expect(text_of(shown[pick(t, ARRAY_SIZE(shown))], text, sizeof(text)) > 0);
	snprintf(path, sizeof(path), "/stress/%u", t->number);
	f = filp_open(path, O_RDWR | O_CREAT, 0600);
	if (!expect(!IS_ERR(f)))
		return;
	filp_close(f, NULL);
	expect_eq(text_to(path, text), strlen(text));
	if (!pick(t, 4))
		expect_eq(init_unlink(path), 0);
}

static void end_files(void)
{
	char path[32];
	unsigned int i;

	for (i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "/stress/%u", i);
		init_unlink(path);
	}
	expect_eq(init_rmdir("/stress"), 0);
}

const struct stressor stress_files = {
	.name = "files", .tasks = 2, .begin = begin_files, .step = step_files, .end = end_files,
};
