/* SPDX-License-Identifier: MIT */
/* Everything of mm/ and fs/ at once on all CPUs, preempted at any place; at the end nothing is missing. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/namei.h>
#include <linux/percpu.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "test.h"

#define WORKERS_PER_CPU	2
#define ROUNDS		8

struct worker {
	unsigned int id, seed;
	unsigned int faults;	/* things that were not as they must be */
};

static atomic_t at_work;

static unsigned int next_random(struct worker *w)
{
	w->seed = w->seed * 1103515245 + 12345;
	return w->seed >> 8;
}

static void churn_memory(struct worker *w)
{
	unsigned char *p[16], tag = w->id + 1;
	size_t size[16];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(p); i++) {
		size[i] = next_random(w) % (i % 5 ? 700 : 30000) + 1;
		p[i] = i % 4 == 3 ? vmalloc(size[i]) : kmalloc(size[i], GFP_KERNEL);
		if (p[i])
			memset(p[i], tag, size[i]);
	}
	cond_resched();
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		if (!p[i] || memchr_inv(p[i], tag, size[i]))
			w->faults++;
		kvfree(p[i]);
	}
}

static void churn_percpu(struct worker *w)
{
	u32 __percpu *p = __alloc_percpu(64 + next_random(w) % 64 * 8, 16);
	unsigned int cpu;

	if (!p) {
		w->faults++;
		return;
	}
	for_each_possible_cpu(cpu) {
		if (*per_cpu_ptr(p, cpu))
			w->faults++;
		*per_cpu_ptr(p, cpu) = w->id;
	}
	free_percpu(p);
}

/* A file under a name that all workers use, and one of its own. */
static void churn_files(struct worker *w)
{
	char name[32], text[64];
	struct file *f;
	loff_t pos = 0;

	snprintf(name, sizeof(name), "/stress/own%u", w->id);
	f = filp_open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (IS_ERR(f)) {
		w->faults++;
		return;
	}
	kernel_write(f, name, sizeof(name), &pos);
	filp_close(f, NULL);
	f = filp_open("/stress/shared", O_RDWR | O_CREAT, 0600);
	if (!IS_ERR(f)) {
		pos = next_random(w) % 20000;
		kernel_write(f, text, sizeof(text), &pos);
		filp_close(f, NULL);
	}
	init_rename(name, next_random(w) % 2 ? "/stress/shared" : "/stress/dir/moved");
	init_unlink(next_random(w) % 2 ? "/stress/shared" : "/stress/dir/moved");
	init_unlink(name);
}

static int show_id(struct seq_file *m, void *v)
{
	seq_printf(m, "%lu of a worker that made this entry of /proc\n", (unsigned long)m->private);
	return 0;
}

/* Entries of a few names come and go while others read them. */
static void churn_proc(struct worker *w)
{
	struct proc_dir_entry *de;
	char name[32], path[48], text[16];
	struct file *f;
	loff_t pos = 0;

	snprintf(name, sizeof(name), "stress%u", w->id);
	de = proc_create_single_data(name, 0, NULL, show_id, (void *)(unsigned long)w->id);
	if (!de)
		w->faults++;
	snprintf(path, sizeof(path), "/proc/stress%u", next_random(w) % (w->id + 2));
	f = filp_open(path, O_RDONLY, 0);
	cond_resched();
	if (!IS_ERR(f)) {
		while (kernel_read(f, text, sizeof(text), &pos) > 0)
			cond_resched();
		filp_close(f, NULL);
	}
	proc_remove(de);
}

static int work(void *arg)
{
	struct worker *w = arg;
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		churn_memory(w);
		churn_percpu(w);
		churn_files(w);
		churn_proc(w);
		cond_resched();
	}
	atomic_dec(&at_work);
	return 0;
}

TEST(stress, memory_and_files, "E1 H3", "all CPUs allocate, free, make, read and remove at once, and nothing is lost or mixed up")
{
	unsigned int n = num_online_cpus() * WORKERS_PER_CPU, i;
	struct worker *w = kcalloc(n, sizeof(*w), GFP_KERNEL);
	struct mm_usage before, after;

	require(w);
	mm_get_usage(&before);
	require(!init_mkdir("/stress", 0755) && !init_mkdir("/stress/dir", 0755));
	atomic_set(&at_work, n);
	for (i = 0; i < n; i++) {
		w[i].id = i;
		w[i].seed = i * 7919 + 1;
		if (IS_ERR(kthread_run(work, &w[i], "stress/%u", i)))
			atomic_dec(&at_work);
	}
	if (!wait_until(!atomic_read(&at_work)))
		return;		/* they use @w */
	for (i = 0; i < n; i++)
		expect_eq(w[i].faults, 0);
	init_unlink("/stress/shared");
	init_unlink("/stress/dir/moved");
	expect_eq(init_rmdir("/stress/dir"), 0);
	expect_eq(init_rmdir("/stress"), 0);
	/* The tasks' own memory may be kept for the next; the rest has to be as before. */
	wait_until(({ mm_get_usage(&after); after.percpu == before.percpu &&
		      after.slab_objects <= before.slab_objects + n * 1024; }));
	test_note("%ld bytes of objects more than before", (long)(after.slab_objects - before.slab_objects));
	kfree(w);
}
