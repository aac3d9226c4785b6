/* SPDX-License-Identifier: MIT */
/* A driver's file in debugfs, whose record goes with the driver. */
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/seq_file.h>

struct devm_entry {
	int		(*read)(struct seq_file *s, void *data);
	struct device	*dev;
};

static int devm_entry_show(struct seq_file *m, void *v)
{
	struct devm_entry *entry = m->private;

	return entry->read(m, dev_get_drvdata(entry->dev));
}
DEFINE_SHOW_ATTRIBUTE(devm_entry);

/* debugfs_create_devm_seqfile - a file of one function; its record goes with the driver */
void debugfs_create_devm_seqfile(struct device *dev, const char *name, struct dentry *parent,
				 int (*read_fn)(struct seq_file *s, void *data))
{
	struct devm_entry *entry;

	if (IS_ERR(parent))
		return;
	entry = devm_kzalloc(dev, sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return;
	entry->read = read_fn;
	entry->dev = dev;
	debugfs_create_file(name, 0444, parent, entry, &devm_entry_fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_devm_seqfile);
