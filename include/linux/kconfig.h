/* SPDX-License-Identifier: MIT */
/*
 * Included before everything. There is no option forest: these are the CONFIG_ names that
 * modules look at, with the one answer that holds here. CONFIG_DEBUG comes from DEBUG=1.
 */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

#include <asm/kconfig.h>	/* CONFIG_X86, CONFIG_64BIT and the like */

#define CONFIG_SMP 1
#define CONFIG_HZ 250
#define CONFIG_HZ_250 1
#define CONFIG_NR_CPUS 64
#define CONFIG_MODULES 1
#define CONFIG_MODULE_UNLOAD 1
#define CONFIG_PROC_FS 1
#define CONFIG_PCI 1
#define CONFIG_PCI_MSI 1
#define CONFIG_PREEMPT 1
#define CONFIG_PREEMPTION 1
#define CONFIG_PREEMPT_COUNT 1
#define CONFIG_GENERIC_HARDIRQS 1
#define CONFIG_IRQ_FORCED_THREADING 1
#define CONFIG_PRINTK 1
#define CONFIG_KALLSYMS 1
#define CONFIG_BUG 1

/* IS_ENABLED(CONFIG_X): 1 for an option defined as 1, else 0. */
#define __ARG_PLACEHOLDER_1 0,
#define __take_second_arg(ignored, val, ...) val
#define __is_defined(x) ___is_defined(x)
#define ___is_defined(val) ____is_defined(__ARG_PLACEHOLDER_##val)
#define ____is_defined(arg1_or_junk) __take_second_arg(arg1_or_junk 1, 0)
#define IS_BUILTIN(option) __is_defined(option)
#define IS_MODULE(option) 0
#define IS_REACHABLE(option) __is_defined(option)
#define IS_ENABLED(option) __is_defined(option)

#endif
