/* SPDX-License-Identifier: MIT */
/* Between pipe.c and splice.c: what is in a pipe. The pipe's mutex is held for all of this. */
#ifndef _FS_PIPE_H
#define _FS_PIPE_H

#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/pipe_fs_i.h>

static inline unsigned int pipe_used(const struct pipe_inode_info *pipe)
{
	return pipe->head - pipe->tail;
}

/*
 * A page that was read in part is in use as a whole: it is given back when it is read to its end.
 */
static inline unsigned int pipe_room(const struct pipe_inode_info *pipe)
{
	return PIPE_SIZE - (pipe->head - round_down(pipe->tail, PAGE_SIZE));
}

/* What lies @skip bytes behind what is read next, and @len: how much of it lies together. */
static inline u8 *pipe_data(struct pipe_inode_info *pipe, unsigned int skip, unsigned int *len)
{
	unsigned int at = pipe->tail + skip;

	*len = min_t(unsigned int, pipe_used(pipe) - skip, PAGE_SIZE - offset_in_page(at));
	return pipe->pages[at / PAGE_SIZE % PIPE_PAGES] + offset_in_page(at);
}

u8 *pipe_space(struct pipe_inode_info *pipe, unsigned int *len);
void pipe_consume(struct pipe_inode_info *pipe, unsigned int n);
ssize_t pipe_take(struct pipe_inode_info *pipe, char __user *buf, size_t count);
ssize_t pipe_put(struct pipe_inode_info *pipe, const char __user *buf, size_t count);
int pipe_wait(struct pipe_inode_info *pipe, wait_queue_head_t *queue);
void pipe_wake_readers(struct pipe_inode_info *pipe);
void pipe_wake_writers(struct pipe_inode_info *pipe);

#endif
