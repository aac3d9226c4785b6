/* SPDX-License-Identifier: MIT */
/*
 * Memory for a module: one area for what stays and one for what its init needs, each cut
 * in three page-aligned parts (text, read-only data, data) so that no page is ever both
 * writable and executable. Per-CPU data goes to the per-CPU allocator.
 */
#include <linux/align.h>
#include <linux/arch.h>
#include <linux/err.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "internals.h"

enum part { TEXT, RODATA, DATA, NR_PARTS };

static enum part part_of(const Elf64_Shdr *sec)
{
	if (sec->sh_flags & SHF_EXECINSTR)
		return TEXT;
	return sec->sh_flags & SHF_WRITE ? DATA : RODATA;
}

static bool is_init_section(const struct load_info *info, unsigned int i)
{
	return strstarts(elf_section_name(info, i), ".init");
}

/*
 * The address ranges of one area. Until the area has memory, sh_addr of its sections is
 * an offset into it. Exit code stays: a module may always be unloaded.
 */
static void lay_out(struct load_info *info, struct module_layout *l, bool init)
{
	unsigned int i, size = 0;
	enum part part;

	for (part = TEXT; part < NR_PARTS; part++) {
		for (i = 1; i < info->hdr->e_shnum; i++) {
			Elf64_Shdr *sec = &info->sechdrs[i];

			if (!(sec->sh_flags & SHF_ALLOC) || i == info->pcpu ||
			    part_of(sec) != part || is_init_section(info, i) != init)
				continue;
			size = ALIGN(size, max_t(unsigned int, sec->sh_addralign, 1));
			sec->sh_addr = size;
			size += sec->sh_size;
		}
		size = PAGE_ALIGN(size);
		if (part == TEXT)
			l->text_size = size;
		if (part == RODATA)
			l->ro_size = size;
	}
	l->size = size;
}

static int place(struct load_info *info, struct module_layout *l, bool init)
{
	unsigned int i;

	if (!l->size)
		return 0;
	l->base = module_alloc(l->size);
	if (!l->base) {
		pr_err("module %s: no memory for its %u bytes\n", info->name, l->size);
		return -ENOMEM;
	}
	for (i = 1; i < info->hdr->e_shnum; i++) {
		Elf64_Shdr *sec = &info->sechdrs[i];

		if (!(sec->sh_flags & SHF_ALLOC) || i == info->pcpu || is_init_section(info, i) != init)
			continue;
		sec->sh_addr += (unsigned long)l->base;
		if (sec->sh_type != SHT_NOBITS)
			memcpy((void *)sec->sh_addr, info->image + sec->sh_offset, sec->sh_size);
	}
	return 0;
}

static int place_percpu(struct load_info *info, struct module *mod)
{
	Elf64_Shdr *sec = &info->sechdrs[info->pcpu];

	if (!info->pcpu || !sec->sh_size)
		return 0;
	if (sec->sh_size <= PERCPU_DYNAMIC_SIZE)
		mod->percpu = __alloc_percpu(sec->sh_size, max_t(size_t, sec->sh_addralign, 1));
	if (!mod->percpu) {
		pr_err("module %s: no per-CPU memory for its %llu bytes\n", info->name, sec->sh_size);
		return -ENOMEM;
	}
	mod->percpu_size = sec->sh_size;
	sec->sh_addr = (unsigned long)mod->percpu;
	return 0;
}

/**
 * layout_fill_percpu - give every CPU's copy of the module's variables its first value
 * @info: the image, its per-CPU section relocated in place
 */
void layout_fill_percpu(struct module *mod, const struct load_info *info)
{
	const Elf64_Shdr *sec = &info->sechdrs[info->pcpu];
	unsigned int cpu;

	if (!mod->percpu || sec->sh_type == SHT_NOBITS)
		return;
	for_each_possible_cpu(cpu)
		memcpy(per_cpu_ptr(mod->percpu, cpu), info->image + sec->sh_offset, sec->sh_size);
}

/*
 * Sections too big together overflow nothing: each has at most INT_MAX bytes, so the sum
 * is formed in 64 bits first.
 */
static int check_total(const struct load_info *info)
{
	u64 total = 0;
	unsigned int i;

	for (i = 1; i < info->hdr->e_shnum; i++)
		if (info->sechdrs[i].sh_flags & SHF_ALLOC)
			total += info->sechdrs[i].sh_size + PAGE_SIZE;
	if (total > MODULES_END - MODULES_VADDR) {
		pr_err("module %s: its %llu bytes are more than the module area has\n",
		       info->name, total);
		return -ENOMEM;
	}
	return 0;
}

/**
 * layout_and_copy - give the image its memory and copy its sections there
 * @info: checked by elf_check(); sh_addr of every section becomes its address
 *
 * Context: process, may sleep.
 * Return: the module structure inside the copy; ERR_PTR(-ENOMEM).
 */
struct module *layout_and_copy(struct load_info *info)
{
	struct module tmp = {}, *mod;
	unsigned int i;
	int err = check_total(info);

	if (err)
		return ERR_PTR(err);
	for (i = 0; i < info->hdr->e_shnum; i++)
		info->sechdrs[i].sh_addr = (unsigned long)info->image + info->sechdrs[i].sh_offset;
	lay_out(info, &tmp.core_layout, false);
	lay_out(info, &tmp.init_layout, true);
	err = place(info, &tmp.core_layout, false);
	if (!err)
		err = place(info, &tmp.init_layout, true);
	if (!err)
		err = place_percpu(info, &tmp);
	if (err) {
		layout_free(&tmp);
		return ERR_PTR(err);
	}
	mod = (struct module *)info->sechdrs[info->mod].sh_addr;
	mod->core_layout = tmp.core_layout;
	mod->init_layout = tmp.init_layout;
	mod->percpu = tmp.percpu;
	mod->percpu_size = tmp.percpu_size;
	return mod;
}

static int protect_area(const struct module_layout *l)
{
	unsigned long base = (unsigned long)l->base;
	int err = 0;

	if (l->text_size)
		err = arch_protect_kernel(base, l->text_size, ARCH_MAP_READ | ARCH_MAP_EXEC);
	if (!err && l->ro_size > l->text_size)
		err = arch_protect_kernel(base + l->text_size, l->ro_size - l->text_size, ARCH_MAP_READ);
	return err;
}

/**
 * layout_protect - from writable to final: text executable, constants read-only
 * @mod: relocated
 *
 * Context: process, may sleep. Return: 0 or -ENOMEM.
 */
int layout_protect(struct module *mod)
{
	int err = protect_area(&mod->core_layout);

	return err ?: protect_area(&mod->init_layout);
}

/* The init part goes when init has returned. Nothing may still point there. */
void layout_free_init(struct module *mod)
{
	void *base = mod->init_layout.base;

	lockdep_free_key_range(base, mod->init_layout.size);
	memset(&mod->init_layout, 0, sizeof(mod->init_layout));
	module_memfree(base);
}

/* @mod lies within the memory that goes: nothing of it may be used afterwards. */
void layout_free(struct module *mod)
{
	void *core = mod->core_layout.base;

	lockdep_free_key_range(per_cpu_ptr(mod->percpu, 0), mod->percpu_size);
	lockdep_free_key_range(mod->init_layout.base, mod->init_layout.size);
	lockdep_free_key_range(core, mod->core_layout.size);
	free_percpu(mod->percpu);
	module_memfree(mod->init_layout.base);
	module_memfree(core);
}
