/* SPDX-License-Identifier: MIT */
/* Files of text, read and written whole. */
#ifndef _TESTS_TEXT_H
#define _TESTS_TEXT_H

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/string.h>

/* What a read of the file gives, at most @size - 1 bytes, ended by NUL; or -errno. */
static inline ssize_t text_of(const char *path, char *buf, size_t size)
{
	struct file *f = filp_open(path, O_RDONLY, 0);
	loff_t pos = 0;
	ssize_t n;

	buf[0] = '\0';
	if (IS_ERR(f))
		return PTR_ERR(f);
	n = kernel_read(f, buf, size - 1, &pos);
	buf[n > 0 ? n : 0] = '\0';
	filp_close(f, NULL);
	return n;
}

/* Write it in one write: what that returned. */
static inline ssize_t text_to(const char *path, const char *text)
{
	struct file *f = filp_open(path, O_WRONLY, 0);
	loff_t pos = 0;
	ssize_t n;

	if (IS_ERR(f))
		return PTR_ERR(f);
	n = kernel_write(f, text, strlen(text), &pos);
	filp_close(f, NULL);
	return n;
}

static inline bool is_there(const char *path)
{
	struct kstat stat;

	return !init_stat(path, &stat, 0);
}

#endif
