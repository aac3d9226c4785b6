/* SPDX-License-Identifier: MIT */
/* See module_ko.h. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kmsg_dump.h>
#include <linux/string.h>
#include "module_ko.h"
#include "test.h"

void *ko_file(const char *path, size_t *len)
{
	struct file *f = filp_open(path, O_RDONLY, 0);
	loff_t pos = 0;
	ssize_t n = -1;
	void *buf;

	if (IS_ERR(f))
		return NULL;
	*len = i_size_read(file_inode(f));
	buf = kmalloc(*len, GFP_KERNEL);
	if (buf)
		n = kernel_read(f, buf, *len, &pos);
	filp_close(f, NULL);
	if (n == (ssize_t)*len)
		return buf;
	kfree(buf);
	return NULL;
}

bool ko_there(void)
{
	struct file *f = filp_open(KO("ko_all"), O_RDONLY, 0);

	if (IS_ERR(f))
		return false;
	filp_close(f, NULL);
	return true;
}

bool was_said(u64 since, const char *text)
{
	static char line[1024];
	struct printk_info info;
	u64 seq;

	for (seq = since; seq < printk_next_seq(); seq++)
		if (printk_read(seq, &info, line, sizeof(line)) && strnstr(line, text, info.text_len))
			return true;
	return false;
}

void quiet_console(bool on)
{
	static int level;

	if (on) {
		level = console_loglevel;
		console_loglevel = CONSOLE_LOGLEVEL_SILENT;
	} else {
		console_loglevel = level;
	}
}
