/* SPDX-License-Identifier: MIT */
/*
 * Copies to and from the memory of whoever called a file operation.
 *
 * There is no user address space yet, so that a pointer is good only while the task reads
 * or writes on the kernel's own behalf (linux/uaccess.h): then it is the address of a
 * kernel buffer. Everything else is refused here, before any access, with what a bad user
 * pointer has to give.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

/**
 * kernel_uaccess_begin - from here on this task's "user" pointers are kernel addresses
 *
 * Context: task. Return: what kernel_uaccess_end() wants back, so that pairs nest.
 */
unsigned int kernel_uaccess_begin(void)
{
	return current->kernel_uaccess++;
}

void kernel_uaccess_end(unsigned int old)
{
	current->kernel_uaccess = old;
}

bool __access_ok(const void __user *ptr, unsigned long size)
{
	unsigned long addr = (unsigned long)ptr;

	return in_task() && current->kernel_uaccess && addr >= PAGE_OFFSET && size <= -addr;
}
EXPORT_SYMBOL(__access_ok);

/**
 * _copy_from_user - copy from the caller's memory
 * @to: kernel buffer
 * @from: the caller's
 * @n: bytes
 *
 * Context: task, may sleep. Return: bytes not copied: 0, or @n; the buffer is then zeroed.
 */
unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n)
{
	might_fault();
	if (unlikely(!access_ok(from, n))) {
		memset(to, 0, n);
		return n;
	}
	memcpy(to, from, n);
	return 0;
}
EXPORT_SYMBOL(_copy_from_user);

/* _copy_to_user - copy to the caller's memory. As _copy_from_user(). */
unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n)
{
	might_fault();
	if (unlikely(!access_ok(to, n)))
		return n;
	memcpy(to, from, n);
	return 0;
}
EXPORT_SYMBOL(_copy_to_user);

unsigned long clear_user(void __user *to, unsigned long n)
{
	might_fault();
	if (unlikely(!access_ok(to, n)))
		return n;
	memset(to, 0, n);
	return 0;
}
EXPORT_SYMBOL(clear_user);

/**
 * strncpy_from_user - copy a string from the caller's memory
 * @dst: kernel buffer
 * @src: the caller's
 * @count: size of @dst
 *
 * Context: task, may sleep. Return: length without the NUL; @count when there was none in
 * that many bytes; -EFAULT.
 */
long strncpy_from_user(char *dst, const char __user *src, long count)
{
	long len;

	might_fault();
	if (count <= 0)
		return 0;
	if (unlikely(!access_ok(src, 1)))
		return -EFAULT;
	len = strnlen(src, count);
	memcpy(dst, src, min(len + 1, count));
	return len;
}
EXPORT_SYMBOL(strncpy_from_user);

/* strnlen_user - length with the NUL; more than @n when there is none in @n bytes; 0: bad pointer */
long strnlen_user(const char __user *str, long n)
{
	might_fault();
	if (n <= 0 || unlikely(!access_ok(str, 1)))
		return 0;
	return strnlen(str, n) + 1;
}
EXPORT_SYMBOL(strnlen_user);
