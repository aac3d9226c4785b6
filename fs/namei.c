/* SPDX-License-Identifier: MIT */
/*
 * From a path name to a path: one component after the other, across mounts and symlinks.
 *
 * A walk stands on an entry that it holds. A symlink in the way is walked from the
 * directory it lies in; links within links nest at most MAXSYMLINKS deep in all. Names
 * start at the process's root or, without a slash at their beginning, its working directory; a
 * kernel thread's are the root of all. Everybody may do everything: no permission is looked at.
 */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs_struct.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

struct walk {
	struct path	path;		/* counted; where it stands */
	struct path	root;		/* counted; where "/" is, and ".." ends */
	unsigned int	links;		/* symlinks followed so far */
	struct qstr	last;		/* in the name that was walked */
	bool		slash;
};

static int step(struct walk *w, const struct qstr *name, bool follow);

/* Onto the root of what is mounted on @path, and on that, ... */
void cross_mounts(struct path *path)
{
	struct vfsmount *mnt;

	while ((mnt = lookup_mnt(path)) != NULL) {
		path_put(path);
		path->mnt = mnt;
		path->dentry = dget(mnt->mnt_root);
	}
}

static bool is_dir(const struct dentry *dentry)
{
	return dentry->d_inode && S_ISDIR(dentry->d_inode->i_mode);
}

/**
 * lookup_one_qstr - the entry of a name in a directory
 * @name: one component, neither "." nor ".."
 * @base: the directory, its i_rwsem held for writing
 *
 * Return: the entry, counted, without an inode when there is no such name; ERR_PTR.
 */
struct dentry *lookup_one_qstr(const struct qstr *name, struct dentry *base)
{
	struct inode *dir = base->d_inode;
	struct dentry *dentry = d_lookup(base, name), *other;

	if (dentry && dentry->d_op && dentry->d_op->d_revalidate &&
	    !dentry->d_op->d_revalidate(dentry, 0)) {
		d_drop(dentry);
		dput(dentry);
		dentry = NULL;
	}
	if (dentry)
		return dentry;
	if (name->len > NAME_MAX)
		return ERR_PTR(-ENAMETOOLONG);
	if (!dir->i_op->lookup)
		return ERR_PTR(-ENOTDIR);
	dentry = d_alloc(base, name);
	if (!dentry)
		return ERR_PTR(-ENOMEM);
	other = dir->i_op->lookup(dir, dentry, 0);
	if (!other)
		return dentry;
	dput(dentry);
	return other;
}

/* The entry of @name in the directory that the walk stands on; -ENOENT when there is none. */
static struct dentry *lookup_child(struct dentry *dir, const struct qstr *name)
{
	struct dentry *dentry;

	if (!is_dir(dir))
		return ERR_PTR(-ENOTDIR);
	inode_lock(dir->d_inode);
	dentry = lookup_one_qstr(name, dir);
	inode_unlock(dir->d_inode);
	if (!IS_ERR(dentry) && d_is_negative(dentry)) {
		dput(dentry);
		dentry = ERR_PTR(-ENOENT);
	}
	return dentry;
}

static void go_to_root(struct walk *w)
{
	path_put(&w->path);
	w->path = w->root;
	path_get(&w->path);
	cross_mounts(&w->path);
}

static bool at_root(const struct walk *w)
{
	return w->path.dentry == w->root.dentry && w->path.mnt == w->root.mnt;
}

static void go_to_parent(struct walk *w)
{
	struct dentry *up;

	while (w->path.dentry == w->path.mnt->mnt_root)
		if (at_root(w) || !follow_up(&w->path))
			return;		/* "/.." is "/" */
	if (at_root(w))
		return;
	up = dget_parent(w->path.dentry);
	dput(w->path.dentry);
	w->path.dentry = up;
	cross_mounts(&w->path);
}

static struct qstr next_component(const char **name)
{
	const char *end = strchrnul(*name, '/');
	struct qstr q = QSTR_INIT(*name, end - *name);

	while (*end == '/')
		end++;
	*name = end;
	return q;
}

