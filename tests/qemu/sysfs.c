/* SPDX-License-Identifier: MIT */
/* Objects and attributes: files that are there as long as their owner is, and no longer used then. */
#include <linux/kobject.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/sysfs.h>
#include "test.h"
#include "text.h"

static char text[PAGE_SIZE + 16];
static int value;

static ssize_t value_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", value);
}

static ssize_t value_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			   size_t count)
{
	int err = kstrtoint(buf, 10, &value);

	return err ?: (ssize_t)count;
}

static struct kobj_attribute value_attr = __ATTR_RW(value);
static struct kobj_attribute ro_attr = __ATTR(ro, 0444, value_show, NULL);
static struct kobj_attribute wo_attr = __ATTR(wo, 0200, NULL, value_store);

TEST(sysfs, attributes, "H3", "an attribute shows and stores; what its mode does not allow, and a bad value, are refused")
{
	struct kobject *kobj = kobject_create_and_add("tophalf_test", kernel_kobj);

	require(kobj);
	expect_eq(sysfs_create_file(kobj, &value_attr.attr), 0);
	expect_eq(sysfs_create_file(kobj, &ro_attr.attr), 0);
	expect_eq(sysfs_create_file(kobj, &wo_attr.attr), 0);
	value = 7;
	expect_eq(text_of("/sys/kernel/tophalf_test/value", text, sizeof(text)), 2);
	expect_str(text, "7\n");
	expect_eq(text_to("/sys/kernel/tophalf_test/value", "42\n"), 3);
	expect_eq(value, 42);
	expect_eq(text_to("/sys/kernel/tophalf_test/value", "four"), -EINVAL);
	expect_eq(value, 42);
	expect_eq(text_to("/sys/kernel/tophalf_test/ro", "1"), -EACCES);
	expect_eq(text_of("/sys/kernel/tophalf_test/wo", text, sizeof(text)), -EACCES);
	expect_eq(text_to("/sys/kernel/tophalf_test/wo", "9"), 1);
	expect_eq(value, 9);
	sysfs_remove_file(kobj, &ro_attr.attr);
	expect(!is_there("/sys/kernel/tophalf_test/ro"));
	kobject_put(kobj);
	expect(!is_there("/sys/kernel/tophalf_test"));
}

static struct attribute *group_attrs[] = { &value_attr.attr, &ro_attr.attr, NULL };

static umode_t no_ro(struct kobject *kobj, struct attribute *attr, int n)
{
	return attr == &ro_attr.attr ? 0 : attr->mode;
}

static const struct attribute_group named = { .name = "group", .attrs = group_attrs };
static const struct attribute_group bare = { .attrs = group_attrs, .is_visible = no_ro };

TEST(sysfs, groups, "H3", "groups come with a directory or without, leave out what is not visible, and go whole; links lead there")
{
	struct kobject *kobj = kobject_create_and_add("tophalf_test", NULL);
	struct kobject *below = kobject_create_and_add("below", kobj);

	require(kobj && below);
	value = 5;
	expect_eq(sysfs_create_group(kobj, &named), 0);
	expect_eq(sysfs_create_group(kobj, &bare), 0);
	expect(is_there("/sys/tophalf_test/group/ro"));
	expect(is_there("/sys/tophalf_test/value"));
	expect(!is_there("/sys/tophalf_test/ro"));
	expect_eq(sysfs_create_link(below, kobj, "up"), 0);
	expect_eq(text_of("/sys/tophalf_test/below/up/group/value", text, sizeof(text)), 2);
	expect_str(text, "5\n");
	expect_eq(sysfs_create_link(kernel_kobj, below, "tophalf_link"), 0);
	expect_eq(text_of("/sys/kernel/tophalf_link/up/value", text, sizeof(text)), 2);
	sysfs_remove_link(kernel_kobj, "tophalf_link");
	sysfs_remove_group(kobj, &named);
	expect(!is_there("/sys/tophalf_test/group"));
	expect(is_there("/sys/tophalf_test/value"));
	kobject_put(below);
	kobject_put(kobj);
	expect(!is_there("/sys/tophalf_test"));
}

