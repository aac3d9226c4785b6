/* SPDX-License-Identifier: MIT */
/* /proc/interrupts, /proc/irq, /proc/stat: read as a program would, held against what is true. */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/kernel_stat.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "irq_fake.h"
#include "test.h"

#define TEXT_SIZE	65536

static char *text;	/* of the file read last */

static bool slurp(const char *path)
{
	struct file *file = filp_open(path, O_RDONLY, 0);
	loff_t pos = 0;
	ssize_t n = 0, got;

	if (!expect(!IS_ERR(file)))
		return false;
	if (!text)
		text = kmalloc(TEXT_SIZE, GFP_KERNEL);
	while (n < TEXT_SIZE - 1) {
		got = kernel_read(file, text + n, TEXT_SIZE - 1 - n, &pos);
		if (got <= 0)
			break;
		n += got;
	}
	text[n] = '\0';
	filp_close(file, NULL);
	return true;
}

static bool exists(const char *path)
{
	struct file *file = filp_open(path, O_RDONLY, 0);

	if (IS_ERR(file))
		return false;
	filp_close(file, NULL);
	return true;
}

static ssize_t spit(const char *path, const char *what)
{
	struct file *file = filp_open(path, O_WRONLY, 0);
	loff_t pos = 0;
	ssize_t n;

	if (IS_ERR(file))
		return PTR_ERR(file);
	n = kernel_write(file, what, strlen(what), &pos);
	filp_close(file, NULL);
	return n;
}

static const char *irq_path(unsigned int irq, const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "/proc/irq/%u/%s", irq, name);
	return path;
}

static irqreturn_t handler(int irq, void *dev)
{
	return IRQ_HANDLED;
}

/* The row as the manual says, made without the code under test. */
static const char *row(unsigned int irq, const char *tail)
{
	static char row[512];
	unsigned int cpu;
	int n;

	n = snprintf(row, sizeof(row), "\n%*u: ", nr_irqs < 1000 ? 3 : 4, irq);
	for_each_online_cpu(cpu)
		n += snprintf(row + n, sizeof(row) - n, "%10u ", kstat_irqs_cpu(irq, cpu));
	snprintf(row + n, sizeof(row) - n, "%s\n", tail);
	return row;
}

TEST(proc, interrupts, "C8", "/proc/interrupts has a header, and a row of number, counts, chip, flow and actions")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	char header[512], *rows;
	unsigned int cpu;
	int n, other;

	require(line);
	expect(slurp("/proc/interrupts"));
	n = snprintf(header, sizeof(header), "%*s", nr_irqs < 1000 ? 11 : 12, "");
	for_each_online_cpu(cpu)
		n += snprintf(header + n, sizeof(header) - n, "CPU%-8u", cpu);
	snprintf(header + n, sizeof(header) - n, "\n");
	if (!expect(!strncmp(text, header, strlen(header))))
		test_note("begins: %.80s", text);

	/* Not in use: not shown. */
	rows = strstr(text, "\n") + 1;
	snprintf(header, sizeof(header), "%u:", line->irq);
	expect(!strstr(rows, header));

	expect_eq(request_irq(line->irq, handler, IRQF_SHARED, "first", line), 0);
	expect_eq(request_irq(line->irq, handler, IRQF_SHARED, "second", &other), 0);
	fake_raise(line, 0);
	fake_raise(line, cpumask_last(cpu_online_mask));
	expect(slurp("/proc/interrupts"));
	/* A chip of eight columns, no domain and so no number there, flow in eight columns. */
	snprintf(header, sizeof(header), " %8s %*s-%-8s  first, second", "fake",
		 nr_irqs < 1000 ? 3 : 4, "", "edge");
	if (!expect(strstr(text, row(line->irq, header))))
		test_note("%s", text);
	free_irq(line->irq, line);
	free_irq(line->irq, &other);

	/* Used once: still shown, without actions. */
	expect(slurp("/proc/interrupts"));
	snprintf(header, sizeof(header), " %8s %*s-%-8s", "fake", nr_irqs < 1000 ? 3 : 4, "", "edge");
	expect(strstr(text, row(line->irq, header)));
	fake_line_free(line);
}

