/* SPDX-License-Identifier: MIT */
/*
 * Directory entries: see linux/dcache.h.
 *
 * dcache_lock is held for a few loads and stores at a time; nothing sleeps under it. An
 * entry whose count falls to zero leaves its parent's list in the same critical section,
 * so that whoever finds an entry in a list may raise its count.
 */
#include <linux/bug.h>
#include <linux/dcache.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/init.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

DEFINE_SPINLOCK(dcache_lock);
static struct kmem_cache *dentry_cache;

void __init dcache_init(void)
{
	dentry_cache = KMEM_CACHE(dentry, SLAB_PANIC);
}

/* full_name_hash - FNV-1a of a name; @salt is not used, so that no address has a say */
u32 full_name_hash(const void *salt, const char *name, unsigned int len)
{
	u32 hash = 2166136261u;

	while (len--)
		hash = (hash ^ (u8)*name++) * 16777619u;
	return hash;
}
EXPORT_SYMBOL(full_name_hash);

static bool set_name(struct dentry *dentry, const struct qstr *name)
{
	unsigned char *p = dentry->d_iname;

	if (name->len >= DNAME_INLINE_LEN) {
		p = kmalloc(name->len + 1, GFP_KERNEL);
		if (!p)
			return false;
	}
	memcpy(p, name->name, name->len);
	p[name->len] = '\0';
	dentry->d_name.name = p;
	dentry->d_name.len = name->len;
	dentry->d_name.hash = full_name_hash(NULL, (const char *)p, name->len);
	return true;
}

/* A name in a buffer of its own may still be read by those who hold the entry: d_path(). */
static void free_name(struct dentry *dentry)
{
	if (dentry->d_name.name != dentry->d_iname)
		kfree(dentry->d_name.name);
}

/**
 * d_alloc - make an entry, not yet linked under its parent
 * @parent: held by the caller; NULL makes a root
 * @name: copied
 *
 * Context: process, may sleep. Return: the entry with a count of one, or NULL.
 */
struct dentry *d_alloc(struct dentry *parent, const struct qstr *name)
{
	struct dentry *dentry = kmem_cache_zalloc(dentry_cache, GFP_KERNEL);

	if (!dentry)
		return NULL;
	if (!set_name(dentry, name)) {
		kmem_cache_free(dentry_cache, dentry);
		return NULL;
	}
	dentry->d_count = 1;
	dentry->d_flags = DCACHE_UNHASHED;
	dentry->d_next_offset = 2;	/* after "." and ".." */
	INIT_LIST_HEAD(&dentry->d_child);
	INIT_LIST_HEAD(&dentry->d_subdirs);
	dentry->d_parent = dentry;
	if (parent) {
		dentry->d_parent = dget(parent);
		dentry->d_sb = parent->d_sb;
		dentry->d_op = parent->d_sb->s_d_op;
	}
	return dentry;
}
EXPORT_SYMBOL(d_alloc);

struct dentry *d_alloc_name(struct dentry *parent, const char *name)
{
	struct qstr q = QSTR_INIT(name, strlen(name));

	return d_alloc(parent, &q);
}
EXPORT_SYMBOL(d_alloc_name);

/* d_make_root - the root of a file system; takes over @inode, also when there is no memory */
struct dentry *d_make_root(struct inode *inode)
{
	static const struct qstr name = QSTR_INIT("/", 1);
	struct dentry *root;

	if (!inode)
		return NULL;
	root = d_alloc(NULL, &name);
	if (!root) {
		iput(inode);
		return NULL;
	}
	root->d_sb = inode->i_sb;
	root->d_op = inode->i_sb->s_d_op;
	root->d_inode = inode;
	root->d_flags &= ~DCACHE_UNHASHED;
	return root;
}
EXPORT_SYMBOL(d_make_root);

/**
 * d_lookup - find the entry of a name, if anybody holds it
 * @parent: the directory
 * @name: the name
 *
 * Context: any but interrupts. Return: the entry, counted, positive or not; or NULL.
 */
struct dentry *d_lookup(struct dentry *parent, const struct qstr *name)
{
	u32 hash = full_name_hash(NULL, (const char *)name->name, name->len);
	struct dentry *d, *found = NULL;

	spin_lock(&dcache_lock);
	list_for_each_entry(d, &parent->d_subdirs, d_child) {
		if (d->d_name.hash == hash && d->d_name.len == name->len &&
		    !memcmp(d->d_name.name, name->name, name->len)) {
			found = d;
			found->d_count++;
			break;
		}
	}
	spin_unlock(&dcache_lock);
	return found;
}
EXPORT_SYMBOL(d_lookup);

/* d_instantiate - give an entry its inode (and the caller's reference to that) */
void d_instantiate(struct dentry *dentry, struct inode *inode)
{
	spin_lock(&dcache_lock);
	WARN_ON(dentry->d_inode);
	dentry->d_inode = inode;
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_instantiate);

