/* SPDX-License-Identifier: MIT */
/* What the files of fs/ say to each other. */
#ifndef _FS_INTERNALS_H
#define _FS_INTERNALS_H

#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/path.h>
#include <linux/string.h>
#include <uapi/linux/uio.h>

#define MAX_RW_COUNT	(INT_MAX & PAGE_MASK)

/* dcache.c */
extern spinlock_t dcache_lock;
void dcache_init(void);

/* inode.c, super.c, mount.c, file_table.c, ramfs.c: start-up and what crosses files */
void inode_cache_init(void);
void files_init(void);
void ramfs_init(void);
struct super_block *get_super(struct file_system_type *type, void *data);
void put_super(struct super_block *sb);

extern spinlock_t mount_lock;			/* taken before dcache_lock */
struct vfsmount *lookup_mnt(const struct path *path);
bool follow_up(struct path *path);
/* mount_lock held. -ESRCH: not below @root */
char *mount_path(const struct vfsmount *mnt, const struct path *root, char *buf, int buflen);

/* namei.c: the parent of a name, and its last component */
struct last_name {
	struct path	parent;		/* counted */
	struct qstr	name;		/* in the caller's string; len 0: the root itself */
	bool		slash;		/* "name/": must be a directory */
};
int path_parent_at(int dfd, const char *name, struct last_name *last);
static inline int path_parent(const char *name, struct last_name *last)
{
	return path_parent_at(AT_FDCWD, name, last);
}
static inline bool is_dots(const struct qstr *q, unsigned int n)
{
	return q->len == n && !memcmp(q->name, "..", n);
}
struct dentry *lookup_one_qstr(const struct qstr *name, struct dentry *base);
void cross_mounts(struct path *path);

/* getname.c: the path that a program means by a directory, a name and AT_* flags */
int user_path_at(int dfd, const char __user *name, int flags, struct path *path);

/* mount.c */
static inline int mnt_may_write(const struct vfsmount *mnt)
{
	return READ_ONCE(mnt->mnt_flags) & MNT_READONLY ? -EROFS : 0;
}
int path_remount(const struct path *path, unsigned long flags);

/* read_write.c: what read() and its like have in common. @buf: @count bytes, or so many buffers */
typedef ssize_t (*rw_fn)(struct file *file, char __user *buf, size_t count, loff_t *pos);
ssize_t rw_at_pos(rw_fn fn, unsigned int fd, char __user *buf, size_t count);
ssize_t rw_at(rw_fn fn, unsigned int fd, char __user *buf, size_t count, loff_t pos, fmode_t mode);

/* write_access.c */
int file_want_write(struct file *file);
void file_drop_write(struct file *file);

/* open.c: may this be opened in this way? */
int may_open(const struct path *path, int flags);

/* create.c, remove.c, attr.c: names in kernel memory; @dfd as kern_path_at() has it */
int do_mkdirat(int dfd, const char *name, umode_t mode);
int do_mknodat(int dfd, const char *name, umode_t mode, dev_t dev);
int do_symlinkat(const char *target, int dfd, const char *name);
int do_link(const struct path *old, int dfd, const char *name);
int do_unlinkat(int dfd, const char *name, bool dir);
int do_renameat(int olddfd, const char *oldname, int newdfd, const char *newname, unsigned int flags);
int chmod_path(const struct path *path, umode_t mode);
int chown_path(const struct path *path, uid_t user, gid_t group);
int utimes_path(const struct path *path, const struct timespec64 *times);

/* For calls that take positions: @pos NULL: the file's own one, kept to ourselves meanwhile. */
static inline loff_t begin_pos(struct file *file, const loff_t *pos)
{
	return pos ? *pos : file->f_mode & FMODE_STREAM ? 0 : file->f_pos;
}

static inline void end_pos(struct file *file, loff_t *pos, loff_t now)
{
	if (pos)
		*pos = now;
	else if (!(file->f_mode & FMODE_STREAM))
		file->f_pos = now;
}

/* readv.c */
ssize_t get_iovec(const struct iovec __user *vec, unsigned long nr, struct iovec **iov);

/* locks.c, record_lock.c */
void locks_remove_file(struct file *file);
void locks_remove_posix(struct file *file, fl_owner_t owner);
int fcntl_lock(unsigned int fd, struct file *file, unsigned int cmd, struct flock __user *uflock);

#endif