/* Walk all of @name but its last component, which goes to w->last. */
static int walk_to_last(struct walk *w, const char *name)
{
	int err;

	w->last = (struct qstr)QSTR_INIT(name, 0);
	w->slash = false;
	if (!*name)
		return -ENOENT;
	if (*name == '/')
		go_to_root(w);
	while (*name == '/')
		name++;
	while (*name) {
		struct qstr q = next_component(&name);

		if (!is_dir(w->path.dentry))
			return -ENOTDIR;
		if (!*name) {
			w->last = q;
			w->slash = name[-1] == '/';
			return 0;
		}
		err = step(w, &q, true);
		if (err)
			return err;
	}
	return 0;
}

/* To where a link leads that has no name for it: /proc/PID/cwd. */
static int jump(struct walk *w, struct dentry *link)
{
	struct path to;
	int err = link->d_inode->i_op->get_path(link, &to);

	if (err)
		return err;
	path_put(&w->path);
	w->path = to;
	w->last.len = 0;
	return 0;
}

/* Walk the target of a symlink, from the directory that it lies in. */
static int follow_link(struct walk *w, struct dentry *link)
{
	struct inode *inode = link->d_inode;
	const char *target;
	int err;

	if (++w->links > MAXSYMLINKS)
		return -ELOOP;
	if (inode->i_op->get_path)
		return jump(w, link);
	target = inode->i_op->get_link ? inode->i_op->get_link(link, inode) : ERR_PTR(-EINVAL);
	if (IS_ERR(target))
		return PTR_ERR(target);
	err = walk_to_last(w, target);
	if (err || !w->last.len)
		return err;
	/* The target lives as long as the link is held, so w->last may point into it. */
	return step(w, &(struct qstr)QSTR_INIT(w->last.name, w->last.len), true);
}

/* One component on. At a symlink that is not to be followed, the walk stands on the link. */
static int step(struct walk *w, const struct qstr *name, bool follow)
{
	struct dentry *child;
	int err;

	if (is_dots(name, 1))
		return 0;
	if (is_dots(name, 2)) {
		go_to_parent(w);
		return 0;
	}
	child = lookup_child(w->path.dentry, name);
	if (IS_ERR(child))
		return PTR_ERR(child);
	if (follow && S_ISLNK(child->d_inode->i_mode)) {
		err = follow_link(w, child);
		dput(child);
		return err;
	}
	dput(w->path.dentry);
	w->path.dentry = child;
	cross_mounts(&w->path);
	return 0;
}

/* Where @name begins, if it is a relative one: an open directory, or the working directory. */
static int start_walk(struct walk *w, int dfd, const char *name)
{
	struct fd f;

	memset(w, 0, sizeof(*w));
	if (dfd == AT_FDCWD || *name == '/') {
		get_fs_pwd(&w->path);
	} else {
		f = fdget_raw(dfd);
		if (!f.file)
			return -EBADF;
		if (*name && !is_dir(f.file->f_path.dentry)) {
			fdput(f);
			return -ENOTDIR;
		}
		w->path = f.file->f_path;
		path_get(&w->path);
		fdput(f);
	}
	get_fs_root(&w->root);
	return 0;
}

/**
 * path_parent_at - the directory that the last component of a name is in
 * @dfd: open directory that a relative name begins in, or AT_FDCWD
 * @name: the name; trailing slashes are noted in last->slash
 * @last: filled in; parent is counted
 *
 * Return: 0; -errno, and nothing is counted then.
 */
int path_parent_at(int dfd, const char *name, struct last_name *last)
{
	struct walk w;
	int err = start_walk(&w, dfd, name);

	if (err)
		return err;
	err = walk_to_last(&w, name);
	path_put(&w.root);
	if (err) {
		path_put(&w.path);
		return err;
	}
	last->parent = w.path;
	last->name = w.last;
	last->slash = w.slash;
	return 0;
}

/**
 * kern_path_at - look a path name up
 * @dfd: open directory that a relative name begins in, or AT_FDCWD
 * @name: the name
 * @flags: LOOKUP_FOLLOW: follow a symlink at the end; LOOKUP_DIRECTORY: it must be one
 * @path: filled in and counted; path_put() it
 *
 * Context: process, may sleep.
 * Return: 0; -ENOENT, -ENOTDIR, -ELOOP, -ENAMETOOLONG, -ENOMEM, or the file system's.
 */
