/* SPDX-License-Identifier: MIT */
/*
 * The tree of /proc entries: finding, listing, adding and removing them.
 *
 * proc_tree_lock guards the shape of the tree. An entry that was found in it is kept by a
 * reference; whether it still is in the tree shows in ->removed.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

static DEFINE_RWLOCK(proc_tree_lock);

struct proc_dir_entry proc_root = {
	.refs		= REFCOUNT_INIT(1),
	.open_lock	= __SPIN_LOCK_INITIALIZER(proc_root.open_lock),
	.open_files	= LIST_HEAD_INIT(proc_root.open_files),
	.children	= RB_ROOT,
	.parent		= &proc_root,
	.nlink		= 2,
	.mode		= S_IFDIR | S_IRUGO | S_IXUGO,
	.ino		= 1,
	.namelen	= 5,
	.name		= "/proc",
};

void pde_put(struct proc_dir_entry *de)
{
	if (!refcount_dec_and_test(&de->refs))
		return;
	if (S_ISLNK(de->mode))
		kfree(de->data);
	kfree(de);
}

/* -- The tree ---------------------------------------------------------------------------------- */

static int compare(const char *name, unsigned int len, const struct proc_dir_entry *de)
{
	if (len != de->namelen)
		return len < de->namelen ? -1 : 1;
	return memcmp(name, de->name, len);
}

static struct proc_dir_entry *find_child(struct proc_dir_entry *dir, const char *name,
					 unsigned int len)
{
	struct rb_node *n = dir->children.rb_node;

	while (n) {
		struct proc_dir_entry *de = rb_entry(n, struct proc_dir_entry, node);
		int order = compare(name, len, de);

		if (!order)
			return de;
		n = order < 0 ? n->rb_left : n->rb_right;
	}
	return NULL;
}

static bool link_child(struct proc_dir_entry *dir, struct proc_dir_entry *de)
{
	struct rb_node **link = &dir->children.rb_node, *parent = NULL;

	while (*link) {
		int order = compare(de->name, de->namelen,
				    rb_entry(*link, struct proc_dir_entry, node));

		if (!order)
			return false;
		parent = *link;
		link = order < 0 ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&de->node, parent, link);
	rb_insert_color(&de->node, &dir->children);
	de->parent = dir;
	if (S_ISDIR(de->mode))
		dir->nlink++;
	return true;
}

static void unlink_child(struct proc_dir_entry *de)
{
	rb_erase(&de->node, &de->parent->children);
	if (S_ISDIR(de->mode))
		de->parent->nlink--;
	WRITE_ONCE(de->removed, true);
}

/*
 * "driver/rtc" under @parent: go down to the directory, leave the last component in *name.
 * Lock held. False when a directory on the way is not there.
 */
static bool go_down(const char **name, struct proc_dir_entry **parent)
{
	struct proc_dir_entry *dir = *parent ?: &proc_root;
	const char *slash;

	while ((slash = strchr(*name, '/')) != NULL) {
		dir = find_child(dir, *name, slash - *name);
		if (!dir || !S_ISDIR(dir->mode))
			return false;
		*name = slash + 1;
	}
	*parent = dir;
	return true;
}

/* Into the tree, complete as it is. NULL when that can't be (said in the log): it is freed. */
struct proc_dir_entry *proc_add(struct proc_dir_entry *de, const char *name,
				struct proc_dir_entry *parent)
{
	const char *why = NULL;

	write_lock(&proc_tree_lock);
	if (!go_down(&name, &parent))
		why = "has no such directory";
	else if (!link_child(parent, de))
		why = "is there already";
	write_unlock(&proc_tree_lock);
	if (!why)
		return de;
	WARN(1, "/proc: '%s' in '%s' %s\n", name, parent ? parent->name : "/proc", why);
	pde_put(de);
	return NULL;
}

/* -- Removing ---------------------------------------------------------------------------------- */

/* The entry without children that comes first below @top, or @top itself. Lock held. */
static struct proc_dir_entry *first_leaf(struct proc_dir_entry *top)
{
	struct rb_node *n;

	while ((n = rb_first(&top->children)) != NULL)
		top = rb_entry(n, struct proc_dir_entry, node);
	return top;
}

