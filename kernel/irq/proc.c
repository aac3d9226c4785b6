/* SPDX-License-Identifier: MIT */
/*
 * /proc/irq: the affinity that lines start with, and a folder a line, with its affinity, how
 * often nobody cared for it, and an empty folder an action, named like it.
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include "internals.h"

#define MAX_NAMELEN	128

static struct proc_dir_entry *root_irq_dir;	/* written once, at boot */
static DEFINE_MUTEX(register_lock);		/* folders come and go under it */

/* -- Affinity files --------------------------------------------------------------------------- */

enum affinity_kind {
	AFFINITY,
	AFFINITY_LIST,
	EFFECTIVE,
	EFFECTIVE_LIST,
};

static unsigned int seq_irq(struct seq_file *m)
{
	return (unsigned long)m->private;
}

static int show_irq_affinity(struct seq_file *m, enum affinity_kind kind)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(seq_irq(m), IRQ_DESC_ANY, &flags);
	struct cpumask mask;

	if (!desc)
		return -EINVAL;
	if (kind == EFFECTIVE || kind == EFFECTIVE_LIST)
		cpumask_copy(&mask, irq_data_get_effective_affinity_mask(&desc->irq_data));
	else if (irqd_is_setaffinity_pending(&desc->irq_data))
		cpumask_copy(&mask, desc->pending_mask);
	else
		cpumask_copy(&mask, irq_data_get_affinity_mask(&desc->irq_data));
	irq_put_desc_unlock(desc, flags);

	if (kind == AFFINITY_LIST || kind == EFFECTIVE_LIST)
		seq_printf(m, "%*pbl\n", cpumask_pr_args(&mask));
	else
		seq_printf(m, "%*pb\n", cpumask_pr_args(&mask));
	return 0;
}

static int irq_affinity_proc_show(struct seq_file *m, void *v)
{
	return show_irq_affinity(m, AFFINITY);
}

static int irq_affinity_list_proc_show(struct seq_file *m, void *v)
{
	return show_irq_affinity(m, AFFINITY_LIST);
}

static int irq_effective_aff_proc_show(struct seq_file *m, void *v)
{
	return show_irq_affinity(m, EFFECTIVE);
}

static int irq_effective_aff_list_proc_show(struct seq_file *m, void *v)
{
	return show_irq_affinity(m, EFFECTIVE_LIST);
}

static int irq_affinity_hint_proc_show(struct seq_file *m, void *v)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(seq_irq(m), IRQ_DESC_ANY, &flags);
	struct cpumask mask;

	if (!desc)
		return -EINVAL;
	cpumask_clear(&mask);
	if (desc->affinity_hint)
		cpumask_copy(&mask, desc->affinity_hint);
	irq_put_desc_unlock(desc, flags);
	seq_printf(m, "%*pb\n", cpumask_pr_args(&mask));
	return 0;
}

static ssize_t write_irq_affinity(bool list, struct file *file, const char __user *buffer,
				  size_t count)
{
	unsigned int irq = (unsigned long)pde_data(file_inode(file));
	struct cpumask mask;
	int err;

	if (!irq_can_set_affinity_usr(irq))
		return -EIO;
	err = list ? cpumask_parselist_user(buffer, count, &mask) :
		     cpumask_parse_user(buffer, count, &mask);
	if (err)
		return err;
	/* A line that nobody gets is dead: that is what disable_irq() is for. */
	if (!cpumask_intersects(&mask, cpu_online_mask))
		return -EINVAL;
	err = irq_set_affinity(irq, &mask);
	return err ? err : (ssize_t)count;
}

static ssize_t irq_affinity_proc_write(struct file *file, const char __user *buffer, size_t count,
				       loff_t *pos)
{
	return write_irq_affinity(false, file, buffer, count);
}

static ssize_t irq_affinity_list_proc_write(struct file *file, const char __user *buffer,
					    size_t count, loff_t *pos)
{
	return write_irq_affinity(true, file, buffer, count);
}

static int irq_affinity_proc_open(struct inode *inode, struct file *file)
{
	return single_open(file, irq_affinity_proc_show, pde_data(inode));
}

static int irq_affinity_list_proc_open(struct inode *inode, struct file *file)
{
	return single_open(file, irq_affinity_list_proc_show, pde_data(inode));
}

static const struct proc_ops irq_affinity_proc_ops = {
	.proc_open	= irq_affinity_proc_open,
	.proc_read	= seq_read,
	.proc_lseek	= seq_lseek,
	.proc_release	= single_release,
	.proc_write	= irq_affinity_proc_write,
};

static const struct proc_ops irq_affinity_list_proc_ops = {
	.proc_open	= irq_affinity_list_proc_open,
	.proc_read	= seq_read,
	.proc_lseek	= seq_lseek,
	.proc_release	= single_release,
	.proc_write	= irq_affinity_list_proc_write,
};

/* -- The default --------------------------------------------------------------------------------- */

static int default_affinity_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%*pb\n", cpumask_pr_args(irq_default_affinity));
	return 0;
}

/* Lines that are open stay where they are. */
static ssize_t default_affinity_write(struct file *file, const char __user *buffer, size_t count,
				      loff_t *ppos)
{
	struct cpumask mask;
	int err = cpumask_parse_user(buffer, count, &mask);

	if (err)
		return err;
	if (!cpumask_intersects(&mask, cpu_online_mask))
		return -EINVAL;
	cpumask_copy(irq_default_affinity, &mask);
	return count;
}

