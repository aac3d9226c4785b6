/* SPDX-License-Identifier: MIT */
/* What of the log is shown: loglevel=, quiet, debug, ignore_loglevel. */
#define pr_fmt(fmt) "printk: " fmt

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include "internals.h"

static int __init loglevel(char *str)
{
	int level;

	if (!str || kstrtoint(str, 0, &level))
		return -EINVAL;
	console_loglevel = clamp(level, minimum_console_loglevel, CONSOLE_LOGLEVEL_MOTORMOUTH);
	return 0;
}
early_param("loglevel", loglevel);

static int __init quiet_kernel(char *str)
{
	console_loglevel = CONSOLE_LOGLEVEL_QUIET;
	return 0;
}
early_param("quiet", quiet_kernel);

static int __init debug_kernel(char *str)
{
	console_loglevel = CONSOLE_LOGLEVEL_DEBUG;
	return 0;
}
early_param("debug", debug_kernel);

static int __init show_all_levels(char *str)
{
	ignore_loglevel = true;
	pr_info("debug: ignoring loglevel setting.\n");
	return 0;
}
early_param("ignore_loglevel", show_all_levels);
