/* SPDX-License-Identifier: MIT */
/* A module with one of everything that the loader has to place. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include "ko.h"

int ko_read(const void *addr, unsigned long *val);

static const int ko_rodata = KO_RODATA;
static int ko_data = KO_DATA;
static int ko_bss;
static DEFINE_PER_CPU(struct ko_percpu, ko_percpu) = { .number = KO_NUMBER, .pointer = &ko_rodata };

static int ret;
module_param(ret, int, 0444);
MODULE_PARM_DESC(ret, "what init returns");
static char *label = "none";
module_param(label, charp, 0444);

static int __initdata init_number = 3;

noinline int ko_add_one(int n)
{
	return n + 1;
}

noinline int ko_fault(void *unused)
{
	int *volatile null = (int *)8;

	*null = 1;
	return 0;
}

static unsigned long this_cpu_number(void)
{
	return this_cpu_read(ko_percpu.number);
}

static int __init ko_init(void);

struct ko_all ko_all = {
	.text = ko_add_one,
	.rodata = &ko_rodata,
	.data = &ko_data,
	.bss = &ko_bss,
	.percpu = &ko_percpu,
	.this_cpu_number = this_cpu_number,
	.read = ko_read,
	.fault = ko_fault,
	.label = (const char **)&label,
};
EXPORT_SYMBOL_GPL(ko_all);
EXPORT_SYMBOL(ko_add_one);

static int __init ko_init(void)
{
	ko_all.loads = init_number;
	ko_all.init_text = ko_init;
	ko_all.init_data = &init_number;
	return ret;
}

static void __exit ko_exit(void)
{
	if (ko_all.on_exit)
		ko_all.on_exit();
}

module_init(ko_init);
module_exit(ko_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("For the tests of the module loader");
MODULE_VERSION("1.0");
