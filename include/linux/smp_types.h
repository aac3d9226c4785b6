/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SMP_TYPES_H
#define _LINUX_SMP_TYPES_H

#include <linux/types.h>
#include <linux/llist.h>

#define CSD_FLAG_LOCK	0x01	/* queued or running: its owner may not touch it */
#define CSD_TYPE_SYNC	0x10	/* the caller waits until @func has returned */

/*
 * A cross-call. CSD_FLAG_LOCK passes it from the caller to the called CPU and back; the
 * fields change only while it is clear.
 */
struct __call_single_data {
	struct llist_node	llist;
	unsigned int		flags;
	void			(*func)(void *info);
	void			*info;
};

typedef struct __call_single_data call_single_data_t;

#define CSD_INIT(_func, _info)	((call_single_data_t) { .func = (_func), .info = (_info) })
#define INIT_CSD(csd, func, info) do { *(csd) = CSD_INIT((func), (info)); } while (0)

#endif