static int default_affinity_open(struct inode *inode, struct file *file)
{
	return single_open(file, default_affinity_show, pde_data(inode));
}

static const struct proc_ops default_affinity_proc_ops = {
	.proc_open	= default_affinity_open,
	.proc_read	= seq_read,
	.proc_lseek	= seq_lseek,
	.proc_release	= single_release,
	.proc_write	= default_affinity_write,
};

/* -- The other files of a line ------------------------------------------------------------------- */

static int irq_node_proc_show(struct seq_file *m, void *v)
{
	struct irq_desc *desc = irq_to_desc(seq_irq(m));

	if (!desc)
		return -EINVAL;
	seq_printf(m, "%d\n", irq_common_data_get_node(&desc->irq_common_data));
	return 0;
}

static int irq_spurious_proc_show(struct seq_file *m, void *v)
{
	struct irq_desc *desc = irq_to_desc(seq_irq(m));
	unsigned int unhandled;

	if (!desc)
		return -EINVAL;
	unhandled = READ_ONCE(desc->irqs_unhandled);
	seq_printf(m, "count %u\n" "unhandled %u\n" "last_unhandled %u ms\n",
		   unhandled ? kstat_irqs_desc(desc) - READ_ONCE(desc->window_start) : 0,
		   unhandled, jiffies_to_msecs(READ_ONCE(desc->last_unhandled)));
	return 0;
}

/* -- Folders --------------------------------------------------------------------------------------- */

static bool name_is_unique(unsigned int irq, struct irqaction *new)
{
	unsigned long flags;
	struct irq_desc *desc = irq_get_desc_lock(irq, IRQ_DESC_ANY, &flags);
	struct irqaction *action;
	bool unique = true;

	for (action = desc->action; action; action = action->next) {
		if (action != new && action->name && !strcmp(new->name, action->name)) {
			unique = false;
			break;
		}
	}
	irq_put_desc_unlock(desc, flags);
	return unique;
}

/* An action's folder. Two of one name have one between them. */
void register_handler_proc(unsigned int irq, struct irqaction *action)
{
	struct irq_desc *desc = irq_to_desc(irq);
	char name[MAX_NAMELEN];

	if (!desc->dir || action->dir || !action->name || !name_is_unique(irq, action))
		return;
	strscpy(name, action->name, sizeof(name));
	action->dir = proc_mkdir(name, desc->dir);
}

void unregister_handler_proc(unsigned int irq, struct irqaction *action)
{
	proc_remove(action->dir);
	action->dir = NULL;
}

static void create_irq_files(unsigned int irq, struct proc_dir_entry *dir)
{
	void *data = (void *)(unsigned long)irq;

	proc_create_data("smp_affinity", 0644, dir, &irq_affinity_proc_ops, data);
	proc_create_single_data("affinity_hint", 0444, dir, irq_affinity_hint_proc_show, data);
	proc_create_data("smp_affinity_list", 0644, dir, &irq_affinity_list_proc_ops, data);
	proc_create_single_data("node", 0444, dir, irq_node_proc_show, data);
	proc_create_single_data("effective_affinity", 0444, dir, irq_effective_aff_proc_show,
				data);
	proc_create_single_data("effective_affinity_list", 0444, dir,
				irq_effective_aff_list_proc_show, data);
	proc_create_single_data("spurious", 0444, dir, irq_spurious_proc_show, data);
}

/**
 * register_irq_proc - make /proc/irq/N
 * @irq: the line
 * @desc: the same; one without controller has no folder
 *
 * Context: process, may sleep. The line can't go meanwhile.
 */
void register_irq_proc(unsigned int irq, struct irq_desc *desc)
{
	char name[16];

	if (!root_irq_dir || desc->irq_data.chip == &no_irq_chip)
		return;
	mutex_lock(&register_lock);
	if (!desc->dir) {
		snprintf(name, sizeof(name), "%u", irq);
		desc->dir = proc_mkdir(name, root_irq_dir);
		if (desc->dir)
			create_irq_files(irq, desc->dir);
	}
	mutex_unlock(&register_lock);
}

/* The line goes: its folder and all in it, once nobody reads there any more. */
void unregister_irq_proc(unsigned int irq, struct irq_desc *desc)
{
	proc_remove(desc->dir);
	desc->dir = NULL;
}

/**
 * init_irq_proc - /proc/irq, with the lines that exist already
 *
 * Context: boot, process, after proc_root_init().
 */
void __init init_irq_proc(void)
{
	struct irq_desc *desc;
	struct irqaction *action;
	unsigned int irq;

	root_irq_dir = proc_mkdir("irq", NULL);
	if (!root_irq_dir)
		return;
	proc_create("default_smp_affinity", 0644, root_irq_dir, &default_affinity_proc_ops);

	irq_lock_sparse();
	for_each_irq_desc(irq, desc) {
		register_irq_proc(irq, desc);
		mutex_lock(&desc->request_mutex);
		for (action = desc->action; action && !irq_desc_is_chained(desc);
		     action = action->next)
			register_handler_proc(irq, action);
		mutex_unlock(&desc->request_mutex);
	}
	irq_unlock_sparse();
}

static int __init irq_proc_init(void)
{
	init_irq_proc();
	return 0;
}
core_initcall(irq_proc_init);
