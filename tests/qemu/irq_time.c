/* SPDX-License-Identifier: MIT */
/* Where the time of interrupts goes: per CPU, per line; and in the debug build who keeps them off. */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irqflags.h>
#include <linux/kernel_stat.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <asm/desc.h>
#include "edu.h"
#include "test.h"
#include "text.h"

#define IRQ_TIME	"/sys/kernel/debug/irq_time"
#define IRQS_OFF	"/sys/kernel/debug/irqs_off"
#define BUSY_US		2000
#define TIMES		5

static char text[16384];

/* The line of the file that begins with @label; NULL if there is none. */
static const char *line_of(const char *path, const char *label)
{
	const char *at = text;
	size_t len = strlen(label);

	if (text_of(path, text, sizeof(text)) <= 0)
		return NULL;
	while (strncmp(at, label, len)) {
		at = strchr(at, '\n');
		if (!at || !*++at)
			return NULL;
	}
	return at;
}

static struct edu edu;
static atomic_t handled;

static irqreturn_t slow_handler(int irq, void *dev)
{
	writel(1, edu.regs + EDU_IRQ_ACK);
	udelay(BUSY_US);
	atomic_inc(&handled);
	return IRQ_HANDLED;
}

static u64 cpu_times(enum cpu_usage_stat what)
{
	unsigned int cpu;
	u64 sum = 0;

	for_each_online_cpu(cpu)
		sum += READ_ONCE(kcpustat_cpu(cpu).cpustat[what]);
	return sum;
}

/* What the file says of the line; nothing, if the line is not in it. */
struct line_time {
	unsigned int count;
	unsigned long long total_us, average_ns, longest_ns;
	char name[32];
};

static bool line_time(int irq, struct line_time *t)
{
	char label[16];
	const char *at;

	memset(t, 0, sizeof(*t));
	snprintf(label, sizeof(label), "%4d:", irq);
	at = line_of(IRQ_TIME, label);
	return at && sscanf(at + strlen(label), "%u %llu %llu %llu %31s", &t->count, &t->total_us,
			    &t->average_ns, &t->longest_ns, t->name) == 5;
}

static void interrupt_slowly(void)
{
	atomic_set(&handled, 0);
	for (int i = 0; i < TIMES; i++) {
		writel(1, edu.regs + EDU_IRQ_RAISE);
		wait_until(atomic_read(&handled) > i);
	}
}

static void measure_line(void)
{
	u64 before = cpu_times(CPUTIME_IRQ);
	struct line_time t;

	expect_eq(text_to(IRQ_TIME, "2"), 1);
	expect_eq(text_to(IRQ_TIME, "1"), 1);
	interrupt_slowly();
	expect_eq(text_to(IRQ_TIME, "0"), 1);
	/* Counted when the flow ends, soon after the handler. */
	wait_until(line_time(edu.irq, &t) && t.count == TIMES);
	test_note("%u interrupts, %llu us, longest %llu ns", t.count, t.total_us, t.longest_ns);
	expect_str(t.name, "slow");
	expect(t.total_us >= TIMES * BUSY_US);
	expect(t.longest_ns >= BUSY_US * NSEC_PER_USEC);
	expect(t.average_ns <= t.longest_ns);
	wait_until(cpu_times(CPUTIME_IRQ) - before >= (u64)TIMES * BUSY_US * NSEC_PER_USEC);
	/* Off: they are no longer counted. */
	interrupt_slowly();
	require(line_time(edu.irq, &t));
	expect_eq(t.count, TIMES);
}

TEST(irqtime, line, "C11", "while it is measured, a line's count, total and longest time, its handler's name, and /proc/stat's share are right")
{
	need(edu_open(&edu, PCI_IRQ_ALL_TYPES), "no edu device, or no interrupt for it");
	require(!request_irq(edu.irq, slow_handler, IRQF_SHARED, "slow", &edu));
	measure_line();
	free_irq(edu.irq, &edu);
	edu_close(&edu);
}

static bool tasklet_done;

static void slow_tasklet(struct tasklet_struct *t)
{
	udelay(BUSY_US);
	WRITE_ONCE(tasklet_done, true);
}

TEST(irqtime, softirq, "C11", "time in softirqs goes to the softirqs of the CPU")
{
	DECLARE_TASKLET(tasklet, slow_tasklet);
	u64 before = cpu_times(CPUTIME_SOFTIRQ);

	tasklet_done = false;
	expect_eq(text_to(IRQ_TIME, "1"), 1);
	tasklet_schedule(&tasklet);
	wait_until(READ_ONCE(tasklet_done));
	tasklet_kill(&tasklet);
	/* Charged as the softirq ends, soon after. */
	wait_until(cpu_times(CPUTIME_SOFTIRQ) - before >= BUSY_US * NSEC_PER_USEC);
	expect_eq(text_to(IRQ_TIME, "0"), 1);
	expect(line_of(IRQ_TIME, "measuring: off") != NULL);
}

static const void *entry_of(unsigned int vector)
{
	const struct gate_desc *g = idt_gate(vector);

	return (const void *)((u64)g->offset_high << 32 | (u64)g->offset_middle << 16 | g->offset_low);
}

TEST(irqtime, gates, "C11", "all gates but int 0x80 lead elsewhere while time is measured, and back as they were")
{
	static const void *before[NR_VECTORS];
	unsigned int vector, changed = 0, wrong = 0;

	for (vector = FIRST_EXTERNAL_VECTOR; vector < NR_VECTORS; vector++)
		before[vector] = entry_of(vector);
	expect_eq(text_to(IRQ_TIME, "1"), 1);
	for (vector = FIRST_EXTERNAL_VECTOR; vector < NR_VECTORS; vector++)
		changed += entry_of(vector) != before[vector];
	expect_eq(text_to(IRQ_TIME, "0"), 1);
	for (vector = FIRST_EXTERNAL_VECTOR; vector < NR_VECTORS; vector++)
		wrong += entry_of(vector) != before[vector];
	expect(changed >= NR_VECTORS - FIRST_EXTERNAL_VECTOR - 1);
	expect_eq(wrong, 0);
	expect_eq(text_to(IRQ_TIME, "3"), -EINVAL);
}

static noinline void keep_them_off(void)
{
	unsigned long flags;

	local_irq_save(flags);
	mdelay(20);
	local_irq_restore(flags);
}

/* A host that stands still makes other sections longer: again, then. */
TEST(irqtime, irqs_off, "C11", "the longest time with interrupts off is told with where it began and ended")
{
	unsigned long end = jiffies + TEST_PATIENCE;
	bool told = false;

	need(is_there(IRQS_OFF), "the release build does not measure it");
	while (!told && time_before(jiffies, end)) {
		char label[16];
		const char *at;

		expect_eq(text_to(IRQS_OFF, "0"), 1);
		preempt_disable();
		snprintf(label, sizeof(label), "cpu%d ", smp_processor_id());
		keep_them_off();
		preempt_enable();
		at = line_of(IRQS_OFF, label);
		require(at);
		told = simple_strtoul(at + strlen(label), NULL, 10) >= 20000 &&
		       strstr(at, "from keep_them_off") && strstr(at, "to keep_them_off");
	}
	expect(told);
}
