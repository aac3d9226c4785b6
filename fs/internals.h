/* SPDX-License-Identifier: MIT */
/* What the files of fs/ say to each other. */
#ifndef _FS_INTERNALS_H
#define _FS_INTERNALS_H

#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/path.h>

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
char *mount_path(const struct vfsmount *mnt, char *buf, int buflen);	/* mount_lock held */

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
struct dentry *lookup_one_qstr(const struct qstr *name, struct dentry *base);
void cross_mounts(struct path *path);

#endif
