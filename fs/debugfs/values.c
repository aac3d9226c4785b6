/* SPDX-License-Identifier: MIT */
/*
 * Variables as files of debugfs. What the file's mode does not allow is refused also to
 * those for whom modes do not count: -EACCES.
 */
#include <linux/export.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/uaccess.h>
#include "internals.h"

#define VALUE_FOPS(name, get_val, set_val, fmt, write_op)		\
static int name##_get(void *data, u64 *val)				\
{									\
	get_val;							\
	return 0;							\
}									\
static int name##_set(void *data, u64 val)				\
{									\
	set_val;							\
	return 0;							\
}									\
static int name##_open(struct inode *inode, struct file *file)		\
{									\
	return simple_attr_open(inode, file, inode->i_mode & S_IRUGO ? name##_get : NULL, \
				inode->i_mode & S_IWUGO ? name##_set : NULL, fmt); \
}									\
static const struct file_operations name##_fops = {			\
	.open		= name##_open,					\
	.release	= simple_attr_release,				\
	.read		= simple_attr_read,				\
	.write		= write_op,					\
}

#define VALUE(name, type, fmt)						\
VALUE_FOPS(name, *val = READ_ONCE(*(type *)data), WRITE_ONCE(*(type *)data, val), fmt, \
	   simple_attr_write);						\
void debugfs_create_##name(const char *fname, umode_t mode, struct dentry *parent, type *value) \
{									\
	debugfs_create_file(fname, mode, parent, value, &name##_fops);	\
}									\
EXPORT_SYMBOL_GPL(debugfs_create_##name)

VALUE(u8, u8, "%llu\n");
VALUE(u16, u16, "%llu\n");
VALUE(u32, u32, "%llu\n");
VALUE(u64, u64, "%llu\n");
VALUE(ulong, unsigned long, "%llu\n");
VALUE(x8, u8, "0x%02llx\n");
VALUE(x16, u16, "0x%04llx\n");
VALUE(x32, u32, "0x%08llx\n");
VALUE(x64, u64, "0x%016llx\n");
VALUE(size_t, size_t, "%llu\n");

VALUE_FOPS(counter, *val = atomic_read((atomic_t *)data), atomic_set((atomic_t *)data, val), "%lld\n",
	   simple_attr_write_signed);

void debugfs_create_atomic_t(const char *name, umode_t mode, struct dentry *parent,
			     atomic_t *value)
{
	debugfs_create_file(name, mode, parent, value, &counter_fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_atomic_t);

/* -- bool, text, bytes ------------------------------------------------------------------------ */

ssize_t debugfs_read_file_bool(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	bool *value = file->private_data;

	if (!(file_inode(file)->i_mode & S_IRUGO))
		return -EINVAL;
	return simple_read_from_buffer(buf, count, ppos, READ_ONCE(*value) ? "Y\n" : "N\n", 2);
}
EXPORT_SYMBOL_GPL(debugfs_read_file_bool);

ssize_t debugfs_write_file_bool(struct file *file, const char __user *buf, size_t count,
				loff_t *ppos)
{
	bool *value = file->private_data, v;
	char text[8];
	size_t n = min(count, sizeof(text) - 1);

	if (!(file_inode(file)->i_mode & S_IWUGO))
		return -EINVAL;
	if (copy_from_user(text, buf, n))
		return -EFAULT;
	text[n] = '\0';
	if (!kstrtobool(text, &v))
		WRITE_ONCE(*value, v);
	return count;
}
EXPORT_SYMBOL_GPL(debugfs_write_file_bool);

static const struct file_operations bool_fops = {
	.open		= simple_open,
	.read		= debugfs_read_file_bool,
	.write		= debugfs_write_file_bool,
	.llseek		= default_llseek,
};

void debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent, bool *value)
{
	debugfs_create_file(name, mode, parent, value, &bool_fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_bool);

static ssize_t str_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	char **value = file->private_data;
	char *copy = kasprintf(GFP_KERNEL, "%s\n", *value ?: "");
	ssize_t n;

	if (!copy)
		return -ENOMEM;
	n = simple_read_from_buffer(buf, count, ppos, copy, strlen(copy));
	kfree(copy);
	return n;
}

static const struct file_operations str_fops = {
	.open		= simple_open,
	.read		= str_read,
	.llseek		= default_llseek,
};

void debugfs_create_str(const char *name, umode_t mode, struct dentry *parent, char **value)
{
	debugfs_create_file(name, mode, parent, value, &str_fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_str);

static ssize_t blob_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct debugfs_blob_wrapper *blob = file->private_data;

	return simple_read_from_buffer(buf, count, ppos, blob->data, blob->size);
}

static const struct file_operations blob_fops = {
	.open		= simple_open,
	.read		= blob_read,
	.llseek		= default_llseek,
};

struct dentry *debugfs_create_blob(const char *name, umode_t mode, struct dentry *parent,
				   struct debugfs_blob_wrapper *blob)
{
	return debugfs_create_file(name, mode & 0444, parent, blob, &blob_fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_blob);

/* -- Lists of numbers, by seq_file --------------------------------------------------------------- */

static int u32_array_show(struct seq_file *m, void *v)
{
	struct debugfs_u32_array *a = m->private;
	u32 i;

	for (i = 0; i < a->n_elements; i++)
		seq_printf(m, "%s%u", i ? " " : "", READ_ONCE(a->array[i]));
	seq_putc(m, '\n');
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(u32_array);

void debugfs_create_u32_array(const char *name, umode_t mode, struct dentry *parent,
			      struct debugfs_u32_array *array)
{
	debugfs_create_file(name, mode, parent, array, &u32_array_fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_u32_array);

void debugfs_print_regs32(struct seq_file *s, const struct debugfs_reg32 *regs, int nregs,
			  void __iomem *base, char *prefix)
{
	for (; nregs > 0 && !seq_has_overflowed(s); nregs--, regs++)
		seq_printf(s, "%s%s = 0x%08x\n", prefix ?: "", regs->name,
			   readl(base + regs->offset));
}
EXPORT_SYMBOL_GPL(debugfs_print_regs32);

static int regset32_show(struct seq_file *m, void *v)
{
	struct debugfs_regset32 *set = m->private;

	debugfs_print_regs32(m, set->regs, set->nregs, set->base, "");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(regset32);

void debugfs_create_regset32(const char *name, umode_t mode, struct dentry *parent,
			     struct debugfs_regset32 *regset)
{
	debugfs_create_file(name, mode, parent, regset, &regset32_fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_regset32);
