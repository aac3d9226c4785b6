/* SPDX-License-Identifier: MIT */
/* Random numbers: the ciphers by their RFCs' vectors, the generator by what can be seen of it. */
#include <crypto/blake2s.h>
#include <crypto/chacha.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "irq_fake.h"
#include "test.h"
#include "text.h"

/* RFC 8439, 2.3.2: key 00 01 .. 1f, counter 1, nonce 00 00 00 09 00 00 00 4a 00 00 00 00. */
TEST(random, chacha20, "C10", "ChaCha20 makes the block of RFC 8439, section 2.3.2")
{
	static const u8 expected[CHACHA_BLOCK_SIZE] = {
		0x10, 0xf1, 0xe7, 0xe4, 0xd1, 0x3b, 0x59, 0x15, 0x50, 0x0f, 0xdd, 0x1f, 0xa3, 0x20, 0x71, 0xc4,
		0xc7, 0xd1, 0xf4, 0xc7, 0x33, 0xc0, 0x68, 0x03, 0x04, 0x22, 0xaa, 0x9a, 0xc3, 0xd4, 0x6c, 0x4e,
		0xd2, 0x82, 0x64, 0x46, 0x07, 0x9f, 0xaa, 0x09, 0x14, 0xc2, 0xd7, 0x05, 0xd9, 0x8b, 0x02, 0xa2,
		0xb5, 0x12, 0x9c, 0xd1, 0xde, 0x16, 0x4e, 0xb9, 0xcb, 0xd0, 0x83, 0xe8, 0xa2, 0x50, 0x3c, 0x4e,
	};
	u32 state[CHACHA_STATE_WORDS] = { 0 };
	u8 block[CHACHA_BLOCK_SIZE];
	unsigned int i;

	chacha_init_consts(state);
	for (i = 0; i < CHACHA_KEY_WORDS; i++)
		state[4 + i] = 0x03020100 + 0x04040404 * i;
	state[12] = 1;
	state[13] = 0x09000000;
	state[14] = 0x4a000000;
	chacha20_block(state, block);
	expect(!memcmp(block, expected, sizeof(block)));
	expect_eq(state[12], 2);
}

/* RFC 7693, appendix B: "abc". */
TEST(random, blake2s, "C10", "BLAKE2s makes the hash of RFC 7693, appendix B")
{
	static const u8 expected[BLAKE2S_HASH_SIZE] = {
		0x50, 0x8c, 0x5e, 0x8c, 0x32, 0x7c, 0x14, 0xe2, 0xe1, 0xa7, 0x2b, 0xa3, 0x4e, 0xeb, 0x45, 0x2f,
		0x37, 0x45, 0x8b, 0x20, 0x9e, 0xd6, 0x3a, 0x29, 0x4d, 0x99, 0x9b, 0x4c, 0x86, 0x67, 0x59, 0x82,
	};
	u8 hash[BLAKE2S_HASH_SIZE];

	blake2s(hash, (const u8 *)"abc", NULL, sizeof(hash), 3, 0);
	expect(!memcmp(hash, expected, sizeof(hash)));
}

/* The sequence of RFC 7693's appendix E: length by length, bytes from a Fibonacci generator. */
static void selftest_seq(u8 *out, size_t len, u32 seed)
{
	u32 a = 0xdead4bad * seed, b = 1, t;
	size_t i;

	for (i = 0; i < len; i++) {
		t = a + b;
		a = b;
		b = t;
		out[i] = t >> 24;
	}
}

TEST(random, blake2s_selftest, "C10", "BLAKE2s passes the self-test of RFC 7693, appendix E, whole and in pieces")
{
	static const u8 expected[BLAKE2S_HASH_SIZE] = {
		0x6a, 0x41, 0x1f, 0x08, 0xce, 0x25, 0xad, 0xcd, 0xfb, 0x02, 0xab, 0xa6, 0x41, 0x45, 0x1c, 0xec,
		0x53, 0xc5, 0x98, 0xb2, 0x4f, 0x4f, 0xc7, 0x87, 0xfb, 0xdc, 0x88, 0x79, 0x7f, 0x4c, 0x1d, 0xfe,
	};
	static const size_t outlens[] = { 16, 20, 28, 32 }, inlens[] = { 0, 3, 64, 65, 255, 1024 };
	u8 *in = kmalloc(1024, GFP_KERNEL), out[BLAKE2S_HASH_SIZE], key[BLAKE2S_HASH_SIZE];
	struct blake2s_state all, piece;
	size_t i, j, n;

	require(in);
	blake2s_init(&all, BLAKE2S_HASH_SIZE);
	for (i = 0; i < ARRAY_SIZE(outlens); i++) {
		for (j = 0; j < ARRAY_SIZE(inlens); j++) {
			selftest_seq(in, inlens[j], inlens[j]);
			blake2s_init(&piece, outlens[i]);
			for (n = 0; n < inlens[j]; n += min(inlens[j] - n, (size_t)7))
				blake2s_update(&piece, in + n, min(inlens[j] - n, (size_t)7));
			blake2s_final(&piece, out);
			blake2s_update(&all, out, outlens[i]);
			selftest_seq(key, outlens[i], outlens[i]);
			blake2s(out, in, key, outlens[i], inlens[j], outlens[i]);
			blake2s_update(&all, out, outlens[i]);
		}
	}
	blake2s_final(&all, out);
	expect(!memcmp(out, expected, sizeof(out)));
	kfree(in);
}

#define MANY	(64 * 1024)

