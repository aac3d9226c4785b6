/* SPDX-License-Identifier: MIT */
/*
 * The life of modules: loaded, used by others, refused to go, gone without a trace. The files
 * are those of tests/qemu/ko; a module shows itself through a structure that it exports.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kmsg_dump.h>
#include <linux/kthread.h>
#include <linux/string.h>
#include "leak.h"
#include "module_ko.h"
#include "test.h"

#define LOADS		1000
#define MAX_LOADERS	8

TEST(module, load, "H1", "a module loads, runs its init, can be called, and unloads")
{
	struct ko_all *ko;
	u64 seq;

	need_ko();
	NO_LEAK_BEGIN;
	expect(!kallsyms_lookup_name("ko_fault"));
	expect_eq(load_module_file(KO("ko_all"), NULL), 0);
	ko = __symbol_get("ko_all");
	require(ko);
	expect_eq(ko->text(41), 42);
	expect_eq(*ko->rodata, KO_RODATA);
	expect_eq(*ko->data, KO_DATA);
	expect_eq(*ko->bss, 0);
	expect_eq(ko->loads, 3);
	expect(kallsyms_lookup_name("ko_fault") == (unsigned long)ko->fault);
	__symbol_put("ko_all");

	seq = printk_next_seq();
	expect_eq(load_module_file(KO("ko_all"), NULL), -EEXIST);
	expect(was_said(seq, "ko_all"));
	expect_eq(unload_module("ko_all"), 0);
	expect_eq(unload_module("ko_all"), -ENOENT);
	expect(!__symbol_get("ko_all"));
	expect(!kallsyms_lookup_name("ko_fault"));
	expect_eq(load_module_file(KO("no-such-file"), NULL), -ENOENT);
	NO_LEAK_END;
}

static bool in_proc_modules(const char *text)
{
	static char page[PAGE_SIZE];
	struct file *f = filp_open("/proc/modules", O_RDONLY, 0);
	loff_t pos = 0;
	ssize_t n = 0;

	if (!IS_ERR(f)) {
		n = kernel_read(f, page, sizeof(page) - 1, &pos);
		filp_close(f, NULL);
	}
	page[max_t(ssize_t, n, 0)] = '\0';
	return strstr(page, text) != NULL;
}

TEST(module, uses, "H1", "a module that another one calls into stays until that one is gone")
{
	struct module *mod;

	need_ko();
	NO_LEAK_BEGIN;
	expect_eq(load_module_file(KO("ko_user"), NULL), -ENOENT);
	expect_eq(load_module_file(KO("ko_all"), NULL), 0);
	expect_eq(load_module_file(KO("ko_user"), NULL), 0);
	mod = find_module("ko_all");
	require(mod);
	expect_eq(module_refcount(mod), 1);
	expect(in_proc_modules(" 1 ko_user, Live 0x"));
	expect_eq(unload_module("ko_all"), -EWOULDBLOCK);

	/* A use that is counted by hand keeps it in the same way. */
	expect_eq(unload_module("ko_user"), 0);
	expect(try_module_get(mod));
	expect_eq(module_refcount(mod), 1);
	expect(in_proc_modules(" 1 - Live 0x"));
	expect_eq(unload_module("ko_all"), -EWOULDBLOCK);
	module_put(mod);
	expect_eq(unload_module("ko_all"), 0);
	expect(!in_proc_modules("ko_all"));
	NO_LEAK_END;
}

TEST(module, twin, "H1", "a second module that exports a name in use is refused, whichever it is")
{
	u64 seq = printk_next_seq();

	need_ko();
	NO_LEAK_BEGIN;
	expect_eq(load_module_file(KO("ko_all"), NULL), 0);
	expect_eq(load_module_file(KO("ko_twin"), NULL), -ENOEXEC);
	expect(was_said(seq, "exports duplicate symbol ko_add_one (owned by ko_all)"));
	expect_eq(unload_module("ko_all"), 0);
	expect_eq(load_module_file(KO("ko_twin"), NULL), 0);
	expect_eq(load_module_file(KO("ko_all"), NULL), -ENOEXEC);
	expect(was_said(seq, "(owned by ko_twin)"));
	expect_eq(unload_module("ko_twin"), 0);
	NO_LEAK_END;
}

TEST(module, missing, "H1", "a module that needs a name nobody exports is refused by that name")
{
	u64 seq = printk_next_seq();

	need_ko();
	NO_LEAK_BEGIN;
	expect_eq(load_module_file(KO("ko_missing"), NULL), -ENOENT);
	expect(was_said(seq, "ko_missing: Unknown symbol ko_no_such_name (err -2)"));
	NO_LEAK_END;
}

TEST(module, init_fails, "H1", "a module whose init fails is gone with all it had; a positive result is warned of")
{
	u64 seq = printk_next_seq();

	need_ko();
	NO_LEAK_BEGIN;
	expect_eq(load_module_file(KO("ko_all"), "ret=-19 label=text"), -ENODEV);
	expect(!__symbol_get("ko_all"));
	expect_eq(unload_module("ko_all"), -ENOENT);
	expect_eq(load_module_file(KO("ko_all"), "ret=7"), 0);
	expect(was_said(seq, "ko_all: init returned 7"));
	expect_eq(unload_module("ko_all"), 0);
	NO_LEAK_END;
}

TEST(module, stays, "H1", "a module without an exit function can't be unloaded")
{
	need_ko();
	if (!find_module("ko_stays"))	/* it stays from one run to the next */
		expect_eq(load_module_file(KO("ko_stays"), NULL), 0);
	expect_eq(unload_module("ko_stays"), -EBUSY);
	expect(in_proc_modules("0 [permanent], Live 0x"));
}

