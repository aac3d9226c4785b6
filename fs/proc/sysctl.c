/* SPDX-License-Identifier: MIT */
/* /proc/sys/kernel: what programs ask for of it. Names of the machine can be set. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/proc_fs.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/threads.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>
#include "internals.h"

static int uts_show(struct seq_file *m, void *unused)
{
	down_read(&uts_sem);
	seq_printf(m, "%s\n", (const char *)m->private);
	up_read(&uts_sem);
	return 0;
}

static int uts_open(struct inode *inode, struct file *file)
{
	return single_open(file, uts_show, pde_data(inode));
}

/* The first line of what is written at once. */
static ssize_t uts_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char name[__NEW_UTS_LEN + 2];
	size_t len = min(count, sizeof(name) - 1);

	if (copy_from_user(name, buf, len))
		return -EFAULT;
	name[len] = '\0';
	len = strcspn(name, "\n");
	set_uts_name(pde_data(file_inode(file)), name, min_t(size_t, len, __NEW_UTS_LEN));
	*pos += count;
	return count;
}

static const struct proc_ops uts_ops = {
	.proc_open	= uts_open,
	.proc_read	= seq_read,
	.proc_write	= uts_write,
	.proc_lseek	= seq_lseek,
	.proc_release	= single_release,
};

static int pid_max_show(struct seq_file *m, void *unused)
{
	seq_printf(m, "%d\n", PID_MAX_DEFAULT);
	return 0;
}

static int threads_max_show(struct seq_file *m, void *unused)
{
	seq_printf(m, "%d\n", max_threads);
	return 0;
}

static int __init proc_sys_init(void)
{
	struct new_utsname *uts = utsname();
	struct proc_dir_entry *dir = proc_mkdir("sys", NULL) ? proc_mkdir("sys/kernel", NULL) : NULL;

	if (!dir)
		return -ENOMEM;
	proc_create_data("hostname", 0644, dir, &uts_ops, uts->nodename);
	proc_create_data("domainname", 0644, dir, &uts_ops, uts->domainname);
	proc_create_single_data("ostype", 0444, dir, uts_show, uts->sysname);
	proc_create_single_data("osrelease", 0444, dir, uts_show, uts->release);
	proc_create_single_data("version", 0444, dir, uts_show, uts->version);
	proc_create_single("pid_max", 0444, dir, pid_max_show);
	proc_create_single("threads-max", 0444, dir, threads_max_show);
	return 0;
}
fs_initcall(proc_sys_init);
