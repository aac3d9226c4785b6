/* SPDX-License-Identifier: MIT */
/* seq_file and /proc: the text is the same however it is read; entries go while they are used. */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/namei.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "leak.h"
#include "test.h"

#define RECORDS	60

/* Records of growing length, some empty, one longer than a page. */
static int show_record(struct seq_file *m, loff_t n)
{
	int i;

	if (n % 10 == 3)
		return SEQ_SKIP;
	if (n % 10 == 4)
		return 0;
	seq_printf(m, "%lld:", n);
	for (i = 0; i < (n == 30 ? 9000 : n * 3); i++)
		seq_putc(m, 'a' + i % 26);
	seq_putc(m, '\n');
	return 0;
}

static loff_t position[RECORDS];

static void *many_start(struct seq_file *m, loff_t *pos)
{
	return *pos < RECORDS ? memcpy(&position[*pos], pos, sizeof(*pos)) : NULL;
}

static void *many_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return many_start(m, pos);
}

static void many_stop(struct seq_file *m, void *v)
{
}

static int many_show(struct seq_file *m, void *v)
{
	return show_record(m, *(loff_t *)v);
}

static const struct seq_operations many_ops = {
	.start	= many_start,
	.next	= many_next,
	.stop	= many_stop,
	.show	= many_show,
};

/* The whole file in pieces of @piece bytes; the length. */
static ssize_t read_all(struct file *f, char *buf, size_t size, size_t piece)
{
	loff_t pos = 0;
	ssize_t n;

	while ((n = kernel_read(f, buf + pos, min_t(size_t, piece, size - pos), &pos)) > 0)
		;
	return n < 0 ? n : pos;
}

TEST(seq_file, pieces, "H3", "an iterator's text is the same in pieces of any size, skipped and long records included")
{
	static const size_t pieces[] = { 1 << 16, 4096, 1000, 77, 7, 1 };
	char *whole = kvmalloc(1 << 16, GFP_KERNEL), *buf = kvmalloc(1 << 16, GFP_KERNEL);
	struct file *f;
	ssize_t len = 0, n;
	unsigned int i;

	require(whole && buf);
	require(proc_create_seq("test_many", 0, NULL, &many_ops));
	f = filp_open("/proc/test_many", O_RDONLY, 0);
	require(!IS_ERR(f));
	for (i = 0; i < ARRAY_SIZE(pieces); i++) {
		n = read_all(f, i ? buf : whole, 1 << 16, pieces[i]);
		if (!i)
			len = n;
		expect_eq(n, len);
		expect(!i || !memcmp(whole, buf, len));
	}
	expect(len > 13000 && !memcmp(whole, "0:\n1:abc\n", 9));
	filp_close(f, NULL);

	f = filp_open("/proc/test_many", O_RDONLY, 0);
	for (i = 0; i < 200; i++) {	/* reads at any offset, as pread() makes them */
		loff_t pos = (i * 977) % len;
		size_t want = min_t(size_t, 64, len - pos);

		n = kernel_read(f, buf, want, &pos);
		if (!expect(n > 0 && !memcmp(buf, whole + (i * 977) % len, n)))
			break;
	}
	expect_eq(vfs_llseek(f, 3, SEEK_SET), 3);
	expect_eq(vfs_llseek(f, -1, SEEK_SET), -EINVAL);
	expect_eq(vfs_llseek(f, 0, SEEK_END), -EINVAL);
	filp_close(f, NULL);
	remove_proc_entry("test_many", NULL);
	kvfree(whole);
	kvfree(buf);
}

static void *bad_start(struct seq_file *m, loff_t *pos)
{
	return *pos == 2 ? ERR_PTR(-EIO) : many_start(m, pos);
}

static void *bad_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return bad_start(m, pos);
}

static const struct seq_operations bad_ops = {
	.start	= bad_start,
	.next	= bad_next,
	.stop	= many_stop,
	.show	= many_show,
};

TEST(seq_file, errors, "H3", "an iterator's error reaches the reader after the text before it")
{
	char buf[64] = "";
	loff_t pos = 0;
	struct file *f;

	require(proc_create_seq("test_bad", 0, NULL, &bad_ops));
	f = filp_open("/proc/test_bad", O_RDONLY, 0);
	require(!IS_ERR(f));
	expect_eq(kernel_read(f, buf, sizeof(buf), &pos), 9);
	expect_eq(kernel_read(f, buf, sizeof(buf), &pos), -EIO);
	filp_close(f, NULL);
	remove_proc_entry("test_bad", NULL);
}

static int show_formats(struct seq_file *m, void *v)
{
	seq_put_decimal_ull(m, "", 0);
	seq_put_decimal_ull_width(m, ",", 42, 5);
	seq_put_decimal_ll(m, ",", -9);
	seq_put_hex_ll(m, ",", 0xbeef, 8);
	seq_putc(m, ',');
	seq_escape(m, "a b\\c", " \\");
	seq_setwidth(m, 5);
	seq_puts(m, "xy");
	seq_pad(m, '|');
	return 0;
}

TEST(seq_file, formats, "H3", "numbers, escapes and padding print as on Linux")
{
	char buf[128] = "";
	loff_t pos = 0;
	struct file *f;

	require(proc_create_single("test_formats", 0, NULL, show_formats));
	f = filp_open("/proc/test_formats", O_RDONLY, 0);
	kernel_read(f, buf, sizeof(buf) - 1, &pos);
	expect_str(buf, "0,   42,-9,0000beef,a\\040b\\134cxy   |");
	filp_close(f, NULL);
	remove_proc_entry("test_formats", NULL);
}

/* -- Entries ------------------------------------------------------------------------------------ */

static struct {
	struct completion entered, go_on;
	atomic_t releases, running;
} slow;

