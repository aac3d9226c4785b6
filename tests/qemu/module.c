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

/* -- Parameters ---------------------------------------------------------------------------------- */

static struct ko_params *load_params(const char *args)
{
	return load_module_file(KO("ko_params"), args) ? NULL : __symbol_get("ko_params");
}

static void unload_params(void)
{
	__symbol_put("ko_params");
	expect_eq(unload_module("ko_params"), 0);
}

TEST(params, types, "H2", "parameters of every type get their values")
{
	struct ko_params *p;

	need_ko();
	NO_LEAK_BEGIN;
	p = load_params("a_byte=255 a_short=-32768 a-ushort=65535 an_int=-0x10 a_uint=4294967295 "
			"a_long=-9223372036854775808 a_ulong=0xffffffffffffffff a_ullong=010 "
			"a_hexint=0xbeef a_charp=\"two words\" a_bool an_invbool=y a_bint=on "
			"a_string=seven77 even=8");
	require(p);
	expect_eq(p->a_byte, 255);
	expect_eq(p->a_short, -32768);
	expect_eq(p->a_ushort, 65535);
	expect_eq(p->an_int, -16);
	expect_eq(p->a_uint, 4294967295U);
	expect_eq(p->a_long, LONG_MIN);
	expect_eq(p->a_ulong, ULONG_MAX);
	expect_eq(p->a_ullong, 8);
	expect_eq(p->a_hexint, 0xbeef);
	expect_str(p->a_charp, "two words");
	expect(p->a_bool && !p->an_invbool);
	expect_eq(p->a_bint, 1);
	expect_str(p->a_string, "seven77");
	expect_eq(p->even, 8);
	unload_params();
	NO_LEAK_END;
}

TEST(params, arrays, "H2", "array parameters take up to as many values as they have room for")
{
	struct ko_params *p;

	need_ko();
	NO_LEAK_BEGIN;
	p = load_params("ints=1,-2,0x3,4 words=one,,three switches=y,n");
	require(p);
	expect_eq(p->num_ints, 4);
	expect_eq(p->ints[0] * 1000 + p->ints[1] * 100 + p->ints[2] * 10 + p->ints[3], 834);
	expect_eq(p->num_words, 3);
	expect_str(p->words[0], "one");
	expect_str(p->words[1], "");
	expect_str(p->words[2], "three");
	expect(p->switches[0] && !p->switches[1]);
	unload_params();

	p = load_params("ints=9 words=a words=b,c");
	require(p);
	expect_eq(p->num_ints, 1);
	expect_eq(p->num_words, 2);
	expect_str(p->words[0], "b");
	unload_params();
	NO_LEAK_END;
}

/* As Linux 6.1 answers insmod with the same line. */
static const struct {
	const char *args;
	int err;
	const char *said;
} bad_params[] = {
	{ "a_byte=256",		-ERANGE, "ko_params: `256' invalid for parameter `a_byte'" },
	{ "a_byte=-1",		-EINVAL, "ko_params: `-1' invalid for parameter `a_byte'" },
	{ "a_short=32768",	-ERANGE, "`32768' invalid for parameter `a_short'" },
	{ "a_ushort=65536",	-ERANGE, "`65536' invalid for parameter `a_ushort'" },
	{ "an_int=12x",		-EINVAL, "`12x' invalid for parameter `an_int'" },
	{ "an_int=",		-EINVAL, "`' invalid for parameter `an_int'" },
	{ "an_int",		-EINVAL, "`' invalid for parameter `an_int'" },
	{ "a_uint=4294967296",	-ERANGE, "`4294967296' invalid for parameter `a_uint'" },
	{ "a_ullong=0x10000000000000000", -ERANGE, "invalid for parameter `a_ullong'" },
	{ "a_bool=maybe",	-EINVAL, "`maybe' invalid for parameter `a_bool'" },
	{ "an_invbool",		-EINVAL, "`' invalid for parameter `an_invbool'" },
	{ "a_charp",		-EINVAL, "`' invalid for parameter `a_charp'" },
	{ "a_string=eight888",	-ENOSPC, "`eight888' too large for parameter `a_string'" },
	{ "ints=1,2,3,4,5",	-EINVAL, "ints: can only take 4 arguments" },
	{ "ints=1,two",		-EINVAL, "`1,two' invalid for parameter `ints'" },
	{ "even=3",		-EDOM, "`3' invalid for parameter `even'" },
	{ "words=a,b a_byte=300", -ERANGE, "`300' invalid for parameter `a_byte'" },
};

TEST(params, refused, "H2", "a bad value is refused with Linux's errno and message, and the module is gone")
{
	unsigned int i;

	need_ko();
	NO_LEAK_BEGIN;
	for (i = 0; i < ARRAY_SIZE(bad_params); i++) {
		u64 seq = printk_next_seq();
		int err = load_module_file(KO("ko_params"), bad_params[i].args);

		if (err != bad_params[i].err || !was_said(seq, bad_params[i].said))
			test_note("with %s", bad_params[i].args);
		expect_eq(err, bad_params[i].err);
		expect(was_said(seq, bad_params[i].said));
		expect_eq(unload_module("ko_params"), -ENOENT);
	}
	NO_LEAK_END;
}

TEST(params, unknown, "H2", "an unknown parameter is said and ignored, and so is what follows --")
{
	struct ko_params *p;
	u64 seq = printk_next_seq();

	need_ko();
	NO_LEAK_BEGIN;
	p = load_params("no_such=5 an_int=1 -- an_int=2");
	require(p);
	expect_eq(p->an_int, 1);
	expect(was_said(seq, "ko_params: unknown parameter 'no_such' ignored"));
	expect(was_said(seq, "ko_params: parameters 'an_int=2' after `--' ignored"));
	unload_params();
	NO_LEAK_END;
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
static unsigned int rounds_each;
static atomic_t loading, loaded, unexpected;

/* Everybody loads everything; who did load it is the one to unload it. */
static int load_and_unload(void *data)
{
	unsigned int i = (unsigned long)data, end = i + READ_ONCE(rounds_each);
	int err;

	for (; i < end; i++) {
		err = load_module_file(files[i % ARRAY_SIZE(files)], NULL);
		if (!err) {
			atomic_inc(&loaded);
			err = unload_module(names[i % ARRAY_SIZE(files)]);
			if (err)
				atomic_inc(&unexpected);
		} else if (err != -EEXIST && err != -ENOEXEC) {	/* ko_twin and ko_all: one at a time */
			atomic_inc(&unexpected);
		}
	}
	atomic_dec(&loading);
	return 0;
}

static void load_everywhere(unsigned int rounds)
{
	struct task_struct *t;
	unsigned int cpu;

	atomic_set(&loaded, 0);
	atomic_set(&unexpected, 0);
	rounds_each = rounds;
	quiet_console(true);
	for_each_online_cpu(cpu) {
		if (cpu >= MAX_LOADERS)
			break;
		t = kthread_create(load_and_unload, (void *)(unsigned long)cpu, "loader/%u", cpu);
		if (!expect(!IS_ERR(t)))
			break;
		atomic_inc(&loading);
		kthread_bind(t, cpu);
		wake_up_process(t);
	}
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
	load_everywhere(LOADS / 10);
	expect(atomic_read(&loaded) > LOADS / 10);
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
