/* SPDX-License-Identifier: MIT */
/* Commands on files: cat, ls, echo, and the two files that people ask for most. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

#define CHUNK 1024

static int cat_file(const char *path)
{
	struct file *f = filp_open(path, O_RDONLY, 0);
	loff_t pos = 0;
	ssize_t n = -ENOMEM;
	char *buf;

	if (IS_ERR(f))
		return PTR_ERR(f);
	buf = kmalloc(CHUNK, GFP_KERNEL);
	while (buf && (n = kernel_read(f, buf, CHUNK, &pos)) > 0)
		kdb_puts(buf, n);
	kfree(buf);
	filp_close(f, NULL);
	return n;
}

static int cmd_cat(int argc, char **argv)
{
	int i, err = argc < 2 ? KDB_USAGE : 0;

	for (i = 1; i < argc && !err; i++)
		err = cat_file(argv[i]);
	return err;
}

static int write_file(const char *path, const char *text, size_t len, int flags)
{
	struct file *f = filp_open(path, O_WRONLY | O_CREAT | flags, 0644);
	loff_t pos = 0;
	ssize_t n;

	if (IS_ERR(f))
		return PTR_ERR(f);
	n = kernel_write(f, text, len, &pos);
	filp_close(f, NULL);
	return n < 0 ? n : (size_t)n == len ? 0 : -EIO;
}

/* echo WORDS [> FILE | >> FILE] */
static int cmd_echo(int argc, char **argv)
{
	char text[KDB_LINE_MAX];
	size_t len = 0;
	int i;

	for (i = 1; i < argc && argv[i][0] != '>'; i++)
		len += scnprintf(text + len, sizeof(text) - len, i > 1 ? " %s" : "%s", argv[i]);
	len += scnprintf(text + len, sizeof(text) - len, "\n");
	if (i == argc) {
		kdb_puts(text, len);
		return 0;
	}
	if (i + 2 != argc)
		return KDB_USAGE;
	return write_file(argv[i + 1], text, len, argv[i][1] == '>' ? O_APPEND : O_TRUNC);
}

static bool print_name(struct dir_context *ctx, const char *name, int len, loff_t offset, u64 ino,
		       unsigned int type)
{
	if (name[0] != '.')
		kdb_printf("%.*s%s\n", len, name, type == DT_DIR ? "/" : "");
	return true;
}

static int cmd_ls(int argc, char **argv)
{
	struct dir_context ctx = { .actor = print_name };
	struct file *f = filp_open(argc > 1 ? argv[1] : "/", O_RDONLY, 0);
	int err;

	if (IS_ERR(f))
		return PTR_ERR(f);
	err = S_ISDIR(file_inode(f)->i_mode) ? iterate_dir(f, &ctx) : 0;
	if (!S_ISDIR(file_inode(f)->i_mode))
		kdb_printf("%s\n", argv[1]);
	filp_close(f, NULL);
	return err;
}

static int cmd_interrupts(int argc, char **argv)
{
	return cat_file("/proc/interrupts");
}

static int cmd_softirqs(int argc, char **argv)
{
	return cat_file("/proc/softirqs");
}

const struct kdb_command kdb_file_commands[] = {
	{ "interrupts", "", "counts per line and CPU (/proc/interrupts)", true, cmd_interrupts },
	{ "softirqs", "", "counts per softirq and CPU (/proc/softirqs)", true, cmd_softirqs },
	{ "cat", "FILE...", "print files", true, cmd_cat },
	{ "echo", "WORDS [> FILE]", "print words, or write them to a file", true, cmd_echo },
	{ "ls", "[DIR]", "list a directory", true, cmd_ls },
	{ }
};
