/* SPDX-License-Identifier: MIT */
/*
 * Copying between the kernel and the memory that a caller of read(), write() or ioctl()
 * named.
 *
 * The caller is usually a user program. It can also be the kernel itself (the console's
 * `cat`, a test): between kernel_uaccess_begin() and kernel_uaccess_end() the pointers
 * that this task hands to file operations are kernel addresses, and the same copy
 * functions take them. No other task and no interrupt handler is affected: handlers have
 * no business with user memory.
 */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/types.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

unsigned int kernel_uaccess_begin(void);
void kernel_uaccess_end(unsigned int old);

bool __access_ok(const void __user *ptr, unsigned long size);
#define access_ok(addr, size)	__access_ok((const void __user *)(addr), (size))

/* All return the number of bytes that could not be copied. */
unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long clear_user(void __user *to, unsigned long n);

static __always_inline unsigned long __must_check
copy_from_user(void *to, const void __user *from, unsigned long n)
{
	return _copy_from_user(to, from, n);
}

static __always_inline unsigned long __must_check
copy_to_user(void __user *to, const void *from, unsigned long n)
{
	return _copy_to_user(to, from, n);
}

#define __copy_from_user(to, from, n)	_copy_from_user(to, from, n)
#define __copy_to_user(to, from, n)	_copy_to_user(to, from, n)
#define copy_from_user_nofault(to, from, n) (_copy_from_user(to, from, n) ? -EFAULT : 0)

long strncpy_from_user(char *dst, const char __user *src, long count);
long strnlen_user(const char __user *str, long n);

#define get_user(x, ptr)						\
({	typeof(*(ptr)) __gu;						\
	int __gu_err = _copy_from_user(&__gu, (ptr), sizeof(__gu)) ? -EFAULT : 0; \
	(x) = __gu_err ? (typeof(__gu))0 : __gu;			\
	__gu_err; })
#define put_user(x, ptr)						\
({	typeof(*(ptr)) __pu = (typeof(*(ptr)))(x);			\
	_copy_to_user((ptr), &__pu, sizeof(__pu)) ? -EFAULT : 0; })
#define __get_user(x, ptr)	get_user(x, ptr)
#define __put_user(x, ptr)	put_user(x, ptr)

/* Probing kernel memory that may not be mapped: -EFAULT instead of an oops. */
long copy_from_kernel_nofault(void *dst, const void *src, size_t size);
long copy_to_kernel_nofault(void *dst, const void *src, size_t size);
#define get_kernel_nofault(val, ptr) \
	copy_from_kernel_nofault(&(val), (const typeof(val) *)(ptr), sizeof(val))

#endif
