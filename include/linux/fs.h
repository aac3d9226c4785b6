/* SPDX-License-Identifier: MIT */
/*
 * Files: inodes, open files, the operations behind them, file systems.
 *
 * Small but whole: names are looked up through directory entries (linux/dcache.h) and
 * mounts (linux/mount.h); open files count what they use; a directory's i_rwsem
 * serialises changes of what is in it.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/types.h>
#include <linux/errno.h>
#include <linux/err.h>
#include <linux/list.h>
#include <linux/kernel.h>
#include <linux/atomic.h>
#include <linux/spinlock.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/dcache.h>
#include <linux/path.h>
#include <linux/stat.h>
#include <linux/kdev_t.h>
#include <linux/fcntl.h>
#include <linux/ioctl.h>
#include <linux/slab.h>
#include <linux/export.h>
#include <uapi/linux/limits.h>

struct address_space;
struct cdev;
struct file;
struct file_lock;
struct file_system_type;
struct inode;
struct iov_iter;
struct kobject;
struct io_comp_batch;
struct kiocb;
struct module;
struct pipe_inode_info;
struct poll_table_struct;
struct seq_file;
struct super_block;
struct user_namespace;
struct vfsmount;
struct vm_area_struct;

typedef void *fl_owner_t;

#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#define SEEK_DATA	3
#define SEEK_HOLE	4
#define MAX_LFS_FILESIZE ((loff_t)(~0ULL >> 1))

#define FMODE_READ		((fmode_t)0x1)
#define FMODE_WRITE		((fmode_t)0x2)
#define FMODE_LSEEK		((fmode_t)0x4)
#define FMODE_PREAD		((fmode_t)0x8)
#define FMODE_PWRITE		((fmode_t)0x10)
#define FMODE_EXEC		((fmode_t)0x20)
#define FMODE_PATH		((fmode_t)0x4000)	/* of O_PATH */
#define FMODE_NONOTIFY		((fmode_t)0x4000000)
#define FMODE_NOWAIT		((fmode_t)0x8000000)
#define FMODE_WRITER		((fmode_t)0x10000)	/* it counts in i_writecount and mnt_writers */
#define FMODE_ATOMIC_POS	((fmode_t)0x8000)
#define FMODE_STREAM		((fmode_t)0x200000)
#define FMODE_CAN_READ		((fmode_t)0x20000)
#define FMODE_CAN_WRITE		((fmode_t)0x40000)
#define OPEN_FMODE(flag)	((fmode_t)(((flag) + 1) & O_ACCMODE))

#define DT_UNKNOWN	0
#define DT_FIFO		1
#define DT_CHR		2
#define DT_DIR		4
#define DT_BLK		6
#define DT_REG		8
#define DT_LNK		10
#define DT_SOCK		12

/* What a directory's iterate puts its names into. */
struct dir_context;
typedef bool (*filldir_t)(struct dir_context *ctx, const char *name, int namelen, loff_t offset,
			  u64 ino, unsigned int type);
struct dir_context {
	filldir_t	actor;	/* false: full, stop */
	loff_t		pos;
};

static inline bool dir_emit(struct dir_context *ctx, const char *name, int namelen, u64 ino,
			    unsigned int type)
{
	return ctx->actor(ctx, name, namelen, ctx->pos, ino, type);
}
bool dir_emit_dots(struct file *file, struct dir_context *ctx);

struct file_operations {
	struct module *owner;
	loff_t (*llseek)(struct file *file, loff_t offset, int whence);
	ssize_t (*read)(struct file *file, char __user *buf, size_t count, loff_t *pos);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t count, loff_t *pos);
	ssize_t (*read_iter)(struct kiocb *iocb, struct iov_iter *iter);
	ssize_t (*write_iter)(struct kiocb *iocb, struct iov_iter *iter);
	int (*iopoll)(struct kiocb *kiocb, struct io_comp_batch *batch, unsigned int flags);
	int (*iterate)(struct file *file, struct dir_context *ctx);
	int (*iterate_shared)(struct file *file, struct dir_context *ctx);
	__poll_t (*poll)(struct file *file, struct poll_table_struct *table);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	long (*compat_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	unsigned long mmap_supported_flags;
	int (*open)(struct inode *inode, struct file *file);
	int (*flush)(struct file *file, fl_owner_t id);
	int (*release)(struct inode *inode, struct file *file);
	int (*fsync)(struct file *file, loff_t start, loff_t end, int datasync);
	int (*fasync)(int fd, struct file *file, int on);
	int (*lock)(struct file *file, int cmd, struct file_lock *lock);
	unsigned long (*get_unmapped_area)(struct file *file, unsigned long addr, unsigned long len,
					   unsigned long pgoff, unsigned long flags);
	int (*check_flags)(int flags);
	int (*flock)(struct file *file, int cmd, struct file_lock *lock);
	ssize_t (*splice_write)(struct pipe_inode_info *pipe, struct file *file, loff_t *pos,
				size_t len, unsigned int flags);
	ssize_t (*splice_read)(struct file *file, loff_t *pos, struct pipe_inode_info *pipe,
			       size_t len, unsigned int flags);
	long (*fallocate)(struct file *file, int mode, loff_t offset, loff_t len);
	void (*show_fdinfo)(struct seq_file *m, struct file *f);
};