TEST(proc, folders, "C8", "/proc/irq/N has Linux's files and a folder per action name, and goes with the line")
{
	static const char *const files[] = {
		"smp_affinity", "smp_affinity_list", "affinity_hint", "node",
		"effective_affinity", "effective_affinity_list", "spurious",
	};
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	unsigned int irq, i;
	int other;

	require(line);
	irq = line->irq;
	expect_eq(request_irq(irq, handler, IRQF_SHARED, "first", line), 0);
	expect_eq(request_irq(irq, handler, IRQF_SHARED, "second", &other), 0);
	for (i = 0; i < ARRAY_SIZE(files); i++)
		if (!expect(exists(irq_path(irq, files[i]))))
			test_note("%s", files[i]);
	expect(exists(irq_path(irq, "first")) && exists(irq_path(irq, "second")));
	free_irq(irq, &other);
	expect(exists(irq_path(irq, "first")) && !exists(irq_path(irq, "second")));
	expect(slurp(irq_path(irq, "spurious")));
	expect(!strncmp(text, "count 0\nunhandled 0\nlast_unhandled ", 35) && strstr(text, " ms\n"));
	expect(slurp(irq_path(irq, "node")));
	free_irq(irq, line);
	fake_line_free(line);
	expect(!exists(irq_path(irq, "smp_affinity")));
}

TEST(proc, affinity, "C6 C8", "smp_affinity and its list are read and written in Linux's formats; nonsense is refused")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	unsigned int last = cpumask_last(cpu_online_mask);
	char list[16], mask[64], want[64];
	unsigned int irq;

	require(line);
	irq = line->irq;
	expect_eq(request_irq(irq, handler, 0, "t", line), 0);
	snprintf(list, sizeof(list), "%u\n", last);
	snprintf(mask, sizeof(mask), "%*pb\n", cpumask_pr_args(cpumask_of(last)));
	snprintf(want, sizeof(want), "%lx\n", 1UL << last);
	expect_eq(spit(irq_path(irq, "smp_affinity_list"), list), strlen(list));
	expect(slurp(irq_path(irq, "smp_affinity_list")));
	expect_str(text, list);
	expect(slurp(irq_path(irq, "smp_affinity")));
	expect_str(text, mask);
	expect(slurp(irq_path(irq, "effective_affinity_list")));
	expect_str(text, list);

	expect_eq(spit(irq_path(irq, "smp_affinity"), "1\n"), 2);
	expect(slurp(irq_path(irq, "effective_affinity_list")));
	expect_str(text, "0\n");
	expect_eq(spit(irq_path(irq, "smp_affinity"), "0\n"), -EINVAL);
	expect_eq(spit(irq_path(irq, "smp_affinity"), "rubbish\n"), -EINVAL);
	expect_eq(spit(irq_path(irq, "smp_affinity_list"), "3-1\n"), -EINVAL);
	free_irq(irq, line);
	expect_eq(request_irq(irq, handler, IRQF_NOBALANCING, "t", line), 0);
	expect_eq(spit(irq_path(irq, "smp_affinity"), "1\n"), -EIO);
	free_irq(irq, line);
	fake_line_free(line);
}

TEST(proc, default_affinity, "C6 C8", "default_smp_affinity is read and written, and kept when nonsense is written")
{
	struct cpumask was;

	cpumask_copy(&was, irq_default_affinity);
	expect_eq(spit("/proc/irq/default_smp_affinity", "1\n"), 2);
	expect(cpumask_equal(irq_default_affinity, cpumask_of(0)));
	expect_eq(spit("/proc/irq/default_smp_affinity", "0\n"), -EINVAL);
	expect(cpumask_equal(irq_default_affinity, cpumask_of(0)));
	cpumask_copy(irq_default_affinity, &was);
}

TEST(proc, stat_intr, "C8", "/proc/stat's intr line has the sum and a count for every line, none forgotten")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");
	unsigned long long sum;
	unsigned int irq, n = 0;
	char *at;

	require(line);
	irq = line->irq;
	expect_eq(request_irq(irq, handler, 0, "t", line), 0);
	for (n = 0; n < 5; n++)
		fake_raise(line, 0);
	expect(slurp("/proc/stat"));
	at = strstr(text, "\nintr ");
	require(at);
	at += strlen("\nintr ");
	sum = simple_strtoull(at, &at, 10);
	expect(sum >= 5);
	for (n = 0; *at == ' '; n++) {
		unsigned long long count = simple_strtoull(at + 1, &at, 10);

		if (n == irq)
			expect_eq(count, 5);
	}
	expect_eq(n, nr_irqs);
	expect_eq(*at, '\n');
	free_irq(irq, line);
	fake_line_free(line);
}
