/* SPDX-License-Identifier: MIT */
/* /dev/console: what is written to it goes where the kernel's messages go. */
#include <linux/cdev.h>
#include <linux/console.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/major.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#define PIECE	256	/* bytes at a time: other CPUs' messages wait meanwhile */

static void show(const char *s, unsigned int n)
{
	struct console *con;

	console_lock();
	for_each_console(con)
		if (con->flags & CON_ENABLED)
			con->write(con, s, n);
	console_unlock();
}

static ssize_t console_dev_write(struct file *file, const char __user *buf, size_t count,
				 loff_t *ppos)
{
	char piece[PIECE];
	size_t done = 0;

	while (done < count) {
		size_t n = min_t(size_t, count - done, PIECE);

		if (copy_from_user(piece, buf + done, n))
			return done ? (ssize_t)done : -EFAULT;
		show(piece, n);
		done += n;
		cond_resched();
	}
	return done;
}

static ssize_t console_dev_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	return 0;
}

static const struct file_operations console_fops = {
	.owner	= THIS_MODULE,
	.open	= stream_open,
	.read	= console_dev_read,
	.write	= console_dev_write,
};

static int __init console_dev_init(void)
{
	struct class *class;
	int err = __register_chrdev(TTYAUX_MAJOR, 1, 1, "/dev/console", &console_fops);

	if (err)
		return err;
	class = class_create(THIS_MODULE, "tty");
	if (IS_ERR(class))
		return PTR_ERR(class);
	device_create(class, NULL, MKDEV(TTYAUX_MAJOR, 1), NULL, "console");
	return 0;
}
fs_initcall(console_dev_init);
