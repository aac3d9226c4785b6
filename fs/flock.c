/* SPDX-License-Identifier: MIT */
/* flock(): locks of whole files. One belongs to an open file, so that dup() and fork() share it. */
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include "internals.h"
#include "locks.h"

/* The whole of @file, for an open file. */
#define WHOLE_FILE(file, lock_type) {					\
	.inode = (file)->f_inode, .owner = (file), .pid = current->tgid, \
	.kind = LOCK_FLOCK, .type = (lock_type), .end = OFFSET_MAX }

static int do_flock(struct file *file, short type, bool wait)
{
	struct file_lock want = WHOLE_FILE(file, type), none = WHOLE_FILE(file, F_UNLCK);
	int err = lock_file(&want, false);

	if (err != -EAGAIN)
		return err;
	/* A change of kind gives up the old lock first. */
	err = lock_file(&none, false);
	if (!err)
		err = wait ? lock_file(&want, true) : -EWOULDBLOCK;
	return err;
}

SYSCALL_DEFINE2(flock, unsigned int, fd, unsigned int, cmd)
{
	unsigned int op = cmd & ~LOCK_NB;
	struct fd f;
	int err;

	if (op != LOCK_SH && op != LOCK_EX && op != LOCK_UN)
		return -EINVAL;
	f = fdget(fd);
	if (!f.file)
		return -EBADF;
	if (op == LOCK_UN)
		err = do_flock(f.file, F_UNLCK, false);
	else if (!(f.file->f_mode & (FMODE_READ | FMODE_WRITE)))
		err = -EBADF;
	else
		err = do_flock(f.file, op == LOCK_EX ? F_WRLCK : F_RDLCK, !(cmd & LOCK_NB));
	fdput(f);
	return err;
}
