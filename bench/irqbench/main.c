// SPDX-License-Identifier: MIT
/*
 * irqbench: what the kernel's interrupt machinery costs, counted in guest instructions. Plain
 * Linux 6.1 API; the same source runs on Linux and on Tophalf. One line a metric:
 *
 *	irqbench: NAME VALUE
 *
 * ../metrics says what each is.
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/sysinfo.h>
#include "irqbench.h"

static char *only = "";
module_param(only, charp, 0444);
MODULE_PARM_DESC(only, "metrics or groups to measure, with commas between (all)");

static unsigned long user;
module_param(user, ulong, 0444);
MODULE_PARM_DESC(user, "the counter when user space began");

static unsigned int lines;
module_param(lines, uint, 0444);
MODULE_PARM_DESC(lines, "so many interrupt lines beside those of the machine");

struct samples in, out, whole;

static const struct group {
	const char *name;
	void (*run)(void);
} groups[] = {
	{ "interrupt", bench_interrupt },
	{ "line", bench_line },
	{ "defer", bench_defer },
	{ "work", bench_work },
	{ "task", bench_task },
	{ "call", bench_call },
	{ "timer", bench_timer },
	{ "hrtimer", bench_hrtimer },
	{ "tick", bench_tick },
	{ "lock", bench_lock },
	{ "memory", bench_memory },
	{ "rcu", bench_rcu },
};

void clear_samples(void)
{
	in.n = out.n = whole.n = 0;
}

void add_sample(struct samples *s, u64 value)
{
	if (s->n < ROUNDS)
		s->value[s->n++] = (u32)value;
}

static int cmp_u32(const void *a, const void *b)
{
	u32 x = *(const u32 *)a, y = *(const u32 *)b;

	return x < y ? -1 : x > y;
}

void report(const char *name, u64 value)
{
	pr_info("irqbench: %s %llu\n", name, value);
}

void report_median(const char *name, struct samples *s)
{
	if (!s->n)
		return;
	sort(s->value, s->n, sizeof(s->value[0]), cmp_u32, NULL);
	report(name, s->value[s->n / 2]);
}

/* Is the group's name in the list, or a metric of it ("timer.add" asks for "timer")? */
static bool wanted(const char *name)
{
	size_t length = strlen(name);
	const char *s = only;

	if (!*s)
		return true;
	while (s) {
		s += *s == ',';
		if (!strncmp(s, name, length) && strchr(".,", s[length]))
			return true;
		s = strchr(s, ',');
	}
	return false;
}

/* What was there before the module: called first. */
static void report_boot(void)
{
	struct sysinfo si;

	si_meminfo(&si);
	report("boot.thousands", user / 1000);
	report("boot.total_kib", si.totalram * (PAGE_SIZE / 1024));
	report("boot.free_kib", si.freeram * (PAGE_SIZE / 1024));
}

static int __init irqbench_init(void)
{
	size_t i;

	report_boot();
	/* The boot CPU measures; others answer when they are called. */
	set_cpus_allowed_ptr(current, cpumask_of(0));
	if (lines)
		add_lines(lines);
	for (i = 0; i < ARRAY_SIZE(groups); i++) {
		if (wanted(groups[i].name))
			groups[i].run();
	}
	if (lines)
		remove_lines();
	return 0;
}

static void __exit irqbench_exit(void)
{
}

module_init(irqbench_init);
module_exit(irqbench_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Counts what interrupts, deferred work, timers and locks cost");
