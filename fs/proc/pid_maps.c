/* SPDX-License-Identifier: MIT */
/* /proc/PID/maps, cmdline, environ: a program's memory. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/pid.h>
#include "internals.h"

#define NAME_COLUMN	(25 + sizeof(void *) * 6 - 1)

static const char *name_of(const struct mm_struct *mm, struct vm_area_struct *vma)
{
	if (vma->vm_ops && vma->vm_ops->name)
		return vma->vm_ops->name(vma);
	if (vma->vm_start <= mm->brk && vma->vm_end >= mm->start_brk && mm->brk > mm->start_brk)
		return "[heap]";
	return vma->vm_start <= mm->start_stack && vma->vm_end >= mm->start_stack ? "[stack]" : NULL;
}

/* mmap_lock held to read; nothing of user memory is touched. */
static void show_vma(struct seq_file *m, const struct mm_struct *mm, struct vm_area_struct *vma,
		     char *page)
{
	unsigned long flags = vma->vm_flags;
	struct file *file = vma->vm_file;
	struct inode *inode = file ? file_inode(file) : NULL;
	dev_t dev = inode ? inode->i_sb->s_dev : 0;
	const char *name = file ? file_path(file, page, PAGE_SIZE) : name_of(mm, vma);

	seq_setwidth(m, NAME_COLUMN);
	seq_printf(m, "%08lx-%08lx %c%c%c%c %08llx %02x:%02x %lu ", vma->vm_start, vma->vm_end,
		   flags & VM_READ ? 'r' : '-', flags & VM_WRITE ? 'w' : '-',
		   flags & VM_EXEC ? 'x' : '-', flags & VM_MAYSHARE ? 's' : 'p',
		   file ? (unsigned long long)vma->vm_pgoff << PAGE_SHIFT : 0, MAJOR(dev), MINOR(dev),
		   inode ? inode->i_ino : 0);
	if (!IS_ERR_OR_NULL(name)) {
		seq_pad(m, ' ');
		seq_puts(m, name);
	}
	seq_putc(m, '\n');
}

int pid_maps_show(struct seq_file *m, struct task_struct *task)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	struct mm_struct *mm = get_task_mm(task);
	struct vm_area_struct *vma;

	if (mm && page) {
		mmap_read_lock(mm);
		for_each_vma_of(mm, vma)
			show_vma(m, mm, vma, page);
		mmap_read_unlock(mm);
	}
	if (mm)
		mmput(mm);
	free_page((unsigned long)page);
	return page ? 0 : -ENOMEM;
}

/* -- Arguments and environment: strings with their NULs ---------------------------------------- */

static void show_range(struct seq_file *m, struct mm_struct *mm, unsigned long from, unsigned long to,
		       char *page)
{
	int n;

	while (from < to && !seq_has_overflowed(m)) {
		n = access_remote_vm(mm, from, page, min(to - from, PAGE_SIZE), 0);
		if (n <= 0)
			break;
		seq_write(m, page, n);
		from += n;
	}
}

static int show_strings(struct seq_file *m, struct task_struct *task, bool args)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	struct mm_struct *mm = get_task_mm(task);

	if (mm && page)
		show_range(m, mm, args ? mm->arg_start : mm->env_start,
			   args ? mm->arg_end : mm->env_end, page);
	if (mm)
		mmput(mm);
	free_page((unsigned long)page);
	return page ? 0 : -ENOMEM;
}

int pid_cmdline_show(struct seq_file *m, struct task_struct *task)
{
	return show_strings(m, task, true);
}

int pid_environ_show(struct seq_file *m, struct task_struct *task)
{
	return show_strings(m, task, false);
}
