/* SPDX-License-Identifier: MIT */
/*
 * Strings, one byte at a time: kernel strings are short, and a reader (or a race checker)
 * sees every access. Blocks of memory are in memory.c.
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

#undef strlen

size_t strlen(const char *s)
{
	const char *p = s;

	while (*p)
		p++;
	return p - s;
}
EXPORT_SYMBOL(strlen);

size_t strnlen(const char *s, size_t count)
{
	size_t n = 0;

	while (n < count && s[n])
		n++;
	return n;
}
EXPORT_SYMBOL(strnlen);

char *stpcpy(char *dest, const char *src)
{
	while ((*dest = *src++))
		dest++;
	return dest;
}
EXPORT_SYMBOL(stpcpy);

char *strcpy(char *dest, const char *src)
{
	stpcpy(dest, src);
	return dest;
}
EXPORT_SYMBOL(strcpy);

/* Fills up with NULs; does not end @dest with one when @src is too long. */
char *strncpy(char *dest, const char *src, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		dest[i] = *src;
		if (*src)
			src++;
	}
	return dest;
}
EXPORT_SYMBOL(strncpy);

/**
 * strscpy - copy a string into a buffer, always ended by a NUL
 * @dest: the buffer
 * @src: the string; not read further than needed
 * @count: size of @dest
 *
 * Return: the length copied; -E2BIG when @src was cut or @count is 0.
 */
ssize_t strscpy(char *dest, const char *src, size_t count)
{
	size_t i;

	if (!count || count > INT_MAX)
		return -E2BIG;
	for (i = 0; i < count; i++) {
		dest[i] = src[i];
		if (!src[i])
			return i;
	}
	dest[count - 1] = '\0';
	return -E2BIG;
}
EXPORT_SYMBOL(strscpy);

ssize_t strscpy_pad(char *dest, const char *src, size_t count)
{
	ssize_t written = strscpy(dest, src, count);

	if (written >= 0)
		memset(dest + written, 0, count - written);
	return written;
}
EXPORT_SYMBOL(strscpy_pad);

size_t strlcpy(char *dest, const char *src, size_t size)
{
	if (size)
		strscpy(dest, src, size);
	return strlen(src);
}
EXPORT_SYMBOL(strlcpy);

char *strcat(char *dest, const char *src)
{
	stpcpy(dest + strlen(dest), src);
	return dest;
}
EXPORT_SYMBOL(strcat);

char *strncat(char *dest, const char *src, size_t count)
{
	size_t at = strlen(dest), n = strnlen(src, count);

	memcpy(dest + at, src, n);
	dest[at + n] = '\0';
	return dest;
}
EXPORT_SYMBOL(strncat);

size_t strlcat(char *dest, const char *src, size_t size)
{
	size_t at = strnlen(dest, size);

	if (at < size)
		strscpy(dest + at, src, size - at);
	return at + strlen(src);
}
EXPORT_SYMBOL(strlcat);

int strncmp(const char *a, const char *b, size_t count)
{
	for (; count; a++, b++, count--) {
		unsigned char ca = *a, cb = *b;

		if (ca != cb)
			return ca < cb ? -1 : 1;
		if (!ca)
			break;
	}
	return 0;
}
EXPORT_SYMBOL(strncmp);

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}
EXPORT_SYMBOL(strcmp);

int strncasecmp(const char *a, const char *b, size_t count)
{
	for (; count; a++, b++, count--) {
		int ca = tolower((unsigned char)*a), cb = tolower((unsigned char)*b);

		if (ca != cb)
			return ca - cb;
		if (!ca)
			break;
	}
	return 0;
}
EXPORT_SYMBOL(strncasecmp);

int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, SIZE_MAX);
}
EXPORT_SYMBOL(strcasecmp);

/* The place of @c, or the end of the text. */
char *strnchrnul(const char *s, size_t count, int c)
{
	while (count-- && *s && *s != (char)c)
		s++;
	return (char *)s;
}
EXPORT_SYMBOL(strnchrnul);

