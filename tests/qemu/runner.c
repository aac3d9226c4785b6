/* SPDX-License-Identifier: MIT */
/*
 * Runs the tests and reports in KTAP on the console, then ends the machine through QEMU's
 * isa-debug-exit device.
 *
 * test=PATTERN,... on the command line selects by suite or suite.name, with * at the end
 * for a prefix; without it all run. One test runs at a time; what it finds is gathered
 * from any context.
 */
#include <linux/arch.h>
#include <linux/boot.h>
#include <linux/console.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/reboot.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include <linux/string.h>
#include <asm/sections.h>
#include "test.h"

/* QEMU "-device isa-debug-exit,iobase=0xf4": the process ends with (value << 1) | 1. */
#define DEBUG_EXIT	0xf4
#define EXIT_PASSED	0x10
#define EXIT_FAILED	0x11

extern const struct test __start_tests[], __stop_tests[];

static char *patterns = "";

static struct {
	atomic_t failures;	/* expectations that did not hold */
	bool skipped;		/* the test's own task writes it */
	char why[128];
} now;

bool test_expect(bool ok, const char *file, int line, const char *fmt, ...)
{
	va_list args;
	struct va_format vaf = { .fmt = fmt, .va = &args };

	if (ok)
		return true;
	va_start(args, fmt);
	printk("# %s:%d: failed: %pV\n", file, line, &vaf);
	va_end(args);
	atomic_inc(&now.failures);
	return false;
}

void test_skip(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(now.why, sizeof(now.why), fmt, args);
	va_end(args);
	now.skipped = true;
}

void test_note(const char *fmt, ...)
{
	va_list args;
	struct va_format vaf = { .fmt = fmt, .va = &args };

	va_start(args, fmt);
	printk("# %pV\n", &vaf);
	va_end(args);
}

struct on_cpu {
	int (*fn)(void *);
	void *arg;
	int result;
	struct completion done;
};

static int on_cpu_thread(void *data)
{
	struct on_cpu *c = data;

	c->result = c->fn(c->arg);
	complete(&c->done);
	return 0;
}

int test_on_cpu(unsigned int cpu, int (*fn)(void *), void *arg)
{
	struct on_cpu c = { .fn = fn, .arg = arg };
	struct task_struct *t;

	init_completion(&c.done);
	t = kthread_create(on_cpu_thread, &c, "test/%u", cpu);
	if (IS_ERR(t))
		return PTR_ERR(t);
	kthread_bind(t, cpu);
	wake_up_process(t);
	wait_for_completion(&c.done);
	return c.result;
}

static bool matches(const struct test *t, const char *pattern, size_t len)
{
	char full[96];

	snprintf(full, sizeof(full), "%s.%s", t->suite, t->name);
	if (len && pattern[len - 1] == '*')
		return !strncmp(full, pattern, len - 1);
	return (strlen(full) == len && !strncmp(full, pattern, len)) ||
	       (strlen(t->suite) == len && !strncmp(t->suite, pattern, len));
}

static bool selected(const struct test *t)
{
	const char *p = patterns;

	while (*p) {
		size_t len = strcspn(p, ",");

		if (matches(t, p, len))
			return true;
		p += len + (p[len] == ',');
	}
	return !*patterns;
}

/* A report that a test did not provoke is one about the kernel. Each test begins with it on. */
static bool locks_checked(void)
{
	bool on = !IS_ENABLED(CONFIG_DEBUG) || debug_locks;

	lockdep_reset();
	return on;
}

/* Returns whether it failed. */
static bool run_one(const struct test *t, unsigned int number)
{
	unsigned long start = jiffies;
	bool failed;

	atomic_set(&now.failures, 0);
	now.skipped = false;
	printk("# %s.%s\n", t->suite, t->name);
	t->run();
	if (!locks_checked())
		test_expect(false, __FILE__, __LINE__, "the lock checker reported something");
	failed = atomic_read(&now.failures) != 0;
	printk("%sok %u - %s.%s: %s [%s] (%u ms)%s%s\n", failed ? "not " : "", number, t->suite,
	       t->name, t->sentence, t->rows, jiffies_to_msecs(jiffies - start),
	       now.skipped && !failed ? " # SKIP " : "", now.skipped && !failed ? now.why : "");
	return failed;
}

static int run_tests(void)
{
	const struct test *t;
	unsigned int n = 0, failed = 0;

	for (t = __start_tests; t < __stop_tests; t++)
		n += selected(t);
	printk("KTAP version 1\n");
	printk("1..%u\n", n);
	for (n = 0, t = __start_tests; t < __stop_tests; t++)
		if (selected(t))
			failed += run_one(t, ++n);
	printk("# end of tests: %u run, %u failed\n", n, failed);
	/* Another CPU may be at it still, with our last lines to come: let it finish, or do it. */
	console_lock();
	console_unlock();
	console_lock();
	outl(failed || !n ? EXIT_FAILED : EXIT_PASSED, DEBUG_EXIT);
	console_unlock();
	machine_power_off();	/* not under QEMU, or without the device */
	return failed;
}

static int __init choose_tests(char *str)
{
	patterns = str;
	return 1;
}
__setup("test=", choose_tests);

static int __init use_runner(void)
{
	set_boot_payload(run_tests);
	return 0;
}
late_initcall(use_runner);
