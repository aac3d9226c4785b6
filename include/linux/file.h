/* SPDX-License-Identifier: MIT */
/* From a number to an open file and back. fs/file.c. */
#ifndef _LINUX_FILE_H
#define _LINUX_FILE_H

#include <linux/types.h>

struct file;

struct file *fget(unsigned int fd);		/* counted; NULL: no such file */
struct file *fget_raw(unsigned int fd);		/* be it one of O_PATH */
int get_unused_fd_flags(unsigned int flags);	/* O_CLOEXEC or 0 */
void put_unused_fd(unsigned int fd);
void fd_install(unsigned int fd, struct file *file);
int close_fd(unsigned int fd);
int get_dupfd(struct file *file, unsigned int from, unsigned int flags);

/* A file for the time of a system call. */
struct fd {
	struct file *file;
};

void fput(struct file *file);

static inline struct fd fdget(unsigned int fd)
{
	return (struct fd) { fget(fd) };
}

static inline struct fd fdget_raw(unsigned int fd)
{
	return (struct fd) { fget_raw(fd) };
}

static inline void fdput(struct fd f)
{
	if (f.file)
		fput(f.file);
}

struct fd fdget_pos(unsigned int fd);		/* and its position is ours alone */
void fdput_pos(struct fd f);

#endif
