/* SPDX-License-Identifier: MIT */
/*
 * Modules loaded at the end of boot: those that `modules=` names, in that order; and, where no
 * program of the initramfs sees to it, those that its /etc/modules names.
 */
#include <linux/boot.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "internals.h"

/* The whole file, to be given to vfree(), or ERR_PTR. */
static void *read_by_name(const char *path, size_t *len)
{
	struct file *file = filp_open(path, O_RDONLY, 0);
	void *content;

	if (IS_ERR(file))
		return file;
	content = module_read_file(file, len);
	filp_close(file, NULL);
	return content;
}

/**
 * load_module_file - load a .ko file
 * @path: absolute
 * @args: its options, or NULL
 *
 * Context: process, may sleep. Return: as load_module(); what opening the file returned; as
 * module_read_file().
 */
int load_module_file(const char *path, const char *args)
{
	size_t len;
	void *image = read_by_name(path, &len);
	int err;

	if (IS_ERR(image))
		return PTR_ERR(image);
	err = load_module(image, len, args);
	vfree(image);
	return err;
}

/* "kbd" or "edu msi=1": the file of that name in MODULE_DIR, with options after a blank. */
static void load_listed(char *line)
{
	char *name = strsep(&line, " \t"), *path;
	int err;

	if (!*name || *name == '#')
		return;
	path = kasprintf(GFP_KERNEL, *name == '/' ? "%s" : MODULE_DIR "/%s.ko", name);
	err = path ? load_module_file(path, line) : -ENOMEM;
	if (err)
		pr_err("modules: %s not loaded: %pe\n", path ?: name, ERR_PTR(err));
	else
		pr_info("modules: %s loaded\n", name);
	kfree(path);
}

static char *modules_option;

static int __init modules_setup(char *str)
{
	modules_option = str;
	return 1;
}
__setup("modules=", modules_setup);

/**
 * load_boot_modules - load what modules= (names split by commas) asks for
 *
 * Each failure is said and does not keep the next from loading.
 * Context: task 1, once the root is filled.
 */
void __init load_boot_modules(void)
{
	char *name;

	while ((name = strsep(&modules_option, ",")) != NULL)
		load_listed(name);
}

/**
 * load_listed_modules - load what /etc/modules names, a line each with its options
 *
 * Context: as load_boot_modules().
 */
void __init load_listed_modules(void)
{
	char *name, *list, *rest;
	size_t len;

	list = read_by_name("/etc/modules", &len);
	if (IS_ERR(list))
		return;
	rest = list;
	while ((name = strsep(&rest, "\n")) != NULL)
		load_listed(name);
	vfree(list);
}