/* -- A thousand times ------------------------------------------------------------------------------ */

TEST(module, thousand, "H1", "loading and unloading a thousand times leaks nothing")
{
	unsigned int i, failed = 0;
	size_t len;
	void *image;

	need_ko();
	image = ko_file(KO("ko_all"), &len);
	require(image);
	NO_LEAK_BEGIN;
	for (i = 0; i < LOADS; i++) {
		failed += load_module(image, len, "label=something") != 0;
		failed += unload_module("ko_all") != 0;
	}
	expect_eq(failed, 0);
	NO_LEAK_END;
	kfree(image);
}

static const char *const files[] = { KO("ko_all"), KO("ko_params"), KO("ko_twin") };
static const char *const names[] = { "ko_all", "ko_params", "ko_twin" };
static int goal;		/* fixed while there are loaders */
static atomic_t ready, loading, loaded, unexpected;

/*
 * Everybody loads everything; who did load it is the one to unload it. They begin when all are
 * there and end when the goal is reached: how many a single one loads is for the host to say.
 */
static int load_and_unload(void *data)
{
	unsigned int i = (unsigned long)data;
	int err;

	atomic_inc(&ready);
	while (atomic_read(&ready) < atomic_read(&loading))
		msleep(1);
	for (; atomic_read(&loaded) < goal && !atomic_read(&unexpected); i++) {
		err = load_module_file(files[i % ARRAY_SIZE(files)], NULL);
		if (!err) {
			atomic_inc(&loaded);
			err = unload_module(names[i % ARRAY_SIZE(files)]);
			if (err)
				atomic_inc(&unexpected);
		} else if (err != -EEXIST && err != -ENOEXEC) {	/* ko_twin and ko_all: one at a time */
			atomic_inc(&unexpected);
		}
		cond_resched();
	}
	atomic_dec(&loading);
	return 0;
}

static void load_everywhere(int loads)
{
	struct task_struct *t[MAX_LOADERS];
	unsigned int cpu, n = 0;

	atomic_set(&loaded, 0);
	atomic_set(&unexpected, 0);
	atomic_set(&ready, 0);
	goal = loads;
	for_each_online_cpu(cpu) {
		if (n >= MAX_LOADERS)
			break;
		t[n] = kthread_create(load_and_unload, (void *)(unsigned long)cpu, "loader/%u", cpu);
		if (!expect(!IS_ERR(t[n])))
			break;
		kthread_bind(t[n++], cpu);
	}
	atomic_set(&loading, n);
	quiet_console(true);
	while (n)
		wake_up_process(t[--n]);
	while (atomic_read(&loading))
		msleep(1);
	quiet_console(false);
}

TEST(module, everywhere, "H1", "modules are loaded and unloaded on all CPUs at once, and nothing leaks")
{
	unsigned int n;

	need_ko();
	need(num_online_cpus() > 1, "one CPU");
	load_everywhere(1);	/* some stacks stay with the scheduler as spares */
	NO_LEAK_BEGIN;
	load_everywhere(LOADS / 40);
	expect_eq(atomic_read(&unexpected), 0);
	for (n = 0; n < ARRAY_SIZE(names); n++)
		expect_eq(unload_module(names[n]), -ENOENT);
	NO_LEAK_END;
}

/* -- Uses against unloading ------------------------------------------------------------------------ */

static struct module *shared_mod;	/* set while it may be used; users look with irqs off */
static struct ko_all *shared_ko;
static atomic_t uses, wrong;

static void forget_shared(void)
{
	WRITE_ONCE(shared_mod, NULL);
}

static int use_and_put(void *unused)
{
	struct module *mod;
	unsigned long flags;

	unsigned int n;

	for (n = 0; !kthread_should_stop(); n++) {
		udelay(n % 32);
		local_irq_save(flags);
		mod = READ_ONCE(shared_mod);
		if (mod && !try_module_get(mod))
			mod = NULL;
		local_irq_restore(flags);
		if (!mod)
			continue;
		if (READ_ONCE(shared_ko)->text(1) != 2)
			atomic_inc(&wrong);
		atomic_inc(&uses);
		module_put(mod);
	}
	return 0;
}

/* try_module_get() wins and the module stays, or loses and is told so: never both, never neither. */
static void race(unsigned int rounds)
{
	unsigned int round, busy = 0, gone = 0;
	struct task_struct *t;
	int err;

	atomic_set(&uses, 0);
	atomic_set(&wrong, 0);
	t = kthread_create(use_and_put, NULL, "module-user");
	require(!IS_ERR(t));
	kthread_bind(t, 1);
	wake_up_process(t);
	for (round = 0; round < rounds; round++) {
		int before = atomic_read(&uses);

		if (!expect_eq(load_module_file(KO("ko_all"), NULL), 0))
			break;
		shared_ko = __symbol_get("ko_all");
		shared_ko->on_exit = forget_shared;
		__symbol_put("ko_all");
		WRITE_ONCE(shared_mod, find_module("ko_all"));
		while (atomic_read(&uses) == before)
			cond_resched();
		while ((err = unload_module("ko_all")) == -EWOULDBLOCK)
			busy++;
		gone += !err;
		expect(!READ_ONCE(shared_mod));
	}
	kthread_stop(t);
	expect_eq(gone, round);
	expect_eq(atomic_read(&wrong), 0);
	test_note("%d uses, unloading refused %u times", atomic_read(&uses), busy);
}

TEST(module, get_race, "H1", "a use that begins while the module goes either holds it or fails")
{
	need_ko();
	need(num_online_cpus() > 1, "one CPU");
	race(1);		/* the thread's stack stays with the scheduler as a spare */
	NO_LEAK_BEGIN;
	race(LOADS / 10);
	NO_LEAK_END;
}
