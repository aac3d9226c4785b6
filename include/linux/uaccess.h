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
#include <linux/preempt.h>
#include <linux/string.h>
#include <asm/uaccess.h>

unsigned int kernel_uaccess_begin(void);
void kernel_uaccess_end(unsigned int old);

/*
 * <asm/uaccess.h>: arch_user_range(), arch_copy_user(),
 * arch_{clear,get,put,cmpxchg,unsafe_put}_user(), arch_user_access_{begin,end}()
 */
bool kernel_access_ok(unsigned long addr, unsigned long size);

static inline bool __access_ok(const void __user *ptr, unsigned long size)
{
	return likely(arch_user_range((unsigned long)ptr, size)) ||
	       kernel_access_ok((unsigned long)ptr, size);
}
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

/* What could not be copied leaves @to as it was: for a file's pages. */
static __always_inline unsigned long __must_check
raw_copy_from_user(void *to, const void __user *from, unsigned long n)
{
	might_fault();
	return likely(access_ok(from, n)) ? arch_copy_user(to, from, n) : n;
}

#define __copy_from_user(to, from, n)	_copy_from_user(to, from, n)
#define __copy_to_user(to, from, n)	_copy_to_user(to, from, n)
#define copy_from_user_nofault(to, from, n) (_copy_from_user(to, from, n) ? -EFAULT : 0)

long strncpy_from_user(char *dst, const char __user *src, long count);
long strnlen_user(const char __user *str, long n);

/* One value of 1, 2, 4 or 8 bytes in one access. */
static __always_inline int __get_user_size(void *to, const void __user *from, unsigned int size)
{
	might_fault();
	return likely(access_ok(from, size)) ? arch_get_user(to, from, size) : -EFAULT;
}

static __always_inline int __put_user_size(void __user *to, const void *from, unsigned int size)
{
	might_fault();
	return likely(access_ok(to, size)) ? arch_put_user(to, from, size) : -EFAULT;
}

#define get_user(x, ptr)						\
({	const typeof(*(ptr)) __user *__gu_ptr = (ptr);			\
	u64 __gu = 0;							\
	int __gu_err;							\
	_Static_assert(sizeof(*__gu_ptr) <= 8, "get_user() is for one word"); \
	__gu_err = __get_user_size(&__gu, __gu_ptr, sizeof(*__gu_ptr));	\
	(x) = __gu_err ? (typeof(*(ptr)))0 :		\
			(typeof(*(ptr)))(unsigned long)__gu;		\
	__gu_err; })
#define put_user(x, ptr)						\
({	typeof(*(ptr)) __pu = (typeof(*(ptr)))(x);			\
	_Static_assert(sizeof(__pu) <= 8, "put_user() is for one word");	\
	__put_user_size((ptr), &__pu, sizeof(__pu)); })
#define __get_user(x, ptr)	get_user(x, ptr)
#define __put_user(x, ptr)	put_user(x, ptr)

/*
 * A window for several unsafe_put_user() and unsafe_get_user() of checked memory: where one is not
 * possible it goes on at a label, which closes the window too. Nothing else, above all no call, is to be in between.
 */
static __always_inline bool __must_check user_access_begin(const void __user *ptr, unsigned long size)
{
	might_fault();
	if (unlikely(!access_ok(ptr, size)))
		return false;
	arch_user_access_begin();
	return true;
}
#define user_access_end()		arch_user_access_end()
#define unsafe_put_user(x, ptr, label)	arch_unsafe_put_user(x, ptr, label)
#define unsafe_get_user(x, ptr, label)	arch_unsafe_get_user(x, ptr, label)

/* Bytes at the end that can't be read, or written; else what was not there is now. */
size_t fault_in_readable(const char __user *uaddr, size_t size);
size_t fault_in_writeable(char __user *uaddr, size_t size);

/*
 * If the word at @uaddr is *@old it becomes @new, in one step; *@old: what it was. Return: 0; -EFAULT.
 */
static inline int cmpxchg_user(u32 __user *uaddr, u32 *old, u32 new)
{
	might_fault();
	return likely(access_ok(uaddr, sizeof(u32))) ? arch_cmpxchg_user(uaddr, old, new) : -EFAULT;
}

/* Between these an access to user memory that is not there fails, and does not sleep. */
void pagefault_disable(void);
void pagefault_enable(void);
bool pagefault_disabled(void);
#define faulthandler_disabled()	(pagefault_disabled() || in_atomic())

/* Probing kernel memory that may not be mapped: -EFAULT instead of an oops. */
long copy_from_kernel_nofault(void *dst, const void *src, size_t size);
long copy_to_kernel_nofault(void *dst, const void *src, size_t size);
#define get_kernel_nofault(val, ptr) \
	copy_from_kernel_nofault(&(val), (const typeof(val) *)(ptr), sizeof(val))

#endif
