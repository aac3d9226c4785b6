/* SPDX-License-Identifier: MIT */
/* /proc/lockdep_stats: how full the pools are. /proc/lockdep: each class and what was taken under it. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "internals.h"

#ifdef CONFIG_DEBUG

static int show_stats(struct seq_file *m, void *unused)
{
	seq_printf(m, " lock-classes:                  %11u [max: %u]\n", classes_used(),
		   MAX_CLASSES - 1);
	seq_printf(m, " direct dependencies:           %11u [max: %u]\n", edges_used(),
		   MAX_EDGES - 1);
	seq_printf(m, " dependency chains:             %11u [max: %u]\n", chains_used(),
		   MAX_CHAINS / 4 * 3);
	seq_printf(m, " stack-trace entries:           %11u [max: %u]\n", trace_words_used(),
		   TRACE_WORDS);
	seq_printf(m, " debug_locks:                   %11d\n", debug_locks);
	return 0;
}

static bool count_one(const struct lock_class *class, bool weak, void *count)
{
	++*(unsigned int *)count;
	return false;
}

/* All that is reached, itself included. graph_lock() held, as for the next. */
static unsigned int count(enum direction dir, const struct lock_class *class)
{
	unsigned int n = 0;

	graph_search(dir, class, false, count_one, &n);
	return n;
}

/* How many follow it and how many lead to it, its usage, those that come next. */
static void show_class(struct seq_file *m, const struct lock_class *class)
{
	seq_printf(m, "%px FD:%5u BD:%5u %s\n", class->key, count(FORWARD, class),
		   count(BACKWARD, class), CLASS_TEXT(class));
	for (unsigned int e = class->edges[FORWARD]; e; e = edge_at(e)->next[FORWARD]) {
		const struct lock_class *next = class_at(edge_at(e)->class[FORWARD]);

		seq_printf(m, " -> [%px] %s\n", next->key, CLASS_NAME(next));
	}
}

static int show_classes(struct seq_file *m, void *unused)
{
	unsigned long flags;

	seq_puts(m, "all lock classes:\n");
	for (unsigned int i = 1; i < MAX_CLASSES; i++) {
		/* A class, and with it its edges, goes when a module does: all of it in one piece. */
		raw_local_irq_save(flags);
		graph_lock_always();
		if (class_at(i)->key)
			show_class(m, class_at(i));
		graph_unlock();
		raw_local_irq_restore(flags);
	}
	return 0;
}

static int __init lockdep_proc_init(void)
{
	proc_create_single("lockdep", 0400, NULL, show_classes);
	proc_create_single("lockdep_stats", 0444, NULL, show_stats);
	return 0;
}
fs_initcall(lockdep_proc_init);

#endif
