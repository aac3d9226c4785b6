/* SPDX-License-Identifier: MIT */
/* Parameters of every type; ko_params shows their values. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include "ko.h"

struct ko_params ko_params;
EXPORT_SYMBOL(ko_params);

module_param_named(a_byte, ko_params.a_byte, byte, 0444);
module_param_named(a_short, ko_params.a_short, short, 0444);
module_param_named(a_ushort, ko_params.a_ushort, ushort, 0444);
module_param_named(an_int, ko_params.an_int, int, 0444);
module_param_named(a_uint, ko_params.a_uint, uint, 0444);
module_param_named(a_long, ko_params.a_long, long, 0444);
module_param_named(a_ulong, ko_params.a_ulong, ulong, 0444);
module_param_named(a_ullong, ko_params.a_ullong, ullong, 0444);
module_param_named(a_hexint, ko_params.a_hexint, hexint, 0444);
module_param_named(a_charp, ko_params.a_charp, charp, 0444);
module_param_named(a_bool, ko_params.a_bool, bool, 0444);
module_param_named(an_invbool, ko_params.an_invbool, invbool, 0444);
module_param_named(a_bint, ko_params.a_bint, bint, 0444);
module_param_string(a_string, ko_params.a_string, sizeof(ko_params.a_string), 0444);
module_param_array_named(ints, ko_params.ints, int, &ko_params.num_ints, 0444);
module_param_array_named(words, ko_params.words, charp, &ko_params.num_words, 0444);
module_param_array_named(switches, ko_params.switches, bool, NULL, 0444);

static int set_even(const char *val, const struct kernel_param *kp)
{
	int n, err = kstrtoint(val, 0, &n);

	if (err)
		return err;
	if (n & 1)
		return -EDOM;
	*(int *)kp->arg = n;
	return 0;
}

static const struct kernel_param_ops even_ops = { .set = set_even, .get = param_get_int };
module_param_cb(even, &even_ops, &ko_params.even, 0444);

static int __init ko_params_init(void)
{
	return 0;
}

static void __exit ko_params_exit(void)
{
}

module_init(ko_params_init);
module_exit(ko_params_exit);
MODULE_LICENSE("Dual MIT/GPL");
