/* SPDX-License-Identifier: MIT */
/*
 * The tree of /proc entries: creating, finding, listing and removing them.
 *
 * proc_tree_lock guards the shape of the tree. An entry that was found in it is kept by a
 * reference; whether it still is in the tree shows in ->removed.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

static DEFINE_RWLOCK(proc_tree_lock);
static atomic_long_t last_ino = ATOMIC_LONG_INIT(1);

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

/* -- The tree ----------------------------------------------------------------------------------- */

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

/* -- Creating ----------------------------------------------------------------------------------- */

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

/* Into the tree, complete as it is. NULL when that can't be (said in the log): it is freed. */
static struct proc_dir_entry *add_entry(struct proc_dir_entry *de, const char *name,
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
	return add_entry(de, name, parent);
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
	return add_entry(de, name, parent);
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
	return add_entry(de, name, parent);
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
	return add_entry(de, name, parent);
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
	return add_entry(de, name, parent);
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

/* -- Removing ----------------------------------------------------------------------------------- */

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

/* -- As a directory ------------------------------------------------------------------------------ */

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

int proc_readdir(struct file *file, struct dir_context *ctx)
{
	struct proc_dir_entry *dir = inode_pde(file_inode(file)), *de;
	bool more;

	if (!dir_emit_dots(file, ctx))
		return 0;
	while ((de = nth_child(dir, ctx->pos - 2)) != NULL) {
		more = dir_emit(ctx, de->name, de->namelen, de->ino, (de->mode & S_IFMT) >> 12);
		pde_put(de);
		if (!more)
			break;
		ctx->pos++;
	}
	return 0;
}
