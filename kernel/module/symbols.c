/* SPDX-License-Identifier: MIT */
/*
 * Names: what modules may use of the kernel and of each other, and which name an address
 * in a module has.
 */
#include <linux/bsearch.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <asm/sections.h>
#include "internals.h"

extern const struct kernel_symbol __start___ksymtab[], __stop___ksymtab[];

static int cmp_symbol(const void *a, const void *b)
{
	return strcmp(((const struct kernel_symbol *)a)->name, ((const struct kernel_symbol *)b)->name);
}

/* The kernel's own exports, sorted once; fixed afterwards. */
static struct kernel_symbol *exports __ro_after_init;
static unsigned int num_exports __ro_after_init;

static int __init sort_exports(void)
{
	num_exports = __stop___ksymtab - __start___ksymtab;
	exports = kmemdup(__start___ksymtab, num_exports * sizeof(*exports), GFP_KERNEL);
	if (!exports)
		panic("no memory to sort the kernel's %u exported names", num_exports);
	sort(exports, num_exports, sizeof(*exports), cmp_symbol, NULL);
	return 0;
}
pure_initcall(sort_exports);

static const struct kernel_symbol *find_in(const struct kernel_symbol *syms, unsigned int n,
					   const char *name)
{
	const struct kernel_symbol key = { .name = name };

	return bsearch(&key, syms, n, sizeof(key), cmp_symbol);
}

/*
 * Who exports @name? *@owner is NULL for the kernel. A module whose init has not returned
 * does not count. Caller holds module_mutex.
 */
static const struct kernel_symbol *find_symbol(const char *name, struct module **owner)
{
	const struct kernel_symbol *sym = find_in(exports, num_exports, name);
	struct module *mod;

	*owner = NULL;
	if (sym)
		return sym;
	list_for_each_entry(mod, &modules, list) {
		if (mod->state != MODULE_STATE_LIVE)
			continue;
		sym = find_in(mod->syms, mod->num_syms, name);
		if (sym) {
			*owner = mod;
			return sym;
		}
	}
	return NULL;
}

static bool already_uses(struct module *user, struct module *source)
{
	struct module_use *use;

	list_for_each_entry(use, &source->source_list, source_list)
		if (use->user == user)
			return true;
	return false;
}

/* From now on @source stays as long as @user does. */
static int add_use(struct module *user, struct module *source)
{
	struct module_use *use;

	if (already_uses(user, source))
		return 0;
	use = kmalloc(sizeof(*use), GFP_KERNEL);
	if (!use)
		return -ENOMEM;
	if (!try_module_get(source)) {
		kfree(use);
		return -ENOENT;
	}
	use->source = source;
	use->user = user;
	list_add(&use->source_list, &source->source_list);
	list_add(&use->target_list, &user->target_list);
	return 0;
}

/* @mod uses nobody's names any more. Caller holds module_mutex. */
void drop_uses(struct module *mod)
{
	struct module_use *use, *next;

	list_for_each_entry_safe(use, next, &mod->target_list, target_list) {
		list_del(&use->source_list);
		list_del(&use->target_list);
		module_put(use->source);
		kfree(use);
	}
}

/**
 * resolve_symbols - give every symbol of the image its address
 * @mod: the loading module
 * @info: its image; st_value of each symbol becomes an address
 *
 * Every unknown name is printed before it fails, so that one try shows all.
 *
 * Context: process, module_mutex held. Return: 0; -ENOENT for names that nobody exports;
 * -ENOEXEC for a common symbol; -ENOMEM.
 */
