/* SPDX-License-Identifier: MIT */
/* The names of the system and of this machine. kernel/process/uname.c */
#ifndef _LINUX_UTSNAME_H
#define _LINUX_UTSNAME_H

#include <linux/rwsem.h>

#define __NEW_UTS_LEN	64

struct new_utsname {
	char	sysname[__NEW_UTS_LEN + 1];
	char	nodename[__NEW_UTS_LEN + 1];	/* uts_sem, as the domain */
	char	release[__NEW_UTS_LEN + 1];
	char	version[__NEW_UTS_LEN + 1];
	char	machine[__NEW_UTS_LEN + 1];
	char	domainname[__NEW_UTS_LEN + 1];
};

extern struct rw_semaphore uts_sem;
struct new_utsname *utsname(void);
void set_uts_name(char *which, const char *name, size_t len);

#endif