struct inode_operations {
	struct dentry *(*lookup)(struct inode *dir, struct dentry *dentry, unsigned int flags);
	const char *(*get_link)(struct dentry *dentry, struct inode *inode);
	/* Of links that lead to a file, not to a name: where to, counted; what they are said to be. */
	int (*get_path)(struct dentry *dentry, struct path *path);
	int (*readlink)(struct dentry *dentry, char __user *buf, int size);
	int (*create)(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
		      umode_t mode, bool excl);
	int (*link)(struct dentry *old, struct inode *dir, struct dentry *dentry);
	int (*unlink)(struct inode *dir, struct dentry *dentry);
	int (*symlink)(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
		       const char *target);
	int (*mkdir)(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
		     umode_t mode);
	int (*rmdir)(struct inode *dir, struct dentry *dentry);
	int (*mknod)(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
		     umode_t mode, dev_t dev);
	int (*rename)(struct user_namespace *ns, struct inode *old_dir, struct dentry *old_dentry,
		      struct inode *new_dir, struct dentry *new_dentry, unsigned int flags);
	int (*truncate)(struct inode *inode, loff_t size);
};

/* What a mapped page of a file says it belongs to. */
struct address_space {
	struct inode		*host;		/* fixed */
	unsigned int		truncations;	/* i_rwsem to write; see mm/truncate.c */

	spinlock_t		i_mmap_lock;	/* inside mmap_lock; guards the list */
	struct list_head	i_mmap;		/* areas that map it, by vm_mapping_node */
	atomic_t		i_mmap_writable; /* those that may change it, and are to; -1: there may be none */
};

struct inode {
	umode_t			i_mode;		/* type: fixed; permissions: i_rwsem */
	kuid_t			i_uid;
	kgid_t			i_gid;
	unsigned int		i_nlink;	/* i_rwsem of the directory that changes it */
	loff_t			i_size;		/* i_rwsem */
	blkcnt_t		i_blocks;	/* of 512 bytes, that its data takes: the file system's */
	struct timespec64	i_atime, i_mtime, i_ctime;
	struct rw_semaphore	i_rwsem;	/* a directory's entries, a file's data */
	spinlock_t		i_lock;
	struct list_head	i_watches;	/* who watches it: fs/fsnotify.c */
	struct list_head	i_locks;	/* of the file and its parts: fs/locks.c */

	const struct inode_operations *i_op;	/* fixed from here on */
	const struct file_operations *i_fop;
	struct super_block	*i_sb;
	unsigned long		i_ino;
	dev_t			i_rdev;
	unsigned int		i_blkbits;
	atomic_t		i_count;
	atomic_t		i_writecount;	/* files open to write; below 0, running programs of it */
	union {
		struct cdev	*i_cdev;
		struct pipe_inode_info *i_pipe;	/* i_lock */
		char		*i_link;	/* target of a symlink */
	};
	void			*i_private;	/* the file system's */
	struct address_space	*i_mapping;	/* i_data */
	struct address_space	i_data;
};

struct file {
	struct path		f_path;		/* fixed */
	struct inode		*f_inode;
	const struct file_operations *f_op;	/* an open may replace it: replace_fops() */
	fmode_t			f_mode;
	atomic_long_t		f_count;
	spinlock_t		f_lock;		/* f_flags */
	unsigned int		f_flags;
	struct mutex		f_pos_lock;	/* f_pos */
	loff_t			f_pos;
	void			*private_data;	/* the opener's operations' */
	unsigned int		f_version;	/* likewise */
	struct hlist_head	f_ep;		/* of epoll, as the next: fs/eventpoll.h */
	bool			f_watched;	/* f_lock to set: it has been in f_ep */
	struct kobject		*f_hold;	/* held until the file is closed, or NULL */
	struct callback_head	f_task_work;	/* the release, once nobody counts it */
};

