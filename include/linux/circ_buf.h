/* SPDX-License-Identifier: MIT */
/* Rings of a power of two bytes: head is where the writer goes on, tail where the reader does. */
#ifndef _LINUX_CIRC_BUF_H
#define _LINUX_CIRC_BUF_H

struct circ_buf {
	char	*buf;
	int	head;
	int	tail;
};

/* Bytes to read; bytes to write, one less than the rest so that full and empty differ. */
#define CIRC_CNT(head, tail, size)	(((head) - (tail)) & ((size) - 1))
#define CIRC_SPACE(head, tail, size)	CIRC_CNT((tail), ((head) + 1), (size))

/* The same without a turn at the end of the buffer; head or tail is read once. */
#define CIRC_CNT_TO_END(head, tail, size)				\
({	int __to_end = (size) - (tail);					\
	int __cnt = ((head) + __to_end) & ((size) - 1);			\
	__cnt < __to_end ? __cnt : __to_end; })
#define CIRC_SPACE_TO_END(head, tail, size)				\
({	int __to_last = (size) - 1 - (head);				\
	int __space = (__to_last + (tail)) & ((size) - 1);		\
	__space <= __to_last ? __space : __to_last + 1; })

#endif
