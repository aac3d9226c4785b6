/* SPDX-License-Identifier: MIT */
/*
 * Bare-metal tests: each is a sentence about the machine, linked into the image
 * tophalf-tests and run by task 1 once the machine is up.
 *
 *	TEST(i8259, spurious7, "A1", "a spurious IRQ 7 is counted and gets no EOI")
 *	{
 *		need(i8259_in_use(), "the 8259A is not in use");
 *		expect_eq(count(), 1);
 *	}
 *
 * The second argument names it (suite.name is what `tophalf test` selects), the third the
 * rows of docs/features.md that it shows. A test cleans up after itself: the next one
 * runs on the same machine. It waits for what happened, never for a time to pass; the
 * runner outside ends a machine that says nothing for long.
 */
#ifndef _TESTS_TEST_H
#define _TESTS_TEST_H

#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>

struct test {
	const char *suite, *name, *rows, *sentence;
	void (*run)(void);
};

#define TEST(suite_, name_, rows_, sentence_)				\
	static void test_##suite_##_##name_(void);			\
	static const struct test __test_##suite_##_##name_ __used	\
		__aligned(sizeof(long)) __section(".tests") = {		\
		#suite_, #name_, rows_, sentence_, test_##suite_##_##name_ }; \
	static void test_##suite_##_##name_(void)

/* Record what a test found; used by the macros below, from any context. */
bool test_expect(bool ok, const char *file, int line, const char *fmt, ...) __printf(4, 5);
void test_skip(const char *fmt, ...) __printf(1, 2);
void test_note(const char *fmt, ...) __printf(1, 2);	/* a "# ..." line of the report */

/* The test goes on after a failure, so that one run shows all; the value is the condition. */
#define expect(cond)	test_expect(!!(cond), __FILE__, __LINE__, "%s", #cond)
#define expect_eq(a, b)							\
({	long long __ea = (long long)(a), __eb = (long long)(b);		\
	test_expect(__ea == __eb, __FILE__, __LINE__, "%s == %s (%lld, %lld)", #a, #b, __ea, __eb); })
#define expect_str(a, b)						\
({	const char *__sa = (a), *__sb = (b);				\
	test_expect(!strcmp(__sa, __sb), __FILE__, __LINE__, "%s is \"%s\", expected \"%s\"", #a, __sa, __sb); })

/* Without this the rest makes no sense: leave the test, as failed or as skipped. */
#define require(cond)	do { if (!expect(cond)) return; } while (0)
#define need(cond, why)	do { if (!(cond)) { test_skip("%s", why); return; } } while (0)

/*
 * Wait until @cond holds, sleeping between looks. Gives up (and fails the test) after so
 * many ticks that only a lost event can be the reason; the limit decides nothing else.
 */
#define TEST_PATIENCE	(30 * HZ)
#define wait_until(cond)						\
({	unsigned long __end = jiffies + TEST_PATIENCE;			\
	bool __met;							\
	while (!(__met = !!(cond)) && time_before(jiffies, __end))	\
		msleep(1);						\
	test_expect(__met, __FILE__, __LINE__, "in time: %s", #cond); })

/* Run @fn on @cpu as a task and wait for it. */
int test_on_cpu(unsigned int cpu, int (*fn)(void *), void *arg);

#endif
