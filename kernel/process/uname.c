/* SPDX-License-Identifier: MIT */
/* uname(), and the names that can be set. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>
#include <linux/utsrelease.h>
#include <asm/elf.h>

DECLARE_RWSEM(uts_sem);

static struct new_utsname names = {
	.sysname	= "Linux",
	.nodename	= "tophalf",
	.release	= UTS_RELEASE,
	.version	= "#1 SMP PREEMPT",
	.machine	= ELF_PLATFORM,
	.domainname	= "(none)",
};

/* utsname - the names; uts_sem held to read those that change */
struct new_utsname *utsname(void)
{
	return &names;
}
EXPORT_SYMBOL(utsname);

/**
 * set_uts_name - set the name of the machine or of its domain
 * @which: the field of utsname()
 * @name: need not end in a NUL
 * @len: at most __NEW_UTS_LEN
 *
 * Context: process, may sleep.
 */
void set_uts_name(char *which, const char *name, size_t len)
{
	down_write(&uts_sem);
	memcpy(which, name, len);
	memset(which + len, 0, __NEW_UTS_LEN + 1 - len);
	up_write(&uts_sem);
}

SYSCALL_DEFINE1(uname, struct new_utsname __user *, to)
{
	struct new_utsname copy;

	down_read(&uts_sem);
	copy = names;
	up_read(&uts_sem);
	return copy_to_user(to, &copy, sizeof(copy)) ? -EFAULT : 0;
}

static int set_name_user(char *which, const char __user *name, int len)
{
	char copy[__NEW_UTS_LEN];

	if (len < 0 || len > __NEW_UTS_LEN)
		return -EINVAL;
	if (copy_from_user(copy, name, len))
		return -EFAULT;
	set_uts_name(which, copy, len);
	return 0;
}

SYSCALL_DEFINE2(sethostname, const char __user *, name, int, len)
{
	return set_name_user(names.nodename, name, len);
}

SYSCALL_DEFINE2(setdomainname, const char __user *, name, int, len)
{
	return set_name_user(names.domainname, name, len);
}