int resolve_symbols(struct module *mod, struct load_info *info)
{
	struct module *owner;
	unsigned int i;
	int err = 0;

	for (i = 1; i < info->num_syms; i++) {
		Elf64_Sym *s = &info->syms[i];
		const char *name = info->strtab + s->st_name;
		const struct kernel_symbol *sym;

		if (s->st_shndx == SHN_UNDEF) {
			sym = find_symbol(name, &owner);
			if (sym && owner && !err)
				err = add_use(mod, owner);
			if (sym) {
				s->st_value = (unsigned long)sym->value;
			} else if (ELF64_ST_BIND(s->st_info) == STB_WEAK) {
				s->st_value = 0;
			} else {
				pr_err("%s: Unknown symbol %s (err %d)\n", mod->name, name, -ENOENT);
				err = -ENOENT;
			}
		} else if (s->st_shndx == SHN_COMMON) {
			pr_err("%s: '%s' is a common symbol: build with -fno-common\n", mod->name, name);
			return -ENOEXEC;
		} else if (s->st_shndx < SHN_LORESERVE) {
			s->st_value += info->sechdrs[s->st_shndx].sh_addr;
		} else if (s->st_shndx != SHN_ABS) {
			pr_err("%s: symbol '%s' has unknown section %#x\n", mod->name, name, s->st_shndx);
			return -ENOEXEC;
		}
	}
	return err;
}

/**
 * check_exports - sort @mod's exports and see that nobody else has one of the names
 * Context: process, module_mutex held. Return: 0 or -ENOEXEC.
 */
int check_exports(struct module *mod)
{
	struct module *owner;
	unsigned int i;

	for (i = 0; i < mod->num_syms; i++) {
		if (!is_core_string(mod->syms[i].name, mod)) {
			pr_err("%s: export %u has no name\n", mod->name, i);
			return -ENOEXEC;
		}
		if (find_symbol(mod->syms[i].name, &owner)) {
			pr_err("%s: exports duplicate symbol %s (owned by %s)\n", mod->name,
			       mod->syms[i].name, module_name(owner));
			return -ENOEXEC;
		}
	}
	sort((void *)mod->syms, mod->num_syms, sizeof(*mod->syms), cmp_symbol, NULL);
	for (i = 1; i < mod->num_syms; i++)
		if (!cmp_symbol(&mod->syms[i - 1], &mod->syms[i])) {
			pr_err("%s: exports symbol %s twice\n", mod->name, mod->syms[i].name);
			return -ENOEXEC;
		}
	return 0;
}

static bool worth_keeping(const struct load_info *info, const Elf64_Sym *s,
			  const struct module_layout *l)
{
	return s->st_shndx != SHN_UNDEF && s->st_shndx < SHN_LORESERVE && info->strtab[s->st_name] &&
	       within_module_layout(s->st_value, l) && ELF64_ST_TYPE(s->st_info) != STT_SECTION;
}

/* Append the symbols of @l, their names at @str; returns where the next name goes. */
static char *keep_symbols(struct module_kallsyms *k, const struct load_info *info,
			  const struct module_layout *l, char *str)
{
	unsigned int i;

	for (i = 1; i < info->num_syms; i++) {
		const Elf64_Sym *s = &info->syms[i];
		size_t len = strlen(info->strtab + s->st_name) + 1;

		if (!worth_keeping(info, s, l))
			continue;
		memcpy(str, info->strtab + s->st_name, len);
		k->symtab[k->num_symtab] = *s;
		k->symtab[k->num_symtab++].st_name = str - k->strtab;
		str += len;
	}
	return str;
}

/**
 * keep_kallsyms - copy the names that back-traces will need out of the image
 * Context: process, may sleep. Return: 0 or -ENOMEM.
 */
int keep_kallsyms(struct module *mod, const struct load_info *info)
{
	struct module_kallsyms *k = &mod->kallsyms;
	size_t bytes = 0;
	unsigned int i, n = 0;
	char *str;

	for (i = 1; i < info->num_syms; i++)
		if (worth_keeping(info, &info->syms[i], &mod->core_layout) ||
		    worth_keeping(info, &info->syms[i], &mod->init_layout)) {
			n++;
			bytes += strlen(info->strtab + info->syms[i].st_name) + 1;
		}
	k->symtab = kvmalloc_array(n ?: 1, sizeof(*k->symtab), GFP_KERNEL);
	k->strtab = kvmalloc(bytes ?: 1, GFP_KERNEL);
	if (!k->symtab || !k->strtab)
		return -ENOMEM;
	str = keep_symbols(k, info, &mod->core_layout, k->strtab);
	k->num_core = k->num_symtab;
	keep_symbols(k, info, &mod->init_layout, str);
	return 0;
}

