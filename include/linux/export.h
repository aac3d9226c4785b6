/* SPDX-License-Identifier: MIT */
/*
 * Names that modules may use. Each export is one entry of the __ksymtab section;
 * kernel/module/ sorts and searches it.
 */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#ifndef __ASSEMBLER__
#include <linux/compiler_types.h>

struct kernel_symbol {
	const void *value;
	const char *name;
};

struct module;
#ifdef MODULE
extern struct module __this_module;
#define THIS_MODULE (&__this_module)
#else
#define THIS_MODULE ((struct module *)0)
#endif

#define __EXPORT_SYMBOL(sym, sec)					\
	extern typeof(sym) sym;						\
	static const char __kstrtab_##sym[] __used			\
		__section("__ksymtab_strings") = #sym;			\
	static const struct kernel_symbol __ksymtab_##sym __used	\
		__section(sec) __aligned(sizeof(void *)) =		\
		{ (const void *)&sym, __kstrtab_##sym }

#define EXPORT_SYMBOL(sym)	__EXPORT_SYMBOL(sym, "__ksymtab")
#define EXPORT_SYMBOL_GPL(sym)	__EXPORT_SYMBOL(sym, "__ksymtab")
#define EXPORT_SYMBOL_NS(sym, ns) EXPORT_SYMBOL(sym)
#define EXPORT_SYMBOL_NS_GPL(sym, ns) EXPORT_SYMBOL(sym)
#define EXPORT_PER_CPU_SYMBOL(sym) EXPORT_SYMBOL(sym)
#define EXPORT_PER_CPU_SYMBOL_GPL(sym) EXPORT_SYMBOL(sym)

#endif
#endif