/* Take @de out, all below it first. The caller has a reference to it. */
static void remove_tree(struct proc_dir_entry *de)
{
	struct proc_dir_entry *leaf;

	do {
		write_lock(&proc_tree_lock);
		leaf = first_leaf(de);
		if (leaf->removed) {	/* somebody else was faster */
			write_unlock(&proc_tree_lock);
			return;
		}
		unlink_child(leaf);
		write_unlock(&proc_tree_lock);
		proc_wait_and_release(leaf);
		if (leaf != de)
			pde_put(leaf);
	} while (leaf != de);
	pde_put(de);
}

static struct proc_dir_entry *find_counted(const char *name, struct proc_dir_entry *parent,
					   bool *has_children)
{
	struct proc_dir_entry *de = NULL;

	read_lock(&proc_tree_lock);
	if (go_down(&name, &parent))
		de = find_child(parent, name, strlen(name));
	if (de) {
		refcount_inc(&de->refs);
		*has_children = !RB_EMPTY_ROOT(&de->children);
	}
	read_unlock(&proc_tree_lock);
	return de;
}

/**
 * remove_proc_entry - take a file or empty directory out of /proc
 * @name: its name, as it was created
 * @parent: its directory, NULL for /proc
 *
 * Waits for operations that are running on it, then releases the files of it that are
 * open; these go on to exist and fail. A directory that is not empty is reported, and
 * removed with all that is in it.
 *
 * Context: process, may sleep; not from an operation of the entry itself.
 */
void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
	bool children;
	struct proc_dir_entry *de = find_counted(name, parent, &children);

	if (WARN(!de, "remove_proc_entry: there is no '%s'\n", name))
		return;
	WARN(children, "remove_proc_entry: '%s' is not empty\n", name);
	remove_tree(de);
	pde_put(de);
}
EXPORT_SYMBOL(remove_proc_entry);

/* remove_proc_subtree - the same with all that is below. Return: 0; -ENOENT. */
int remove_proc_subtree(const char *name, struct proc_dir_entry *parent)
{
	bool children;
	struct proc_dir_entry *de = find_counted(name, parent, &children);

	if (!de)
		return -ENOENT;
	remove_tree(de);
	pde_put(de);
	return 0;
}
EXPORT_SYMBOL(remove_proc_subtree);

/* proc_remove - remove_proc_subtree() of what proc_create() and the others returned, or NULL */
void proc_remove(struct proc_dir_entry *de)
{
	if (!de)
		return;
	refcount_inc(&de->refs);
	remove_tree(de);
	pde_put(de);
}
EXPORT_SYMBOL(proc_remove);

/* -- As a directory ---------------------------------------------------------------------------- */

struct dentry *proc_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct proc_dir_entry *de;
	struct inode *inode;

	read_lock(&proc_tree_lock);
	de = find_child(inode_pde(dir), (const char *)dentry->d_name.name, dentry->d_name.len);
	if (de)
		refcount_inc(&de->refs);
	read_unlock(&proc_tree_lock);
	if (!de)
		return ERR_PTR(-ENOENT);
	inode = proc_get_inode(dir->i_sb, de);	/* takes over the reference */
	return d_splice_alias(inode ?: ERR_PTR(-ENOMEM), dentry);
}

/* The @n-th child, counted, or NULL. */
static struct proc_dir_entry *nth_child(struct proc_dir_entry *dir, loff_t n)
{
	struct rb_node *node;

	read_lock(&proc_tree_lock);
	for (node = rb_first(&dir->children); node && n; node = rb_next(node))
		n--;
	if (node)
		refcount_inc(&rb_entry(node, struct proc_dir_entry, node)->refs);
	read_unlock(&proc_tree_lock);
	return node ? rb_entry(node, struct proc_dir_entry, node) : NULL;
}

/* False: the reader is full. */
bool proc_readdir_tree(struct file *file, struct dir_context *ctx)
{
	struct proc_dir_entry *dir = inode_pde(file_inode(file)), *de;
	bool more;

	if (!dir_emit_dots(file, ctx))
		return false;
	while ((de = nth_child(dir, ctx->pos - 2)) != NULL) {
		more = dir_emit(ctx, de->name, de->namelen, de->ino, (de->mode & S_IFMT) >> 12);
		pde_put(de);
		if (!more)
			return false;
		ctx->pos++;
	}
	return true;
}

int proc_readdir(struct file *file, struct dir_context *ctx)
{
	proc_readdir_tree(file, ctx);
	return 0;
}
