/* SPDX-License-Identifier: MIT */
/* Kinds of file systems, and their instances. */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

static DEFINE_SPINLOCK(file_systems_lock);
static struct file_system_type *file_systems;

static DEFINE_MUTEX(super_lock);	/* guards to the blank line, and type->single */
static LIST_HEAD(supers);
static unsigned int next_anon_minor = 1;

static struct file_system_type **find_type(const char *name)
{
	struct file_system_type **p;

	for (p = &file_systems; *p; p = &(*p)->next)
		if (!strcmp((*p)->name, name))
			break;
	return p;
}

/**
 * register_filesystem - make a kind of file system known
 * @fs: stays the caller's
 *
 * Return: 0; -EBUSY when the name is taken.
 */
int register_filesystem(struct file_system_type *fs)
{
	struct file_system_type **p;
	int err = -EBUSY;

	spin_lock(&file_systems_lock);
	p = find_type(fs->name);
	if (!*p) {
		fs->next = NULL;
		*p = fs;
		err = 0;
	}
	spin_unlock(&file_systems_lock);
	return err;
}
EXPORT_SYMBOL(register_filesystem);

/* unregister_filesystem - undo it. Return: 0; -EINVAL when it is not known. */
int unregister_filesystem(struct file_system_type *fs)
{
	struct file_system_type **p;
	int err = -EINVAL;

	spin_lock(&file_systems_lock);
	p = find_type(fs->name);
	if (*p == fs) {
		*p = fs->next;
		err = 0;
	}
	spin_unlock(&file_systems_lock);
	return err;
}
EXPORT_SYMBOL(unregister_filesystem);

/* get_fs_type - by name, with a reference to its module; NULL when there is none */
struct file_system_type *get_fs_type(const char *name)
{
	struct file_system_type *fs;

	spin_lock(&file_systems_lock);
	fs = *find_type(name);
	if (fs && !try_module_get(fs->owner))
		fs = NULL;
	spin_unlock(&file_systems_lock);
	return fs;
}
EXPORT_SYMBOL(get_fs_type);

/* -- Instances ------------------------------------------------------------------------------ */

static struct super_block *new_super(struct file_system_type *type, void *data)
{
	struct super_block *sb = kzalloc(sizeof(*sb), GFP_KERNEL);
	int err;

	if (!sb)
		return ERR_PTR(-ENOMEM);
	sb->s_active = 1;
	sb->s_type = type;
	sb->s_dev = MKDEV(0, next_anon_minor++);
	atomic_long_set(&sb->s_next_ino, 0);
	err = type->fill_super(sb, data);
	if (err || WARN_ON(!sb->s_root)) {
		kfree(sb);
		return ERR_PTR(err ?: -EINVAL);
	}
	list_add_tail(&sb->s_list, &supers);
	if (type->fs_flags & FS_SINGLE)
		type->single = sb;
	return sb;
}

/* An instance to mount: a new one, or the only one. Counted; holds the type's module. */
struct super_block *get_super(struct file_system_type *type, void *data)
{
	struct super_block *sb;

	if (!try_module_get(type->owner))
		return ERR_PTR(-ENODEV);
	mutex_lock(&super_lock);
	if (type->single) {
		sb = type->single;
		sb->s_active++;
	} else {
		sb = new_super(type, data);
	}
	mutex_unlock(&super_lock);
	if (IS_ERR(sb))
		module_put(type->owner);
	return sb;
}

void put_super(struct super_block *sb)
{
	struct file_system_type *type = sb->s_type;

	mutex_lock(&super_lock);
	if (!--sb->s_active) {
		list_del(&sb->s_list);
		if (type->single == sb)
			type->single = NULL;
		fsnotify_sb_delete(sb);
		type->kill_sb(sb);
		if (sb->s_op && sb->s_op->put_super)
			sb->s_op->put_super(sb);
		kfree(sb);
	}
	mutex_unlock(&super_lock);
	module_put(type->owner);
}

/**
 * kill_litter_super - take apart a file system whose entries are pinned
 * @sb: nobody uses it any more
 *
 * Context: process, may sleep.
 */
void kill_litter_super(struct super_block *sb)
{
	struct dentry *root = sb->s_root, *d = root, *up;

	for (;;) {
		spin_lock(&dcache_lock);
		while (!list_empty(&d->d_subdirs))
			d = list_first_entry(&d->d_subdirs, struct dentry, d_child);
		spin_unlock(&dcache_lock);
		if (d == root)
			break;
		/* Its directory stays until it is empty: from there on, not from the root again. */
		up = d->d_parent;
		d_drop(d);
		d_unpin(d);
		d = up;
	}
	sb->s_root = NULL;
	dput(root);
}
EXPORT_SYMBOL(kill_litter_super);

/* -- /proc/filesystems --------------------------------------------------------------------- */

static int filesystems_show(struct seq_file *m, void *v)
{
	struct file_system_type *fs;

	spin_lock(&file_systems_lock);
	for (fs = file_systems; fs; fs = fs->next)
		seq_printf(m, "%s\t%s\n", fs->fs_flags & FS_REQUIRES_DEV ? "" : "nodev", fs->name);
	spin_unlock(&file_systems_lock);
	return 0;
}

static int __init filesystems_proc_init(void)
{
	proc_create_single("filesystems", 0, NULL, filesystems_show);
	return 0;
}
fs_initcall(filesystems_proc_init);
