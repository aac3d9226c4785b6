/* SPDX-License-Identifier: MIT */
/*
 * The life of a module: loaded (COMING), live, going, gone.
 *
 * Reference counts: a loaded module holds one base reference on itself. Unloading drops
 * it only if it is the last, by one compare-and-swap, so that a try_module_get() either
 * comes before, and the module stays, or finds zero, and fails.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/notifier.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>
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

/* Whatever set_up() and the steps after it allocated, and the module itself. */
static void free_module(struct module *mod)
{
	drop_uses(mod);
	kvfree(mod->kallsyms.symtab);
	kvfree(mod->kallsyms.strtab);
	kfree(mod->args);
	layout_free(mod);
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

static BLOCKING_NOTIFIER_HEAD(module_notifiers);

/** register_module_notifier - be told of modules that come and go. Context: process. Return: 0. */
int register_module_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&module_notifiers, nb);
}
EXPORT_SYMBOL(register_module_notifier);

/** unregister_module_notifier - undo it. Return: 0; -ENOENT. */
int unregister_module_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&module_notifiers, nb);
}
EXPORT_SYMBOL(unregister_module_notifier);

static void tell(struct module *mod, enum module_state state)
{
	blocking_notifier_call_chain(&module_notifiers, state, mod);
}

/* From COMING to live, or away again. */
static int run_init(struct module *mod)
{
	int err;

	tell(mod, MODULE_STATE_COMING);
	err = set_params(mod);
	if (!err && mod->init)
		err = mod->init();
	if (err > 0) {
		pr_warn("%s: init returned %d, expected 0 or -E...\n", mod->name, err);
		err = 0;
	}
	if (err) {
		tell(mod, MODULE_STATE_GOING);
		destroy_params(mod->kp, mod->num_kp);
		module_discard(mod);
		return err;
	}
	mutex_lock(&module_mutex);
	WRITE_ONCE(mod->state, MODULE_STATE_LIVE);
	drop_init_kallsyms(mod);
	layout_free_init(mod);
	mutex_unlock(&module_mutex);
	tell(mod, MODULE_STATE_LIVE);
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
	tell(mod, MODULE_STATE_GOING);
	destroy_params(mod->kp, mod->num_kp);
	remove_and_free(mod);
	return 0;
}