static ssize_t slow_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	atomic_inc(&slow.running);
	complete(&slow.entered);
	wait_for_completion(&slow.go_on);
	atomic_dec(&slow.running);
	return simple_read_from_buffer(buf, count, pos, "slow", 4);
}

static int slow_release(struct inode *inode, struct file *file)
{
	atomic_inc(&slow.releases);
	return 0;
}

static const struct proc_ops slow_ops = {
	.proc_read	= slow_read,
	.proc_release	= slow_release,
};

static int reader(void *arg)
{
	struct file *f = arg;
	char buf[8];
	loff_t pos = 0;

	return kernel_read(f, buf, sizeof(buf), &pos);
}

static int remover(void *done)
{
	remove_proc_entry("test_slow", NULL);
	complete(done);
	return 0;
}

static bool found(const char *name)
{
	struct path path;

	if (kern_path(name, 0, &path))
		return false;
	path_put(&path);
	return true;
}

TEST(proc, removal, "H3", "removing an entry waits for a read that runs, releases open files once, and later reads fail")
{
	DECLARE_COMPLETION_ONSTACK(removed);
	struct file *f;
	char buf[8];
	loff_t pos = 0;

	init_completion(&slow.entered);
	init_completion(&slow.go_on);
	atomic_set(&slow.releases, 0);
	require(proc_create("test_slow", 0, NULL, &slow_ops));
	f = filp_open("/proc/test_slow", O_RDONLY, 0);
	require(!IS_ERR(f));
	kthread_run(reader, f, "test_reader");
	wait_for_completion(&slow.entered);
	kthread_run(remover, &removed, "test_remover");
	wait_until(!found("/proc/test_slow"));
	msleep(20);
	expect(!completion_done(&removed));
	expect_eq(atomic_read(&slow.releases), 0);
	complete_all(&slow.go_on);
	wait_for_completion(&removed);
	expect_eq(atomic_read(&slow.running), 0);
	expect_eq(atomic_read(&slow.releases), 1);

	expect_eq(kernel_read(f, buf, sizeof(buf), &pos), -EIO);
	/* The name is free again, and a new entry is not the old one. */
	require(proc_create("test_slow", 0, NULL, &slow_ops));
	expect_eq(kernel_read(f, buf, sizeof(buf), &pos), -EIO);
	remove_proc_entry("test_slow", NULL);
	filp_close(f, NULL);
	expect_eq(atomic_read(&slow.releases), 1);
}

static int show_data(struct seq_file *m, void *v)
{
	seq_printf(m, "%s\n", (char *)m->private);
	return 0;
}

static ssize_t read_file(const char *path, char *buf, size_t size)
{
	struct file *f = filp_open(path, O_RDONLY, 0);
	loff_t pos = 0;
	ssize_t n;

	if (IS_ERR(f))
		return PTR_ERR(f);
	n = kernel_read(f, buf, size - 1, &pos);
	buf[n > 0 ? n : 0] = '\0';
	filp_close(f, NULL);
	return n;
}

TEST(proc, tree, "H3", "directories, symlinks and files of /proc are found by path, and a subtree goes with one call")
{
	struct proc_dir_entry *dir;
	char buf[32];

	NO_LEAK_BEGIN;
	dir = proc_mkdir("test_dir", NULL);
	require(dir);
	expect(proc_mkdir("test_dir/inner", NULL));
	expect(proc_create_single_data("inner/file", 0, dir, show_data, "hello"));
	expect(proc_symlink("link", dir, "inner/file"));
	expect_eq(read_file("/proc/test_dir/inner/file", buf, sizeof(buf)), 6);
	expect_str(buf, "hello\n");
	expect_eq(read_file("/proc/test_dir/link", buf, sizeof(buf)), 6);
	expect_eq(read_file("/proc/test_dir/../test_dir//inner/./file", buf, sizeof(buf)), 6);
	expect_eq(read_file("/proc/test_dir/inner/none", buf, sizeof(buf)), -ENOENT);
	expect_eq(read_file("/proc/test_dir/inner/file/x", buf, sizeof(buf)), -ENOTDIR);
	expect(IS_ERR(filp_open("/proc/test_new", O_WRONLY | O_CREAT, 0644)));
	proc_remove(dir);
	expect_eq(read_file("/proc/test_dir/inner/file", buf, sizeof(buf)), -ENOENT);
	expect_eq(remove_proc_subtree("test_dir", NULL), -ENOENT);
	NO_LEAK_END;
}

TEST(proc, facts, "H3", "the files of /proc that tools read are there and begin as on Linux")
{
	static const struct { const char *path, *begins; } files[] = {
		{ "/proc/meminfo", "MemTotal: " },
		{ "/proc/version", "Linux version 6.1" },
		{ "/proc/filesystems", "nodev\t" },
		{ "/proc/mounts", "rootfs / rootfs rw" },
		{ "/proc/devices", "Character devices:\n" },
		{ "/proc/slabinfo", "slabinfo - version: 2.1\n" },
		{ "/proc/ioports", "" },
		{ "/proc/iomem", "0" },
		{ "/proc/cmdline", "" },
	};
	char buf[200];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		expect(read_file(files[i].path, buf, sizeof(buf)) > 0);
		buf[strlen(files[i].begins)] = '\0';
		expect_str(buf, files[i].begins);
	}
}

TEST(proc, user_pointers, "H3", "without a kernel read in progress no pointer is good for copy_to_user()")
{
	char a[8], b[8] = "secret";

	expect_eq(copy_to_user((void __user *)a, b, 8), 8);
	expect_eq(copy_from_user(a, (void __user *)b, 8), 8);
	expect(!memchr_inv(a, 0, 8));
	expect_eq(copy_from_user(a, (void __user *)0x1000, 8), 8);
}
