/* SPDX-License-Identifier: MIT */
/*
 * Making entries of /proc: files with operations, with an iterator, with one show(); directories,
 * symlinks.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

static atomic_long_t last_ino = ATOMIC_LONG_INIT(1);	/* the root has 1 */

static struct proc_dir_entry *new_entry(const char *name, umode_t mode)
{
	const char *last = strrchr(name, '/');
	struct proc_dir_entry *de;
	size_t len;

	last = last ? last + 1 : name;
	len = strlen(last);
	if (WARN(!len || len > NAME_MAX || !strcmp(last, ".") || !strcmp(last, ".."),
		 "/proc: no file can be called '%s'\n", name))
		return NULL;
	de = kzalloc(sizeof(*de) + len + 1, GFP_KERNEL);
	if (!de)
		return NULL;
	memcpy(de->name, last, len);
	de->namelen = len;
	de->mode = mode;
	de->nlink = S_ISDIR(mode) ? 2 : 1;
	de->ino = atomic_long_inc_return(&last_ino);
	de->children = RB_ROOT;
	refcount_set(&de->refs, 1);
	spin_lock_init(&de->open_lock);
	INIT_LIST_HEAD(&de->open_files);
	return de;
}

static umode_t file_mode(umode_t mode)
{
	if (!(mode & S_IFMT))
		mode |= S_IFREG;
	return mode & S_IALLUGO ? mode : mode | S_IRUGO;
}

/**
 * proc_create_data - add a file to /proc
 * @name: may begin with directories that exist, as "driver/rtc"
 * @mode: permissions; 0 is 0444
 * @parent: directory, NULL for /proc itself
 * @ops: its operations; must outlive the entry
 * @data: what pde_data() gives them
 *
 * Context: process, may sleep. Return: the entry; NULL when the name is taken or makes no
 * sense (said in the log), or there is no memory.
 */
struct proc_dir_entry *proc_create_data(const char *name, umode_t mode,
					struct proc_dir_entry *parent, const struct proc_ops *ops,
					void *data)
{
	struct proc_dir_entry *de = new_entry(name, file_mode(mode));

	if (!de)
		return NULL;
	de->ops = ops;
	de->data = data;
	return proc_add(de, name, parent);
}
EXPORT_SYMBOL(proc_create_data);

struct proc_dir_entry *proc_create(const char *name, umode_t mode, struct proc_dir_entry *parent,
				   const struct proc_ops *ops)
{
	return proc_create_data(name, mode, parent, ops, NULL);
}
EXPORT_SYMBOL(proc_create);

static int open_seq(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *de = inode_pde(inode);

	if (de->state_size)
		return seq_open_private(file, de->seq_ops, de->state_size);
	return seq_open(file, de->seq_ops);
}

static int release_seq(struct inode *inode, struct file *file)
{
	return inode_pde(inode)->state_size ? seq_release_private(inode, file)
					    : seq_release(inode, file);
}

static const struct proc_ops seq_proc_ops = {
	.proc_open	= open_seq,
	.proc_read	= seq_read,
	.proc_lseek	= seq_lseek,
	.proc_release	= release_seq,
};

/**
 * proc_create_seq_private - add a file that a seq_file iterator prints
 * @name: as for proc_create_data()
 * @mode: as for proc_create_data()
 * @parent: as for proc_create_data()
 * @ops: the iterator
 * @state_size: bytes of zeroed memory that each open file has as m->private, or 0
 * @data: what pde_data(file_inode(m->file)) gives
 *
 * Context and return as proc_create_data().
 */
struct proc_dir_entry *proc_create_seq_private(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       const struct seq_operations *ops,
					       unsigned int state_size, void *data)
{
	struct proc_dir_entry *de = new_entry(name, file_mode(mode));

	if (!de)
		return NULL;
	de->ops = &seq_proc_ops;
	de->seq_ops = ops;
	de->state_size = state_size;
	de->data = data;
	return proc_add(de, name, parent);
}
EXPORT_SYMBOL(proc_create_seq_private);

static int open_single(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *de = inode_pde(inode);

	return single_open(file, de->show, de->data);
}

static const struct proc_ops single_proc_ops = {
	.proc_open	= open_single,
	.proc_read	= seq_read,
	.proc_lseek	= seq_lseek,
	.proc_release	= single_release,
};

/* proc_create_single_data - add a file that one show() prints; @data is its m->private */
struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       int (*show)(struct seq_file *m, void *v),
					       void *data)
{
	struct proc_dir_entry *de = new_entry(name, file_mode(mode));

	if (!de)
		return NULL;
	de->ops = &single_proc_ops;
	de->show = show;
	de->data = data;
	return proc_add(de, name, parent);
}
EXPORT_SYMBOL(proc_create_single_data);

/* proc_mkdir_data - add a directory; @mode 0 is 0555. Context and return as proc_create_data(). */
struct proc_dir_entry *proc_mkdir_data(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, void *data)
{
	struct proc_dir_entry *de = new_entry(name, S_IFDIR | (mode ?: S_IRUGO | S_IXUGO));

	if (!de)
		return NULL;
	de->data = data;
	return proc_add(de, name, parent);
}
EXPORT_SYMBOL(proc_mkdir_data);

struct proc_dir_entry *proc_mkdir_mode(const char *name, umode_t mode,
				       struct proc_dir_entry *parent)
{
	return proc_mkdir_data(name, mode, parent, NULL);
}
EXPORT_SYMBOL(proc_mkdir_mode);

struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent)
{
	return proc_mkdir_data(name, 0, parent, NULL);
}
EXPORT_SYMBOL(proc_mkdir);

/* proc_symlink - add a symlink to @target, which is copied */
struct proc_dir_entry *proc_symlink(const char *name, struct proc_dir_entry *parent,
				    const char *target)
{
	struct proc_dir_entry *de = new_entry(name, S_IFLNK | S_IRWXUGO);

	if (!de)
		return NULL;
	de->size = strlen(target);
	de->data = kstrdup(target, GFP_KERNEL);
	if (!de->data) {
		pde_put(de);
		return NULL;
	}
	return proc_add(de, name, parent);
}
EXPORT_SYMBOL(proc_symlink);

void proc_set_size(struct proc_dir_entry *de, loff_t size)
{
	de->size = size;
}
EXPORT_SYMBOL(proc_set_size);

void proc_set_user(struct proc_dir_entry *de, kuid_t uid, kgid_t gid)
{
	de->uid = uid;
	de->gid = gid;
}
EXPORT_SYMBOL(proc_set_user);

/* pde_data - the data that the entry of this inode was created with */
void *pde_data(const struct inode *inode)
{
	return inode_pde(inode)->data;
}
EXPORT_SYMBOL(pde_data);

void *proc_get_parent_data(const struct inode *inode)
{
	return inode_pde(inode)->parent->data;
}
EXPORT_SYMBOL(proc_get_parent_data);
