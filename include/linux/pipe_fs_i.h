/* SPDX-License-Identifier: MIT */
/* Pipes. */
#ifndef _LINUX_PIPE_FS_I_H
#define _LINUX_PIPE_FS_I_H

#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/wait.h>

struct file;
struct file_operations;

#define PIPE_BUF	4096	/* so much is written as one */
#define PIPE_PAGES	16
#define PIPE_SIZE	(PIPE_PAGES * PAGE_SIZE)

/* Guarded by @mutex but for @files. */
struct pipe_inode_info {
	struct mutex	mutex;
	wait_queue_head_t rd_wait, wr_wait;
	unsigned int	head, tail;		/* bytes ever written and read */
	unsigned int	readers, writers;	/* files open for it */
	unsigned int	r_counter, w_counter;	/* ... ever opened */
	unsigned int	files;			/* guarded by the inode's i_lock */
	u8		*pages[PIPE_PAGES];	/* where there are bytes, or were */
};

extern const struct file_operations pipefifo_fops;
int create_pipe_files(struct file **res, int flags);

#endif
