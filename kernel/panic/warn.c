/* SPDX-License-Identifier: MIT */
/* WARN and BUG: assertions that were wrong. The form of the report is Linux's, for the tools. */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/stdarg.h>

#define CUT_HERE "------------[ cut here ]------------\n"

/**
 * warn_slowpath_fmt - report a WARN and go on
 * @file: where it is
 * @line: where it is
 * @taint: TAINT_* that it adds
 * @fmt: what to say, or NULL
 *
 * Context: any.
 */
void warn_slowpath_fmt(const char *file, int line, unsigned int taint, const char *fmt, ...)
{
	struct va_format vaf;
	va_list args;

	pr_warn(CUT_HERE);
	if (fmt) {
		va_start(args, fmt);
		vaf.fmt = fmt;
		vaf.va = &args;
		pr_warn("%pV", &vaf);
		va_end(args);
	}
	pr_warn("WARNING: CPU: %d PID: %d at %s:%d %pS\n", raw_smp_processor_id(), current->pid,
		file, line, __builtin_return_address(0));
	print_modules();
	dump_stack_lvl(KERN_WARNING);
	pr_warn("---[ end trace %016llx ]---\n", 0ULL);

	add_taint(taint, LOCKDEP_STILL_OK);
	if (panic_on_warn)
		panic("panic_on_warn set");
}
EXPORT_SYMBOL(warn_slowpath_fmt);

/**
 * __bug - end the task, or the machine, at a BUG
 * @file: where it is
 * @line: where it is
 *
 * Context: any. Goes through the exception of an invalid opcode, so that registers are shown
 * as they were.
 */
void __bug(const char *file, int line)
{
	pr_crit(CUT_HERE);
	pr_crit("kernel BUG at %s:%d!\n", file, line);
	__builtin_trap();
}
EXPORT_SYMBOL(__bug);
