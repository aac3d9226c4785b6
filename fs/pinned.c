/* SPDX-License-Identifier: MIT */
/*
 * Entries that the kernel makes and removes: see linux/pinned.h.
 *
 * Who may still be in an entry that was removed:
 *
 *	operation				removal
 *	  users++ unless negative
 *						  users += REMOVED (so it is negative)
 *	  ... runs ...				  unless it is REMOVED now: wait
 *	  users-- leaves REMOVED: complete
 *						  nothing of the owner's is in use
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/pinned.h>
#include <linux/string.h>
#include "internals.h"

#define REMOVED		INT_MIN

/* pinned_use - begin an operation; false when the entry is being removed or was */
bool pinned_use(struct pinned *p)
{
	return atomic_inc_unless_negative(&p->users);
}

void pinned_unuse(struct pinned *p)
{
	struct completion *drained;

	if (atomic_dec_return(&p->users) != REMOVED)
		return;
	/* NULL: this operation itself removed the entry, and nobody waits for it. */
	drained = READ_ONCE(p->drained);
	if (drained)
		complete(drained);
}

/* pinned_reuse - undo a pinned_unuse() within an operation, also when removal has begun */
void pinned_reuse(struct pinned *p)
{
	atomic_inc(&p->users);
}

/* pinned_drain - let no operation begin, and wait for those that run. May sleep; once. */
void pinned_drain(struct pinned *p)
{
	DECLARE_COMPLETION_ONSTACK(drained);

	WRITE_ONCE(p->drained, &drained);
	if (atomic_add_return(REMOVED, &p->users) != REMOVED)
		wait_for_completion(&drained);
	WRITE_ONCE(p->drained, NULL);
}

/**
 * pinned_inode - an inode for an entry
 * @sb: the file system
 * @mode: type and permissions
 * @record: for its i_private; the file system frees it when the inode is evicted
 *
 * Return: the inode; NULL, and @record stays the caller's.
 */
struct inode *pinned_inode(struct super_block *sb, umode_t mode, void *record)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode_init_owner(inode, NULL, mode);
	inode->i_private = record;
	if (S_ISDIR(mode)) {
		inode->i_op = &simple_dir_inode_operations;
		inode->i_fop = &simple_dir_operations;
		inc_nlink(inode);	/* "." */
	} else if (S_ISLNK(mode)) {
		inode->i_op = &simple_symlink_inode_operations;
	}
	return inode;
}

/**
 * pinned_add - put a new entry into a directory
 * @parent: the directory; the caller sees to it that it is there
 * @name: its name
 * @inode: what it stands for; taken over in any case
 * @fsdata: its d_fsdata; stays the caller's after an error
 *
 * Context: process, may sleep. Takes the directory's i_rwsem.
 * Return: the entry, which lives until pinned_unlink(); -EEXIST; -ENOENT when the directory
 * was removed; -ENOMEM; -EINVAL: that is no name.
 */
struct dentry *pinned_add(struct dentry *parent, const char *name, struct inode *inode,
			  void *fsdata)
{
	struct inode *dir = parent->d_inode;
	bool is_dir = S_ISDIR(inode->i_mode);
	struct dentry *dentry;

	if (!*name || strchr(name, '/')) {
		iput(inode);
		return ERR_PTR(-EINVAL);
	}
	inode_lock(dir);
	dentry = dir->i_nlink ? lookup_one_len(name, parent, strlen(name)) : ERR_PTR(-ENOENT);
	if (!IS_ERR(dentry) && d_is_positive(dentry)) {
		dput(dentry);
		dentry = ERR_PTR(-EEXIST);
	}
	if (IS_ERR(dentry)) {
		inode_unlock(dir);
		iput(inode);
		return dentry;
	}
	dentry->d_fsdata = fsdata;
	d_instantiate(dentry, inode);
	d_pin(dentry);
	if (is_dir)
		inc_nlink(dir);		/* its ".." */
	dir->i_mtime = dir->i_ctime = inode->i_ctime;
	inode_unlock(dir);
	dput(dentry);			/* the pin holds it */
	return dentry;
}

/**
 * pinned_unlink - take an entry out of its directory; a directory lets in nothing more
 * @dentry: the entry, held by the caller
 *
 * Context: process, may sleep. Takes the directory's i_rwsem.
 * Return: true; false when it was out already.
 */
bool pinned_unlink(struct dentry *dentry)
{
	struct inode *dir = dentry->d_parent->d_inode, *inode = dentry->d_inode;

	inode_lock(dir);
	if (!(READ_ONCE(dentry->d_flags) & DCACHE_PINNED)) {
		inode_unlock(dir);
		return false;
	}
	inode_lock_nested(inode, I_MUTEX_CHILD);
	clear_nlink(inode);
	up_write(&inode->i_rwsem);
	if (S_ISDIR(inode->i_mode))
		drop_nlink(dir);
	dir->i_mtime = dir->i_ctime = current_time(dir);
	d_drop(dentry);
	d_unpin(dentry);
	inode_unlock(dir);
	return true;
}

/* pinned_child - some entry of a directory, counted; NULL when it is empty */
struct dentry *pinned_child(struct dentry *dir)
{
	struct dentry *d, *found = NULL;

	spin_lock(&dcache_lock);
	list_for_each_entry(d, &dir->d_subdirs, d_child) {
		if (d->d_flags & DCACHE_PINNED) {
			found = d;
			found->d_count++;
			break;
		}
	}
	spin_unlock(&dcache_lock);
	return found;
}

/* pinned_find - the entry of a name, counted; NULL when there is none */
struct dentry *pinned_find(struct dentry *dir, const char *name)
{
	struct qstr q = QSTR_INIT(name, strlen(name));
	struct dentry *d = d_lookup(dir, &q);

	if (d && d_is_negative(d)) {
		dput(d);
		d = NULL;
	}
	return d;
}
