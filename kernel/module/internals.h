/* SPDX-License-Identifier: MIT */
/*
 * Loading a module, in the order of the files: elf.c checks the image, layout.c finds it
 * memory and copies it, symbols.c resolves its names, form.c makes it code that can run,
 * main.c runs it through its life.
 */
#ifndef _KERNEL_MODULE_INTERNALS_H
#define _KERNEL_MODULE_INTERNALS_H

#include <linux/elf.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>

/*
 * The image while it is loaded: a private copy of the file, checked by elf.c, so that
 * whatever follows may trust every offset, index and string in it.
 */
struct load_info {
	const char	*name;		/* for messages, from .modinfo or the file */
	void		*image;		/* vmalloc */
	size_t		len;
	const char	*args;

	Elf64_Ehdr	*hdr;
	Elf64_Shdr	*sechdrs;
	const char	*secstrings;
	Elf64_Sym	*syms;
	unsigned int	num_syms;
	const char	*strtab;

	unsigned int	sym, str;	/* section indices; 0 = none */
	unsigned int	mod;		/* .gnu.linkonce.this_module */
	unsigned int	info;		/* .modinfo */
	unsigned int	pcpu;		/* .data..percpu */
};

/* Module @user calls into module @source: @source stays as long as @user does. */
struct module_use {
	struct list_head source_list;	/* on source->source_list */
	struct list_head target_list;	/* on user->target_list */
	struct module	*source, *user;
};

/*
 * module_mutex guards the list of modules, their states and their uses. Back-traces walk
 * the list without it, interrupts off; a module leaves the list, then an empty call runs
 * on every CPU, then its memory goes.
 */
extern struct mutex module_mutex;
extern struct list_head modules;

#define MAX_MODULE_BYTES	(64L << 20)	/* of a file */
void *module_read_file(struct file *file, size_t *len);

int elf_check(struct load_info *info);
const char *elf_section_name(const struct load_info *info, unsigned int i);
unsigned int elf_find_section(const struct load_info *info, const char *name);
const char *elf_modinfo(const struct load_info *info, const char *tag);

struct module *layout_and_copy(struct load_info *info);
void layout_fill_percpu(struct module *mod, const struct load_info *info);
int layout_protect(struct module *mod);
void layout_free_init(struct module *mod);
void layout_free(struct module *mod);

int resolve_symbols(struct module *mod, struct load_info *info);
int check_exports(struct module *mod);
int keep_kallsyms(struct module *mod, const struct load_info *info);
void drop_init_kallsyms(struct module *mod);
void drop_uses(struct module *mod);

int set_up(struct module *mod, const struct load_info *info);
int finish_image(struct module *mod, struct load_info *info);
bool is_core_string(const char *s, const struct module *mod);

#endif