/* No more than a smoke test of randomness, but one that stuck bits and repeated blocks do not pass. */
TEST(random, bytes, "C10", "get_random_bytes() fills all of it, with each bit as often one as zero, and nothing twice")
{
	u64 *buf = vzalloc(MANY);
	unsigned int i, ones = 0, worst = 0, bit;
	u32 of_bit[64] = { 0 };

	require(buf);
	get_random_bytes(buf, MANY);
	for (i = 0; i < MANY / 8; i++) {
		ones += hweight64(buf[i]);
		for (bit = 0; bit < 64; bit++)
			of_bit[bit] += buf[i] >> bit & 1;
		expect(i < 8 || buf[i] != buf[i - 8]);
	}
	for (bit = 0; bit < 64; bit++)
		worst = max(worst, (unsigned int)abs((int)of_bit[bit] - MANY / 16));
	/* Ten standard deviations: 362 for all bits, 45 for the 8192 of each place. */
	expect(abs((int)ones - MANY * 4) < 3620);
	expect(worst < 453);
	vfree(buf);
}

TEST(random, sizes, "C10", "a request of any size fills so much and no byte more")
{
	u8 buf[300];
	size_t n, i;

	for (n = 0; n < 200; n++) {
		unsigned int changed = 0, tries;

		for (tries = 0; tries < 8 && changed < n; tries++) {
			memset(buf, 0, sizeof(buf));
			get_random_bytes(buf, n);
			for (i = 0, changed = 0; i < n; i++)
				changed += !!buf[i];
			for (i = n; i < sizeof(buf); i++)
				expect(!buf[i]);
		}
		/* A zero byte now and then is as random as any. */
		expect(changed + 16 > n);
	}
}

TEST(random, numbers, "C10", "get_random_u8() to u64() and their kin use all their bits")
{
	u64 ones = 0, zeros = 0;
	unsigned int i;

	for (i = 0; i < 64; i++) {
		u64 v = get_random_u64();

		ones |= v;
		zeros |= ~v;
	}
	expect_eq(ones, ~0ULL);
	expect_eq(zeros, ~0ULL);
	for (i = 0, ones = 0; i < 64; i++)
		ones |= (u64)get_random_u8() << 56 | (u64)get_random_u16() << 32 | get_random_u32();
	expect_eq(ones, 0xff00ffffffffffffULL);
	for (i = 0; i < 1000; i++)
		expect(prandom_u32_max(10) < 10);
	expect_eq(get_random_canary() & 0xff, 0);
}

TEST(random, ready, "C10", "wait_for_random_bytes() comes back, and then the generator is seeded")
{
	u64 v = 0;

	expect_eq(wait_for_random_bytes(), 0);
	expect(rng_is_initialized());
	expect_eq(get_random_u64_wait(&v), 0);
}

static ssize_t read_some(const char *path, void *buf, size_t len)
{
	struct file *file = filp_open(path, O_RDONLY, 0);
	ssize_t n;

	if (IS_ERR(file))
		return PTR_ERR(file);
	n = kernel_read(file, buf, len, NULL);
	fput(file);
	return n;
}

TEST(random, devices, "C10 H3", "/dev/random and /dev/urandom give as many bytes as are asked for, others each time")
{
	u8 a[64], b[64];

	expect_eq(read_some("/dev/random", a, sizeof(a)), sizeof(a));
	expect_eq(read_some("/dev/random", b, sizeof(b)), sizeof(b));
	expect(memcmp(a, b, sizeof(a)));
	expect_eq(read_some("/dev/urandom", a, sizeof(a)), sizeof(a));
	expect_eq(read_some("/dev/urandom", b, sizeof(b)), sizeof(b));
	expect(memcmp(a, b, sizeof(a)));
}

/* Samples that CPU @cpu has taken, and how often they went to the pool. */
static void count_samples(int cpu, unsigned int *samples, unsigned int *emptied)
{
	static char text[4096];
	char line[16];
	const char *at;

	*samples = *emptied = 0;
	snprintf(line, sizeof(line), "cpu%d ", cpu);
	require(text_of("/sys/kernel/debug/random", text, sizeof(text)) > 0);
	at = strstr(text, line);
	require(at);
	expect_eq(sscanf(at + strlen(line), "samples %u to the pool %u", samples, emptied), 2);
}

static irqreturn_t handle(int irq, void *dev)
{
	return IRQ_HANDLED;
}

#define ENOUGH	(1024 + INTERRUPTS_PER_SAMPLE)

static int interrupt_often(void *arg)
{
	struct fake_line *line = arg;
	unsigned int before, after, emptied_before, emptied;
	int cpu = raw_smp_processor_id(), i;

	count_samples(cpu, &before, &emptied_before);
	for (i = 0; i < ENOUGH; i++)
		generic_handle_irq_safe(line->irq);
	count_samples(cpu, &after, &emptied);
	expect(after - before >= ENOUGH / INTERRUPTS_PER_SAMPLE);
	/* The machine without a local APIC does it with the next tick. */
	while (emptied == emptied_before) {
		cond_resched();
		count_samples(cpu, &after, &emptied);
	}
	return 0;
}

TEST(random, interrupts, "C10", "one interrupt of 64 is a sample, and a thousand interrupts make the samples go to the pool")
{
	struct fake_line *line = fake_line_new(&fake_chip, handle_edge_irq, "edge");

	require(line);
	require(!request_irq(line->irq, handle, 0, "t", NULL));
	test_on_cpu((unsigned int)raw_smp_processor_id(), interrupt_often, line);
	free_irq(line->irq, NULL);
	fake_line_free(line);
}
