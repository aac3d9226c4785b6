/* SPDX-License-Identifier: MIT */
/* What is in a file, as a whole: a module's image, or the list of those to load. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/vmalloc.h>
#include "internals.h"

/**
 * module_read_file - read a regular file
 * @file: open to read; its position does not matter and stays
 * @len: set to its length
 *
 * Context: process, may sleep.
 * Return: vmalloc memory, with a NUL behind the last byte; ERR_PTR: -EINVAL: no regular file;
 * -EFBIG: more than MAX_MODULE_BYTES; -ENOMEM; what reading says.
 */
void *module_read_file(struct file *file, size_t *len)
{
	loff_t size = i_size_read(file_inode(file)), pos = 0;
	ssize_t got = 1;
	char *image;

	if (!S_ISREG(file_inode(file)->i_mode))
		return ERR_PTR(-EINVAL);
	if (size > MAX_MODULE_BYTES)
		return ERR_PTR(-EFBIG);
	image = vmalloc(size + 1);
	if (!image)
		return ERR_PTR(-ENOMEM);
	/* It may have become shorter meanwhile. */
	while (pos < size && got > 0)
		got = kernel_read(file, image + pos, size - pos, &pos);
	if (got < 0) {
		vfree(image);
		return ERR_PTR(got);
	}
	image[pos] = '\0';
	*len = pos;
	return image;
}
