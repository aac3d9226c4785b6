/* SPDX-License-Identifier: MIT */
/* Commands on modules. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include "internals.h"

static int cmd_lsmod(int argc, char **argv)
{
	char line[] = "cat /proc/modules";

	return kdb_run_line(line);
}

/* A bare name is a file of MODULE_DIR; what follows are its options. */
static int cmd_insmod(int argc, char **argv)
{
	char path[KDB_LINE_MAX], args[KDB_LINE_MAX] = "";
	size_t len = 0;
	int i;

	if (argc < 2)
		return KDB_USAGE;
	snprintf(path, sizeof(path), strchr(argv[1], '/') ? "%s" : MODULE_DIR "/%s%s", argv[1],
		 strstr(argv[1], ".ko") ? "" : ".ko");
	for (i = 2; i < argc; i++)
		len += scnprintf(args + len, sizeof(args) - len, "%s ", argv[i]);
	return load_module_file(path, args);
}

static int cmd_rmmod(int argc, char **argv)
{
	int err;

	if (argc != 2)
		return KDB_USAGE;
	strreplace(argv[1], '-', '_');	/* as file names spell some modules */
	err = unload_module(argv[1]);
	if (err == -EWOULDBLOCK) {
		kdb_printf("rmmod: %s is in use; `lsmod` tells by whom\n", argv[1]);
		return 0;
	}
	return err;
}

const struct kdb_command kdb_module_commands[] = {
	{ "lsmod", "", "loaded modules", true, cmd_lsmod },
	{ "insmod", "NAME|FILE.ko [OPT=VAL...]", "load a module", true, cmd_insmod },
	{ "rmmod", "NAME", "unload a module", true, cmd_rmmod },
	{ }
};