static void link_to_parent(struct dentry *dentry, struct dentry *parent)
{
	dentry->d_offset = parent->d_next_offset++;
	list_add_tail(&dentry->d_child, &parent->d_subdirs);
	dentry->d_flags &= ~DCACHE_UNHASHED;
}

/**
 * d_add - give an entry its inode, or none, and let lookups find it
 * @dentry: from d_alloc()
 * @inode: taken over; NULL says that there is no such name
 *
 * Context: process, the directory's i_rwsem held.
 */
void d_add(struct dentry *dentry, struct inode *inode)
{
	spin_lock(&dcache_lock);
	dentry->d_inode = inode;
	link_to_parent(dentry, dentry->d_parent);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_add);

/* d_splice_alias - d_add() for ->lookup(): an error in @inode goes through */
struct dentry *d_splice_alias(struct inode *inode, struct dentry *dentry)
{
	if (IS_ERR(inode))
		return ERR_CAST(inode);
	d_add(dentry, inode);
	return NULL;
}
EXPORT_SYMBOL(d_splice_alias);

struct dentry *dget(struct dentry *dentry)
{
	if (dentry) {
		spin_lock(&dcache_lock);
		dentry->d_count++;
		spin_unlock(&dcache_lock);
	}
	return dentry;
}
EXPORT_SYMBOL(dget);

struct dentry *dget_parent(struct dentry *dentry)
{
	struct dentry *parent;

	spin_lock(&dcache_lock);
	parent = dentry->d_parent;
	parent->d_count++;
	spin_unlock(&dcache_lock);
	return parent;
}
EXPORT_SYMBOL(dget_parent);

/**
 * dput - drop a reference; the last one frees the entry, and drops its parent and inode
 * @dentry: the entry, or NULL
 *
 * Context: process, may sleep.
 */
void dput(struct dentry *dentry)
{
	while (dentry) {
		struct dentry *parent;

		spin_lock(&dcache_lock);
		if (--dentry->d_count) {
			spin_unlock(&dcache_lock);
			return;
		}
		list_del_init(&dentry->d_child);
		parent = dentry->d_parent == dentry ? NULL : dentry->d_parent;
		spin_unlock(&dcache_lock);

		if (dentry->d_op && dentry->d_op->d_release)
			dentry->d_op->d_release(dentry);
		if (dentry->d_inode && !dentry->d_inode->i_nlink)
			fsnotify_inoderemove(dentry->d_inode);
		iput(dentry->d_inode);
		free_name(dentry);
		kmem_cache_free(dentry_cache, dentry);
		dentry = parent;
	}
}
EXPORT_SYMBOL(dput);

/* d_pin - hold an entry on behalf of its file system, which has no other record of it */
void d_pin(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	if (!(dentry->d_flags & DCACHE_PINNED)) {
		dentry->d_flags |= DCACHE_PINNED;
		dentry->d_count++;
	}
	spin_unlock(&dcache_lock);
}

/* d_unpin - undo d_pin(), if that was done */
void d_unpin(struct dentry *dentry)
{
	bool was;

	spin_lock(&dcache_lock);
	was = dentry->d_flags & DCACHE_PINNED;
	dentry->d_flags &= ~DCACHE_PINNED;
	spin_unlock(&dcache_lock);
	if (was)
		dput(dentry);
}

/* d_drop - lookups no longer find the entry; those who hold it keep it */
void d_drop(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	list_del_init(&dentry->d_child);
	dentry->d_flags |= DCACHE_UNHASHED;
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_drop);

/* Under dcache_lock: @dentry takes over the name that @from has, which gets the old one. */
static void swap_names(struct dentry *dentry, struct dentry *from)
{
	struct qstr q = dentry->d_name;
	unsigned char tmp[DNAME_INLINE_LEN];
	bool inline_a = dentry->d_name.name == dentry->d_iname;
	bool inline_b = from->d_name.name == from->d_iname;

	memcpy(tmp, dentry->d_iname, sizeof(tmp));
	memcpy(dentry->d_iname, from->d_iname, sizeof(tmp));
	memcpy(from->d_iname, tmp, sizeof(tmp));
	dentry->d_name = from->d_name;
	from->d_name = q;
	if (inline_b)
		dentry->d_name.name = dentry->d_iname;
	if (inline_a)
		from->d_name.name = from->d_iname;
}

/**
 * d_move - rename an entry in the tree
 * @dentry: what moves
 * @target: the entry of the new name, in the new directory; lookups no longer find it
 *
 * Context: process; both directories' i_rwsem are held.
 */
void d_move(struct dentry *dentry, struct dentry *target)
{
	struct dentry *old_parent;

	spin_lock(&dcache_lock);
	swap_names(dentry, target);
	old_parent = dentry->d_parent;
	dentry->d_parent = target->d_parent;	/* each takes over the other's reference */
	target->d_parent = old_parent;
	list_del_init(&target->d_child);
	target->d_flags |= DCACHE_UNHASHED;
	list_del(&dentry->d_child);
	link_to_parent(dentry, dentry->d_parent);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_move);
