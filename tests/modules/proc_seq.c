/* SPDX-License-Identifier: MIT */
/* /proc: an iterator's text in pieces of any size, a single text, folders, removal. rows H3 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include "test.h"

#define RECORDS	6

static int numbers[RECORDS] = { 0, 1, 2, 3, 4, 5 };

static void *start(struct seq_file *m, loff_t *pos)
{
	return *pos < RECORDS ? &numbers[*pos] : NULL;
}

static void *next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return start(m, pos);
}

static void stop(struct seq_file *m, void *v)
{
}

static int show_number(struct seq_file *m, void *v)
{
	int n = *(int *)v;

	if (n == 3)
		return SEQ_SKIP;
	seq_printf(m, "%d:", n);
	seq_put_decimal_ull(m, " ", n * n);
	seq_putc(m, ' ');
	seq_escape(m, n == 4 ? "a b\tc" : "x", " \t");
	seq_pad(m, '\n');
	return 0;
}

static const struct seq_operations number_ops = {
	.start = start, .next = next, .stop = stop, .show = show_number,
};

static int show_single(struct seq_file *m, void *v)
{
	seq_printf(m, "private %s\n", (char *)m->private);
	seq_hex_dump(m, "hex ", DUMP_PREFIX_NONE, 16, 1, "\x01\x7f" "ab", 4, true);
	return 0;
}

/* What the file says, in reads of @piece bytes; new lines as slashes. */
static void read_by(const char *path, size_t piece)
{
	struct file *f = filp_open(path, O_RDONLY, 0);
	char text[200];
	size_t len = 0, reads = 0;
	loff_t pos = 0;
	ssize_t n;

	if (IS_ERR(f)) {
		pr_info("%s: %ld\n", path, PTR_ERR(f));
		return;
	}
	while (len + piece < sizeof(text) && (n = kernel_read(f, text + len, piece, &pos)) > 0) {
		len += n;
		reads++;
	}
	text[len] = '\0';
	pr_info("%s by %zu: %zu reads, at %lld, last %zd: %s\n", path, piece, reads, pos, n,
		strreplace(text, '\n', '/') ? text : "");
	filp_close(f, NULL);
}

static void test(void)
{
	struct proc_dir_entry *dir = proc_mkdir("tophalf_test", NULL), *deep;

	note("made %d", dir && proc_create_seq("numbers", 0444, dir, &number_ops) &&
	     proc_create_single_data("single", 0400, dir, show_single, "data"));
	deep = proc_mkdir("deep", dir);
	note("%d", deep && proc_create_single("leaf", 0, deep, show_single));
	note("%d", !!proc_symlink("link", dir, "deep/leaf"));
	show("entries");
	read_by("/proc/tophalf_test/numbers", 100);
	read_by("/proc/tophalf_test/numbers", 7);
	read_by("/proc/tophalf_test/numbers", 1);
	read_by("/proc/tophalf_test/single", 90);
	read_by("/proc/tophalf_test/none", 10);
	remove_proc_entry("numbers", dir);
	read_by("/proc/tophalf_test/numbers", 10);
	note("subtree %d", remove_proc_subtree("tophalf_test", NULL));
	note("again %d", remove_proc_subtree("tophalf_test", NULL));
	show("removed");
	read_by("/proc/tophalf_test/single", 10);
}
MODULE_TEST(test);
