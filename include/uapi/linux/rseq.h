/* SPDX-License-Identifier: MIT */
/* What a program and the kernel share of its restartable sequences: see rseq(2). */
#ifndef _UAPI_LINUX_RSEQ_H
#define _UAPI_LINUX_RSEQ_H

#include <linux/types.h>

#define RSEQ_CPU_ID_UNINITIALIZED	((__u32)-1)
#define RSEQ_FLAG_UNREGISTER		1

/* A section that is to run on one CPU, undisturbed, or not to its end. */
struct rseq_cs {
	__u32	version;		/* 0 */
	__u32	flags;			/* 0 */
	__u64	start_ip;
	__u64	post_commit_offset;	/* its length */
	__u64	abort_ip;		/* outside; the word before it is the signature */
} __attribute__((aligned(32)));

/* One per thread. */
struct rseq {
	__u32	cpu_id_start;		/* the CPU; 0 as long as there is none to tell */
	__u32	cpu_id;			/* likewise, but RSEQ_CPU_ID_UNINITIALIZED */
	__u64	rseq_cs;		/* the program's: the section that it is in, or 0 */
	__u32	flags;			/* 0 */
} __attribute__((aligned(32)));

#endif