/* Before the init part goes: its addresses will soon be somebody else's. */
void drop_init_kallsyms(struct module *mod)
{
	WRITE_ONCE(mod->kallsyms.num_symtab, mod->kallsyms.num_core);
}

/* The symbol of @mod nearest below @addr, in the same part of it. */
static const Elf64_Sym *nearest(const struct module *mod, unsigned long addr)
{
	const struct module_kallsyms *k = &mod->kallsyms;
	bool core = within_module_core(addr, mod);
	unsigned int i = core ? 0 : k->num_core, end = core ? k->num_core : READ_ONCE(k->num_symtab);
	const Elf64_Sym *best = NULL;

	for (; i < end; i++)
		if (k->symtab[i].st_value <= addr && (!best || k->symtab[i].st_value > best->st_value))
			best = &k->symtab[i];
	return best;
}

/**
 * module_lookup_name - which symbol of which module is @addr in?
 * @size: of the symbol, when not NULL
 * @offset: of @addr in it, when not NULL
 * @modname: points into the module; use it before interrupts are enabled again
 * @namebuf: KSYM_NAME_LEN bytes
 *
 * Context: any, interrupts off. Return: 1, or 0 when @addr is in no module.
 */
int module_lookup_name(unsigned long addr, unsigned long *size, unsigned long *offset,
		       const char **modname, char *namebuf)
{
	struct module *mod = __module_address(addr);
	const Elf64_Sym *sym = mod ? nearest(mod, addr) : NULL;

	if (!sym)
		return 0;
	if (size)
		*size = sym->st_size;
	if (offset)
		*offset = addr - sym->st_value;
	if (modname)
		*modname = mod->name;
	strscpy(namebuf, mod->kallsyms.strtab + sym->st_name, KSYM_NAME_LEN);
	return 1;
}

/**
 * module_kallsyms_lookup_name - address of a symbol of any loaded module
 * Context: any. Return: 0 when no module has it.
 */
unsigned long module_kallsyms_lookup_name(const char *name)
{
	unsigned long flags, addr = 0;
	struct module *mod;
	unsigned int i;

	local_irq_save(flags);
	list_for_each_entry_rcu(mod, &modules, list)
		for (i = 0; i < READ_ONCE(mod->kallsyms.num_symtab) && !addr; i++)
			if (!strcmp(mod->kallsyms.strtab + mod->kallsyms.symtab[i].st_name, name))
				addr = mod->kallsyms.symtab[i].st_value;
	local_irq_restore(flags);
	return addr;
}

/**
 * __symbol_get - find an exported name at run time and hold its module
 * Context: process, may sleep. Return: its address, or NULL.
 */
void *__symbol_get(const char *symbol)
{
	const struct kernel_symbol *sym;
	struct module *owner;

	mutex_lock(&module_mutex);
	sym = find_symbol(symbol, &owner);
	if (sym && owner && !try_module_get(owner))
		sym = NULL;
	mutex_unlock(&module_mutex);
	return sym ? (void *)sym->value : NULL;
}
EXPORT_SYMBOL_GPL(__symbol_get);

/** __symbol_put - release what __symbol_get() held */
void __symbol_put(const char *symbol)
{
	struct module *owner;

	mutex_lock(&module_mutex);
	if (find_symbol(symbol, &owner) && owner)
		module_put(owner);
	mutex_unlock(&module_mutex);
}
EXPORT_SYMBOL(__symbol_put);
