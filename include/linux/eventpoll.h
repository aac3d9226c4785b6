/* SPDX-License-Identifier: MIT */
/* What an open file's end has to do with epoll. fs/eventpoll.c. */
#ifndef _LINUX_EVENTPOLL_H
#define _LINUX_EVENTPOLL_H

struct file;

void eventpoll_release(struct file *file);

#endif