struct super_operations {
	struct inode *(*alloc_inode)(struct super_block *sb);
	void (*free_inode)(struct inode *inode);
	void (*evict_inode)(struct inode *inode);	/* the last reference is gone */
	void (*put_super)(struct super_block *sb);
};

#define SB_RDONLY	0x01
#define SB_NOSUID	0x02
#define SB_NODEV	0x04
#define SB_NOEXEC	0x08

struct super_block {
	struct list_head	s_list;		/* super_lock; so is s_active */
	unsigned int		s_active;
	dev_t			s_dev;		/* fixed from here on */
	unsigned long		s_flags;
	unsigned long		s_magic;
	struct dentry		*s_root;
	const struct super_operations *s_op;
	const struct dentry_operations *s_d_op;
	struct file_system_type	*s_type;
	void			*s_fs_info;
	atomic_long_t		s_next_ino;
};

struct file_system_type {
	const char		*name;
	int			fs_flags;
#define FS_REQUIRES_DEV		1
#define FS_SINGLE		0x40	/* every mount shows the one instance */
	int (*fill_super)(struct super_block *sb, void *data);
	void (*kill_sb)(struct super_block *sb);
	struct module		*owner;
	struct file_system_type	*next;		/* file_systems_lock */
	struct super_block	*single;	/* super_lock */
};

/* -- File systems -- */
void vfs_init(void);
int register_filesystem(struct file_system_type *fs);
int unregister_filesystem(struct file_system_type *fs);
struct file_system_type *get_fs_type(const char *name);
void kill_litter_super(struct super_block *sb);

/* -- Inodes -- */
struct inode *new_inode(struct super_block *sb);
void iput(struct inode *inode);
void ihold(struct inode *inode);
void inode_init_owner(struct inode *inode, const struct inode *dir, umode_t mode);
void init_special_inode(struct inode *inode, umode_t mode, dev_t rdev);
unsigned int get_next_ino(void);
struct timespec64 current_time(struct inode *inode);

static inline void set_nlink(struct inode *inode, unsigned int nlink) { inode->i_nlink = nlink; }
static inline void inc_nlink(struct inode *inode) { inode->i_nlink++; }
static inline void drop_nlink(struct inode *inode) { inode->i_nlink--; }
static inline void clear_nlink(struct inode *inode) { inode->i_nlink = 0; }

static inline loff_t i_size_read(const struct inode *inode) { return READ_ONCE(inode->i_size); }
static inline void i_size_write(struct inode *inode, loff_t i_size)
{
	WRITE_ONCE(inode->i_size, i_size);
}

static inline void inode_lock(struct inode *inode) { down_write(&inode->i_rwsem); }

/* Which of several inodes that are locked at once, in the order in which they are taken. */
enum inode_i_mutex_lock_class {
	I_MUTEX_NORMAL,
	I_MUTEX_PARENT,
	I_MUTEX_PARENT2,
	I_MUTEX_CHILD,
};

static inline void inode_lock_nested(struct inode *inode, unsigned int subclass)
{
	down_write_nested(&inode->i_rwsem, subclass);
}

static inline void inode_unlock(struct inode *inode) { up_write(&inode->i_rwsem); }
static inline void inode_lock_shared(struct inode *inode) { down_read(&inode->i_rwsem); }
static inline void inode_unlock_shared(struct inode *inode) { up_read(&inode->i_rwsem); }

static inline unsigned int iminor(const struct inode *inode) { return MINOR(inode->i_rdev); }
static inline unsigned int imajor(const struct inode *inode) { return MAJOR(inode->i_rdev); }

static inline struct inode *file_inode(const struct file *f)
{
	return f->f_inode;
}

static inline struct dentry *file_dentry(const struct file *f)
{
	return f->f_path.dentry;
}

/* -- Who writes to a file: see fs/write_access.c -- */

/* One more who writes; put_write_access() it. Return: 0; -ETXTBSY: it is being run. */
static inline int get_write_access(struct inode *inode)
{
	return atomic_inc_unless_negative(&inode->i_writecount) ? 0 : -ETXTBSY;
}

