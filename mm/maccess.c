/* SPDX-License-Identifier: MIT */
/* Looking at kernel memory that may not be there: for the console, oopses and tracing. */
#include <linux/arch.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/uaccess.h>

/**
 * copy_from_kernel_nofault - read memory that may not be mapped
 * @dst: where to
 * @src: kernel address
 * @size: bytes
 *
 * Context: any, NMI included. Return: 0; -EFAULT, part of @dst being written.
 */
long copy_from_kernel_nofault(void *dst, const void *src, size_t size)
{
	/* A user's page would be brought in and read, if SMAP did not forbid it. */
	if (arch_user_range((unsigned long)src, 0))
		return -EFAULT;
	return arch_copy_nofault(dst, src, size) ? -EFAULT : 0;
}
EXPORT_SYMBOL_GPL(copy_from_kernel_nofault);

/**
 * copy_to_kernel_nofault - write memory that may not be mapped, or not writable
 * @dst: kernel address
 * @src: where from
 * @size: bytes
 *
 * Context: any, NMI included. Return: 0; -EFAULT, part of @dst being written.
 */
long copy_to_kernel_nofault(void *dst, const void *src, size_t size)
{
	if (arch_user_range((unsigned long)dst, 0))
		return -EFAULT;
	return arch_copy_nofault(dst, src, size) ? -EFAULT : 0;
}
EXPORT_SYMBOL_GPL(copy_to_kernel_nofault);
