/* SPDX-License-Identifier: MIT */
/* From a path name to an entry. */
#ifndef _LINUX_NAMEI_H
#define _LINUX_NAMEI_H

#include <linux/fs.h>
#include <linux/path.h>
#include <linux/fcntl.h>

#define LOOKUP_FOLLOW		0x0001	/* follow a symlink at the end */
#define LOOKUP_DIRECTORY	0x0002	/* the end must be a directory */
#define LOOKUP_PARENT		0x0010	/* stop one component before the end */
#define LOOKUP_CREATE		0x0200

#define MAXSYMLINKS		40

/* Where the walk starts for relative and for absolute names. */
extern struct path init_root;

int kern_path_at(int dfd, const char *name, unsigned int flags, struct path *path);
int kern_path(const char *name, unsigned int flags, struct path *path);
struct dentry *kern_path_create(int dfd, const char *name, struct path *path, unsigned int flags);
void done_path_create(struct path *path, struct dentry *dentry);
struct dentry *lookup_one_len(const char *name, struct dentry *base, int len);
struct dentry *lookup_positive_unlocked(const char *name, struct dentry *base, int len);

#endif
