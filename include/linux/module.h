/* SPDX-License-Identifier: MIT */
/* Loadable modules: what their source says, and what the kernel keeps of them. */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/list.h>
#include <linux/stat.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/export.h>
#include <linux/stringify.h>
#include <linux/atomic.h>
#include <linux/extable.h>
#include <linux/kobject.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/vermagic.h>

#define MODULE_NAME_LEN 56

#define MODULE_LICENSE(text)		MODULE_INFO(license, text)
#define MODULE_AUTHOR(text)		MODULE_INFO(author, text)
#define MODULE_DESCRIPTION(text)	MODULE_INFO(description, text)
#define MODULE_VERSION(text)		MODULE_INFO(version, text)
#define MODULE_ALIAS(text)		MODULE_INFO(alias, text)
#define MODULE_SOFTDEP(text)		MODULE_INFO(softdep, text)
#define MODULE_FIRMWARE(text)		MODULE_INFO(firmware, text)
#define MODULE_IMPORT_NS(ns)		MODULE_INFO(import_ns, __stringify(ns))
#define MODULE_ALIAS_MISCDEV(minor)	MODULE_ALIAS("char-major-10-" __stringify(minor))
#define MODULE_ALIAS_NETPROTO(proto)	MODULE_ALIAS("net-pf-" __stringify(proto))
#define MODULE_SUPPORTED_DEVICE(text)

/* No user space matches devices to modules: the table is kept for readers of the file. */
#define MODULE_DEVICE_TABLE(type, name) \
	extern typeof(name) __mod_##type##__##name##_device_table __attribute__((__unused__, __alias__(__stringify(name))))

#ifdef MODULE
#define early_initcall(fn)	module_init(fn)
#define core_initcall(fn)	module_init(fn)
#define postcore_initcall(fn)	module_init(fn)
#define arch_initcall(fn)	module_init(fn)
#define subsys_initcall(fn)	module_init(fn)
#define fs_initcall(fn)		module_init(fn)
#define device_initcall(fn)	module_init(fn)
#define late_initcall(fn)	module_init(fn)