int kern_path_at(int dfd, const char *name, unsigned int flags, struct path *path)
{
	struct walk w;
	int err = start_walk(&w, dfd, name);

	if (err)
		return err;
	err = walk_to_last(&w, name);
	if (!err && w.last.len) {
		struct qstr last = w.last;
		bool slash = w.slash;

		err = step(&w, &last, (flags & LOOKUP_FOLLOW) || slash);
		if (slash)
			flags |= LOOKUP_DIRECTORY;
	}
	path_put(&w.root);
	if (!err && (flags & LOOKUP_DIRECTORY) && !is_dir(w.path.dentry))
		err = -ENOTDIR;
	if (err)
		path_put(&w.path);
	else
		*path = w.path;
	return err;
}

/* kern_path - the same from the working directory; of a kernel thread, the root of all */
int kern_path(const char *name, unsigned int flags, struct path *path)
{
	return kern_path_at(AT_FDCWD, name, flags, path);
}
EXPORT_SYMBOL(kern_path);

/**
 * kern_path_create - make ready to create a name
 * @dfd: open directory that a relative name begins in, or AT_FDCWD
 * @name: the path name
 * @path: its directory: counted, and its i_rwsem held; done_path_create() undoes both
 * @flags: LOOKUP_DIRECTORY when a directory is to be made, else "name/" is refused
 *
 * Context: process, may sleep. Return: an entry without an inode; -EEXIST; other errors.
 */
struct dentry *kern_path_create(int dfd, const char *name, struct path *path, unsigned int flags)
{
	struct last_name last;
	struct dentry *dentry;
	int err = path_parent_at(dfd, name, &last);

	if (err)
		return ERR_PTR(err);
	*path = last.parent;
	if (!last.name.len || is_dots(&last.name, 1) || is_dots(&last.name, 2)) {
		path_put(path);
		return ERR_PTR(-EEXIST);
	}
	inode_lock(path->dentry->d_inode);
	dentry = lookup_one_qstr(&last.name, path->dentry);
	if (!IS_ERR(dentry) && d_is_positive(dentry))
		err = -EEXIST;
	else if (!IS_ERR(dentry) && last.slash && !(flags & LOOKUP_DIRECTORY))
		err = -ENOENT;
	else if (!IS_ERR(dentry))
		err = mnt_may_write(path->mnt);
	if (err) {
		dput(dentry);
		dentry = ERR_PTR(err);
	}
	if (IS_ERR(dentry)) {
		inode_unlock(path->dentry->d_inode);
		path_put(path);
	}
	return dentry;
}
EXPORT_SYMBOL(kern_path_create);

void done_path_create(struct path *path, struct dentry *dentry)
{
	dput(dentry);
	inode_unlock(path->dentry->d_inode);
	path_put(path);
}
EXPORT_SYMBOL(done_path_create);

/**
 * lookup_one_len - the entry of a name in a directory
 * @name: not NUL terminated
 * @base: the directory, its i_rwsem held for writing
 * @len: length of @name
 *
 * Context: process, may sleep. Return: the entry, with or without an inode; ERR_PTR.
 */
struct dentry *lookup_one_len(const char *name, struct dentry *base, int len)
{
	struct qstr q = QSTR_INIT(name, len);

	if (len <= 0 || is_dots(&q, 1) || is_dots(&q, 2) || memchr(name, '/', len))
		return ERR_PTR(-EACCES);
	return lookup_one_qstr(&q, base);
}
EXPORT_SYMBOL(lookup_one_len);

/* lookup_positive_unlocked - the same, taking the lock itself, and -ENOENT for no inode */
struct dentry *lookup_positive_unlocked(const char *name, struct dentry *base, int len)
{
	struct qstr q = QSTR_INIT(name, len);

	return lookup_child(base, &q);
}
EXPORT_SYMBOL(lookup_positive_unlocked);
