/* SPDX-License-Identifier: MIT */
/* Parameters of every type, and what is refused. rows H2 */
#include <linux/module.h>
#include <linux/moduleparam.h>

static int number = 1;
module_param(number, int, 0644);
static unsigned char byte = 2;
module_param(byte, byte, 0644);
static bool yes;
module_param(yes, bool, 0644);
static bool no = true;
module_param_named(other, no, invbool, 0444);
static char *text = "default";
module_param(text, charp, 0444);
static int list[3] = { 7, 8, 9 };
static int listed;
module_param_array(list, int, &listed, 0444);
static char fixed[8] = "fix";
module_param_string(fixed, fixed, sizeof(fixed), 0444);
static unsigned long long big;
module_param(big, ullong, 0444);

static int __init start(void)
{
	pr_info("number %d byte %u yes %d other %d text %s list %d %d %d (%d) fixed %s big %llu\n", number,
		byte, yes, no, text, list[0], list[1], list[2], listed, fixed, big);
	return 0;
}
module_init(start);

static void __exit end(void)
{
	pr_info("number %d at the end\n", number);
}
module_exit(end);
MODULE_LICENSE("GPL");
