/* SPDX-License-Identifier: MIT */
/*
 * Users and groups: there is one, root.
 *
 * As in a user namespace of Linux that maps id 0 alone: all other ids are no ids that a process
 * could have (-EINVAL), so that no program believes that it gave up rights which it still has.
 * Files may belong to whomever; nobody is kept from them.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/types.h>
#include <linux/uaccess.h>
#include "internals.h"

SYSCALL_DEFINE0(getuid)
{
	return 0;
}

SYSCALL_DEFINE0(geteuid)
{
	return 0;
}

SYSCALL_DEFINE0(getgid)
{
	return 0;
}

SYSCALL_DEFINE0(getegid)
{
	return 0;
}

/* @may_keep: -1 leaves an id as it is. */
static int check_id(unsigned int id, bool may_keep)
{
	return id == 0 || (may_keep && id == (unsigned int)-1) ? 0 : -EINVAL;
}

SYSCALL_DEFINE1(setuid, uid_t, uid)
{
	return check_id(uid, false);
}

SYSCALL_DEFINE1(setgid, gid_t, gid)
{
	return check_id(gid, false);
}

SYSCALL_DEFINE2(setreuid, uid_t, ruid, uid_t, euid)
{
	return check_id(ruid, true) ?: check_id(euid, true);
}

SYSCALL_DEFINE2(setregid, gid_t, rgid, gid_t, egid)
{
	return check_id(rgid, true) ?: check_id(egid, true);
}

SYSCALL_DEFINE3(setresuid, uid_t, ruid, uid_t, euid, uid_t, suid)
{
	return check_id(ruid, true) ?: check_id(euid, true) ?: check_id(suid, true);
}

SYSCALL_DEFINE3(setresgid, gid_t, rgid, gid_t, egid, gid_t, sgid)
{
	return check_id(rgid, true) ?: check_id(egid, true) ?: check_id(sgid, true);
}

static int put_ids(unsigned int __user *a, unsigned int __user *b, unsigned int __user *c)
{
	return put_user(0, a) || put_user(0, b) || put_user(0, c) ? -EFAULT : 0;
}

SYSCALL_DEFINE3(getresuid, uid_t __user *, ruid, uid_t __user *, euid, uid_t __user *, suid)
{
	return put_ids(ruid, euid, suid);
}

SYSCALL_DEFINE3(getresgid, gid_t __user *, rgid, gid_t __user *, egid, gid_t __user *, sgid)
{
	return put_ids(rgid, egid, sgid);
}

/* The ids for access to files: the one before. */
SYSCALL_DEFINE1(setfsuid, uid_t, uid)
{
	return 0;
}

SYSCALL_DEFINE1(setfsgid, gid_t, gid)
{
	return 0;
}

/* Nobody is in further groups. */
SYSCALL_DEFINE2(getgroups, int, size, gid_t __user *, list)
{
	return size < 0 ? -EINVAL : 0;
}

/* Root's own group may be named: that changes nothing. */
SYSCALL_DEFINE2(setgroups, int, size, gid_t __user *, list)
{
	gid_t group;

	if (!size)
		return 0;
	if (size != 1)
		return -EINVAL;
	if (get_user(group, list))
		return -EFAULT;
	return group ? -EINVAL : 0;
}

/* -- Capabilities: all of them ----------------------------------------------------------------- */

#define CAPABILITY_VERSION_1	0x19980330
#define CAPABILITY_VERSION_2	0x20071026
#define CAPABILITY_VERSION_3	0x20080522
#define CAP_LAST_CAP		40

struct cap_header {
	u32	version;
	int	pid;
};

struct cap_data {
	u32	effective, permitted, inheritable;
};

/* How many words of each set the caller knows; 0: what it passes is no version. */
static int cap_words(struct cap_header __user *header, struct cap_header *h)
{
	if (copy_from_user(h, header, sizeof(*h)))
		return -EFAULT;
	switch (h->version) {
	case CAPABILITY_VERSION_1:
		return 1;
	case CAPABILITY_VERSION_2:
	case CAPABILITY_VERSION_3:
		return 2;
	default:
		return put_user((u32)CAPABILITY_VERSION_3, &header->version) ? -EFAULT : 0;
	}
}

static void all_capabilities(struct cap_data *data)
{
	const u64 all = (1ULL << (CAP_LAST_CAP + 1)) - 1;

	data[0] = (struct cap_data) { (u32)all, (u32)all, 0 };
	data[1] = (struct cap_data) { (u32)(all >> 32), (u32)(all >> 32), 0 };
}

SYSCALL_DEFINE2(capget, struct cap_header __user *, header, struct cap_data __user *, to)
{
	struct cap_data data[2];
	struct cap_header h;
	struct task_struct *p;
	int words = cap_words(header, &h);

	if (words <= 0)
		return words < 0 ? words : to ? -EINVAL : 0;
	if (h.pid < 0)
		return -EINVAL;
	p = h.pid ? find_get_task_by_pid(h.pid) : get_task_struct(current);
	if (!p)
		return -ESRCH;
	put_task_struct(p);
	all_capabilities(data);
	return to && copy_to_user(to, data, words * sizeof(*data)) ? -EFAULT : 0;
}

/* None can be given up. */
SYSCALL_DEFINE2(capset, struct cap_header __user *, header, const struct cap_data __user *, from)
{
	struct cap_data data[2], all[2];
	struct cap_header h;
	int words = cap_words(header, &h);

	if (words <= 0)
		return words < 0 ? words : -EINVAL;
	if (h.pid && h.pid != current->pid)
		return -EPERM;
	if (copy_from_user(data, from, words * sizeof(*data)))
		return -EFAULT;
	all_capabilities(all);
	return memcmp(data, all, words * sizeof(*data)) ? -EPERM : 0;
}
