/* SPDX-License-Identifier: MIT */
/* Values that stand where nothing valid may be found; an access through them faults. */
#ifndef _LINUX_POISON_H
#define _LINUX_POISON_H

#ifdef CONFIG_64BIT
#define POISON_POINTER_DELTA	0xdead000000000000UL	/* not canonical on x86-64 and arm64 */
#else
#define POISON_POINTER_DELTA	0
#endif
#define LIST_POISON1		((void *)(0x100 + POISON_POINTER_DELTA))
#define LIST_POISON2		((void *)(0x122 + POISON_POINTER_DELTA))
#define TIMER_ENTRY_STATIC	((void *)(0x300 + POISON_POINTER_DELTA))

#define POISON_INUSE		0x5a	/* allocated, not yet written */
#define POISON_FREE		0x6b	/* freed */
#define POISON_END		0xa5	/* last byte of poisoned memory */
#define SLUB_RED_INACTIVE	0xbb
#define SLUB_RED_ACTIVE		0xcc
#define POISON_FREE_INITMEM	0xcc
#define PAGE_POISON		0xaa
#define MUTEX_DEBUG_INIT	0x11
#define MUTEX_DEBUG_FREE	0x22

#endif
