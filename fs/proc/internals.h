/* SPDX-License-Identifier: MIT */
/* An entry of /proc, between the files of fs/proc/. */
#ifndef _FS_PROC_INTERNALS_H
#define _FS_PROC_INTERNALS_H

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/proc_fs.h>
#include <linux/rbtree.h>
#include <linux/refcount.h>

/*
 * Life of an entry: registered (found by name), then removed, then freed when the last
 * inode that shows it is gone. users counts the operations that are running on it, and
 * falls below PDE_REMOVED once removal has begun: no operation starts then, and the last
 * one that ends completes drained.
 */
struct proc_dir_entry {
	atomic_t		users;
	refcount_t		refs;		/* the tree's, and one for each inode */
	spinlock_t		open_lock;	/* guards open_files and what is in it */
	struct list_head	open_files;
	struct completion	*drained;	/* set before users goes below PDE_REMOVED */

	struct rb_root		children;	/* proc_tree_lock; by length, then bytes of the name */
	struct rb_node		node;
	struct proc_dir_entry	*parent;
	unsigned int		nlink;
	bool			removed;

	const struct proc_ops	*ops;		/* fixed from here on; NULL: a directory or symlink */
	const struct seq_operations *seq_ops;
	int			(*show)(struct seq_file *m, void *v);
	unsigned int		state_size;
	void			*data;		/* the target of a symlink */
	loff_t			size;
	kuid_t			uid;
	kgid_t			gid;
	umode_t			mode;
	unsigned long		ino;
	unsigned int		namelen;
	char			name[];
};

#define PDE_REMOVED	((int)0x80000000)

/* One open file of an entry whose operations have a release. */
struct pde_open {
	struct list_head	link;
	struct file		*file;
	struct completion	*closed;	/* somebody waits for the release that is running */
	bool			closing;
};

extern struct proc_dir_entry proc_root;

static inline struct proc_dir_entry *inode_pde(const struct inode *inode)
{
	return inode->i_private;
}

struct inode *proc_get_inode(struct super_block *sb, struct proc_dir_entry *de);
void proc_wait_and_release(struct proc_dir_entry *de);
void pde_put(struct proc_dir_entry *de);
struct proc_dir_entry *proc_add(struct proc_dir_entry *de, const char *name,
				struct proc_dir_entry *parent);
struct dentry *proc_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags);
int proc_readdir(struct file *file, struct dir_context *ctx);

#endif
