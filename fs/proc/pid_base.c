/* SPDX-License-Identifier: MIT */
/*
 * /proc/PID: which processes there are, and which names each has.
 *
 * An inode has the number, not the task: when that is gone, so is what can be read (-ESRCH), and
 * the name is looked up anew (a process of the same number is another one).
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/mount.h>
#include <linux/pid.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/threads.h>
#include "internals.h"

static int mounts_of_all(struct seq_file *m, struct task_struct *task)
{
	return mounts_show(m, NULL);
}

#define FILE_ENTRY(n, m, f)	{ .name = n, .mode = S_IFREG | (m), .show = f }
#define LINK_ENTRY(n, f)	{ .name = n, .mode = S_IFLNK | 0777, .iop = &pid_link_iops, .get_path = f }
#define DIR_ENTRY(n, m, what)	{ .name = n, .mode = S_IFDIR | (m), .iop = &pid_##what##_iops, \
				  .fop = &pid_##what##_fops }

/* The first is not in the directories of threads. */
static const struct pid_entry entries[] = {
	DIR_ENTRY("task", 0555, task),
	DIR_ENTRY("fd", 0500, fd),
	FILE_ENTRY("cmdline", 0444, pid_cmdline_show),
	FILE_ENTRY("comm", 0444, pid_comm_show),
	LINK_ENTRY("cwd", pid_cwd_path),
	FILE_ENTRY("environ", 0400, pid_environ_show),
	LINK_ENTRY("exe", pid_exe_path),
	FILE_ENTRY("limits", 0444, pid_limits_show),
	FILE_ENTRY("maps", 0444, pid_maps_show),
	FILE_ENTRY("mounts", 0444, mounts_of_all),
	LINK_ENTRY("root", pid_root_path),
	FILE_ENTRY("stat", 0444, pid_stat_show),
	FILE_ENTRY("statm", 0444, pid_statm_show),
	FILE_ENTRY("status", 0444, pid_status_show),
	FILE_ENTRY("wchan", 0444, pid_wchan_show),
};

/* -- Inodes ------------------------------------------------------------------------------------ */

u64 proc_pid_ino(const struct pid *pid, unsigned int what)
{
	return ((u64)pid->nr << 32) + what + 1;
}

/* proc_task - the task that an inode is about, counted; NULL when it is gone */
struct task_struct *proc_task(const struct inode *inode)
{
	return get_pid_task(PROC_I(inode)->pid, PIDTYPE_PID);
}

/* proc_pid_inode - an inode about @pid, which it counts. Return: it; NULL. */
struct inode *proc_pid_inode(struct super_block *sb, struct pid *pid, umode_t mode, u64 ino)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	PROC_I(inode)->pid = get_pid(pid);
	inode->i_mode = mode;
	inode->i_ino = ino;
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	return inode;
}

/* A name that somebody holds is good as long as the task is there, /proc/self for its own. */
static int pid_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct task_struct *task;

	if (!dentry->d_inode)
		return 0;
	task = proc_task(dentry->d_inode);
	if (!task)
		return 0;
	put_task_struct(task);
	return !dentry->d_inode->i_link;
}

static const struct dentry_operations pid_dentry_ops = {
	.d_revalidate	= pid_revalidate,
};

/* proc_pid_add - the end of a lookup: @inode NULL for want of memory. Return: as ->lookup(). */
struct dentry *proc_pid_add(struct dentry *dentry, struct inode *inode)
{
	dentry->d_op = &pid_dentry_ops;
	return d_splice_alias(inode ?: ERR_PTR(-ENOMEM), dentry);
}

/* -- Files ------------------------------------------------------------------------------------- */

static int show_one(struct seq_file *m, void *unused)
{
	struct inode *inode = m->private;
	struct task_struct *task = proc_task(inode);
	int err;

	if (!task)
		return -ESRCH;
	err = PROC_I(inode)->entry->show(m, task);
	put_task_struct(task);
	return err;
}