/* They bring their semicolon along: many sources leave theirs out. */
#define module_init(fn)							\
	static inline initcall_t __maybe_unused __inittest(void) { return fn; } \
	int init_module(void) __attribute__((__alias__(#fn), __cold__));
#define module_exit(fn)							\
	static inline exitcall_t __maybe_unused __exittest(void) { return fn; } \
	void cleanup_module(void) __attribute__((__alias__(#fn), __cold__));
#else
#define module_init(fn)	device_initcall(fn);
/* Built in: never unloaded. */
#define module_exit(fn)	static exitcall_t __maybe_unused __exit_##fn = fn;
#endif

int init_module(void);
void cleanup_module(void);

enum module_state {
	MODULE_STATE_LIVE,
	MODULE_STATE_COMING,	/* init runs; its exports can't be used yet */
	MODULE_STATE_GOING,	/* exit runs */
	MODULE_STATE_UNFORMED,
};

/* A piece of memory of a module, cut by what the pages may do: text, read-only, the rest. */
struct module_layout {
	void		*base;
	unsigned int	size;
	unsigned int	text_size;	/* from base, page aligned */
	unsigned int	ro_size;	/* end of the read-only part, from base, page aligned */
};

struct module_kallsyms {
	struct elf64_sym *symtab;
	unsigned int	num_symtab;
	unsigned int	num_core;	/* the first of them: symbols of what stays */
	char		*strtab;
};

struct module;
struct completion;
struct module_param_attrs;

/* A module's directory: /sys/module/NAME. */
struct module_kobject {
	struct kobject		kobj;
	struct module		*mod;		/* NULL: built in */
	struct module_param_attrs *mp;		/* its parameters' files */
	struct completion	*kobj_completion;	/* for who waits for the last reference */
};

struct module_attribute {
	struct attribute attr;
	ssize_t (*show)(struct module_attribute *attr, struct module_kobject *mk, char *buf);
	ssize_t (*store)(struct module_attribute *attr, struct module_kobject *mk, const char *buf,
			 size_t count);
};

/*
 * One loaded module. (m) guarded by module_mutex; (i) fixed once it is on the list.
 */
struct module {
	enum module_state	state;		/* (m); READ_ONCE elsewhere */
	struct list_head	list;		/* (m); walked with interrupts off, see kernel/module/ */
	char			name[MODULE_NAME_LEN];

	const struct kernel_symbol *syms;	/* (i) what it exports */
	unsigned int		num_syms;
	struct kernel_param	*kp;		/* (i) */
	unsigned int		num_kp;
	struct exception_table_entry *extable;	/* (i) sorted */
	unsigned int		num_exentries;

	int			(*init)(void);	/* set by the build in the module's own image */
	void			(*exit)(void);

	struct module_layout	core_layout;	/* (i) */
	struct module_layout	init_layout;	/* gone (base NULL) once init returned */
	void __percpu		*percpu;
	unsigned int		percpu_size;

	struct module_kallsyms	kallsyms;	/* (i) but num_symtab, which shrinks with init_layout */
	char			*args;		/* (i) options it was loaded with */
	const char		*version;	/* (i) MODULE_VERSION or NULL */

	struct list_head	source_list;	/* (m) modules that use this one */
	struct list_head	target_list;	/* (m) modules this one uses */
	atomic_t		refcnt;		/* uses, plus one base reference while loaded */
	struct module_kobject	mkobj;		/* sysfs's, from COMING to GOING */
};

void __module_get(struct module *module);
bool try_module_get(struct module *module);
void module_put(struct module *module);
int module_refcount(struct module *mod);

#define module_name(mod)	((mod) ? (mod)->name : "kernel")
#define module_put_and_kthread_exit(code) __module_put_and_kthread_exit(THIS_MODULE, code)
void __noreturn __module_put_and_kthread_exit(struct module *mod, long code);

static inline bool module_is_live(struct module *mod)
{
	return READ_ONCE(mod->state) != MODULE_STATE_GOING;
}

static inline bool within_module_layout(unsigned long addr, const struct module_layout *l)
{
	return addr - (unsigned long)l->base < l->size;
}

static inline bool within_module_core(unsigned long addr, const struct module *mod)
{
	return within_module_layout(addr, &mod->core_layout);
}

static inline bool within_module_init(unsigned long addr, const struct module *mod)
{
	return within_module_layout(addr, &mod->init_layout);
}

static inline bool within_module(unsigned long addr, const struct module *mod)
{
	return within_module_init(addr, mod) || within_module_core(addr, mod);
}

struct module *find_module(const char *name);
struct module *__module_address(unsigned long addr);
struct module *__module_text_address(unsigned long addr);
bool is_module_address(unsigned long addr);
bool __is_module_percpu_address(unsigned long addr, unsigned long *can_addr);
bool is_module_text_address(unsigned long addr);
void print_modules(void);

/* Told with enum module_state: COMING before its parameters are set, LIVE, GOING after its exit. */
struct notifier_block;
int register_module_notifier(struct notifier_block *nb);
int unregister_module_notifier(struct notifier_block *nb);

/* For kallsyms: any context; the first with interrupts off as long as @modname is used. */
int module_lookup_name(unsigned long addr, unsigned long *size, unsigned long *offset,
		       const char **modname, char *namebuf);
unsigned long module_kallsyms_lookup_name(const char *name);

void *__symbol_get(const char *symbol);
void __symbol_put(const char *symbol);
#define symbol_get(x)	((typeof(&x))(__symbol_get(__stringify(x))))
#define symbol_put(x)	__symbol_put(__stringify(x))

/* Loading and unloading, for the console, the boot list and (later) system calls. */
int load_module(const void *image, size_t len, const char *args);
#define MODULE_DIR	"/lib/modules/" UTS_RELEASE	/* where an initramfs has them */
int load_module_file(const char *path, const char *args);
struct module *module_form(const void *image, size_t len, const char *args);
void module_discard(struct module *mod);
int unload_module(const char *name);

#endif