static inline void put_write_access(struct inode *inode)
{
	atomic_dec(&inode->i_writecount);
}

/* Nobody is to write until allow_write_access(). Return: 0; -ETXTBSY: somebody has it open to write. */
static inline int deny_write_access(struct file *file)
{
	return atomic_dec_unless_positive(&file->f_inode->i_writecount) ? 0 : -ETXTBSY;
}

static inline void allow_write_access(struct file *file)
{
	atomic_inc(&file->f_inode->i_writecount);
}

/* -- Names that a program passes -- */
struct filename {
	const char	*name;
};
struct filename *getname(const char __user *filename);
void putname(struct filename *name);

/* -- Mappings that may change a file -- */

/* One more is to be made; it may not if there are to be none. Undone by mapping_unmap_writable(). */
static inline bool mapping_map_writable(struct address_space *mapping)
{
	return atomic_inc_unless_negative(&mapping->i_mmap_writable);
}

static inline void mapping_unmap_writable(struct address_space *mapping)
{
	atomic_dec(&mapping->i_mmap_writable);
}

/* From here on none is made. Return: whether there was none. */
static inline bool mapping_deny_writable(struct address_space *mapping)
{
	return atomic_dec_unless_positive(&mapping->i_mmap_writable);
}

/* -- Open files -- */
struct file *file_open_at(int dfd, const char *name, int flags, umode_t mode);
struct file *filp_open(const char *name, int flags, umode_t mode);
struct file *dentry_open(const struct path *path, int flags);
struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt, const char *name, int flags,
			       const struct file_operations *fops);
struct file *alloc_file_clone(struct file *base, int flags, const struct file_operations *fops);
int generic_write_check_limits(loff_t pos, size_t *count);
int inode_newsize_ok(const struct inode *inode, loff_t size);
struct file *open_exec(const char *name);
void close_exec(struct file *file);
int filp_close(struct file *filp, fl_owner_t id);
struct file *get_file(struct file *f);
void fput(struct file *f);
bool path_noexec(const struct path *path);
int nonseekable_open(struct inode *inode, struct file *filp);
int stream_open(struct inode *inode, struct file *filp);
int generic_file_open(struct inode *inode, struct file *filp);
#define replace_fops(f, fops)	((f)->f_op = (fops))
#define fops_get(fops)		((fops) && try_module_get((fops)->owner) ? (fops) : NULL)
#define fops_put(fops)		do { if (fops) module_put((fops)->owner); } while (0)

ssize_t vfs_read(struct file *file, char __user *buf, size_t count, loff_t *pos);
ssize_t vfs_write(struct file *file, const char __user *buf, size_t count, loff_t *pos);
loff_t vfs_llseek(struct file *file, loff_t offset, int whence);
int vfs_fsync(struct file *file, int datasync);
long vfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg);
int iterate_dir(struct file *file, struct dir_context *ctx);
ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos);
ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos);
ssize_t generic_file_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe,
				 size_t len, unsigned int flags);
ssize_t iter_file_splice_write(struct pipe_inode_info *pipe, struct file *out, loff_t *ppos,
			       size_t len, unsigned int flags);
int rw_verify_area(int read_write, struct file *file, const loff_t *ppos, size_t count);

/* -- Names -- */
int vfs_create(struct user_namespace *ns, struct inode *dir, struct dentry *dentry, umode_t mode,
	       bool want_excl);
int vfs_mkdir(struct user_namespace *ns, struct inode *dir, struct dentry *dentry, umode_t mode);
int vfs_mknod(struct user_namespace *ns, struct inode *dir, struct dentry *dentry, umode_t mode,
	      dev_t dev);
int vfs_symlink(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
		const char *target);
int vfs_link(struct dentry *old, struct user_namespace *ns, struct inode *dir,
	     struct dentry *dentry, struct inode **delegated);
int vfs_unlink(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
	       struct inode **delegated);
int vfs_rmdir(struct user_namespace *ns, struct inode *dir, struct dentry *dentry);
int vfs_rename(struct inode *old_dir, struct dentry *old_dentry, struct inode *new_dir,
	       struct dentry *new_dentry, unsigned int flags);
int vfs_truncate(const struct path *path, loff_t length);
int vfs_getattr(const struct path *path, struct kstat *stat, u32 mask, unsigned int flags);