static int open_one(struct inode *inode, struct file *file)
{
	return single_open(file, show_one, inode);
}

static const struct file_operations one_fops = {
	.open		= open_one,
	.read		= seq_read,
	.llseek		= seq_lseek,
	.release	= single_release,
};

static const struct inode_operations one_iops;

/* -- The directory of a process, or of a thread ------------------------------------------------ */

static struct inode *entry_inode(struct super_block *sb, struct pid *pid, const struct pid_entry *e)
{
	struct inode *inode = proc_pid_inode(sb, pid, e->mode, proc_pid_ino(pid, 1 + (e - entries)));

	if (!inode)
		return NULL;
	PROC_I(inode)->entry = e;
	inode->i_op = e->iop ?: &one_iops;
	inode->i_fop = e->fop ?: &one_fops;
	if (S_ISDIR(e->mode))
		set_nlink(inode, 2);
	return inode;
}

/* Of a thread, all but the first. */
static struct dentry *lookup_entry(struct inode *dir, struct dentry *dentry, unsigned int first)
{
	unsigned int i;

	for (i = first; i < ARRAY_SIZE(entries); i++)
		if (!strcmp(entries[i].name, (const char *)dentry->d_name.name))
			return proc_pid_add(dentry, entry_inode(dir->i_sb, PROC_I(dir)->pid,
								entries + i));
	return ERR_PTR(-ENOENT);
}

static struct dentry *process_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	return lookup_entry(dir, dentry, 0);
}

static struct dentry *thread_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	return lookup_entry(dir, dentry, 1);
}

static const struct inode_operations process_iops = {
	.lookup		= process_lookup,
}, thread_iops = {
	.lookup		= thread_lookup,
};

static int pid_readdir(struct file *file, struct dir_context *ctx)
{
	struct inode *dir = file_inode(file);
	unsigned int first = dir->i_op == &thread_iops;
	const struct pid_entry *e;

	if (!dir_emit_dots(file, ctx))
		return 0;
	while (ctx->pos - 2 + first < (loff_t)ARRAY_SIZE(entries)) {
		e = entries + (ctx->pos - 2 + first);
		if (!dir_emit(ctx, e->name, strlen(e->name),
			      proc_pid_ino(PROC_I(dir)->pid, 1 + (e - entries)), e->mode >> 12))
			break;
		ctx->pos++;
	}
	return 0;
}

static const struct file_operations pid_dir_fops = {
	.llseek		= dcache_dir_lseek,
	.read		= generic_read_dir,
	.iterate_shared	= pid_readdir,
};

static struct inode *dir_inode(struct super_block *sb, struct pid *pid, bool thread)
{
	struct inode *inode = proc_pid_inode(sb, pid, S_IFDIR | 0555,
					     proc_pid_ino(pid, thread ? PID_INO_TASKS : 0));

	if (!inode)
		return NULL;
	inode->i_op = thread ? &thread_iops : &process_iops;
	inode->i_fop = &pid_dir_fops;
	set_nlink(inode, 2);
	return inode;
}

/* -- Lists of processes and threads ------------------------------------------------------------ */

/* proc_name_to_int - a number as it is written; -1: it is none */
int proc_name_to_int(const struct qstr *name)
{
	unsigned int n = 0, i;

	if (!name->len || name->len > 9 || (name->name[0] == '0' && name->len > 1))
		return -1;
	for (i = 0; i < name->len; i++) {
		if (name->name[i] < '0' || name->name[i] > '9')
			return -1;
		n = n * 10 + name->name[i] - '0';
	}
	return n;
}

/* "self", "thread-self": a link that each process sees as its own. */
static struct dentry *lookup_self(struct inode *dir, struct dentry *dentry, bool thread)
{
	struct inode *inode = proc_pid_inode(dir->i_sb, task_pid(current), S_IFLNK | 0777,
					     proc_pid_ino(task_pid(current), PID_INO_TASKS + 1 + thread));

