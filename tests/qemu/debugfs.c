/* SPDX-License-Identifier: MIT */
/* debugfs: ready-made files, files of one's own, and removal while they are open. */
#include <linux/debugfs.h>
#include <linux/module.h>
#include "test.h"
#include "text.h"

#define DIR	"/sys/kernel/debug/tophalf_test"

static char text[256];
static u8 byte = 200;
static u32 word = 0xbeef;
static u64 count = 123456789012345;
static bool flag;
static atomic_t number = ATOMIC_INIT(-5);
static u32 list[] = { 1, 2, 3 };
static struct debugfs_u32_array array = { list, ARRAY_SIZE(list) };
static struct debugfs_blob_wrapper blob = { "blob", 4 };

static const char *shown(const char *path)
{
	text_of(path, text, sizeof(text));
	return text;
}

TEST(debugfs, values, "H3", "variables are shown in their formats and set, unless the mode forbids it")
{
	struct dentry *dir = debugfs_create_dir("tophalf_test", NULL);

	require(!IS_ERR(dir));
	debugfs_create_u8("u8", 0644, dir, &byte);
	debugfs_create_x32("x32", 0444, dir, &word);
	debugfs_create_u64("u64", 0644, dir, &count);
	debugfs_create_bool("bool", 0644, dir, &flag);
	debugfs_create_atomic_t("atomic", 0644, dir, &number);
	debugfs_create_u32_array("array", 0444, dir, &array);
	debugfs_create_blob("blob", 0444, dir, &blob);
	expect_str(shown(DIR "/u8"), "200\n");
	expect_str(shown(DIR "/x32"), "0x0000beef\n");
	expect_str(shown(DIR "/u64"), "123456789012345\n");
	expect_str(shown(DIR "/bool"), "N\n");
	expect_str(shown(DIR "/atomic"), "-5\n");
	expect_str(shown(DIR "/array"), "1 2 3\n");
	expect_str(shown(DIR "/blob"), "blob");
	expect_eq(text_to(DIR "/u8", "7\n"), 2);
	expect_eq(byte, 7);
	expect_eq(text_to(DIR "/u8", "seven"), -EINVAL);
	expect_eq(text_to(DIR "/bool", "y"), 1);
	expect(flag);
	expect_eq(text_to(DIR "/atomic", "-9"), 2);
	expect_eq(atomic_read(&number), -9);
	expect_eq(text_to(DIR "/x32", "1"), -EACCES);
	expect_eq(word, 0xbeef);
	debugfs_remove_recursive(dir);
	expect(!is_there(DIR));
}

static int twice_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", 2 * *(int *)m->private);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(twice);

static int twenty_one = 21;

TEST(debugfs, removal, "H3", "a file's own operations run; removal takes all below along, and what is open fails with -EIO")
{
	struct dentry *dir = debugfs_create_dir("tophalf_test", NULL), *sub, *file;
	struct file *f;
	loff_t pos = 0;

	require(!IS_ERR(dir));
	sub = debugfs_create_dir("sub", dir);
	file = debugfs_create_file("twice", 0444, sub, &twenty_one, &twice_fops);
	require(!IS_ERR(file));
	expect_str(shown(DIR "/sub/twice"), "42\n");
	debugfs_create_symlink("link", dir, "sub/twice");
	expect_str(shown(DIR "/link"), "42\n");
	test_note("the complaint that follows is expected");
	expect_eq(PTR_ERR(debugfs_create_dir("sub", dir)), -EEXIST);
	expect_eq(PTR_ERR(debugfs_create_dir("x", ERR_PTR(-ENODEV))), -ENODEV);
	f = filp_open(DIR "/sub/twice", O_RDONLY, 0);
	require(!IS_ERR(f));
	debugfs_remove(dir);
	expect(!is_there(DIR));
	expect_eq(kernel_read(f, text, 10, &pos), -EIO);
	filp_close(f, NULL);
	debugfs_remove(NULL);
	debugfs_remove(ERR_PTR(-ENOMEM));
}