/* The same by path name, for the kernel's own use at boot. */
int init_mkdir(const char *name, umode_t mode);
int init_mknod(const char *name, umode_t mode, unsigned int dev);
int init_symlink(const char *target, const char *name);
int init_link(const char *oldname, const char *newname);
int init_unlink(const char *name);
int init_rmdir(const char *name);
int init_rename(const char *oldname, const char *newname);
int init_chmod(const char *name, umode_t mode);
int init_chown(const char *name, uid_t user, gid_t group, int flags);
int init_utimes(const char *name, time64_t mtime);
int init_stat(const char *name, struct kstat *stat, int flags);

/* -- Ready-made operations -- */
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available);
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from,
			       size_t count);
int simple_open(struct inode *inode, struct file *file);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);
#define no_llseek	NULL
loff_t default_llseek(struct file *file, loff_t offset, int whence);
loff_t generic_file_llseek(struct file *file, loff_t offset, int whence);
loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t maxsize,
				loff_t eof);
loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size);
loff_t vfs_setpos(struct file *file, loff_t offset, loff_t maxsize);
struct dentry *simple_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags);
int simple_link(struct dentry *old, struct inode *dir, struct dentry *dentry);
int simple_unlink(struct inode *dir, struct dentry *dentry);
int simple_rmdir(struct inode *dir, struct dentry *dentry);
int simple_rename(struct user_namespace *ns, struct inode *old_dir, struct dentry *old_dentry,
		  struct inode *new_dir, struct dentry *new_dentry, unsigned int flags);
int simple_empty(struct dentry *dentry);
const char *simple_get_link(struct dentry *dentry, struct inode *inode);
int dcache_readdir(struct file *file, struct dir_context *ctx);
loff_t dcache_dir_lseek(struct file *file, loff_t offset, int whence);
ssize_t generic_read_dir(struct file *file, char __user *buf, size_t count, loff_t *pos);
int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *data, u64 *val),
		     int (*set)(void *data, u64 val), const char *fmt);
int simple_attr_release(struct inode *inode, struct file *file);
ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *ppos);
ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos);
ssize_t simple_attr_write_signed(struct file *file, const char __user *buf, size_t len,
				 loff_t *ppos);
static inline __printf(1, 2) void __simple_attr_check_format(const char *fmt, ...)
{
}
extern const struct file_operations simple_dir_operations;
extern const struct inode_operations simple_dir_inode_operations;
extern const struct inode_operations simple_symlink_inode_operations;

/* NAME: a file that is a number, by the functions __get and __set. */
#define DEFINE_SIMPLE_ATTRIBUTE_XSIGNED(__fops, __get, __set, __fmt, __write) \
static int __fops##_open(struct inode *inode, struct file *file)	\
{									\
	__simple_attr_check_format(__fmt, 0ull);			\
	return simple_attr_open(inode, file, __get, __set, __fmt);	\
}									\
static const struct file_operations __fops = {				\
	.owner	 = THIS_MODULE,						\
	.open	 = __fops##_open,					\
	.release = simple_attr_release,					\
	.read	 = simple_attr_read,					\
	.write	 = __write,						\
	.llseek	 = generic_file_llseek,					\
}
#define DEFINE_SIMPLE_ATTRIBUTE(__fops, __get, __set, __fmt) \
	DEFINE_SIMPLE_ATTRIBUTE_XSIGNED(__fops, __get, __set, __fmt, simple_attr_write)
#define DEFINE_SIMPLE_ATTRIBUTE_SIGNED(__fops, __get, __set, __fmt) \
	DEFINE_SIMPLE_ATTRIBUTE_XSIGNED(__fops, __get, __set, __fmt, simple_attr_write_signed)

/* -- Character devices: linux/cdev.h has the rest -- */
int alloc_chrdev_region(dev_t *dev, unsigned int baseminor, unsigned int count, const char *name);
int register_chrdev_region(dev_t from, unsigned int count, const char *name);
void unregister_chrdev_region(dev_t from, unsigned int count);
int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
		      const char *name, const struct file_operations *fops);
void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
			 const char *name);
extern const struct file_operations def_chr_fops;
#define CHRDEV_MAJOR_MAX	512

static inline int register_chrdev(unsigned int major, const char *name,
				  const struct file_operations *fops)
{
	return __register_chrdev(major, 0, 256, name, fops);
}

static inline void unregister_chrdev(unsigned int major, const char *name)
{
	__unregister_chrdev(major, 0, 256, name);
}

#endif
