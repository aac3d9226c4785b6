/* SPDX-License-Identifier: MIT */
/* /proc/modules, in Linux's format: lsmod reads it. */
#include <linux/init.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "internals.h"

static void *modules_start(struct seq_file *m, loff_t *pos)
{
	mutex_lock(&module_mutex);
	return seq_list_start(&modules, *pos);
}

static void *modules_next(struct seq_file *m, void *p, loff_t *pos)
{
	return seq_list_next(p, &modules, pos);
}

static void modules_stop(struct seq_file *m, void *p)
{
	mutex_unlock(&module_mutex);
}

static const char *state_name(const struct module *mod)
{
	switch (mod->state) {
	case MODULE_STATE_LIVE:
		return "Live";
	case MODULE_STATE_GOING:
		return "Unloading";
	default:
		return "Loading";
	}
}

static int modules_show(struct seq_file *m, void *p)
{
	struct module *mod = list_entry(p, struct module, list);
	bool permanent = mod->init && !mod->exit;
	struct module_use *use;

	seq_printf(m, "%s %u %d ", mod->name, mod->core_layout.size + mod->init_layout.size,
		   module_refcount(mod));
	list_for_each_entry(use, &mod->source_list, source_list)
		seq_printf(m, "%s,", use->user->name);
	if (permanent)
		seq_puts(m, "[permanent],");
	else if (list_empty(&mod->source_list))
		seq_putc(m, '-');
	seq_printf(m, " %s 0x%px\n", state_name(mod), mod->core_layout.base);
	return 0;
}

static const struct seq_operations modules_op = {
	.start = modules_start,
	.next = modules_next,
	.stop = modules_stop,
	.show = modules_show,
};

static int __init proc_modules_init(void)
{
	proc_create_seq("modules", 0444, NULL, &modules_op);
	return 0;
}
fs_initcall(proc_modules_init);
