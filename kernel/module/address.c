/* SPDX-License-Identifier: MIT */
/*
 * Which module is an address in? Asked by back-traces and fault handlers, which can't
 * take a lock: they walk the list with interrupts off, and a module's memory stays until
 * every CPU has enabled them once more (remove_and_free() in main.c).
 */
#include <linux/extable.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include "internals.h"

/**
 * __module_address - the module whose core or init memory holds @addr
 * Context: any, interrupts off as long as the result is used. Return: NULL for none.
 */
struct module *__module_address(unsigned long addr)
{
	struct module *mod;

	list_for_each_entry_rcu(mod, &modules, list)
		if (within_module(addr, mod))
			return mod;
	return NULL;
}

/** __module_text_address - the same, for code only */
struct module *__module_text_address(unsigned long addr)
{
	struct module *mod = __module_address(addr);

	if (mod && (addr - (unsigned long)mod->core_layout.base < mod->core_layout.text_size ||
		    addr - (unsigned long)mod->init_layout.base < mod->init_layout.text_size))
		return mod;
	return NULL;
}

/** is_module_address - is @addr in any module? Context: any. */
bool is_module_address(unsigned long addr)
{
	unsigned long flags;
	bool yes;

	local_irq_save(flags);
	yes = __module_address(addr) != NULL;
	local_irq_restore(flags);
	return yes;
}

/**
 * __is_module_percpu_address - is @addr in a CPU's copy of a module's per-CPU variables?
 * @addr: the address
 * @can_addr: if so, set to the same place in the boot CPU's copy, unless NULL
 *
 * Context: any.
 */
bool __is_module_percpu_address(unsigned long addr, unsigned long *can_addr)
{
	struct module *mod;
	unsigned long flags;
	unsigned int cpu;
	bool yes = false;

	local_irq_save(flags);
	list_for_each_entry_rcu(mod, &modules, list) {
		for_each_possible_cpu(cpu) {
			unsigned long copy = (unsigned long)per_cpu_ptr(mod->percpu, cpu);

			if (addr - copy >= mod->percpu_size)
				continue;
			yes = true;
			if (can_addr)
				*can_addr = (unsigned long)per_cpu_ptr(mod->percpu, 0) + addr - copy;
		}
	}
	local_irq_restore(flags);
	return yes;
}

/** is_module_text_address - is @addr in any module's code? Context: any. */
bool is_module_text_address(unsigned long addr)
{
	unsigned long flags;
	bool yes;

	local_irq_save(flags);
	yes = __module_text_address(addr) != NULL;
	local_irq_restore(flags);
	return yes;
}

/** search_module_extables - the fix-up of a faulting instruction in a module. Context: any. */
const struct exception_table_entry *search_module_extables(unsigned long addr)
{
	const struct exception_table_entry *e = NULL;
	unsigned long flags;
	struct module *mod;

	local_irq_save(flags);
	mod = __module_address(addr);
	if (mod)
		e = search_extable(mod->extable, mod->num_exentries, addr);
	local_irq_restore(flags);
	return e;
}

/** print_modules - one line with the loaded modules, for an oops. Context: any. */
void print_modules(void)
{
	struct module *mod;
	unsigned long flags;

	printk(KERN_DEFAULT "Modules linked in:");
	local_irq_save(flags);
	list_for_each_entry_rcu(mod, &modules, list)
		pr_cont(" %s", mod->name);
	local_irq_restore(flags);
	pr_cont("\n");
}
