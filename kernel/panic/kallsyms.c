/* SPDX-License-Identifier: MIT */
/*
 * The kernel's symbol table, which tools/kallsyms.awk makes at link time: sorted
 * addresses, offsets of names, names. It never changes, and modules are looked up without a
 * lock: an oops or an NMI can name addresses.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kallsyms.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <asm/sections.h>

extern const unsigned long kallsyms_addresses[];
extern const u32 kallsyms_names[];
extern const char kallsyms_strings[];
extern const unsigned long kallsyms_num;

/* Several symbols may have one address: the first of them, as nm lists globals and locals alike. */
static size_t symbol_at_or_below(unsigned long addr)
{
	size_t low = 0, high = kallsyms_num;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (kallsyms_addresses[mid] <= addr)
			low = mid;
		else
			high = mid;
	}
	while (low && kallsyms_addresses[low - 1] == kallsyms_addresses[low])
		low--;
	return low;
}

static unsigned long symbol_end(size_t i)
{
	size_t next = i;

	while (++next < kallsyms_num)
		if (kallsyms_addresses[next] > kallsyms_addresses[i])
			return kallsyms_addresses[next];
	return (unsigned long)_end;
}

/* What is known of an address. */
struct symbol {
	unsigned long	size, offset;
	char		modname[MODULE_NAME_LEN];	/* empty for the kernel's own */
	char		name[KSYM_NAME_LEN];
};

static bool find_symbol(unsigned long addr, struct symbol *sym)
{
	const char *modname;
	unsigned long flags;
	bool found;
	size_t i;

	sym->modname[0] = '\0';
	if (kallsyms_num && addr >= kallsyms_addresses[0] && addr < (unsigned long)_end) {
		i = symbol_at_or_below(addr);
		sym->size = symbol_end(i) - kallsyms_addresses[i];
		sym->offset = addr - kallsyms_addresses[i];
		strscpy(sym->name, kallsyms_strings + kallsyms_names[i], sizeof(sym->name));
		return true;
	}
	/* A module stays while interrupts are off here, and no longer. */
	local_irq_save(flags);
	found = module_lookup_name(addr, &sym->size, &sym->offset, &modname, sym->name);
	if (found)
		strscpy(sym->modname, modname, sizeof(sym->modname));
	local_irq_restore(flags);
	return found;
}

/**
 * kallsyms_lookup_size_offset - size of the symbol at an address, and how far into it that is
 * @addr: the address
 * @symbolsize: set to the size, if not NULL
 * @offset: set to the distance, if not NULL
 *
 * Return: 1; 0 when no symbol is known.
 */
int kallsyms_lookup_size_offset(unsigned long addr, unsigned long *symbolsize,
				unsigned long *offset)
{
	struct symbol sym;

	if (!find_symbol(addr, &sym))
		return 0;
	if (symbolsize)
		*symbolsize = sym.size;
	if (offset)
		*offset = sym.offset;
	return 1;
}

/**
 * kallsyms_on_each_symbol - call a function with each of the kernel image's symbols
 * @fn: called in the order of addresses; a result other than 0 ends the walk
 * @data: handed to @fn
 *
 * Return: the last result of @fn.
 */
int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, unsigned long addr), void *data)
{
	size_t i;
	int ret = 0;

	for (i = 0; i < kallsyms_num && !ret; i++)
		ret = fn(data, kallsyms_strings + kallsyms_names[i], kallsyms_addresses[i]);
	return ret;
}
EXPORT_SYMBOL_GPL(kallsyms_on_each_symbol);

/**
 * kallsyms_lookup_name - address of a symbol
 * @name: exact name; of several symbols with it, the lowest
 *
 * Context: any; looks at every symbol. Return: the address, 0 when there is none.
 */
unsigned long kallsyms_lookup_name(const char *name)
{
	size_t i;

	for (i = 0; i < kallsyms_num; i++)
		if (!strcmp(kallsyms_strings + kallsyms_names[i], name))
			return kallsyms_addresses[i];
	return module_kallsyms_lookup_name(name);
}
EXPORT_SYMBOL_GPL(kallsyms_lookup_name);

static int format_symbol(char *buffer, unsigned long addr, int bias, bool with_offset)
{
	struct symbol sym;
	int len;

	if (!find_symbol(addr + bias, &sym))
		return sprintf(buffer, "0x%lx", addr);
	len = sprintf(buffer, "%s", sym.name);
	if (with_offset)
		len += sprintf(buffer + len, "+0x%lx/0x%lx", sym.offset - bias, sym.size);
	if (sym.modname[0])
		len += sprintf(buffer + len, " [%s]", sym.modname);
	return len;
}

/**
 * sprint_symbol - "name+0xoffset/0xsize [module]"
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @addr: the address; in hexadecimal when no symbol is known
 *
 * Context: any. Return: the length.
 */
int sprint_symbol(char *buffer, unsigned long addr)
{
	return format_symbol(buffer, addr, 0, true);
}
EXPORT_SYMBOL_GPL(sprint_symbol);

/**
 * sprint_symbol_no_offset - "name [module]"
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @addr: the address
 *
 * Context: any. Return: the length.
 */
int sprint_symbol_no_offset(char *buffer, unsigned long addr)
{
	return format_symbol(buffer, addr, 0, false);
}
EXPORT_SYMBOL_GPL(sprint_symbol_no_offset);

/**
 * sprint_backtrace - the same for a return address
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @addr: a return address
 *
 * The call is the instruction before, which counts when a function ends in a call that
 * does not return: @addr then is in the next one.
 *
 * Context: any. Return: the length.
 */
int sprint_backtrace(char *buffer, unsigned long addr)
{
	return format_symbol(buffer, addr, -1, true);
}
