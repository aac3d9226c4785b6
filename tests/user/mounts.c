/* SPDX-License-Identifier: MIT */
/* For row I1: mounts that are taken from the tree with others in them, while somebody is there. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include "show.h"

static void one_in_the_other(void)
{
	SHOW(mkdir("/m", 0755));
	SHOW(mount("a", "/m", "tmpfs", 0, NULL));
	SHOW(mkdir("/m/in", 0755));
	SHOW(mount("b", "/m/in", "tmpfs", 0, NULL));
}

int main(void)
{
	struct stat st;

	setbuf(stdout, NULL);
	one_in_the_other();
	SHOW(chdir("/m/in"));
	SHOW(umount2("/m", 0));
	SHOW(umount2("/m/in", 0));
	SHOW(umount2("/m", 8));
	SHOW(umount2("/m", MNT_DETACH));
	SHOW(stat("/m/in", &st));
	SHOW(umount2("/m", MNT_DETACH));
	/* What is in use is there still, but not a part of the tree. */
	SHOW(mkdir("x", 0755));
	SHOW(stat("x", &st));
	SHOW(mount("c", "x", "tmpfs", 0, NULL));
	SHOW(rmdir("x"));
	SHOW(chdir("/"));
	SHOW(rmdir("/m"));
	one_in_the_other();
	SHOW(umount2("/m/in", 0));
	SHOW(umount2("/m", 0));
	SHOW(rmdir("/m"));
	return 0;
}
