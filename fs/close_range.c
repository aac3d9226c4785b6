/* SPDX-License-Identifier: MIT */
/* close_range(): many numbers at once, closed or marked to be. */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

#define CLOSE_RANGE_UNSHARE	0x2	/* in a table of current's own */
#define CLOSE_RANGE_CLOEXEC	0x4	/* not now, but at the next exec */

static void mark_range(struct files_struct *files, unsigned int first, unsigned int last)
{
	unsigned int fd;

	spin_lock(&files->file_lock);
	for (fd = first; fd <= last && fd < files->max_fds; fd++)
		if (test_bit(fd, files->open_fds))
			__set_bit(fd, files->close_on_exec);
	spin_unlock(&files->file_lock);
}

SYSCALL_DEFINE3(close_range, unsigned int, first, unsigned int, last, unsigned int, flags)
{
	unsigned int fd;
	int err = 0;

	if ((flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) || first > last)
		return -EINVAL;
	if (flags & CLOSE_RANGE_UNSHARE)
		err = unshare_files();
	if (err)
		return err;
	if (flags & CLOSE_RANGE_CLOEXEC) {
		mark_range(current->files, first, last);
		return 0;
	}
	for (fd = first; fd <= last && fd < READ_ONCE(current->files->max_fds); fd++) {
		close_fd(fd);
		cond_resched();
	}
	return 0;
}
