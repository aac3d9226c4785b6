/* SPDX-License-Identifier: MIT */
/* From an entry back to its name. */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/string.h>
#include "internals.h"

/* A name is written from its end to the front of a buffer. */
struct name_buf {
	char	*at;
	int	room;	/* negative once it did not fit */
};

static void prepend(struct name_buf *b, const char *s, unsigned int len)
{
	b->room -= len;
	if (b->room >= 0) {
		b->at -= len;
		memcpy(b->at, s, len);
	}
}

static char *name_done(struct name_buf *b)
{
	return b->room < 0 ? ERR_PTR(-ENAMETOOLONG) : b->at;
}

static void start_name(struct name_buf *b, char *buf, int buflen)
{
	b->at = buf + buflen;
	b->room = buflen;
	prepend(b, "", 1);
}

/* The name of @dentry up to @root, without the root's own slash. dcache_lock held. */
static void prepend_names(struct name_buf *b, const struct dentry *dentry, const struct dentry *root)
{
	for (; dentry != root && !IS_ROOT(dentry); dentry = dentry->d_parent) {
		prepend(b, (const char *)dentry->d_name.name, dentry->d_name.len);
		prepend(b, "/", 1);
	}
}

/* dcache_lock held. */
static bool is_below(const struct dentry *dentry, const struct dentry *of)
{
	while (dentry != of && !IS_ROOT(dentry))
		dentry = dentry->d_parent;
	return dentry == of;
}

/*
 * The name from @root on; from the root of all, with *below false, when that is not on the way.
 * mount_lock held.
 */
static char *full_name(const struct vfsmount *mnt, const struct dentry *dentry, const struct path *root,
		       char *buf, int buflen, bool *below)
{
	struct name_buf b;
	char *end;

	start_name(&b, buf, buflen);
	/* A file that no directory has goes by its own name. */
	if (IS_ROOT(dentry) && dentry != mnt->mnt_root) {
		prepend(&b, (const char *)dentry->d_name.name, dentry->d_name.len);
		return name_done(&b);
	}
	spin_lock(&dcache_lock);
	if (d_unhashed(dentry) && !IS_ROOT(dentry))
		prepend(&b, " (deleted)", 10);
	end = b.at;
	for (;;) {
		*below = mnt == root->mnt && is_below(dentry, root->dentry);
		prepend_names(&b, dentry, *below ? root->dentry : mnt->mnt_root);
		if (*below || mnt->mnt_parent == mnt)
			break;
		dentry = mnt->mnt_mountpoint;
		mnt = mnt->mnt_parent;
	}
	spin_unlock(&dcache_lock);
	if (b.at == end)
		prepend(&b, "/", 1);
	return name_done(&b);
}

/**
 * d_path - absolute name of a path, from the root of the process
 * @path: held by the caller
 * @buf: where to write it, from its end
 * @buflen: its size
 *
 * Context: process. Return: the name, somewhere in @buf, with " (deleted)" after it when
 * it no longer exists; ERR_PTR(-ENAMETOOLONG). Of what is not below the process's root, the name
 * from the root of all.
 */
char *d_path(const struct path *path, char *buf, int buflen)
{
	struct path root;
	char *name;
	bool below;

	get_fs_root(&root);
	spin_lock(&mount_lock);
	name = full_name(path->mnt, path->dentry, &root, buf, buflen, &below);
	spin_unlock(&mount_lock);
	path_put(&root);
	return name;
}
EXPORT_SYMBOL(d_path);

char *file_path(struct file *file, char *buf, int buflen)
{
	return d_path(&file->f_path, buf, buflen);
}
EXPORT_SYMBOL(file_path);

/* Where a mount is in the tree. mount_lock held. */
char *mount_path(const struct vfsmount *mnt, const struct path *root, char *buf, int buflen)
{
	bool below;
	char *name = full_name(mnt, mnt->mnt_root, root, buf, buflen, &below);

	return below ? name : ERR_PTR(-ESRCH);
}

/* dentry_path_raw - name within its file system */
char *dentry_path_raw(const struct dentry *dentry, char *buf, int buflen)
{
	struct name_buf b;

	start_name(&b, buf, buflen);
	spin_lock(&dcache_lock);
	if (IS_ROOT(dentry))
		prepend(&b, "/", 1);
	prepend_names(&b, dentry, NULL);
	spin_unlock(&dcache_lock);
	return name_done(&b);
}
EXPORT_SYMBOL(dentry_path_raw);
