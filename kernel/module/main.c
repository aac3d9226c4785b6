/* SPDX-License-Identifier: MIT */
/*
 * The life of a module: loaded (COMING), live, going, gone.
 *
 * Reference counts: a loaded module holds one base reference on itself. Unloading drops
 * it only if it is the last, by one compare-and-swap, so that a try_module_get() either
 * comes before, and the module stays, or finds zero, and fails.
 */
#include <linux/cpu.h>
#include <linux/err.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>
#include <linux/arch.h>
#include <asm/extable.h>
#include <asm/sections.h>
#include "internals.h"

DEFINE_MUTEX(module_mutex);
LIST_HEAD(modules);

/** find_module - look a loaded module up by name. Context: process, module_mutex held. */
struct module *find_module(const char *name)
{
	struct module *mod;

	list_for_each_entry(mod, &modules, list)
		if (!strcmp(mod->name, name))
			return mod;
	return NULL;
}

/** __module_get - one more use of a module that can't go away now. Context: any. */
void __module_get(struct module *module)
{
	if (module)
		atomic_inc(&module->refcnt);
}
EXPORT_SYMBOL(__module_get);

/** try_module_get - one more use, unless it is going. Context: any. Return: false if so. */
bool try_module_get(struct module *module)
{
	return !module || (module_is_live(module) && atomic_inc_not_zero(&module->refcnt));
}
EXPORT_SYMBOL(try_module_get);

/** module_put - one use less. Context: any. */
void module_put(struct module *module)
{
	if (module)
		WARN_ON(atomic_dec_if_positive(&module->refcnt) < 0);
}
EXPORT_SYMBOL(module_put);

/** module_refcount - uses, without the base reference; -1 while it goes. Context: any. */
int module_refcount(struct module *mod)
{
	return atomic_read(&mod->refcnt) - 1;
}
EXPORT_SYMBOL(module_refcount);

/** __module_put_and_kthread_exit - a thread of @mod ends after its last use of @mod */
void __noreturn __module_put_and_kthread_exit(struct module *mod, long code)
{
	module_put(mod);
	kthread_exit(code);
}
EXPORT_SYMBOL(__module_put_and_kthread_exit);

static void *section_objs(const struct load_info *info, const char *name, size_t size, unsigned int *num)
{
	unsigned int i = elf_find_section(info, name);

	*num = i ? info->sechdrs[i].sh_size / size : 0;
	return i ? (void *)info->sechdrs[i].sh_addr : NULL;
}

/* Fill in what the module's sections hold. Its struct came from the file: trust no field. */
static int set_up(struct module *mod, const struct load_info *info)
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

/* MODULE_VERSION where it was loaded; .modinfo stays with the module. */
static const char *loaded_version(const struct load_info *info)
{
	const Elf64_Shdr *sec = &info->sechdrs[info->info];
	const char *p = elf_modinfo(info, "version");

	return p ? (const char *)sec->sh_addr + (p - (const char *)info->image - sec->sh_offset) : NULL;
}

/* Whatever set_up() and the steps after it allocated, and the module itself. */
static void free_module(struct module *mod)
{
	drop_uses(mod);
	kvfree(mod->kallsyms.symtab);
	kvfree(mod->kallsyms.strtab);
	kfree(mod->args);
	layout_free(mod);
}

/* Resolve, relocate, protect: from a copy of the file to code that can run. */
static int finish_image(struct module *mod, struct load_info *info)
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

/* Image checked and copied, names resolved, on the list as COMING; or nothing of it left. */
static struct module *form_module(struct load_info *info)
{
	struct module *mod;
	int err;

	mutex_lock(&module_mutex);
	if (find_module(info->name)) {
		mutex_unlock(&module_mutex);
		pr_err("module %s: is loaded already\n", info->name);
		return ERR_PTR(-EEXIST);
	}
	mod = layout_and_copy(info);
	if (IS_ERR(mod))
		goto out;
	err = set_up(mod, info);
	if (!err)
		err = finish_image(mod, info);
	if (err) {
		free_module(mod);
		mod = ERR_PTR(err);
		goto out;
	}
	mod->state = MODULE_STATE_COMING;
	list_add_rcu(&mod->list, &modules);
out:
	mutex_unlock(&module_mutex);
	return mod;
}

/* An empty call on every CPU: a walk of the list that began before has ended. */
static void nothing(void *unused)
{
}

/* From here on no name and no back-trace leads to @mod; then it goes. */
static void remove_and_free(struct module *mod)
{
	mutex_lock(&module_mutex);
	list_del_rcu(&mod->list);
	on_each_cpu(nothing, NULL, 1);
	free_module(mod);
	mutex_unlock(&module_mutex);
}