	if (inode) {
		inode->i_op = &simple_symlink_inode_operations;
		inode->i_link = thread ? kasprintf(GFP_KERNEL, "%d/task/%d", current->tgid, current->pid)
				       : kasprintf(GFP_KERNEL, "%d", current->tgid);
		if (!inode->i_link) {
			iput(inode);
			inode = NULL;
		}
	}
	return proc_pid_add(dentry, inode);
}

/* Of the process @tgid: a thread of that number; 0: a process of that number. Counted, or NULL. */
static struct pid *find_task_pid(int nr, int tgid)
{
	struct pid *pid = find_get_pid(nr);
	struct task_struct *task = pid ? get_pid_task(pid, PIDTYPE_PID) : NULL;
	bool meant = task && task->tgid == (tgid ?: nr);

	if (task)
		put_task_struct(task);
	if (meant)
		return pid;
	put_pid(pid);
	return NULL;
}

static struct dentry *lookup_number(struct inode *dir, struct dentry *dentry, int tgid)
{
	int nr = proc_name_to_int(&dentry->d_name);
	struct pid *pid = nr > 0 ? find_task_pid(nr, tgid) : NULL;
	struct dentry *ret;

	if (!pid)
		return ERR_PTR(-ENOENT);
	ret = proc_pid_add(dentry, dir_inode(dir->i_sb, pid, tgid));
	put_pid(pid);
	return ret;
}

/* proc_pid_lookup - a name in /proc that is not in the tree. Context and return as ->lookup(). */
struct dentry *proc_pid_lookup(struct inode *dir, struct dentry *dentry)
{
	const char *name = (const char *)dentry->d_name.name;

	if (!strcmp(name, "self") || !strcmp(name, "thread-self"))
		return lookup_self(dir, dentry, name[0] == 't');
	return lookup_number(dir, dentry, 0);
}

/* The first number from @nr on that find_task_pid() finds. */
static struct pid *next_task_pid(int nr, int tgid)
{
	struct pid *pid = NULL;

	for (; nr < PID_MAX_DEFAULT && !pid; nr++)
		pid = find_task_pid(nr, tgid);
	return pid;
}

static int list_numbers(struct dir_context *ctx, loff_t first, int tgid)
{
	struct pid *pid;
	char name[12];
	bool more;

	while ((pid = next_task_pid(ctx->pos - first, tgid)) != NULL) {
		ctx->pos = first + pid->nr;
		more = dir_emit(ctx, name, scnprintf(name, sizeof(name), "%d", pid->nr),
				proc_pid_ino(pid, tgid ? PID_INO_TASKS : 0), DT_DIR);
		put_pid(pid);
		if (!more)
			break;
		ctx->pos++;
	}
	return 0;
}

/* proc_pid_readdir - the part of /proc from position @first on: self, thread-self, the processes */
int proc_pid_readdir(struct file *file, struct dir_context *ctx, loff_t first)
{
	static const char *const selves[] = { "self", "thread-self" };
	unsigned int i;

	while (ctx->pos - first < (loff_t)ARRAY_SIZE(selves)) {
		i = ctx->pos - first;
		if (!dir_emit(ctx, selves[i], strlen(selves[i]),
			      proc_pid_ino(task_pid(current), PID_INO_TASKS + 1 + i), DT_LNK))
			return 0;
		ctx->pos++;
	}
	return list_numbers(ctx, first + ARRAY_SIZE(selves), 0);
}

/* -- /proc/PID/task ---------------------------------------------------------------------------- */

static struct dentry *task_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	return lookup_number(dir, dentry, PROC_I(dir)->pid->nr);
}

static int task_readdir(struct file *file, struct dir_context *ctx)
{
	if (!dir_emit_dots(file, ctx))
		return 0;
	return list_numbers(ctx, 2, PROC_I(file_inode(file))->pid->nr);
}

const struct inode_operations pid_task_iops = {
	.lookup		= task_lookup,
};

const struct file_operations pid_task_fops = {
	.llseek		= dcache_dir_lseek,
	.read		= generic_read_dir,
	.iterate_shared	= task_readdir,
};
