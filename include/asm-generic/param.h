/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_PARAM_H
#define _ASM_GENERIC_PARAM_H

#define HZ		CONFIG_HZ	/* ticks a second */
#define USER_HZ		100		/* unit of the times in /proc/stat */
#define CLOCKS_PER_SEC	USER_HZ

#ifndef EXEC_PAGESIZE
#define EXEC_PAGESIZE	4096
#endif
#define MAXHOSTNAMELEN	64

#endif