TEST(sysfs, errors, "H3", "a name that is taken is -EEXIST and leaves the first; an object without a name or type is refused")
{
	struct kobject *kobj = kobject_create_and_add("tophalf_test", NULL);

	require(kobj);
	test_note("the complaints that follow are expected");
	expect_eq(sysfs_create_file(kobj, &value_attr.attr), 0);
	expect_eq(sysfs_create_file(kobj, &value_attr.attr), -EEXIST);
	expect(!kobject_create_and_add("tophalf_test", NULL));
	expect(is_there("/sys/tophalf_test/value"));
	expect_eq(sysfs_create_link(NULL, kobj, "tophalf_test"), -EEXIST);
	kobject_del(kobj);
	expect_eq(sysfs_create_link(kernel_kobj, kobj, "tophalf_link"), -ENOENT);
	kobject_put(kobj);
}

static u8 bytes[100];

static ssize_t bytes_read(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			  char *buf, loff_t pos, size_t count)
{
	memcpy(buf, bytes + pos, count);
	return count;
}

static ssize_t bytes_write(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			   char *buf, loff_t pos, size_t count)
{
	memcpy(bytes + pos, buf, count);
	return count;
}

static BIN_ATTR_RW(bytes, sizeof(bytes));

TEST(sysfs, bin, "H3", "a file of bytes is read and written at any position up to its size, and no further")
{
	struct kobject *kobj = kobject_create_and_add("tophalf_test", NULL);
	struct file *f;
	loff_t pos = 90;

	require(kobj);
	expect_eq(sysfs_create_bin_file(kobj, &bin_attr_bytes), 0);
	f = filp_open("/sys/tophalf_test/bytes", O_RDWR, 0);
	require(!IS_ERR(f));
	expect_eq(i_size_read(file_inode(f)), 100);
	expect_eq(kernel_write(f, "0123456789abc", 13, &pos), 10);
	expect_eq(pos, 100);
	expect_eq(kernel_write(f, "x", 1, &pos), -EFBIG);
	expect_eq(kernel_read(f, text, 10, &pos), 0);
	pos = 95;
	expect_eq(kernel_read(f, text, 10, &pos), 5);
	expect(!memcmp(text, "56789", 5));
	sysfs_remove_bin_file(kobj, &bin_attr_bytes);
	pos = 0;
	expect_eq(kernel_read(f, text, 10, &pos), -ENODEV);
	filp_close(f, NULL);
	kobject_put(kobj);
}

static DECLARE_COMPLETION(in_show);
static DECLARE_COMPLETION(leave_show);
static bool show_ended, removed, read_whole, waited;
static DECLARE_COMPLETION(reader_done);

static ssize_t slow_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	complete(&in_show);
	wait_for_completion(&leave_show);
	WRITE_ONCE(show_ended, true);
	return sysfs_emit(buf, "slow\n");
}

static struct kobj_attribute slow_attr = __ATTR_RO(slow);

static int read_slow(void *unused)
{
	static char answer[16];
	ssize_t n = text_of("/sys/tophalf_test/slow", answer, sizeof(answer));

	read_whole = n == 5 && !strcmp(answer, "slow\n");
	complete(&reader_done);
	return 0;
}

static int remove_slow(void *kobj)
{
	sysfs_remove_file(kobj, &slow_attr.attr);
	waited = READ_ONCE(show_ended);
	smp_store_release(&removed, true);
	return 0;
}

TEST(sysfs, removal, "H3", "removal waits for the show that runs; a file still open gives -ENODEV after it")
{
	struct kobject *kobj = kobject_create_and_add("tophalf_test", NULL);
	struct file *f;
	loff_t pos = 0;

	require(kobj);
	show_ended = removed = false;
	reinit_completion(&in_show);
	reinit_completion(&leave_show);
	reinit_completion(&reader_done);
	expect_eq(sysfs_create_file(kobj, &slow_attr.attr), 0);
	f = filp_open("/sys/tophalf_test/slow", O_RDONLY, 0);
	require(!IS_ERR(f));
	kthread_run(read_slow, NULL, "reader");
	wait_for_completion(&in_show);
	kthread_run(remove_slow, kobj, "remover");
	wait_until(!is_there("/sys/tophalf_test/slow"));
	expect(!READ_ONCE(removed));
	complete(&leave_show);
	wait_until(smp_load_acquire(&removed));
	expect(waited);
	wait_for_completion(&reader_done);
	expect(read_whole);
	expect_eq(kernel_read(f, text, 10, &pos), -ENODEV);
	filp_close(f, NULL);
	kobject_put(kobj);
}
