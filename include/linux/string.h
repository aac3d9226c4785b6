/* SPDX-License-Identifier: MIT */
/* Memory and strings. lib/string.c; what allocates is in mm/util.c. */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/stddef.h>
#include <linux/stdarg.h>
#include <linux/errno.h>

void *memcpy(void *dest, const void *src, size_t count);
void *memmove(void *dest, const void *src, size_t count);
void *memset(void *s, int c, size_t count);
int memcmp(const void *a, const void *b, size_t count);
void *memchr(const void *s, int c, size_t n);
void *memchr_inv(const void *s, int c, size_t n);
void *memscan(void *addr, int c, size_t size);
void *memset16(u16 *s, u16 v, size_t count);
void *memset32(u32 *s, u32 v, size_t count);
void *memset64(u64 *s, u64 v, size_t count);
int bcmp(const void *a, const void *b, size_t count);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t count);
char *strcpy(char *dest, const char *src);
char *strncpy(char *dest, const char *src, size_t count);
size_t strlcpy(char *dest, const char *src, size_t size);
size_t strlcat(char *dest, const char *src, size_t size);
ssize_t strscpy(char *dest, const char *src, size_t count);
ssize_t strscpy_pad(char *dest, const char *src, size_t count);
char *strcat(char *dest, const char *src);
char *strncat(char *dest, const char *src, size_t count);
char *stpcpy(char *dest, const char *src);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t count);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t count);
char *strchr(const char *s, int c);
char *strchrnul(const char *s, int c);
char *strnchr(const char *s, size_t count, int c);
char *strnchrnul(const char *s, size_t count, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *find);
char *strnstr(const char *s, const char *find, size_t len);
char *strpbrk(const char *s, const char *accept);
char *strsep(char **s, const char *delims);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
char * __must_check skip_spaces(const char *s);
char *strim(char *s);
char *strreplace(char *s, char old, char new);
bool sysfs_streq(const char *a, const char *b);
int match_string(const char * const *array, size_t n, const char *string);
int __sysfs_match_string(const char * const *array, size_t n, const char *string);
#define sysfs_match_string(a, s) __sysfs_match_string(a, ARRAY_SIZE(a), s)
const char *kbasename(const char *path);

char *kstrdup(const char *s, gfp_t gfp) __malloc;
const char *kstrdup_const(const char *s, gfp_t gfp);
void kfree_const(const void *x);
char *kstrndup(const char *s, size_t len, gfp_t gfp);
void *kmemdup(const void *src, size_t len, gfp_t gfp);
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp);
void *memdup_user(const void __user *src, size_t len);
void *memdup_user_nul(const void __user *src, size_t len);
char *strndup_user(const char __user *s, long n);

char **argv_split(gfp_t gfp, const char *str, int *argcp);
void argv_free(char **argv);


static inline char *strstrip(char *str)
{
	return strim(str);
}

static inline bool strstarts(const char *str, const char *prefix)
{
	return strncmp(str, prefix, __builtin_strlen(prefix)) == 0;
}

/* Length of @prefix if @str begins with it, else 0. */
static __always_inline size_t str_has_prefix(const char *str, const char *prefix)
{
	size_t len = __builtin_strlen(prefix);

	return strncmp(str, prefix, len) == 0 ? len : 0;
}

static inline void *memset_p(void **p, void *v, size_t n)
{
	return memset64((u64 *)p, (u64)(uintptr_t)v, n * sizeof(void *) / 8);
}

static inline void memzero_explicit(void *s, size_t count)
{
	memset(s, 0, count);
	barrier_data(s);
}

static inline void memcpy_and_pad(void *dest, size_t dest_len, const void *src, size_t count, int pad)
{
	memcpy(dest, src, count < dest_len ? count : dest_len);
	if (dest_len > count)
		memset((char *)dest + count, pad, dest_len - count);
}

#define memset_after(obj, v, member)					\
({	u8 *__ma_ptr = (u8 *)(obj);					\
	typeof(v) __ma_val = (v);					\
	memset(__ma_ptr + offsetofend(typeof(*(obj)), member), __ma_val, \
	       sizeof(*(obj)) - offsetofend(typeof(*(obj)), member)); })

/* Short constant lengths are expanded in place; the rest calls the functions above. */
#define memcpy(dest, src, n)	__builtin_memcpy((dest), (src), (n))
#define memmove(dest, src, n)	__builtin_memmove((dest), (src), (n))
#define memset(s, c, n)		__builtin_memset((s), (c), (n))
#define memcmp(a, b, n)		__builtin_memcmp((a), (b), (n))
#define strlen(s)		__builtin_strlen(s)

#endif
