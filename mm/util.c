/* SPDX-License-Identifier: MIT */
/* Copies of strings and memory, in memory of their own. */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/sections.h>

/**
 * kstrdup - copy a string into memory of its own
 * @s: the string; NULL gives NULL
 * @gfp: as for kmalloc()
 *
 * Context: as kmalloc(). Return: the copy, or NULL.
 */
char *kstrdup(const char *s, gfp_t gfp)
{
	return s ? kmemdup(s, strlen(s) + 1, gfp) : NULL;
}
EXPORT_SYMBOL(kstrdup);

/* kstrdup_const - kstrdup(), or the string itself when it lives as long as the kernel */
const char *kstrdup_const(const char *s, gfp_t gfp)
{
	return is_kernel_rodata((unsigned long)s) ? s : kstrdup(s, gfp);
}
EXPORT_SYMBOL(kstrdup_const);

void kfree_const(const void *x)
{
	if (!is_kernel_rodata((unsigned long)x))
		kfree(x);
}
EXPORT_SYMBOL(kfree_const);

/* kstrndup - kstrdup() of at most @max characters */
char *kstrndup(const char *s, size_t max, gfp_t gfp)
{
	return s ? kmemdup_nul(s, strnlen(s, max), gfp) : NULL;
}
EXPORT_SYMBOL(kstrndup);

/* kmemdup - copy @len bytes into memory of their own */
void *kmemdup(const void *src, size_t len, gfp_t gfp)
{
	void *p = kmalloc(len, gfp);

	return p ? memcpy(p, src, len) : NULL;
}
EXPORT_SYMBOL(kmemdup);

/* kmemdup_nul - kmemdup() with a NUL after it */
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp)
{
	char *p = s ? kmalloc(len + 1, gfp) : NULL;

	if (p) {
		memcpy(p, s, len);
		p[len] = '\0';
	}
	return p;
}
EXPORT_SYMBOL(kmemdup_nul);

static void *dup_user(const void __user *src, size_t len, size_t room)
{
	char *p = kmalloc(room, GFP_USER | __GFP_NOWARN);

	if (!p)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(p, src, len)) {
		kfree(p);
		return ERR_PTR(-EFAULT);
	}
	return p;
}

/**
 * memdup_user - kmemdup() from user memory
 * @src: user address
 * @len: bytes
 *
 * Context: process, may sleep. Return: the copy; ERR_PTR(-ENOMEM), ERR_PTR(-EFAULT).
 */
void *memdup_user(const void __user *src, size_t len)
{
	return dup_user(src, len, len);
}
EXPORT_SYMBOL(memdup_user);

/* memdup_user_nul - memdup_user() with a NUL after it */
void *memdup_user_nul(const void __user *src, size_t len)
{
	char *p = dup_user(src, len, len + 1);

	if (!IS_ERR(p))
		p[len] = '\0';
	return p;
}
EXPORT_SYMBOL(memdup_user_nul);

/* strndup_user - copy of a user string of at most @n bytes with its NUL, else -EINVAL */
char *strndup_user(const char __user *s, long n)
{
	long len = strnlen_user(s, n);

	if (!len)
		return ERR_PTR(-EFAULT);
	if (len > n)
		return ERR_PTR(-EINVAL);
	return memdup_user_nul(s, len - 1);
}
EXPORT_SYMBOL(strndup_user);
