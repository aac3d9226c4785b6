/* SPDX-License-Identifier: MIT */
/* A segment, as a program describes it: set_thread_area(). */
#ifndef _ASM_X86_LDT_H
#define _ASM_X86_LDT_H

struct user_desc {
	unsigned int	entry_number;
	unsigned int	base_addr;
	unsigned int	limit;
	unsigned int	seg_32bit:1;
	unsigned int	contents:2;		/* 0 data, 1 data that grows down, 2, 3 code */
	unsigned int	read_exec_only:1;
	unsigned int	limit_in_pages:1;
	unsigned int	seg_not_present:1;
	unsigned int	useable:1;
	unsigned int	lm:1;			/* 64-bit code */
};

#endif
