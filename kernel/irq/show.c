/* SPDX-License-Identifier: MIT */
/*
 * /proc/interrupts. Programs parse it, so that every blank counts:
 *
 *	           CPU0       CPU1
 *	  1:          9          0   IO-APIC   1-edge      i8042
 *	 24:          0         70  PCI-MSI 65536-edge      edu
 *	NMI:          0          0   Non-maskable interrupts
 *
 * number; a count per online CPU; chip, number there, flow; the actions. A line is shown
 * once somebody uses it or it has interrupted. The machine's own rows follow the lines.
 */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/percpu.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "internals.h"

/* A machine whose every interrupt has a line has nothing to add. */
int __weak arch_show_interrupts(struct seq_file *p, int prec)
{
	return 0;
}

/* The first column is as wide as the highest number, three at least. */
static int number_width(void)
{
	unsigned int limit = 1000;
	int width = 3;

	for (; width < 10 && limit <= nr_irqs; width++)
		limit *= 10;
	return width;
}

static void show_header(struct seq_file *p, int prec)
{
	int cpu;

	seq_printf(p, "%*s", prec + 8, "");
	for_each_online_cpu(cpu)
		seq_printf(p, "CPU%-8d", cpu);
	seq_putc(p, '\n');
}

static bool worth_showing(struct irq_desc *desc)
{
	int cpu;

	if (irq_settings_has(desc, IRQ_HIDDEN))
		return false;
	if (desc->action && !irq_desc_is_chained(desc))
		return true;
	for_each_online_cpu(cpu) {
		if (READ_ONCE(*per_cpu_ptr(desc->kstat_irqs, cpu)))
			return true;
	}
	return false;
}

/* Under the line's lock, as actions come and go. */
static void show_controller_and_actions(struct seq_file *p, struct irq_desc *desc, int prec)
{
	struct irq_data *d = &desc->irq_data;
	struct irqaction *action = desc->action;

	if (d->chip->irq_print_chip)
		d->chip->irq_print_chip(d, p);
	else
		seq_printf(p, " %8s", d->chip->name ? d->chip->name : "-");
	if (d->domain)
		seq_printf(p, " %*lu", prec, d->hwirq);
	else
		seq_printf(p, " %*s", prec, "");
	if (desc->name)
		seq_printf(p, "-%-8s", desc->name);

	if (action) {
		seq_printf(p, "  %s", action->name);
		while ((action = action->next))
			seq_printf(p, ", %s", action->name);
	}
}

static void show_line(struct seq_file *p, struct irq_desc *desc, int prec)
{
	unsigned long flags;
	int cpu;

	seq_printf(p, "%*u: ", prec, desc_irq(desc));
	for_each_online_cpu(cpu)
		seq_printf(p, "%10u ", READ_ONCE(*per_cpu_ptr(desc->kstat_irqs, cpu)));
	raw_spin_lock_irqsave(&desc->lock, flags);
	show_controller_and_actions(p, desc, prec);
	raw_spin_unlock_irqrestore(&desc->lock, flags);
	seq_putc(p, '\n');
}

/**
 * show_interrupts - one row of /proc/interrupts
 * @p: where to
 * @v: points to the row: a line's number, or nr_irqs for what follows the lines
 *
 * Context: process, may sleep. Return: 0, or what arch_show_interrupts() said.
 */
int show_interrupts(struct seq_file *p, void *v)
{
	unsigned int irq = *(loff_t *)v;
	int prec = number_width();
	struct irq_desc *desc;

	if (irq > nr_irqs)
		return 0;
	if (irq == nr_irqs)
		return arch_show_interrupts(p, prec);
	if (irq == 0)
		show_header(p, prec);

	irq_lock_sparse();
	desc = irq_to_desc(irq);
	if (desc && worth_showing(desc))
		show_line(p, desc, prec);
	irq_unlock_sparse();
	return 0;
}

static void *int_seq_start(struct seq_file *f, loff_t *pos)
{
	return *pos <= nr_irqs ? pos : NULL;
}

static void *int_seq_next(struct seq_file *f, void *v, loff_t *pos)
{
	(*pos)++;
	return *pos <= nr_irqs ? pos : NULL;
}

static void int_seq_stop(struct seq_file *f, void *v)
{
}

static const struct seq_operations int_seq_ops = {
	.start	= int_seq_start,
	.next	= int_seq_next,
	.stop	= int_seq_stop,
	.show	= show_interrupts,
};

static int __init proc_interrupts_init(void)
{
	proc_create_seq("interrupts", 0444, NULL, &int_seq_ops);
	return 0;
}
fs_initcall(proc_interrupts_init);
