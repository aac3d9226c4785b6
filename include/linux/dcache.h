/* SPDX-License-Identifier: MIT */
/*
 * Directory entries: a name in a directory and the inode it stands for.
 *
 * An entry is linked under its parent while somebody holds it; nothing is cached beyond
 * that. A file system that lives in memory holds its entries itself (d_pin()): they are
 * its directories.
 * One lock, dcache_lock, guards all links and counts; holding a reference to an entry
 * holds its inode and its parents.
 */
#ifndef _LINUX_DCACHE_H
#define _LINUX_DCACHE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct inode;
struct super_block;
struct dentry;
struct path;
struct file;

struct qstr {
	u32			hash;
	u32			len;
	const unsigned char	*name;
};
#define QSTR_INIT(n, l)	{ .len = (l), .name = (const unsigned char *)(n) }

struct dentry_operations {
	/* 0 when the cached entry no longer stands for anything. May sleep. */
	int (*d_revalidate)(struct dentry *dentry, unsigned int flags);
	void (*d_release)(struct dentry *dentry);
};

#define DNAME_INLINE_LEN	40

struct dentry {
	unsigned int		d_flags;	/* dcache_lock; to the blank line */
	unsigned int		d_count;
	struct inode		*d_inode;	/* NULL: the name does not exist */
	struct dentry		*d_parent;	/* itself at a root */
	struct qstr		d_name;
	struct list_head	d_child;	/* in d_parent->d_subdirs, oldest first */
	struct list_head	d_subdirs;
	loff_t			d_offset;	/* place among the children of d_parent, never reused */
	loff_t			d_next_offset;	/* for the next child */

	struct super_block	*d_sb;		/* fixed */
	const struct dentry_operations *d_op;
	void			*d_fsdata;
	unsigned char		d_iname[DNAME_INLINE_LEN];
};

#define DCACHE_PINNED		0x0001	/* the file system holds it: see d_pin() */
#define DCACHE_MOUNTED		0x0002	/* something is mounted on it */
#define DCACHE_UNHASHED		0x0004	/* lookups no longer find it */

struct dentry *d_alloc(struct dentry *parent, const struct qstr *name);
struct dentry *d_alloc_name(struct dentry *parent, const char *name);
struct dentry *d_make_root(struct inode *root_inode);
struct dentry *d_lookup(struct dentry *parent, const struct qstr *name);
void d_add(struct dentry *dentry, struct inode *inode);
void d_instantiate(struct dentry *dentry, struct inode *inode);
struct dentry *d_splice_alias(struct inode *inode, struct dentry *dentry);
void d_pin(struct dentry *dentry);
void d_unpin(struct dentry *dentry);
void d_drop(struct dentry *dentry);
void d_move(struct dentry *dentry, struct dentry *target);
struct dentry *dget(struct dentry *dentry);
struct dentry *dget_parent(struct dentry *dentry);
void dput(struct dentry *dentry);
u32 full_name_hash(const void *salt, const char *name, unsigned int len);

char *d_path(const struct path *path, char *buf, int buflen);
char *dentry_path_raw(const struct dentry *dentry, char *buf, int buflen);
char *file_path(struct file *file, char *buf, int buflen);

static inline struct inode *d_inode(const struct dentry *dentry)
{
	return dentry->d_inode;
}

static inline bool d_really_is_negative(const struct dentry *dentry)
{
	return !dentry->d_inode;
}
#define d_is_negative(dentry)	d_really_is_negative(dentry)
#define d_is_positive(dentry)	(!d_really_is_negative(dentry))
#define d_really_is_positive(d)	(!d_really_is_negative(d))

static inline bool d_unhashed(const struct dentry *dentry)
{
	return READ_ONCE(dentry->d_flags) & DCACHE_UNHASHED;
}

#define IS_ROOT(x)	((x) == (x)->d_parent)

#endif
