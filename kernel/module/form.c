/* SPDX-License-Identifier: MIT */
/*
 * From a copy of the file to code that can run: relocation, and the checks that can be
 * made only after it, of pointers that the file could have sent anywhere.
 */
#include <linux/arch.h>
#include <linux/errno.h>
#include <linux/extable.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/sections.h>
#include "internals.h"

static void *section_objs(const struct load_info *info, const char *name, size_t size, unsigned int *num)
{
	unsigned int i = elf_find_section(info, name);

	*num = i ? info->sechdrs[i].sh_size / size : 0;
	return i ? (void *)info->sechdrs[i].sh_addr : NULL;
}

/* Fill in what the module's sections hold. Its struct came from the file: trust no field. */
int set_up(struct module *mod, const struct load_info *info)
{
	mod->state = MODULE_STATE_UNFORMED;
	INIT_LIST_HEAD(&mod->source_list);
	INIT_LIST_HEAD(&mod->target_list);
	atomic_set(&mod->refcnt, 1);
	memset(&mod->kallsyms, 0, sizeof(mod->kallsyms));
	mod->version = NULL;
	mod->args = kstrdup(info->args ?: "", GFP_KERNEL);
	if (!mod->args)
		return -ENOMEM;
	mod->syms = section_objs(info, "__ksymtab", sizeof(*mod->syms), &mod->num_syms);
	mod->kp = section_objs(info, "__param", sizeof(*mod->kp), &mod->num_kp);
	mod->extable = section_objs(info, "__ex_table", sizeof(*mod->extable), &mod->num_exentries);
	return 0;
}

/*
 * Per-CPU data is relocated in the file's copy and handed to the CPUs from there: its
 * section address is that of no memory. Nor does it hold anything relative to its place.
 */
static int relocate(struct module *mod, const struct load_info *info)
{
	unsigned int i;
	int err = 0;

	for (i = 1; i < info->hdr->e_shnum && !err; i++) {
		const Elf64_Shdr *sec = &info->sechdrs[i];
		Elf64_Shdr *target;
		Elf64_Addr addr;

		if (sec->sh_type != SHT_RELA)
			continue;
		target = &info->sechdrs[sec->sh_info];
		if (!(target->sh_flags & SHF_ALLOC))
			continue;
		addr = target->sh_addr;
		if (sec->sh_info == info->pcpu)
			target->sh_addr = (unsigned long)info->image + target->sh_offset;
		err = arch_module_relocate(info->sechdrs, info->strtab, info->sym, i, mod);
		target->sh_addr = addr;
	}
	if (!err)
		layout_fill_percpu(mod, info);
	return err;
}

/* After relocation these pointers are the file's word: see that they stay within the module. */
static int check_entry_points(const struct module *mod)
{
	unsigned long init = (unsigned long)mod->init, exit = (unsigned long)mod->exit;

	if ((init && !within_module(init, mod)) || (exit && !within_module_core(exit, mod))) {
		pr_err("%s: its init or exit function lies outside the module\n", mod->name);
		return -ENOEXEC;
	}
	return 0;
}

static bool is_known_data(unsigned long addr, const struct module *mod)
{
	return within_module(addr, mod) || is_module_address(addr) ||
	       (addr >= (unsigned long)_stext && addr < (unsigned long)_end);
}

/**
 * is_core_string - does a string begin and end in the part of @mod that stays?
 * Context: any.
 */
bool is_core_string(const char *s, const struct module *mod)
{
	size_t off = s - (const char *)mod->core_layout.base;

	return within_module_core((unsigned long)s, mod) &&
	       strnlen(s, mod->core_layout.size - off) < mod->core_layout.size - off;
}

/* A parameter's argument is its functions' affair; what the loader itself follows is checked. */
static int check_params(const struct module *mod)
{
	unsigned int i;

	for (i = 0; i < mod->num_kp; i++)
		if (!is_core_string(mod->kp[i].name, mod) ||
		    !is_known_data((unsigned long)mod->kp[i].ops, mod)) {
			pr_err("%s: parameter %u is malformed\n", mod->name, i);
			return -ENOEXEC;
		}
	return 0;
}

/* MODULE_VERSION where it was loaded; .modinfo stays with the module. */
static const char *loaded_version(const struct load_info *info)
{
	const Elf64_Shdr *sec = &info->sechdrs[info->info];
	const char *p = elf_modinfo(info, "version");

	return p ? (const char *)sec->sh_addr + (p - (const char *)info->image - sec->sh_offset) : NULL;
}

/* Resolve, relocate, protect: from a copy of the file to code that can run. */
int finish_image(struct module *mod, struct load_info *info)
{
	int err = resolve_symbols(mod, info);

	if (!err)
		err = relocate(mod, info);
	if (!err)
		err = check_entry_points(mod);
	if (!err)
		err = check_exports(mod);
	if (!err)
		err = check_params(mod);
	if (!err)
		err = keep_kallsyms(mod, info);
	if (err)
		return err;
	mod->version = loaded_version(info);
	return layout_protect(mod);
}
