/* SPDX-License-Identifier: MIT */
/* kobjects and their attributes: names, counts, show and store, groups, errors. rows H3 */
#include <linux/err.h>
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include "test.h"

static int value = 7, stored;

static ssize_t value_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s/%s %d\n", kobject_name(kobj), attr->attr.name, value);
}

static ssize_t value_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf, size_t count)
{
	int err = kstrtoint(buf, 0, &value);

	stored++;
	return err ?: (ssize_t)count;
}

static struct kobj_attribute value_attr = __ATTR(value, 0644, value_show, value_store);
static struct kobj_attribute only_attr = __ATTR(only, 0444, value_show, NULL);

static struct attribute *attrs[] = { &value_attr.attr, &only_attr.attr, NULL };

static umode_t visible(struct kobject *kobj, struct attribute *attr, int n)
{
	return n == 1 ? 0 : attr->mode;
}

static const struct attribute_group group = { .name = "group", .attrs = attrs, .is_visible = visible };

static struct kobject *released;

static void release(struct kobject *kobj)
{
	released = kobj;
}

static struct kobj_type type = { .release = release, .sysfs_ops = &kobj_sysfs_ops };

static void counts(void)
{
	static struct kobject kobj;

	kobject_init(&kobj, &type);
	note("init %u %d", kref_read(&kobj.kref), kobj.state_in_sysfs);
	note("set %d", kobject_set_name(&kobj, "count/%d", 3));
	note("%s", kobject_name(&kobj));
	kobject_get(&kobj);
	kobject_put(&kobj);
	note("%u %d", kref_read(&kobj.kref), released == &kobj);
	kobject_put(&kobj);
	note("put %d", released == &kobj);
	show("counts");
}

static void test(void)
{
	struct kobject *kobj = kobject_create_and_add("tophalf_test", kernel_kobj), *child;
	char *path, *page = (char *)get_zeroed_page(GFP_KERNEL);

	if (!kobj || !page)
		return;
	note("in %d parent %s", kobj->state_in_sysfs, kobject_name(kobj->parent));
	path = kobject_get_path(kobj, GFP_KERNEL);
	note("path %s", path);
	kfree(path);
	child = kobject_create_and_add("child", kobj);
	path = child ? kobject_get_path(child, GFP_KERNEL) : NULL;
	note("path %s", path);
	kfree(path);
	show("paths");
	note("rename %d", kobject_rename(child, "renamed"));
	note("%s", kobject_name(child));
	show("names");
	note("file %d", sysfs_create_file(kobj, &value_attr.attr));
	note("group %d", sysfs_create_group(kobj, &group));
	note("link %d", sysfs_create_link(child, kobj, "up"));
	note("chmod %d", sysfs_chmod_file(kobj, &value_attr.attr, 0600));
	note("ops %d", kobj->ktype->sysfs_ops == &kobj_sysfs_ops);
	show("made");
	note("show %zd", kobj->ktype->sysfs_ops->show(kobj, &value_attr.attr, page));
	strreplace(page, '\n', '/');
	note("%s", page);
	note("store %zd", kobj->ktype->sysfs_ops->store(kobj, &value_attr.attr, "12\n", 3));
	note("%zd", kobj->ktype->sysfs_ops->store(kobj, &value_attr.attr, "x", 1));
	note("%zd", kobj->ktype->sysfs_ops->store(kobj, &only_attr.attr, "1", 1));
	note("%zd", kobj->ktype->sysfs_ops->show(kobj, &only_attr.attr, page));
	strreplace(page, '\n', '/');
	note("%s stored %d", page, stored);
	free_page((unsigned long)page);
	show("shown");
	sysfs_remove_link(child, "up");
	sysfs_remove_group(kobj, &group);
	sysfs_remove_file(kobj, &value_attr.attr);
	kobject_put(child);
	kobject_put(kobj);
	counts();
}
MODULE_TEST(test);
