/* SPDX-License-Identifier: MIT */
/* An entry of /sys, between the files of fs/sysfs/. */
#ifndef _FS_SYSFS_INTERNALS_H
#define _FS_SYSFS_INTERNALS_H

#include <linux/fs.h>
#include <linux/kobject.h>
#include <linux/pinned.h>
#include <linux/sysfs.h>
#include <linux/wait.h>

/* The record behind the inode of an entry, which frees it. Fixed but for pin and event. */
struct kernfs_node {
	struct pinned			pin;	/* first: see linux/pinned.h */
	struct dentry			*dentry;
	struct kobject			*kobj;	/* may be used under pinned_use() */
	const struct attribute		*attr;	/* files */
	const struct bin_attribute	*bin;	/* files of bytes; else NULL */
	atomic_t			event;	/* of sysfs_notify() */
	wait_queue_head_t		poll;
};

extern struct kernfs_node *sysfs_root;
extern const struct file_operations sysfs_file_operations, sysfs_bin_operations;

static inline struct kernfs_node *inode_node(const struct inode *inode)
{
	return inode->i_private;
}

/* Where the entries of an object go: its directory; for NULL the root. */
static inline struct kernfs_node *kobj_dir(const struct kobject *kobj)
{
	return kobj ? kobj->sd : sysfs_root;
}

struct kernfs_node *sysfs_add(struct kernfs_node *parent, const char *name, umode_t mode,
			      const struct kernfs_node *template, char *target);
struct kernfs_node *sysfs_add_dir(struct kernfs_node *parent, const char *name,
				  struct kobject *kobj);
struct kernfs_node *sysfs_find(struct kernfs_node *parent, const char *name);
int sysfs_rename(struct kernfs_node *node, const char *name);
void sysfs_remove(struct kernfs_node *node);
bool sysfs_remove_by_name(struct kernfs_node *parent, const char *name);
void sysfs_warn_dup(struct kernfs_node *parent, const char *name);
int sysfs_add_file(struct kernfs_node *parent, struct kobject *kobj, const struct attribute *attr,
		   umode_t mode);
int sysfs_add_bin_file(struct kernfs_node *parent, struct kobject *kobj,
		       const struct bin_attribute *attr, umode_t mode);
int sysfs_add_link(struct kernfs_node *parent, struct kobject *target, const char *name, bool warn);

#endif
