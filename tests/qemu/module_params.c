/* SPDX-License-Identifier: MIT */
/* Parameters of modules: every type of them, good values and bad ones. */
#include <linux/errno.h>
#include <linux/kmsg_dump.h>
#include <linux/limits.h>
#include <linux/string.h>
#include "leak.h"
#include "module_ko.h"
#include "test.h"

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
