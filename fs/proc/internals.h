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
#include <linux/sched.h>
#include <linux/seq_file.h>

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

/*
 * Every inode of /proc. Those of processes have a pid and what they are of it; the others an
 * entry of the tree (i_private), counted.
 */
struct proc_inode {
	struct inode		vfs_inode;
	struct pid		*pid;		/* counted, or NULL */
	const struct pid_entry	*entry;		/* a file or link of /proc/PID, else NULL */
	unsigned int		fd;		/* of a link in /proc/PID/fd */
};

static inline struct proc_inode *PROC_I(const struct inode *inode)
{
	return container_of(inode, struct proc_inode, vfs_inode);
}

/* A name in /proc/PID. */
struct pid_entry {
	const char		*name;
	umode_t			mode;
	const struct inode_operations *iop;	/* a directory's */
	const struct file_operations *fop;
	int			(*show)(struct seq_file *m, struct task_struct *task);
	int			(*get_path)(struct task_struct *task, struct path *path); /* of a link */
};

/* pid_base.c: inodes of processes, and the lists of them */
struct inode *proc_pid_inode(struct super_block *sb, struct pid *pid, umode_t mode, u64 ino);
struct task_struct *proc_task(const struct inode *inode);
struct dentry *proc_pid_add(struct dentry *dentry, struct inode *inode);
struct dentry *proc_pid_lookup(struct inode *dir, struct dentry *dentry);
int proc_pid_readdir(struct file *file, struct dir_context *ctx, loff_t first);
u64 proc_pid_ino(const struct pid *pid, unsigned int what);
int proc_name_to_int(const struct qstr *name);
#define PID_INO_TASKS	0xff0		/* what: beyond the entries of a process */
#define PID_INO_FD	0x1000		/* and its open files */

/* pid_base.c, pid_link.c, pid_stat.c, pid_status.c, pid_maps.c, pid_fd.c */
extern const struct inode_operations pid_link_iops, pid_fd_iops, pid_task_iops;
extern const struct file_operations pid_fd_fops, pid_task_fops;
int pid_readlink_path(const struct path *path, char __user *buf, int size);
int pid_exe_path(struct task_struct *task, struct path *path);
int pid_cwd_path(struct task_struct *task, struct path *path);
int pid_root_path(struct task_struct *task, struct path *path);
pid_t pid_ppid(struct task_struct *task);
int pid_stat_show(struct seq_file *m, struct task_struct *task);
int pid_statm_show(struct seq_file *m, struct task_struct *task);
int pid_status_show(struct seq_file *m, struct task_struct *task);
int pid_comm_show(struct seq_file *m, struct task_struct *task);
int pid_limits_show(struct seq_file *m, struct task_struct *task);
int pid_wchan_show(struct seq_file *m, struct task_struct *task);
int pid_maps_show(struct seq_file *m, struct task_struct *task);
int pid_cmdline_show(struct seq_file *m, struct task_struct *task);
int pid_environ_show(struct seq_file *m, struct task_struct *task);

/* What signals a task has to do with: for stat and status. */
struct sig_view {
	u64	pending, shared, blocked, ignored, caught;
	int	nr_threads, queued;
};
void pid_signals(struct task_struct *task, struct sig_view *view);

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
bool proc_readdir_tree(struct file *file, struct dir_context *ctx);

#endif