static int unknown_option(char *param, char *val, const char *modname, void *arg)
{
	pr_warn("%s: unknown parameter '%s' ignored\n", modname, param);
	return 0;
}

static int set_params(struct module *mod)
{
	char *rest = parse_args(mod->name, mod->args, mod->kp, mod->num_kp, -32768, 32767, NULL,
				unknown_option);

	if (IS_ERR(rest))
		return PTR_ERR(rest);
	if (rest)
		pr_warn("%s: parameters '%s' after `--' ignored\n", mod->name, rest);
	return 0;
}

/* From COMING to live, or away again. */
static int run_init(struct module *mod)
{
	int err = set_params(mod);

	if (!err && mod->init)
		err = mod->init();
	if (err > 0) {
		pr_warn("%s: init returned %d, expected 0 or -E...\n", mod->name, err);
		err = 0;
	}
	if (err) {
		destroy_params(mod->kp, mod->num_kp);
		module_discard(mod);
		return err;
	}
	mutex_lock(&module_mutex);
	WRITE_ONCE(mod->state, MODULE_STATE_LIVE);
	drop_init_kallsyms(mod);
	layout_free_init(mod);
	mutex_unlock(&module_mutex);
	return 0;
}

/**
 * module_form - all of loading a module but the running of its init
 * @image: the .ko file, kernel memory; it is copied
 * @len: its length in bytes
 * @args: "name=value ..." options for later, or NULL
 *
 * Context: process, may sleep. Takes module_mutex.
 * Return: the module, on the list as COMING; ERR_PTR of what load_module() says of the file.
 */
struct module *module_form(const void *image, size_t len, const char *args)
{
	struct load_info info = { .name = "(new)", .len = len, .args = args };
	struct module *mod;
	int err;

	might_sleep();
	info.image = vmalloc(len ?: 1);
	if (!info.image)
		return ERR_PTR(-ENOMEM);
	memcpy(info.image, image, len);
	err = elf_check(&info);
	mod = err ? ERR_PTR(err) : form_module(&info);
	vfree(info.image);
	return mod;
}

/**
 * module_discard - give up a module whose init did not run, or failed
 * @mod: from module_form()
 *
 * Context: process, may sleep. Takes module_mutex.
 */
void module_discard(struct module *mod)
{
	mutex_lock(&module_mutex);
	WRITE_ONCE(mod->state, MODULE_STATE_GOING);
	mutex_unlock(&module_mutex);
	remove_and_free(mod);
}

/**
 * load_module - load a module from memory and run its init
 * @image: the .ko file, kernel memory; it is copied
 * @len: its length in bytes
 * @args: "name=value ..." options, or NULL
 *
 * Context: process, may sleep. Takes module_mutex.
 * Return: 0; -ENOEXEC for a file that is no module for this kernel and -ENOENT for one
 * that needs a missing name (the log says which and why); -EEXIST; -ENOMEM; -EINVAL for a bad
 * option; what the module's init returned.
 */
int load_module(const void *image, size_t len, const char *args)
{
	struct module *mod = module_form(image, len, args);

	return IS_ERR(mod) ? PTR_ERR(mod) : run_init(mod);
}

/* The checks that need the mutex, and the step that can't be taken back. */
static int begin_unload(const char *name, struct module **modp)
{
	struct module *mod = find_module(name);

	if (!mod)
		return -ENOENT;
	if (!list_empty(&mod->source_list))
		return -EWOULDBLOCK;	/* other modules call into it */
	if (mod->state != MODULE_STATE_LIVE)
		return -EBUSY;
	if (mod->init && !mod->exit)
		return -EBUSY;		/* it never meant to go */
	if (atomic_cmpxchg(&mod->refcnt, 1, 0) != 1)
		return -EWOULDBLOCK;
	WRITE_ONCE(mod->state, MODULE_STATE_GOING);
	*modp = mod;
	return 0;
}

/**
 * unload_module - run a module's exit and free it
 * @name: as find_module()
 *
 * Context: process, may sleep. Takes module_mutex.
 * Return: 0; -ENOENT no such module; -EWOULDBLOCK in use; -EBUSY coming, going or without
 * an exit function.
 */
int unload_module(const char *name)
{
	struct module *mod = NULL;
	int err;

	might_sleep();
	mutex_lock(&module_mutex);
	err = begin_unload(name, &mod);
	mutex_unlock(&module_mutex);
	if (err)
		return err;
	if (mod->exit)
		mod->exit();
	destroy_params(mod->kp, mod->num_kp);
	remove_and_free(mod);
	return 0;
}
