/* SPDX-License-Identifier: MIT */
/* A module's memory: what may be written, what may run, what goes; and its faults. */
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/kallsyms.h>
#include <linux/kdebug.h>
#include <linux/kthread.h>
#include <linux/sched/task.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "leak.h"
#include "module_ko.h"
#include "test.h"

static struct ko_all *load_ko(void)
{
	return load_module_file(KO("ko_all"), NULL) ? NULL : __symbol_get("ko_all");
}

static void unload_ko(void)
{
	__symbol_put("ko_all");
	expect_eq(unload_module("ko_all"), 0);
}

static int overwrite(const void *p)
{
	u8 byte;
	int err = copy_from_kernel_nofault(&byte, p, 1);

	return err ?: copy_to_kernel_nofault((void *)p, &byte, 1);
}

TEST(module, protection, "H1", "a module's code and constants can't be written, its data can")
{
	struct ko_all *ko;

	need_ko();
	NO_LEAK_BEGIN;
	ko = load_ko();
	require(ko);
	expect_eq(overwrite(ko->text), -EFAULT);
	expect_eq(overwrite(ko->rodata), -EFAULT);
	expect_eq(overwrite(ko->data), 0);
	expect_eq(overwrite(ko->bss), 0);
	expect(!((unsigned long)ko->data & ~PAGE_MASK) ||
	       ((unsigned long)ko->data & PAGE_MASK) != ((unsigned long)ko->rodata & PAGE_MASK));
	unload_ko();
	NO_LEAK_END;
}

TEST(module, init_memory, "H1", "what is __init is unmapped once init has returned, and has no name any more")
{
	struct ko_all *ko;
	char symbol[KSYM_SYMBOL_LEN];
	u8 byte;

	need_ko();
	NO_LEAK_BEGIN;
	ko = load_ko();
	require(ko);
	expect_eq(ko->loads, 3);
	expect_eq(copy_from_kernel_nofault(&byte, ko->init_text, 1), -EFAULT);
	expect_eq(copy_from_kernel_nofault(&byte, ko->init_data, 1), -EFAULT);
	expect(!is_module_address((unsigned long)ko->init_text));
	expect(!kallsyms_lookup_name("ko_init"));
	sprint_symbol(symbol, (unsigned long)ko->init_text);
	expect(!strstr(symbol, "ko_"));
	unload_ko();
	NO_LEAK_END;
}

TEST(module, names, "H1 B8", "before init has returned, addresses in __init code have their names")
{
	char symbol[KSYM_SYMBOL_LEN];
	unsigned long addr;
	struct module *mod;
	size_t len;
	void *image;

	need_ko();
	image = ko_file(KO("ko_all"), &len);
	require(image);
	NO_LEAK_BEGIN;
	mod = module_form(image, len, NULL);
	if (expect(!IS_ERR(mod))) {
		addr = kallsyms_lookup_name("ko_init");
		expect(within_module_init(addr, mod));
		sprint_symbol(symbol, addr + 1);
		expect(!strncmp(symbol, "ko_init+0x1/0x", 14) || !strncmp(symbol, "init_module+0x1/0x", 18));
		expect(strstr(symbol, " [ko_all]"));
		/* Its exports are nobody's yet. */
		expect(!__symbol_get("ko_all"));
		expect_eq(unload_module("ko_all"), -EBUSY);
		module_discard(mod);
	}
	NO_LEAK_END;
	kfree(image);
}

TEST(module, percpu, "E1 H1", "per-CPU variables of a module start with their values on every CPU, pointers too")
{
	struct ko_percpu *v;
	struct ko_all *ko;
	unsigned int cpu, round;

	need_ko();
	NO_LEAK_BEGIN;
	for (round = 0; round < 2; round++) {	/* the second time in memory that was written */
		ko = load_ko();
		require(ko);
		for_each_possible_cpu(cpu) {
			v = per_cpu_ptr(ko->percpu, cpu);
			expect_eq((unsigned long)v % KO_ALIGN, 0);
			expect_eq(v->number, KO_NUMBER);
			expect(v->pointer == ko->rodata);
			expect_eq(v->zero, 0);
			v->number = v->zero = cpu + 1;
			v->pointer = NULL;
		}
		preempt_disable();
		expect_eq(ko->this_cpu_number(), raw_smp_processor_id() + 1);
		preempt_enable();
		unload_ko();
	}
	NO_LEAK_END;
}

TEST(module, extable, "H1 B5", "a fault that a module's own exception table foresees goes on at its fix-up")
{
	unsigned long val = 0, good = 4711;
	struct ko_all *ko;

	need_ko();
	NO_LEAK_BEGIN;
	ko = load_ko();
	require(ko);
	expect_eq(ko->read(&good, &val), 0);
	expect_eq(val, 4711);
	expect_eq(ko->read((void *)8, &val), -EFAULT);
	expect_eq(ko->read(ko->init_text, &val), -EFAULT);
	unload_ko();
	NO_LEAK_END;
}

/* -- Oopses in a module --------------------------------------------------------------------------- */

#define MAX_TRACE 16

static struct task_struct *victim;
static char first_symbol[KSYM_SYMBOL_LEN];
static int oopses;

static int note_oops(struct notifier_block *nb, unsigned long event, void *data)
{
	struct die_args *args = data;
	unsigned long trace[MAX_TRACE];

	if (event != DIE_OOPS || current != victim)
		return NOTIFY_DONE;
	oopses++;
	if (stack_trace_save_regs(args->regs, trace, MAX_TRACE, 0))
		sprint_symbol(first_symbol, trace[0]);
	return NOTIFY_DONE;
}

static struct notifier_block oops_nb = { .notifier_call = note_oops };

/* Let a thread run @fn, which must end it by an oops. */
static void die_in(int (*fn)(void *))
{
	struct task_struct *t = kthread_create(fn, NULL, "victim");

	require(!IS_ERR(t));
	oopses = 0;
	first_symbol[0] = '\0';
	get_task_struct(t);
	victim = t;
	register_die_notifier(&oops_nb);
	wake_up_process(t);
	wait_until(READ_ONCE(t->__state) == TASK_DEAD && !READ_ONCE(t->on_cpu));
	unregister_die_notifier(&oops_nb);
	victim = NULL;
	put_task_struct(t);
	expect_eq(oopses, 1);
}

TEST(module, oops, "B8 H1", "an oops in a module names its function and the module, and the module can still go")
{
	struct ko_all *ko;

	need_ko();
	ko = load_ko();
	require(ko);
	die_in(ko->fault);
	expect(!strncmp(first_symbol, "ko_fault+0x", 11));
	expect(strstr(first_symbol, " [ko_all]"));
	unload_ko();
}

TEST(module, data_runs_not, "H1", "a module's data and constants are not executable")
{
	struct ko_all *ko;

	need_ko();
	ko = load_ko();
	require(ko);
	die_in((int (*)(void *))(unsigned long)ko->data);
	die_in((int (*)(void *))(unsigned long)ko->rodata);
	unload_ko();
}
