/* SPDX-License-Identifier: MIT */
/*
 * Attributes: files of /sys, each a value that show() prints and store() reads.
 *
 * The buffer is one page. A file that is open does not hold its owner: removal waits for
 * the show() and store() that run, and later reads and writes fail with -ENODEV.
 */
#ifndef _LINUX_SYSFS_H
#define _LINUX_SYSFS_H

#include <linux/kernel.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/kobject_ns.h>
#include <linux/stat.h>
#include <linux/stringify.h>
#include <linux/types.h>

struct address_space;
struct bin_attribute;
struct file;
struct kernfs_node;
struct kobject;
struct vm_area_struct;

struct attribute {
	const char	*name;
	umode_t		mode;
};

#define sysfs_attr_init(attr)		do { } while (0)
#define sysfs_bin_attr_init(bin_attr)	sysfs_attr_init(&(bin_attr)->attr)

/**
 * struct attribute_group - attributes that come and go together
 * @name: of the directory that they get; NULL: none of their own
 * @is_visible: mode of an attribute for this object, 0 to leave it out; NULL: its own mode
 * @is_bin_visible: the same for @bin_attrs
 * @attrs: end with NULL
 * @bin_attrs: end with NULL
 */
struct attribute_group {
	const char		*name;
	umode_t			(*is_visible)(struct kobject *kobj, struct attribute *attr, int n);
	umode_t			(*is_bin_visible)(struct kobject *kobj, struct bin_attribute *attr,
						  int n);
	struct attribute	**attrs;
	struct bin_attribute	**bin_attrs;
};

#define SYSFS_PREALLOC	010000

#define __ATTR(_name, _mode, _show, _store) {				\
	.attr = { .name = __stringify(_name),				\
		  .mode = VERIFY_OCTAL_PERMISSIONS(_mode) },		\
	.show = _show,							\
	.store = _store,						\
}
#define __ATTR_PREALLOC(_name, _mode, _show, _store) {			\
	.attr = { .name = __stringify(_name),				\
		  .mode = SYSFS_PREALLOC | VERIFY_OCTAL_PERMISSIONS(_mode) }, \
	.show = _show,							\
	.store = _store,						\
}
#define __ATTR_RO_MODE(_name, _mode) {					\
	.attr = { .name = __stringify(_name),				\
		  .mode = VERIFY_OCTAL_PERMISSIONS(_mode) },		\
	.show = _name##_show,						\
}
#define __ATTR_RW_MODE(_name, _mode)	__ATTR(_name, _mode, _name##_show, _name##_store)
#define __ATTR_RO(_name)		__ATTR_RO_MODE(_name, 0444)
#define __ATTR_RW(_name)		__ATTR(_name, 0644, _name##_show, _name##_store)
#define __ATTR_WO(_name) {						\
	.attr = { .name = __stringify(_name), .mode = 0200 },		\
	.store = _name##_store,						\
}
#define __ATTR_NULL		{ .attr = { .name = NULL } }
#define __ATTR_IGNORE_LOCKDEP(_name, _mode, _show, _store) __ATTR(_name, _mode, _show, _store)

#define __ATTRIBUTE_GROUPS(_name)					\
static const struct attribute_group *_name##_groups[] = {		\
	&_name##_group,							\
	NULL,								\
}
#define ATTRIBUTE_GROUPS(_name)						\
static const struct attribute_group _name##_group = {			\
	.attrs = _name##_attrs,						\
};									\
__ATTRIBUTE_GROUPS(_name)
#define BIN_ATTRIBUTE_GROUPS(_name)					\
static const struct attribute_group _name##_group = {			\
	.bin_attrs = _name##_attrs,					\
};									\
__ATTRIBUTE_GROUPS(_name)

/* A file of bytes; size 0: of any size. */
struct bin_attribute {
	struct attribute	attr;
	size_t			size;
	void			*private;
	struct address_space	*(*f_mapping)(void);
	ssize_t (*read)(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			char *buf, loff_t pos, size_t count);
	ssize_t (*write)(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			 char *buf, loff_t pos, size_t count);
	int (*mmap)(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
		    struct vm_area_struct *vma);
};

