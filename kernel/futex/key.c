/* SPDX-License-Identifier: MIT */
/*
 * What a futex is: a word of memory, under whichever address a program sees it.
 *
 *	FUTEX_PRIVATE_FLAG	address space and address: no look at what is mapped there
 *	else, private mapping	the same, but a key of its own: both sides have to agree
 *	else, shared mapping	the page and the place in it
 *
 * A key that outlives the call that made it, as a waiter's does, counts what it names, so that
 * nothing new can come to have the same one. The private one need not: its address space is that
 * of the waiter.
 */
#include <linux/arch.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include "internals.h"

/**
 * futex_get_key - what a program means by an address
 * @uaddr: the address
 * @flags: FLAGS_SHARED, or 0 where the program promises that no other process asks
 * @key: filled in; give it back with futex_put_key()
 *
 * Context: process, may sleep. Return: 0; -EINVAL not on a word; -EFAULT no memory of the
 * program's.
 */
int futex_get_key(u32 __user *uaddr, unsigned int flags, struct futex_key *key)
{
	unsigned long addr = (unsigned long)uaddr;
	struct page *page;
	bool shared;
	int err;

	if (addr % sizeof(u32))
		return -EINVAL;
	if (!access_ok(uaddr, sizeof(u32)))
		return -EFAULT;
	key->space = FUTEX_PRIVATE;
	key->mm = current->mm;
	key->at = addr;
	if (!(flags & FLAGS_SHARED))
		return 0;
	err = get_user_page(addr, &page, &shared);
	if (err)
		return err;
	if (shared) {
		key->space = FUTEX_PAGE;
		key->page = page;
		key->at = offset_in_page(addr);
		return 0;
	}
	put_page(page);
	key->space = FUTEX_MM;
	mmgrab(key->mm);
	return 0;
}

/* futex_hold_key - one more has it. Any context. */
void futex_hold_key(const struct futex_key *key)
{
	if (key->space == FUTEX_PAGE)
		get_page(key->page);
	else if (key->space == FUTEX_MM)
		mmgrab(key->mm);
}

/* futex_put_key - the opposite of futex_get_key() and futex_hold_key(). Any context but NMI. */
void futex_put_key(const struct futex_key *key)
{
	if (key->space == FUTEX_PAGE)
		put_page(key->page);
	else if (key->space == FUTEX_MM)
		mmdrop(key->mm);
}