char *strchrnul(const char *s, int c)
{
	return strnchrnul(s, SIZE_MAX, c);
}
EXPORT_SYMBOL(strchrnul);

char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++)
		if (!*s)
			return NULL;
	return (char *)s;
}
EXPORT_SYMBOL(strchr);

char *strnchr(const char *s, size_t count, int c)
{
	for (; count--; s++) {
		if (*s == (char)c)
			return (char *)s;
		if (!*s)
			break;
	}
	return NULL;
}
EXPORT_SYMBOL(strnchr);

char *strrchr(const char *s, int c)
{
	const char *last = NULL;

	do {
		if (*s == (char)c)
			last = s;
	} while (*s++);
	return (char *)last;
}
EXPORT_SYMBOL(strrchr);

char *strnstr(const char *s, const char *find, size_t len)
{
	size_t n = strlen(find);

	for (len = strnlen(s, len); len >= n; s++, len--) {
		if (!memcmp(s, find, n))
			return (char *)s;
	}
	return NULL;
}
EXPORT_SYMBOL(strnstr);

char *strstr(const char *s, const char *find)
{
	return strnstr(s, find, SIZE_MAX);
}
EXPORT_SYMBOL(strstr);

size_t strspn(const char *s, const char *accept)
{
	size_t n = 0;

	while (s[n] && strchr(accept, s[n]))
		n++;
	return n;
}
EXPORT_SYMBOL(strspn);

size_t strcspn(const char *s, const char *reject)
{
	size_t n = 0;

	while (s[n] && !strchr(reject, s[n]))
		n++;
	return n;
}
EXPORT_SYMBOL(strcspn);

char *strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return *s ? (char *)s : NULL;
}
EXPORT_SYMBOL(strpbrk);

/* Cuts the next field off *@s; empty fields count. NULL when the text is used up. */
char *strsep(char **s, const char *delims)
{
	char *field = *s, *end;

	if (!field)
		return NULL;
	end = strpbrk(field, delims);
	if (end)
		*end++ = '\0';
	*s = end;
	return field;
}
EXPORT_SYMBOL(strsep);

char *skip_spaces(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return (char *)s;
}
EXPORT_SYMBOL(skip_spaces);

/* Cuts white space off both ends, the far one in place. */
char *strim(char *s)
{
	size_t n = strlen(s);

	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	s[n] = '\0';
	return skip_spaces(s);
}
EXPORT_SYMBOL(strim);

/* Returns the end of the text. */
char *strreplace(char *s, char old, char new)
{
	for (; *s; s++) {
		if (*s == old)
			*s = new;
	}
	return s;
}
EXPORT_SYMBOL(strreplace);

/* Equal but for one newline at the end of either: what a user wrote with echo. */
bool sysfs_streq(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (!*a || (*a == '\n' && !a[1])) && (!*b || (*b == '\n' && !b[1]));
}
EXPORT_SYMBOL(sysfs_streq);

/* Index of @string in @array, which ends after @n entries or at NULL; -EINVAL. */
int match_string(const char * const *array, size_t n, const char *string)
{
	for (size_t i = 0; i < n && array[i]; i++) {
		if (!strcmp(array[i], string))
			return i;
	}
	return -EINVAL;
}
EXPORT_SYMBOL(match_string);

int __sysfs_match_string(const char * const *array, size_t n, const char *string)
{
	for (size_t i = 0; i < n && array[i]; i++) {
		if (sysfs_streq(array[i], string))
			return i;
	}
	return -EINVAL;
}
EXPORT_SYMBOL(__sysfs_match_string);

/* What follows the last slash. */
const char *kbasename(const char *path)
{
	const char *tail = strrchr(path, '/');

	return tail ? tail + 1 : path;
}
EXPORT_SYMBOL(kbasename);