#define __BIN_ATTR(_name, _mode, _read, _write, _size) {		\
	.attr = { .name = __stringify(_name), .mode = _mode },		\
	.read = _read,							\
	.write = _write,						\
	.size = _size,							\
}
#define __BIN_ATTR_RO(_name, _size)	__BIN_ATTR(_name, 0444, _name##_read, NULL, _size)
#define __BIN_ATTR_WO(_name, _size)	__BIN_ATTR(_name, 0200, NULL, _name##_write, _size)
#define __BIN_ATTR_RW(_name, _size)	__BIN_ATTR(_name, 0644, _name##_read, _name##_write, _size)
#define __BIN_ATTR_ADMIN_RO(_name, _size) __BIN_ATTR(_name, 0400, _name##_read, NULL, _size)
#define __BIN_ATTR_ADMIN_RW(_name, _size) \
	__BIN_ATTR(_name, 0600, _name##_read, _name##_write, _size)
#define __BIN_ATTR_NULL			__ATTR_NULL
#define BIN_ATTR(_name, _mode, _read, _write, _size) \
	struct bin_attribute bin_attr_##_name = __BIN_ATTR(_name, _mode, _read, _write, _size)
#define BIN_ATTR_RO(_name, _size) \
	struct bin_attribute bin_attr_##_name = __BIN_ATTR_RO(_name, _size)
#define BIN_ATTR_WO(_name, _size) \
	struct bin_attribute bin_attr_##_name = __BIN_ATTR_WO(_name, _size)
#define BIN_ATTR_RW(_name, _size) \
	struct bin_attribute bin_attr_##_name = __BIN_ATTR_RW(_name, _size)
#define BIN_ATTR_ADMIN_RO(_name, _size) \
	struct bin_attribute bin_attr_##_name = __BIN_ATTR_ADMIN_RO(_name, _size)
#define BIN_ATTR_ADMIN_RW(_name, _size) \
	struct bin_attribute bin_attr_##_name = __BIN_ATTR_ADMIN_RW(_name, _size)

/* How the attributes of a type of objects are shown and stored. */
struct sysfs_ops {
	ssize_t (*show)(struct kobject *kobj, struct attribute *attr, char *buf);
	ssize_t (*store)(struct kobject *kobj, struct attribute *attr, const char *buf,
			 size_t count);
};

int __must_check sysfs_create_dir_ns(struct kobject *kobj, const void *ns);
void sysfs_remove_dir(struct kobject *kobj);
int __must_check sysfs_create_mount_point(struct kobject *parent_kobj, const char *name);
void sysfs_remove_mount_point(struct kobject *parent_kobj, const char *name);

int __must_check sysfs_create_file_ns(struct kobject *kobj, const struct attribute *attr,
				      const void *ns);
int __must_check sysfs_create_files(struct kobject *kobj, const struct attribute * const *attrs);
int __must_check sysfs_chmod_file(struct kobject *kobj, const struct attribute *attr,
				  umode_t mode);
void sysfs_remove_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns);
bool sysfs_remove_file_self(struct kobject *kobj, const struct attribute *attr);
void sysfs_remove_files(struct kobject *kobj, const struct attribute * const *attrs);
struct kernfs_node *sysfs_break_active_protection(struct kobject *kobj,
						  const struct attribute *attr);
void sysfs_unbreak_active_protection(struct kernfs_node *kn);

int __must_check sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr);
void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr);

int __must_check sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name);
int __must_check sysfs_create_link_nowarn(struct kobject *kobj, struct kobject *target,
					  const char *name);
void sysfs_remove_link(struct kobject *kobj, const char *name);

int __must_check sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp);
int __must_check sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups);
int __must_check sysfs_update_group(struct kobject *kobj, const struct attribute_group *grp);
int __must_check sysfs_update_groups(struct kobject *kobj, const struct attribute_group **groups);
void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp);
void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups);
int sysfs_merge_group(struct kobject *kobj, const struct attribute_group *grp);
void sysfs_unmerge_group(struct kobject *kobj, const struct attribute_group *grp);
int sysfs_add_file_to_group(struct kobject *kobj, const struct attribute *attr, const char *group);
void sysfs_remove_file_from_group(struct kobject *kobj, const struct attribute *attr,
				  const char *group);
int sysfs_add_link_to_group(struct kobject *kobj, const char *group_name, struct kobject *target,
			    const char *link_name);
void sysfs_remove_link_from_group(struct kobject *kobj, const char *group_name,
				  const char *link_name);

void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr);
struct kernfs_node *sysfs_get_dirent(struct kernfs_node *parent, const char *name);
void sysfs_notify_dirent(struct kernfs_node *kn);
void sysfs_put(struct kernfs_node *kn);

__printf(2, 3) int sysfs_emit(char *buf, const char *fmt, ...);
__printf(3, 4) int sysfs_emit_at(char *buf, int at, const char *fmt, ...);

static inline int __must_check sysfs_create_file(struct kobject *kobj,
						 const struct attribute *attr)
{
	return sysfs_create_file_ns(kobj, attr, NULL);
}

static inline void sysfs_remove_file(struct kobject *kobj, const struct attribute *attr)
{
	sysfs_remove_file_ns(kobj, attr, NULL);
}

#endif
