/* SPDX-License-Identifier: MIT */
/* A place in the tree of names: which mount, which entry in it. */
#ifndef _LINUX_PATH_H
#define _LINUX_PATH_H

struct dentry;
struct vfsmount;

struct path {
	struct vfsmount	*mnt;
	struct dentry	*dentry;
};

void path_get(const struct path *path);
void path_put(const struct path *path);

#endif
